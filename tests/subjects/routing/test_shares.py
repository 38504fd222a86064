"""What becomes of a share: taken, handed back, objected to, lapsed, made; and what the office is told."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.consortia.interest_models import InterestKind
from catalogue.consortia.interests import ShutOut, Tie, declare
from catalogue.inquiries.clock import working_time
from catalogue.outbox.models import Due
from catalogue.routing import shares
from catalogue.routing.division_models import AllocationState, Share, ShareState
from catalogue.routing.proposing import to_divide_again
from catalogue.routing.share_lists import share_for


@pytest.fixture
def divided(make, cast):
    """600 bowls, divided 140 and 460, in lots of 10."""
    call = make.closed_call({cast.firm_a: 150, cast.firm_b: 460}, quantity=600, lot=10)
    return make.allocation(call, {cast.firm_a: 140, cast.firm_b: 460})


@pytest.fixture
def own(session, divided, cast):
    """The share of firm A."""
    return share_for(session, divided.call, cast.firm_a.id)


@pytest.fixture
def other(session, divided, cast):
    """The share of firm B."""
    return share_for(session, divided.call, cast.firm_b.id)


def letters(session):
    session.flush()
    return [due.kind for due in session.scalars(select(Due).order_by(Due.id)) if due.kind.startswith("share")]


def test_a_share_is_taken_once(session, own, cast, at):
    shares.take(session, own, at=at, by=cast.bounmy)
    assert (own.state, own.answered_at) == (ShareState.TAKEN, at)
    with pytest.raises(shares.SettledAlready):
        shares.take(session, own, at=at, by=None)


def test_the_office_is_written_to_once_all_have_answered(session, own, other, at):
    shares.take(session, own, at=at, by=None)
    assert letters(session) == []
    shares.hand_back(session, other, 460, "ill", at=at, by=None)
    assert letters(session) == ["shares_complete"]


def test_what_is_given_back_is_free_and_the_rest_is_taken(session, own, divided, at):
    each = own.value / own.quantity
    shares.hand_back(session, own, 40, "no_time", at=at, by=None)
    assert (own.state, own.quantity, own.handed_back) == (ShareState.TAKEN, 100, 40)
    assert own.value == each * 100
    assert to_divide_again(session, divided.call) == 40


@pytest.mark.parametrize("quantity", [0, 35, 150])
def test_only_whole_lots_of_ones_own_are_given_back(session, own, quantity, at):
    with pytest.raises(shares.NoWholeLots):
        shares.hand_back(session, own, quantity, "no_time", at=at, by=None)


def test_the_log_names_who_acted_and_no_value(session, own, at):
    shares.hand_back(session, own, 140, "ill", at=at, by=None)
    log.seal(session)
    entry = session.scalars(select(Entry).where(Entry.action == "share.handed_back")).one()
    assert entry.actor == f"member:{own.member_id}"
    assert (entry.data["quantity"], entry.data["left"], entry.data["reason"]) == (140, 0, "ill")
    assert "value" not in entry.data


def test_an_objection_is_answered_once(session, own, cast, at):
    shares.object_to(session, own, "We had no work all year.", at=at, by=None)
    shares.answer_objection(session, own, "We looked again: it is as the rule says.", by=cast.noy, at=at)
    assert own.objection_answer
    assert letters(session) == ["share_changed"]
    with pytest.raises(shares.AnsweredObjection):
        shares.answer_objection(session, own, "Once more.", by=cast.noy, at=at)


def test_whoever_owns_a_candidate_answers_no_objection(session, own, cast, at):
    day = at.date()
    declare(session, cast.silver, cast.firm_b, Tie(InterestKind.OWNERSHIP, day), person=cast.noy, at=at)
    shares.object_to(session, own, "Why?", at=at, by=None)
    with pytest.raises(ShutOut):
        shares.answer_objection(session, own, "Because.", by=cast.noy, at=at)


def test_what_nobody_answers_lapses_after_its_day(session, own, other, divided, at):
    shares.take(session, other, at=at, by=None)
    last = working_time().begins_at(divided.held_until)
    assert shares.lapse_due(session, at=last) == 0
    assert shares.lapse_due(session, at=last + timedelta(days=1)) == 1
    session.refresh(other)
    assert (own.state, other.state) == (ShareState.LAPSED, ShareState.TAKEN)
    assert divided.state is AllocationState.CONFIRMED
    assert to_divide_again(session, divided.call) == 140


def test_a_division_that_nobody_answered_lapses_whole(session, divided, at):
    after = working_time().begins_at(divided.held_until) + timedelta(days=1)
    assert shares.lapse_due(session, at=after) == 2
    assert divided.state is AllocationState.LAPSED
    assert "shares_complete" in letters(session)


def test_a_firm_that_leaves_gives_back_what_was_awarded(session, own, cast, at):
    own.state = ShareState.AWARDED
    session.flush()
    assert shares.hand_back_all(session, cast.firm_a, at=at, by=cast.noy) == 1
    assert (own.state, own.handed_back, own.handed_back_for) == (ShareState.HANDED_BACK, 140, shares.LEFT)


def test_what_is_made_late_says_by_how_many_days(session, own, cast, at):
    own.state = ShareState.AWARDED
    own.due_on = working_time().day_of(at) - timedelta(days=3)
    session.flush()
    with pytest.raises(shares.NotYet):
        shares.mark_made(session, own, working_time().day_of(at) + timedelta(days=1), by=cast.noy, at=at)
    shares.mark_made(session, own, working_time().day_of(at), by=cast.noy, at=at)
    assert (own.state, shares.days_late(own)) == (ShareState.MADE, 3)
    assert own.value > Decimal(0)


def test_a_member_without_a_share_has_nothing_to_take(session, make, cast, at):
    call = make.closed_call({cast.firm_a: 150}, quantity=600)
    none = make.allocation(call, {cast.firm_a: 0}).shares[0]
    with pytest.raises(shares.SettledAlready):
        shares.take(session, none, at=at, by=None)
    assert session.get(Share, none.id).state is ShareState.TOLD
