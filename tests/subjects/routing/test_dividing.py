"""Proposing and confirming a division: shares, reasons, evenness, overrides, and two managers at once."""

from datetime import timedelta
from decimal import Decimal
from threading import Event, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.consortia.interest_models import InterestKind
from catalogue.consortia.interests import ShutOut, Tie, declare, end
from catalogue.database import begin_write
from catalogue.outbox.models import Due
from catalogue.routing import award
from catalogue.routing.allocation import VERSION
from catalogue.routing.awarding import AwardedAlready, NotAllTaken
from catalogue.routing.dividing import CannotOverride, ChangedMeanwhile, DividedAlready, Override, confirm, propose
from catalogue.routing.division_models import Share, ShareState
from catalogue.routing.models import Call, CallState, ClosedBy
from catalogue.routing.offers import Sealed
from catalogue.routing.shares import hand_back, take


@pytest.fixture
def workshops(make):
    consortium = make.consortium()
    return [make.member(consortium=consortium) for _ in range(3)]


def shares_of(allocation):
    return {share.member_id: share.quantity for share in allocation.shares}


def test_an_open_call_is_not_divided(session, make, at):
    call = make.call()

    with pytest.raises(Sealed):
        propose(session, call, at=at + timedelta(hours=1))


def test_a_call_whose_time_is_past_is_closed_by_confirming_it(session, make, workshops):
    call = make.call(members=workshops, quantity=60)
    make.offer(call, workshops[0], quantity=60)

    confirm(session, call, by=None, at=call.closes_at + timedelta(minutes=1))

    assert (call.state, call.closed_how, call.closed_at) == (CallState.DIVIDED, ClosedBy.TIME, call.closes_at)


def test_a_confirmed_division_gives_everybody_asked_a_share_with_its_reason(session, make, workshops):
    first, second, third = workshops
    call = make.closed_call({first: 40, second: 40, third: 0}, quantity=60)

    allocation = confirm(session, call, by=make.manager(call.consortium), at=make.later())
    session.commit()

    shares = {share.member_id: share for share in allocation.shares}
    assert [shares[member.id].quantity for member in workshops] == [30, 30, 0]
    assert shares[third.id].reason == "declined"
    assert shares[first.id].value == Decimal("12.5") * 30 * call.rate
    assert (call.state, allocation.unfilled, allocation.algorithm) == (CallState.DIVIDED, 0, VERSION)
    told = session.scalars(select(Due.payload).where(Due.kind == "share_told")).all()
    assert {each["share_id"] for each in told} == {share.id for share in allocation.shares}


def test_who_had_most_before_gets_least_but_earlier_work_counts_one_equal_share_only(session, make, workshops):
    first, second, _third = workshops
    earlier = make.call(members=[first], quantity=100)
    make.allocation(earlier, {first: 100})
    call = make.closed_call({first: 60, second: 60}, quantity=60, sent_at=make.later())

    proposal = propose(session, call, at=make.later())

    assert {each.candidate.member: each.quantity for each in proposal.shares} == {first.id: 15, second.id: 45}
    assert proposal.after.gini < proposal.before.gini


def test_an_override_stands_with_its_reason_and_shows_what_it_does(session, make, workshops):
    first, second, _third = workshops
    call = make.closed_call({first: 60, second: 60}, quantity=60)
    seen = propose(session, call, overrides={first.id: 50, second.id: 10}, at=make.later())
    assert seen.after.gini > seen.by_rule.gini

    said = {first.id: Override(50, "Has the mould"), second.id: Override(10, "Has the mould")}
    allocation = confirm(session, call, overrides=said, seen=seen.mark, by=make.manager(call.consortium), at=make.at)

    assert shares_of(allocation) == {first.id: 50, second.id: 10}
    assert allocation.overrides[0] == {"member": first.id, "from": 30, "to": 50, "reason": "Has the mould"}
    assert {share.reason for share in allocation.shares} == {"override"}


@pytest.mark.parametrize(
    ("quantity", "reason", "code"), [(61, "Because", "offer"), (50, " ", "reason"), (50, "Because", "quantity")]
)
def test_a_share_is_not_set_without_reason_nor_over_an_offer_nor_the_quantity(
    session, make, workshops, quantity, reason, code
):
    first, second, _third = workshops
    call = make.closed_call({first: 60, second: 60}, quantity=60)

    with pytest.raises(CannotOverride) as refusal:
        confirm(session, call, overrides={first.id: Override(quantity, reason)}, by=None, at=make.later())

    assert refusal.value.code == code


