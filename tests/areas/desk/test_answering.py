"""Writing to a buyer at the desk: files, both languages, taking back, drafts, ready replies, two who answer at once."""

from io import BytesIO

import pytest
from sqlalchemy import select

from catalogue.inquiries import conversation
from catalogue.inquiries.models import Attachment, Inquiry, Message, MessageKind
from catalogue.inquiries.office_models import Draft, Presence
from tests.factories import NOW

JSON = {"Accept": "application/json"}


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def mali(make, cast):
    """A second manager of the same office."""
    return make.manager(cast.silver, name="Mali", language="en")


@pytest.fixture
def bowls(make, cast):
    return make.inquiry(consortium=cast.silver, buyer=cast.ana, message="Sixty bowls, please.")


def at_desk(inquiry):
    return {"slug": inquiry.consortium.slug, "inquiry_id": inquiry.public_id}


def said(session):
    session.expire_all()
    return session.scalars(select(Message).where(Message.withdrawn_at.is_(None)).order_by(Message.id)).all()


def test_answer_carries_both_languages_and_files_and_can_be_taken_back(noy, bowls, session):
    files = {"answer-attachments": (BytesIO(b"%PDF-1.4\n%%EOF"), "bowl.pdf")}
    page = noy.post(
        "desk.answer", {"answer-text": "Yes.", "answer-translation": "ໄດ້.", **files}, check=False, **at_desk(bowls)
    )
    message = said(session)[0]
    assert (message.translation, message.translator.name) == ("ໄດ້.", "Noy")
    assert session.scalar(select(Attachment.message_id)) == message.id

    page = noy.submit(page, "form.undo")

    assert page.select_one("#answer-text").text.strip() == "Yes."
    assert "bowl.pdf" in page.select_one(".reply-kept").text
    assert said(session) == []
    noy.post("desk.answer", {"answer-text": "Yes, gladly.", "answer-keeps_files": "y"}, **at_desk(bowls))
    assert session.scalar(select(Attachment.message_id)) == said(session)[0].id


def test_what_a_colleague_said_meanwhile_is_shown_before_anything_is_sent(noy, bowls, session, mali):
    page = noy.get("desk.inquiry", **at_desk(bowls))
    conversation.answer(session, bowls, "We can, says Mali.", by=mali, at=NOW)

    page = noy.submit(page, ".reply form", {"answer-text": "We cannot, says Noy."}, expect=409)

    assert "We can, says Mali." in page.select_one(".here").text
    assert "Mali answered while you wrote" in page.select_one(".here").text
    assert page.select_one("#answer-text").text.strip() == "We cannot, says Noy."
    assert len(said(session)) == 1
    noy.submit(page, ".reply form")
    assert [message.text for message in said(session)] == ["We can, says Mali.", "We cannot, says Noy."]


def test_who_else_is_here_is_told_without_a_new_page(visitor, noy, bowls, session, mali):
    visitor.signed_in_as(mali).post("desk.here", {"writes": "1"}, expect=200, **at_desk(bowls))

    told = noy.post("desk.here", {"seen": "-"}, expect=200, **at_desk(bowls)).json["html"]

    assert "Mali is writing an answer now." in told
    noy.post("desk.here", {"gone": "1"}, expect=200, **at_desk(bowls))
    assert session.scalars(select(Presence.person_id)).all() == [mali.id]


def test_draft_is_kept_for_its_writer_alone_until_it_is_sent(visitor, noy, bowls, session, mali):
    told = noy.post("desk.keep_draft", {"answer-text": "We ca"}, expect=200, headers=JSON, **at_desk(bowls))
    assert told.json["words"].startswith("Draft kept")

    assert noy.get("desk.inquiry", **at_desk(bowls)).select_one("#answer-text").text.strip() == "We ca"
    hers = visitor.signed_in_as(mali).get("desk.inquiry", **at_desk(bowls))
    assert hers.select_one("#answer-text").text.strip() == ""

    noy.post("desk.answer", {"answer-text": "We can."}, **at_desk(bowls))
    assert session.scalar(select(Draft)) is None


def test_ready_reply_is_put_in_below_what_was_typed_and_filled_in(noy, bowls, session):
    page = noy.post(
        "desk.compose", {"answer-text": "One thing first.", "reply": "by-that-day"}, expect=200, **at_desk(bowls)
    )
    text = page.select_one("#answer-text").text.strip()
    assert text.startswith("One thing first.\n\nDear Ana Example,")
    assert "Noy" in page.select_one("#answer-translation").text

    page = noy.submit(page, ".reply form", expect=422)
    assert "{needed_by}" in page.select_one("#answer-text-error").text
    assert said(session) == []


