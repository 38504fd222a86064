"""Letters that came back: only a bounce with the letter's own token, for an address it went to, does anything."""

import pytest

from catalogue.activity import log
from catalogue.inquiries.bouncing import MOST_HARD_BOUNCES, bounce_token, is_given_up, take_bounce, trust_again
from catalogue.inquiries.intake import Buyer
from catalogue.outbox.models import DueState
from catalogue.outbox.reading import count_failed_letters
from catalogue.outbox.worker import retry
from catalogue.tokens import TokenMaker
from tests.factories import NOW

TOKENS = TokenMaker("one secret")


@pytest.fixture
def inquiry(make):
    return make.inquiry(buyer=Buyer("Ana", "ana@buyer.example", "DE"))


@pytest.fixture
def letter(inquiry, outbox, session):
    found = outbox.letters("inquiry_confirmed")[0]
    found.state = DueState.DONE
    session.commit()
    return found


def bounce(session, letter, to="ana@buyer.example", *, tokens=TOKENS, named=(), is_hard=True):
    token = bounce_token(letter.message_id, to, tokens)
    return take_bounce(session, token.upper(), TOKENS, named=named, is_hard=is_hard, reason="5.1.1 no such", at=NOW)


def test_a_bounce_marks_letter_and_address_once(session, letter, inquiry):
    assert bounce(session, letter) is letter
    assert bounce(session, letter) is letter

    contact = inquiry.buyer_contact
    assert (letter.state, letter.bounced_at, letter.bounce_said) == (DueState.DONE, NOW, "5.1.1 no such")
    assert (contact.hard_bounces, contact.soft_bounces, contact.bounced_at) == (1, 0, NOW)
    assert count_failed_letters(session, inquiry.consortium_id) == 1
    session.commit()
    assert log.verify(session, inquiry.consortium_id) is None


def test_a_forged_bounce_does_nothing(session, letter, inquiry):
    assert bounce(session, letter, tokens=TokenMaker("another secret")) is None
    assert bounce(session, letter, to="else@buyer.example", named=["ana@buyer.example"]) is None
    assert take_bounce(session, "a" * 42, TOKENS, is_hard=True, reason="", at=NOW) is None
    assert (letter.bounced_at, inquiry.buyer_contact.hard_bounces) == (None, 0)


def test_a_bounce_of_an_earlier_address_does_not_count_against_the_new_one(session, letter, inquiry):
    inquiry.buyer_contact.email = "new@buyer.example"

    assert bounce(session, letter, named=["Ana@Buyer.example"]) is letter

    assert letter.bounced_at == NOW
    assert inquiry.buyer_contact.hard_bounces == 0


def test_an_address_is_given_up_after_some_and_trusted_again_by_a_manager(session, letter, inquiry):
    for _each in range(MOST_HARD_BOUNCES):
        letter.bounced_at = None
        bounce(session, letter)
    assert is_given_up(inquiry.buyer_contact)

    trust_again(session, letter)
    retry(session, letter, NOW)

    assert not is_given_up(inquiry.buyer_contact)
    assert (letter.state, letter.bounced_at) == (DueState.WAITING, None)
