"""Letters at the desk."""

import pytest
from sqlalchemy import select

from catalogue.inquiries.models import Inquiry
from catalogue.outbox.models import Due, DueState
from catalogue.web.letter_words import delivery
from tests.factories import NOW


@pytest.fixture
def failed(make, cast, session):
    make.inquiry(consortium=cast.silver)
    letter = session.scalars(select(Due)).first()
    letter.state, letter.last_error, letter.attempts = DueState.FAILED, "550 no such mailbox", 7
    session.commit()
    return letter


def inquiry_number(session, letter):
    return session.get_one(Inquiry, letter.payload["inquiry_id"]).number


def test_a_failed_letter_asks_for_help_and_is_tried_again(visitor, cast, failed, session):
    noy = visitor.signed_in_as(cast.noy)
    page = noy.get("desk.letters", slug=cast.silver.slug)
    assert "550 no such mailbox" in page.text
    assert "There is no such mailbox." in page.text
    assert page.find("a", string=inquiry_number(session, failed))

    noy.post("desk.retry_letter", {}, slug=cast.silver.slug, letter_id=failed.id)

    session.refresh(failed)
    assert failed.state is DueState.WAITING


def test_letters_of_another_consortium_are_not_found(visitor, cast, failed):
    keo = visitor.signed_in_as(cast.keo)
    keo.post("desk.retry_letter", {}, expect=404, slug=cast.silk.slug, letter_id=failed.id)


def test_a_letter_that_came_back_asks_for_help_and_its_address_is_trusted_again(visitor, cast, failed, session):
    failed.state, failed.bounced_at, failed.bounce_said = DueState.DONE, NOW, "452 4.2.2 mailbox is full"
    contact = session.get_one(Inquiry, failed.payload["inquiry_id"]).buyer_contact
    contact.hard_bounces = 3
    session.commit()
    noy = visitor.signed_in_as(cast.noy)
    page = noy.get("desk.letters", slug=cast.silver.slug)
    assert "The mailbox is full." in page.text

    noy.submit(page, ".deliveries form", {})

    session.refresh(failed)
    assert (failed.state, failed.bounced_at) == (DueState.WAITING, None)
    assert contact.hard_bounces == 0


def test_two_managers_trying_again_try_once(visitor, cast, failed):
    noy = visitor.signed_in_as(cast.noy)
    address = {"slug": cast.silver.slug, "letter_id": failed.id}
    noy.post("desk.retry_letter", {}, **address)

    assert "a moment ago" in noy.post("desk.retry_letter", {}, **address).text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Refused: 550 5.1.1 User unknown", "no such mailbox"),
        ("Refused: 552 5.2.2 Over quota", "full"),
        ("Refused: 554 5.7.1 rejected as spam", "unwanted mail"),
        ("Refused: 550 5.7.1 blocked", "unwanted mail"),
        ("Refused: 552 5.3.4 message too big", "too large"),
        ("TryAgain: the relay took too long", "could not be reached"),
        ("TryAgain: the relay: ConnectionRefusedError: [Errno 111] Connection refused", "could not be reached"),
        ("TryAgain: 535 5.7.8 authentication failed", "has a fault"),
        ("TryAgain: 451 4.3.2 try later", "no letters at the moment"),
        ("Refused: not one address", "not an address"),
        ("Refused: 571 whatever", "refused it"),
    ],
)
@pytest.mark.only("sqlite")
def test_reasons_are_said_in_words(app, said, words):
    with app.test_request_context("/en/"):
        told = delivery(Due(state=DueState.FAILED, last_error=said))
    assert words in told.reason
    assert told.said == said
