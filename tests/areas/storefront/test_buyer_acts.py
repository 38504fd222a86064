"""What the buyer does on the private page, and what it never shows: each act once, for this inquiry alone."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from catalogue.inquiries import conversation, questions
from catalogue.inquiries.models import (
    Attachment,
    Inquiry,
    InquiryStatus,
    Message,
    MessageChannel,
    MessageKind,
)
from catalogue.inquiries.question_models import Question
from catalogue.inquiries.questions import ToAsk, ready_questions
from catalogue.web.clock import now
from tests.areas.storefront.test_inquiry import files, png


def ask(session, inquiry: Inquiry, by: Any, *topics: str) -> list[Question]:
    """The office asks ready questions, about the first line where a line can be meant."""
    ready = [ready_questions()[topic] for topic in topics]
    line = inquiry.lines[0] if inquiry.lines else None
    asked = [ToAsk(each.text, each.kind, each.topic, line if each.about_line else None) for each in ready]
    questions.ask(session, inquiry, asked, by=by, at=now())
    session.commit()
    return list(questions.questions_of(session, inquiry))


def last_said(session) -> Message:
    return session.scalars(select(Message).order_by(Message.id.desc())).first()


# -- what it shows --


def test_the_page_shows_nothing_that_waits_or_was_taken_back(visitor, inquiry, link, cast, session, make):
    said = {
        "ZZBACK": {"withdrawn_at": now()},
        "ZZLATER": {"leaves_at": now() + timedelta(hours=1)},
        "ZZHELD": {"held_reason": "contact"},
    }
    for text, state in said.items():
        message = conversation.answer(session, inquiry, text, by=cast.noy, at=now())
        message.translation = f"{text} ໃນພາສາລາວ"
        for column, value in state.items():
            setattr(message, column, value)
        file = make.stored_file(inquiry.consortium)
        session.add(Attachment(consortium_id=inquiry.consortium_id, inquiry=inquiry, message_id=message.id, file=file))
        session.commit()
        visitor.get("storefront.buyer_file", token=link(inquiry), file_id=file.public_id, expect=404)

    for lang in ("en", "lo"):
        page = visitor.speaking(lang).get("storefront.buyer", token=link(inquiry))
        assert "ZZ" not in str(page)


def test_a_strangers_mail_is_shown_as_not_confirmed_and_not_while_it_is_held(visitor, inquiry, link, session):
    said = {"at": now(), "channel": MessageChannel.MAIL, "is_unverified": True}
    conversation.write_as_buyer(session, inquiry, "ZZHELD", held_reason="contact", **said)
    conversation.write_as_buyer(session, inquiry, "Make it darker", **said)
    conversation.write_as_buyer(session, inquiry, "My own words", at=now(), held_reason="contact")

    page = visitor.get("storefront.buyer", token=link(inquiry))

    shown = page.select_one(".message-unverified")
    assert "Make it darker" in shown.text
    assert "not confirmed" in shown.text
    assert "You" not in shown.select_one("header b").text
    assert "ZZHELD" not in page.text
    assert "My own words" in page.text


@pytest.mark.parametrize(("lang", "first"), [("en", "We can make it"), ("lo", "ພວກເຮົາເຮັດໄດ້")])
def test_an_answer_is_read_in_the_language_of_the_page(visitor, inquiry, link, cast, session, lang, first):
    said = {"by": cast.noy, "at": now(), "translation": "We can make it"}
    conversation.answer(session, inquiry, "ພວກເຮົາເຮັດໄດ້", **said)

    page = visitor.speaking(lang).get("storefront.buyer", token=link(inquiry))

    text = page.select_one(".message .as-written")
    assert (text.text, text["lang"]) == (first, lang)
    assert bool(page.select_one(".message-original")) is (lang == "en")


# -- files --


def test_files_go_with_a_message_and_may_stand_for_words(visitor, inquiry, link, session):
    token = link(inquiry)
    visitor.get("storefront.buyer", token=token)
    sent = {"text": "", "attachments": files((png(), "drawing.png"))}
    visitor.submit(visitor.page, "form.reply", sent)

    message = last_said(session)
    (attachment,) = session.scalars(select(Attachment))
    assert (message.text, attachment.message_id) == ("drawing.png", message.id)


def test_a_file_that_came_with_a_wrong_message_is_kept(visitor, inquiry, link, session):
    token = link(inquiry)
    visitor.get("storefront.buyer", token=token)
    page = visitor.submit(
        visitor.page, "form.reply", {"text": "x" * 5001, "attachments": files((png(), "bowl.png"))}, expect=422
    )

    visitor.submit(page, "form.reply", {"text": "Short"})

    assert last_said(session).text == "Short"
    assert session.scalars(select(Attachment)).one().message_id == last_said(session).id


# -- answers to questions --


TYPED = {
    "how_many": "1.250.000",
    "needed_by": "2027-05-01",
    "size": "22,5 x 15 cm",
    "finish": "matt",
    "use": "For a hotel",
}
SAID = ["1,250,000", "1 May 2027", "22.5 × 15\u00a0cm", "Matt", "For a hotel", "Gothenburg, Sweden"]


def test_answers_are_checked_kept_and_said_in_both_languages(visitor, inquiry, link, cast, session):
    asked = ask(session, inquiry, cast.noy, *TYPED, "destination", "photo")
    page = visitor.get("storefront.buyer", token=link(inquiry))
    assert "asks you something" in page.h1.text

    typed = {f"answer-{each.public_id}": TYPED[each.topic] for each in asked if each.topic in TYPED}
    place, photo = (f"answer-{each.public_id}" for each in asked[-2:])
    typed |= {f"{place}-country": "SE", f"{place}-city": "Gothenburg", photo: files((png(), "idea.png"))}
    page = visitor.submit(page, ".asked-back form", typed)

    message = last_said(session)
    assert message.kind is MessageKind.BUYER
    assert message.held_reason is None
    for words in SAID:
        assert words in message.text
    for words in ("ດ້ານ", "22,5 × 15\u00a0ຊມ", "ສະວີເດັນ" if "ສະວີເດັນ" in message.translation else "Gothenburg"):
        assert words in message.translation
    assert page.select(".asked-back") == []
    assert all(each.is_answered for each in questions.questions_of(session, inquiry))
    session.refresh(inquiry)
    assert (inquiry.needed_by.isoformat(), inquiry.lines[0].quantity) == ("2027-05-01", 1_250_000)
    assert session.scalars(select(Attachment)).one().message_id == message.id


@pytest.mark.parametrize(
    ("topic", "typed", "error"),
    [
        ("how_many", "1.250", "can be read as"),
        ("needed_by", "2020-01-01", "This day is over"),
        ("size", "big", "Write"),
    ],
)
def test_an_answer_that_is_not_understood_says_so_beside_its_field(
    visitor, inquiry, link, cast, session, topic, typed, error
):
    ((wrong), other) = ask(session, inquiry, cast.noy, topic, "use")
    page = visitor.get("storefront.buyer", token=link(inquiry))

    page = visitor.submit(
        page,
        ".asked-back form",
        {f"answer-{wrong.public_id}": typed, f"answer-{other.public_id}": "For a hotel"},
        expect=422,
    )

    assert error in page.select_one(f"#answer-{wrong.public_id}-error").text
    assert page.select_one(f"#answer-{wrong.public_id}")["value"] == typed
    assert page.select_one(f"#answer-{other.public_id}").text.strip() == "For a hotel"
    assert last_said(session).kind is MessageKind.ANSWER


def test_some_answers_now_and_the_rest_later(visitor, inquiry, link, cast, session):
    first, second = ask(session, inquiry, cast.noy, "use", "marking")
    page = visitor.get("storefront.buyer", token=link(inquiry))
    visitor.submit(page, ".asked-back form", {}, expect=422)

    again = visitor.submit(page, ".asked-back form", {f"answer-{first.public_id}": "For a hotel"})

    assert again.select_one(f"#answer-{second.public_id}")
    assert not again.select_one(f"#answer-{first.public_id}")
    # An old page sends the first once more: it was answered, and stays as it was.
    visitor.submit(page, ".asked-back form", {f"answer-{first.public_id}": "For a shop"}, expect=422)
    assert session.get(Question, first.id).value == "For a hotel"


def test_questions_that_were_taken_back_are_not_asked(visitor, inquiry, link, cast, session):
    (question,) = ask(session, inquiry, cast.noy, "use")
    question.asked_in.withdrawn_at = now()

    page = visitor.get("storefront.buyer", token=link(inquiry))

    assert page.select(".asked-back") == []


# -- the end --


def test_the_buyer_closes_and_the_office_reads_why(visitor, inquiry, link, session, outbox):
    page = visitor.get("storefront.buyer", token=link(inquiry))
    visitor.submit(page, ".own-act form[action$=close]", {}, expect=422)

    page = visitor.submit(
        page, ".own-act form[action$=close]", {"close-reason": "price", "close-words": "Other budget"}
    )

    session.refresh(inquiry)
    assert (inquiry.status, inquiry.closed_reason) == (InquiryStatus.CLOSED, "withdrawn")
    assert last_said(session).text == "It costs too much\nOther budget"
    assert last_said(session).translation.startswith("ລາຄາ")
    assert len(outbox.letters("buyer_wrote")) == 1
    assert "as you wished" in page.h1.text
    assert page.select(".own-act form[action$=close]") == []


def test_an_accepted_order_is_not_closed_by_a_click(visitor, inquiry, link, session):
    page = visitor.get("storefront.buyer", token=link(inquiry))
    inquiry.status = InquiryStatus.ACCEPTED
    session.commit()

    page = visitor.submit(page, ".own-act form[action$=close]", {"close-reason": "price"})

    session.refresh(inquiry)
    assert inquiry.status is InquiryStatus.ACCEPTED
    assert session.scalar(select(Message)) is None
    assert "Write to the office" in page.text


# -- the link --


def test_a_new_link_goes_to_the_known_address_alone(visitor, inquiry, link, session, outbox):
    old = link(inquiry)
    page = visitor.get("storefront.buyer", token=old)

    page = visitor.submit(page, ".own-act form[action$=renew]", {}, expect=200)

    session.refresh(inquiry)
    assert link(inquiry) != old
    assert link(inquiry) not in visitor.response.text
    visitor.get("storefront.buyer", token=old, expect=410)
    visitor.get("storefront.buyer", token=link(inquiry))
    (due,) = outbox.letters("link_renewed")
    assert due.payload["inquiry_id"] == inquiry.id


def test_renewing_a_sending_renews_each_of_its_parts(visitor, sending, link, session):
    old = [link(each) for each in (sending, *sending.inquiries)]
    page = visitor.get("storefront.buyer", token=old[0])

    visitor.submit(page, ".own-act form[action$=renew]", {}, expect=200)

    session.expire_all()
    for token in old:
        visitor.get("storefront.buyer", token=token, expect=410)
    visitor.get("storefront.buyer", token=link(sending))


def test_a_machine_that_follows_no_form_changes_nothing(visitor, inquiry, link, session):
    token = link(inquiry)
    for act in ("renew", "close", "address"):
        visitor.send(f"/en/i/{token}/{act}", {}, expect=422)
        assert visitor.client.get(f"/en/i/{token}/{act}").status_code == 405

    session.refresh(inquiry)
    assert (inquiry.link_generation, inquiry.status) == (0, InquiryStatus.RECEIVED)


# -- a whole sending --


def test_on_the_page_of_a_sending_each_act_is_for_its_own_office(visitor, sending, link, cast, session):
    silver, silk = sending.inquiries
    (question,) = ask(session, silk, cast.keo, "use")
    page = visitor.get("storefront.buyer", token=link(sending))

    page = visitor.submit(page, ".asked-back form", {f"{silk.public_id}-answer-{question.public_id}": "For a hotel"})
    assert last_said(session).inquiry_id == silk.id
    section = f"#inquiry-{silver.public_id} .own-act form"
    visitor.submit(page, section, {f"{silver.public_id}-close-reason": "time"})

    session.expire_all()
    assert [each.status for each in sending.inquiries] == [InquiryStatus.CLOSED, InquiryStatus.IN_WORK]
