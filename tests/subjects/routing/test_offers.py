"""An offer is sealed until the call closes, replaced until then, and never changed by the office."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.consortia.by_law_models import PriceRule
from catalogue.privacy.erasing import erase_buyer
from catalogue.privacy.trail import trail_of_inquiries
from catalogue.routing.models import Answer, CallState, MetalFrom, Offer
from catalogue.routing.offers import (
    Incomplete,
    Locked,
    NotAsked,
    Said,
    Sealed,
    TooLate,
    is_intact,
    opened,
    receipt_of,
    take_offer,
)

WHOLE = Said(answer=Answer.ALL, days=30, metal_from=MetalFrom.MEMBER)
PART = Said(answer=Answer.PART, quantity=41, days=30)


@pytest.fixture
def call(make, cast):
    """A call of 60 to firms A and B."""
    return make.call(members=[cast.firm_a, cast.firm_b], quantity=60)


@pytest.fixture
def asked(make, cast, call):
    """Firm A beside the call."""
    return make.candidate(call, cast.firm_a)


def test_nobody_opens_an_offer_while_the_call_is_open(session, call, asked, at):
    take_offer(session, asked, WHOLE, at=call.sent_at)

    with pytest.raises(Sealed):
        opened(session, call, call.closes_at - timedelta(seconds=1))


def test_offers_are_opened_when_the_time_is_over_even_before_the_worker_closes(session, call, asked):
    take_offer(session, asked, WHOLE, at=call.sent_at)

    assert [offer.quantity for offer in opened(session, call, call.closes_at)] == [60]


def test_a_call_that_was_given_up_stays_sealed(session, call, asked):
    take_offer(session, asked, WHOLE, at=call.sent_at)
    call.state = CallState.CANCELLED

    with pytest.raises(Sealed):
        opened(session, call, call.closes_at + timedelta(days=9))


def test_a_later_answer_takes_the_place_of_the_earlier(session, make, call, asked):
    take_offer(session, asked, WHOLE, at=call.sent_at)
    later = call.sent_at + timedelta(hours=1)
    receipt = take_offer(session, asked, PART, at=later)

    assert (receipt.received_at, receipt.times) == (later, 2)
    assert [offer.quantity for offer in opened(session, make.close(call), later)] == [41]


def test_an_answer_after_the_call_closed_is_refused(session, make, call, asked):
    with pytest.raises(TooLate):
        take_offer(session, asked, WHOLE, at=call.closes_at)
    make.close(call)
    with pytest.raises(TooLate):
        take_offer(session, asked, WHOLE, at=call.sent_at)


def test_who_was_not_asked_cannot_offer(session, call, asked):
    asked.is_called = False

    with pytest.raises(NotAsked):
        take_offer(session, asked, WHOLE, at=call.sent_at)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Said(answer=Answer.PART, quantity=0, days=30), "quantity"),
        (Said(answer=Answer.PART, quantity=61, days=30), "quantity"),
        (Said(answer=Answer.ALL), "days"),
        (Said(answer=Answer.PART, quantity=10, days=30, own_lot=11), "own_lot"),
        (Said(answer=Answer.NONE), "declined_for"),
    ],
)
def test_what_is_missing_is_named(session, call, asked, said, field):
    with pytest.raises(Incomplete) as refusal:
        take_offer(session, asked, said, at=call.sent_at)
    assert refusal.value.field == field


def test_a_charge_is_asked_and_kept_only_under_the_sealed_rule(session, make, call, asked):
    take_offer(session, asked, Said(answer=Answer.ALL, days=30, charge=Decimal(9)), at=call.sent_at)
    assert session.get(Offer, asked.id).charge is None

    call.price_rule = PriceRule.SEALED
    with pytest.raises(Incomplete):
        take_offer(session, asked, WHOLE, at=call.sent_at)


def test_the_office_records_once_and_the_firm_may_still_change_it(session, make, cast, call, asked):
    take_offer(session, asked, WHOLE, at=call.sent_at, recorded_by=cast.noy)

    assert receipt_of(session, asked).is_by_telephone
    with pytest.raises(Locked):
        take_offer(session, asked, PART, at=call.sent_at, recorded_by=cast.noy)
    assert not take_offer(session, asked, PART, at=call.sent_at).is_by_telephone
    with pytest.raises(Locked):
        take_offer(session, asked, WHOLE, at=call.sent_at, recorded_by=cast.noy)


def test_the_log_gets_the_seal_and_no_figure(session, call, asked):
    take_offer(session, asked, PART, at=call.sent_at)
    session.commit()

    entry = session.scalars(select(Entry).where(Entry.action == "offer.received")).one()
    assert entry.data.keys() == {"call", "candidate", "seal"}
    assert entry.data["seal"] == session.get(Offer, asked.id).seal


def test_a_figure_changed_behind_the_seal_is_seen(session, make, cast, call):
    offer = make.offer(call, cast.firm_a, quantity=41)
    assert is_intact(offer)

    offer.quantity = 42
    assert not is_intact(offer)


def test_the_same_answer_has_another_seal_each_time(session, call, asked):
    take_offer(session, asked, PART, at=call.sent_at)
    first = session.get(Offer, asked.id).seal
    take_offer(session, asked, PART, at=call.sent_at)

    assert session.get(Offer, asked.id).seal != first


def test_the_last_answer_closes_the_call(session, make, cast, call, asked):
    take_offer(session, asked, WHOLE, at=call.sent_at)
    assert call.state is CallState.OPEN
    take_offer(session, make.candidate(call, cast.firm_b), PART, at=call.sent_at)

    assert call.state is CallState.CLOSED


def test_an_erased_buyer_takes_no_answer_of_a_member_along(session, make, cast, call):
    offer = make.offer(call, cast.firm_a, quantity=41)
    erase_buyer(session, trail_of_inquiries(session, [call.inquiry_id]), by=None, at=call.sent_at)
    session.commit()

    assert session.get(Offer, offer.candidate_id).quantity == 41