def test_what_changed_since_it_was_looked_at_is_not_confirmed(session, make, workshops):
    call = make.closed_call(dict.fromkeys(workshops, 60), quantity=60)

    with pytest.raises(ChangedMeanwhile):
        confirm(session, call, seen="1:1=60", by=None, at=make.later())


def test_of_two_managers_who_confirm_at_once_one_wins(session, engine, make, workshops):
    call_id = make.closed_call(dict.fromkeys(workshops, 60), quantity=60).id
    noy = make.manager(workshops[0].consortium)
    session.rollback()
    with Session(engine) as slow:
        late = slow.get_one(Call, call_id)
        assert late.state is CallState.CLOSED
        slow.connection().commit()
        begin_write(session)
        won = confirm(session, session.get_one(Call, call_id), by=noy, at=make.at)
        session.commit()

        with pytest.raises(DividedAlready) as refusal:
            confirm(slow, late, by=None, at=make.at)
        assert refusal.value.allocation.id == won.id
        assert refusal.value.allocation.confirmed_by_id == noy.id

    assert len(session.scalars(select(Share)).all()) == 3


def test_what_was_handed_back_is_divided_again_among_the_others(session, make, workshops):
    first, second, third = workshops
    call = make.closed_call({first: 60, second: 60, third: 60}, quantity=60)
    allocation = confirm(session, call, by=None, at=make.later())
    share = next(each for each in allocation.shares if each.member_id == first.id)
    share.handed_back, share.quantity, share.value = 20, 0, Decimal(0)
    session.flush()

    again = confirm(session, call, by=None, at=make.later())

    assert (again.round, again.quantity, again.unfilled) == (2, 20, 0)
    assert shares_of(again) == {first.id: 0, second.id: 10, third.id: 10}
    with pytest.raises(DividedAlready):
        confirm(session, call, by=None, at=make.later())


def test_an_award_waits_for_every_answer_and_then_commits(session, make, workshops):
    first, second, _third = workshops
    call = make.closed_call({first: 30, second: 30}, quantity=60)
    allocation = confirm(session, call, by=None, at=make.later())
    take(session, allocation.shares[0], at=make.later(), by=None)
    with pytest.raises(NotAllTaken) as refusal:
        award(session, allocation, make.later())
    assert [share.member_id for share in refusal.value.shares] == [second.id]

    hand_back(session, allocation.shares[1], 30, "no_time", at=make.later(), by=None)
    award(session, allocation, make.later())

    assert [share.state for share in allocation.shares] == [ShareState.AWARDED, ShareState.HANDED_BACK]
    with pytest.raises(AwardedAlready):
        award(session, allocation, make.later())


def test_two_calls_confirmed_at_once_never_promise_the_same_days_twice(session, engine, make):
    """The second waits for the first, and reads what it promised."""
    member = make.member(monthly_capacity=30)
    calls = [make.closed_call({member: 60}, quantity=60, needed_by=make.at.date() + timedelta(days=31)) for _ in "ab"]
    keys = [call.id for call in calls]
    at = make.later()
    session.rollback()
    begun, done = Event(), []

    def second() -> None:
        with Session(engine) as other:
            begin_write(other)
            begun.set()
            late = confirm(other, other.get_one(Call, keys[1]), by=None, at=at)
            done.append(sum(share.quantity for share in late.shares))
            other.commit()

    begin_write(session)
    first = confirm(session, session.get_one(Call, keys[0]), by=None, at=at)
    thread = Thread(target=second)
    thread.start()
    begun.wait(0.2)  # SQLite lets nobody begin before the first is done
    thread.join(0.2)
    given = sum(share.quantity for share in first.shares)
    session.commit()
    thread.join(10)
    assert given > 0
    assert given + done[0] <= 31


def test_a_tie_ended_after_the_call_was_sent_keeps_out_all_the_same(session, make, workshops):
    """Else ending it would be the way to divide what it shut out from."""
    first, second, _third = workshops
    noy, day = make.manager(first.consortium), make.at.date()
    tie = declare(session, first.consortium, first, Tie(InterestKind.PAY, day), person=noy, at=make.at)
    call = make.closed_call({first: 40, second: 40}, quantity=60, sent_at=make.later())
    end(session, tie, on=day, by=noy, at=make.later())
    week_later = make.later() + timedelta(days=7)

    with pytest.raises(ShutOut):
        confirm(session, call, by=noy, at=week_later)
    later = make.closed_call({first: 40, second: 40}, quantity=60, sent_at=week_later)
    confirm(session, later, by=noy, at=week_later + timedelta(days=1))
