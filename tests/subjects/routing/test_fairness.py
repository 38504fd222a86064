"""How evenly the work was shared: each figure of the record from the rows of calls and divisions."""

from datetime import timedelta
from decimal import Decimal

import pytest

from catalogue.consortia.models import MemberStatus
from catalogue.routing.division_models import ShareState
from catalogue.routing.fairness import days_led, record_between, record_of
from catalogue.routing.looking import is_noted, looks, note_look


@pytest.fixture
def workshops(make):
    consortium = make.consortium()
    return [make.member(consortium=consortium) for _ in range(3)]


def rows(session, workshops, at, days=90):
    record = record_of(session, workshops[0].consortium, days=days, at=at)
    return record, {row.member.id: row for row in record.rows}


def test_called_answered_and_the_usual_time(session, make, workshops):
    first, second, third = workshops
    for hours, members in ((4, [first, second]), (10, [first, third])):
        call = make.call(members=members)
        candidate = make.candidate(call, first)
        candidate.answered_at = call.sent_at + timedelta(hours=hours)
        make.keep(candidate)

    _record, found = rows(session, workshops, make.later())

    assert [(found[each.id].called, found[each.id].answered) for each in workshops] == [(2, 2), (1, 0), (1, 0)]
    assert found[first.id].answer_hours == 7
    assert found[second.id].answer_hours is None


def test_making_charge_counts_until_it_is_handed_back(session, make, workshops):
    first, second, third = workshops
    call = make.call(members=workshops, quantity=60)
    allocation = make.allocation(call, {first: 40, second: 20, third: 0})
    shares = {share.member_id: share for share in allocation.shares}
    shares[second.id].state, shares[second.id].handed_back = ShareState.HANDED_BACK, 20
    make.keep(shares[second.id])

    record, found = rows(session, workshops, make.later())

    assert {each.id: found[each.id].value for each in workshops} == {first.id: 500, second.id: 0, third.id: 0}
    assert (found[second.id].handed_back, record.total, record.divided) == (1, 500, 1)
    assert (record.gini, record.jain) == (Decimal("0.6667"), Decimal("0.3333"))
    assert record.rows[-1].member is first


def test_an_equal_share_follows_the_weights(session, make, workshops):
    first, second, third = workshops
    make.by_laws(first.consortium, weights={str(first.id): {"weight": "2"}})
    make.allocation(make.call(members=workshops, quantity=60), {first: 32, second: 16, third: 16})

    record, found = rows(session, workshops, make.later())

    assert [found[each.id].fair_part for each in workshops] == [400, 200, 200]
    assert {row.against_fair_part for row in record.rows} == {Decimal(1)}
    assert (record.gini, record.jain) == (0, 1)


def test_late_is_made_after_its_day_or_still_not_there(session, make, workshops):
    first, second, third = workshops
    allocation = make.allocation(make.call(members=workshops, quantity=60), {first: 20, second: 20, third: 20})
    today = make.later().date()
    states = [(ShareState.MADE, today, 1), (ShareState.AWARDED, None, 1), (ShareState.AWARDED, None, -1)]
    for share, (state, made_on, days_over) in zip(allocation.shares, states, strict=True):
        share.state, share.made_on, share.due_on = state, made_on, today - timedelta(days=days_over)
        make.keep(share)

    _record, found = rows(session, workshops, make.later())

    assert [found[each.id].late for each in workshops] == [1, 1, 0]


def test_a_window_has_whole_days_in_vientiane(session, make, workshops):
    first = workshops[0]
    allocation = make.allocation(make.call(members=workshops, quantity=60), {first: 60})
    midnight = allocation.confirmed_at.replace(hour=17, minute=0, second=0, microsecond=0)  # in Vientiane
    allocation.confirmed_at = midnight
    make.keep(allocation)
    day = (midnight + timedelta(hours=7)).date()

    def total(since, until):
        return record_between(session, first.consortium, since=since, until=until).total

    assert total(day, day) == 750
    assert total(day - timedelta(days=9), day - timedelta(days=1)) == 0
    assert total(day + timedelta(days=1), day + timedelta(days=9)) == 0


def test_only_those_who_are_members_have_a_row(session, make, workshops):
    gone = workshops[0]
    gone.status = MemberStatus.LEFT
    make.keep(gone)
    _record, found = rows(session, workshops, make.later())
    assert set(found) == {each.id for each in workshops[1:]}


def test_every_member_leads_the_catalogue_equally_often(session, make, workshops):
    for member in workshops[:2]:
        make.product(member=member)
    day = make.later().date()
    led = days_led(session, workshops[0].consortium, day, day + timedelta(days=99))
    assert sum(led.values()) == 100
    assert {member.id: led[member.id] for member in workshops} == {
        workshops[0].id: 50,
        workshops[1].id: 50,
        workshops[2].id: 0,
    }


def test_other_consortia_are_not_counted(session, make, workshops):
    other = make.member()
    make.allocation(make.call(members=[other], quantity=60), {other: 60})
    record, _found = rows(session, workshops, make.later())
    assert (record.total, record.divided, len(record.rows)) == (0, 0, 3)


def test_a_look_of_the_operator_holds_for_an_hour_and_stays_readable(session, make, workshops, at):
    consortium, thip = workshops[0].consortium, make.operator(name="Thip")
    assert not is_noted(session, consortium, by=thip, at=at)

    note_look(session, consortium, by=thip, at=at)
    session.commit()

    assert is_noted(session, consortium, by=thip, at=at + timedelta(minutes=59))
    assert not is_noted(session, consortium, by=thip, at=at + timedelta(minutes=61))
    assert not is_noted(session, consortium, by=make.operator(), at=at)
    assert not is_noted(session, make.consortium(), by=thip, at=at)
    assert [(look.at, look.name) for look in looks(session, consortium, at=at + timedelta(days=9))] == [(at, "Thip")]
