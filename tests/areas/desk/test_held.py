"""Contacts in what a buyer wrote, marked at the desk: let pass or masked, once, by a manager."""

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.inquiries import conversation, holding
from catalogue.inquiries.intake import Wanted
from catalogue.inquiries.models import Inquiry, Message
from tests.factories import NOW

WORDS = "Twenty bowls, please. Call me: 020 5555 1234."


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def bowls(make, cast):
    return make.inquiry(consortium=cast.silver, buyer=cast.ana, message=WORDS)


def at_desk(inquiry):
    return {"slug": inquiry.consortium.slug, "inquiry_id": inquiry.public_id}


def decide(noy, inquiry, decision, part="inquiry", was="", **expected):
    sent = {"part": part, "decision": decision, "was": was}
    return noy.post("desk.decide_held", sent, **expected, **at_desk(inquiry))


def goes_on(session, part="inquiry"):
    session.expire_all()
    return holding.texts_of(session, session.scalar(select(Inquiry)))[part].goes_on


def test_contact_is_marked_in_place_and_the_text_waits(noy, bowls, session):
    page = noy.get("desk.inquiry", **at_desk(bowls))

    assert page.select_one(".message mark.contact").text == "020 5555 1234"
    assert "a telephone number" in page.select_one("#held-inquiry").text
    assert goes_on(session) is None


def test_masked_text_goes_on_without_the_contact_and_the_office_still_reads_it(noy, bowls, session):
    page = decide(noy, bowls, "mask")

    assert goes_on(session) == "Twenty bowls, please. Call me: •••."
    assert page.select_one(".message mark.contact").text == "020 5555 1234"
    assert "Noy masked it" in page.select_one("#held-inquiry").text


def test_letting_pass_is_recorded_with_kinds_and_without_the_words(noy, bowls, cast, session):
    decide(noy, bowls, "pass")

    entry = session.scalar(select(Entry).where(Entry.action == "message.let_pass"))
    assert entry.actor == f"person:{cast.noy.id}"
    assert entry.data == {"part": "inquiry", "kinds": ["phone"]}
    assert goes_on(session) == WORDS


def test_second_manager_learns_who_was_first(noy, bowls, session):
    decide(noy, bowls, "mask")

    page = decide(noy, bowls, "pass")

    assert "Noy masked it" in page.select_one(".notice-error").text
    assert goes_on(session) == "Twenty bowls, please. Call me: •••."
    decide(noy, bowls, "pass", was="mask")
    assert goes_on(session) == WORDS


def test_message_of_the_buyer_is_held_and_let_go(noy, make, cast, session):
    inquiry = make.inquiry(consortium=cast.silver)
    message = conversation.write_as_buyer(session, inquiry, "I am on WhatsApp 020 5555 1234", at=NOW)
    plain = conversation.write_as_buyer(session, inquiry, "Two of 22.5 cm.", at=NOW)
    session.commit()
    part = f"message:{message.id}"
    assert (message.held_reason, plain.held_reason) == ("contact", None)

    decide(noy, inquiry, "mask", part)

    assert session.scalar(select(Message.held_reason).where(Message.id == message.id)) is None
    assert "020" not in goes_on(session, part)


def test_words_of_a_line_are_held_like_any_other(noy, make, cast, session):
    inquiry = make.inquiry(consortium=cast.silver, wanted=[Wanted(description="As on www.buyer-shop.com", quantity=2)])
    part = f"line:{inquiry.lines[0].id}.description"

    page = noy.get("desk.inquiry", **at_desk(inquiry))

    assert page.select_one("aside mark.contact").text == "www.buyer-shop.com"
    assert goes_on(session, part) is None


def test_nothing_is_decided_where_nothing_was_found(noy, make, cast, session):
    inquiry = make.inquiry(consortium=cast.silver)

    page = decide(noy, inquiry, "pass")

    assert "Nothing waits" in page.text
    decide(noy, inquiry, "burn", expect=400)


@pytest.mark.parametrize("who", ["keo", "bounmy", "observer", "operator"])
def test_nobody_else_decides(visitor, cast, bowls, who):
    decide(visitor.signed_in_as(getattr(cast, who)), bowls, "pass", expect=403)
