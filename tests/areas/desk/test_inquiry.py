"""One inquiry at the desk."""

import pytest
from sqlalchemy import select

from catalogue.inquiries.models import Inquiry, InquiryStatus, Message, MessageKind


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def bowls(make, cast):
    return make.inquiry(consortium=cast.silver, buyer=cast.ana, message="Sixty bowls, please.")


def at_desk(inquiry):
    return {"slug": inquiry.consortium.slug, "inquiry_id": inquiry.public_id}


def test_manager_reads_who_asks_for_what(noy, bowls, cast):
    page = noy.get("desk.inquiry", **at_desk(bowls))

    assert "Sixty bowls, please." in page.text
    assert cast.ana.email in page.text


def test_answer_is_kept_and_its_letter_is_due(noy, bowls, session, outbox):
    noy.post("desk.answer", {"answer-text": "We can make them."}, **at_desk(bowls))

    said = session.scalar(select(Message))
    assert (said.kind, said.text) == (MessageKind.ANSWER, "We can make them.")
    assert session.scalar(select(Inquiry)).status is InquiryStatus.IN_WORK
    assert "answer_sent" in outbox.kinds()


def test_answer_sent_twice_is_one_answer(noy, bowls, session):
    page = noy.get("desk.inquiry", **at_desk(bowls))
    once = {"answer-text": "Yes.", "answer-submission": page.select_one("[name=answer-submission]")["value"]}

    noy.post("desk.answer", once, **at_desk(bowls))
    noy.post("desk.answer", once, **at_desk(bowls))

    assert len(session.scalars(select(Message)).all()) == 1


def test_empty_answer_is_explained_beside_its_field(noy, bowls, session):
    page = noy.post("desk.answer", {"answer-text": " "}, expect=422, **at_desk(bowls))

    assert "Write the answer" in page.select_one("#answer-text-error").text
    assert session.scalar(select(Message)) is None


def test_a_contact_in_an_answer_is_shown_and_has_to_be_let_pass(noy, bowls, session):
    words = {"answer-text": "Call the smith: 020 5555 1234"}
    page = noy.post("desk.answer", words, expect=422, **at_desk(bowls))

    assert "020 5555 1234" in page.select_one("mark").text
    assert words["answer-text"] in page.select_one("#answer-text").text
    noy.post("desk.answer", words | {"answer-lets_contact_pass": "y"}, **at_desk(bowls))
    assert session.scalar(select(Message))


def test_note_stays_in_the_office(noy, bowls, outbox, session):
    before = outbox.kinds()

    noy.post("desk.note", {"note-text": "Ask workshop B first."}, **at_desk(bowls))

    assert session.scalar(select(Message)).kind is MessageKind.NOTE
    assert outbox.kinds() == before


def test_nobody_is_asked_to_take_what_is_closed(noy, bowls):
    assert noy.get("desk.inquiry", **at_desk(bowls)).select(".in-hand")

    page = noy.post("desk.close", {"close-reason": "not made"}, **at_desk(bowls))

    assert not page.select(".in-hand")


def test_closing_with_a_reason_and_only_once(noy, bowls, session):
    noy.post("desk.close", {"close-reason": "not made", "close-words": "Too large."}, **at_desk(bowls))
    page = noy.post("desk.close", {"close-reason": "spam"}, **at_desk(bowls))

    closed = session.scalar(select(Inquiry))
    assert (closed.status, closed.closed_reason) == (InquiryStatus.CLOSED, "not made")
    assert "Somebody closed it" in page.text


def test_releasing_a_held_inquiry_sends_the_confirmation(noy, make, cast, outbox, session):
    held = make.inquiry(consortium=cast.silver, held_reason="honeypot")
    assert "inquiry_confirmed" not in outbox.kinds()

    noy.post("desk.release", {}, **at_desk(held))

    assert session.scalar(select(Inquiry)).held_reason is None
    assert "inquiry_confirmed" in outbox.kinds()


@pytest.mark.parametrize("who", ["keo", "bounmy", "observer", "operator"])
def test_nobody_else_reads_it(visitor, cast, bowls, who):
    visitor.signed_in_as(getattr(cast, who)).get("desk.inquiry", expect=403, **at_desk(bowls))


def test_it_is_not_found_under_another_consortium(visitor, cast, bowls):
    keo = visitor.signed_in_as(cast.keo)
    keo.get("desk.inquiry", expect=404, slug=cast.silk.slug, inquiry_id=bowls.public_id)