def test_what_was_begun_as_an_answer_is_kept_as_a_note(noy, bowls, session, outbox):
    before = outbox.kinds()
    noy.post("desk.note", {"answer-text": "Ask firm B first."}, hidden=False, **at_desk(bowls))

    assert [(message.kind, message.text) for message in said(session)] == [(MessageKind.NOTE, "Ask firm B first.")]
    assert outbox.kinds() == before


def test_translation_stands_beside_the_message_and_overwrites_nobody(noy, bowls, session):
    address = {**at_desk(bowls), "said_id": bowls.public_id}
    typed, before = f"in-{bowls.public_id}-text", f"in-{bowls.public_id}-before"
    page = noy.post("desk.translate_message", {typed: "ຂໍໂອ 60 ໜ່ວຍ.", before: ""}, **address)
    assert "Lao, by Noy" in page.select_one(".message-translation").text

    page = noy.post("desk.translate_message", {typed: "ໂອ 60 ໜ່ວຍ", before: ""}, expect=409, **address)

    assert "ຂໍໂອ 60 ໜ່ວຍ." in page.select_one(".message-translation").text
    assert "ໂອ 60 ໜ່ວຍ" in page.select_one(f"#{typed}").text
    assert session.scalar(select(Inquiry.translation)) == "ຂໍໂອ 60 ໜ່ວຍ."


def test_translation_of_an_answer_brings_no_contact_that_nobody_let_pass(noy, bowls, session):
    page = noy.get("desk.inquiry", **at_desk(bowls))
    noy.submit(page, "#reply form", {"answer-text": "Gladly."})
    key = said(session)[-1].public_id
    given = {f"in-{key}-text": "ໂທຫາຊ່າງ 020 5999 8888 ໄດ້ເລີຍ", f"in-{key}-before": ""}

    page = noy.post("desk.translate_message", given, expect=422, said_id=key, **at_desk(bowls))

    assert "ໂທຫາຊ່າງ" in page.select_one(f"#in-{key}-text").text
    session.rollback()
    assert said(session)[-1].translation == ""


def test_merging_from_the_page_leads_to_the_inquiry_that_goes_on(noy, make, cast, bowls):
    trays = make.inquiry(consortium=cast.silver, buyer=cast.ana, message="And twelve trays.")
    page = noy.get("desk.inquiry", **at_desk(trays))
    assert bowls.number in page.select_one(".earlier").text

    page = noy.post("desk.merge", {"merge-into": bowls.public_id}, **at_desk(trays))

    assert "And twelve trays." in page.text
    assert bowls.number in noy.get("desk.inquiry", **at_desk(trays)).select_one(".next").text


def test_ready_replies_are_written_changed_and_removed_by_the_office(noy, cast):
    here = {"slug": cast.silver.slug}
    pair = {"name_lo": "ຂໍຮູບ", "name_en": "A picture", "text_lo": "ຂໍຮູບ {buyer}", "text_en": "A picture, {boyer}"}
    page = noy.post("desk.replies", pair, expect=422, **here)
    assert "{boyer}" in page.select_one("#text_en-error").text
    noy.post("desk.replies", pair | {"text_en": "A picture, {buyer}"}, **here)

    page = noy.get("desk.reply", reply_key="sample", **here)
    changed = {"name_en": "Sample", "text_en": "We make one first."}
    noy.submit(page, "form.reply-new", changed)
    assert "ours says" in noy.submit(page, "form.reply-new", {"text_en": "ours says"}, expect=409).text
    noy.post("desk.remove_reply", {"version": "0"}, hidden=False, reply_key="payment", **here)

    names = [each.get_text(strip=True) for each in noy.get("desk.replies", **here).select(".reply-list h2")]
    assert {"Sample", "A picture"} <= set(names)
    assert (len(names), "How it is paid" in names) == (10, False)


@pytest.mark.parametrize("endpoint", ["answer", "compose", "keep_draft", "here", "undo", "merge"])
def test_nobody_else_talks_with_the_buyer(visitor, cast, bowls, endpoint):
    visitor.signed_in_as(cast.observer).post(f"desk.{endpoint}", {}, expect=403, **at_desk(bowls))
