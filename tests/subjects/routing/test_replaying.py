"""A year of divisions read from the ledger and made again: unchanged, it is the year as it was."""

from datetime import timedelta

import pytest

from catalogue.routing.dividing import Override, confirm
from catalogue.routing.replay import Change, Way, replay
from catalogue.routing.replaying import last_year
from catalogue.routing.shares import hand_back

OFFERS = [(40, 40, 0), (60, 20, 30), (10, 60, 60), (60, 60, 60)]


@pytest.fixture
def workshops(make):
    consortium = make.consortium()
    return [make.member(consortium=consortium) for _ in range(3)]


def divided(session, make, workshops, offers, **given):
    call = make.closed_call(dict(zip(workshops, offers, strict=True)), quantity=60)
    allocation = confirm(session, call, by=None, at=make.later(), **given)
    session.commit()
    return call, allocation


def again(session, workshops, at, change=None):
    year = last_year(session, workshops[0].consortium, at=at)
    return year, replay(year.divisions, year.firms, change or Change(), first_on=year.first_on)


def test_an_unchanged_year_is_what_it_was(session, make, workshops):
    for offers in OFFERS:
        divided(session, make, workshops, offers)

    year, played = again(session, workshops, make.later())

    assert len(year.divisions) == len(OFFERS)
    assert played == year.really
    assert sum(played.values.values()) == 60 * len(OFFERS) * 12.5


def test_another_rule_gives_other_work(session, make, workshops):
    for offers in OFFERS:
        divided(session, make, workshops, offers)
    year, played = again(session, workshops, make.later(), Change(way=Way.FIRST))
    assert played.values != year.really.values
    assert sum(played.values.values()) == sum(year.really.values.values())


def test_what_came_back_and_was_divided_again_comes_back_again(session, make, workshops):
    call, allocation = divided(session, make, workshops, (40, 40, 40))
    share = allocation.shares[0]
    hand_back(session, share, 10, "ill", at=make.later(), by=None)
    confirm(session, call, by=None, at=make.later())
    session.commit()

    year, played = again(session, workshops, make.later())

    assert [each.back for each in year.divisions] == [{share.member_id: 10}, {}]
    assert played == year.really


def test_shares_set_by_hand_are_not_set_again(session, make, workshops):
    first, second, _third = workshops
    overrides = {first.id: Override(40, "ໄວ"), second.id: Override(20, "ໄວ")}
    divided(session, make, workshops, (40, 40, 0), overrides=overrides)

    year, played = again(session, workshops, make.later())

    assert [year.really.values[each.id] for each in (first, second)] == [500, 250]
    assert [played.values[each.id] for each in (first, second)] == [375, 375]


def test_what_is_older_than_a_year_counts_as_earlier_work_alone(session, make, workshops):
    _call, allocation = divided(session, make, workshops, (60, 0, 0))
    allocation.confirmed_at -= timedelta(days=370)
    make.keep(allocation)
    divided(session, make, workshops, (60, 60, 0))

    year, _played = again(session, workshops, make.later())

    assert len(year.divisions) == 1
    assert [len(firm.before) for firm in year.firms] == [1, 0, 0]


def test_a_division_that_cannot_be_read_is_left_out(session, make, workshops):
    make.allocation(make.call(members=workshops), {workshops[0]: 60})
    year, played = again(session, workshops, make.later())
    assert (year.divisions, played.asked) == ((), 0)
