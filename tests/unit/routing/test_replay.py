"""Divisions of the past made again: the same where nothing changes, and what each change does."""

import time
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from catalogue.routing.allocation import divide
from catalogue.routing.replay import Change, Firm, Laws, Then, Way, replay
from catalogue.routing.terms import Candidate, Rules

BEGAN = date(2026, 1, 5)
LAWS = Laws(half_life_days=365)


def firms(count, **given):
    return [Firm(member, BEGAN - timedelta(days=400), **given) for member in range(1, count + 1)]


def then(call, offers, quantity=60, **given):
    """A call a week after the one before: so many offered, at 10 for one."""
    rules = Rules(quantity=quantity, needed_in_days=None, smallest_share=5, seed="5eed")
    candidates = tuple(
        Candidate(member=member, history=Decimal(0), offered=offered, days=None, charge=Decimal(10))
        for member, offered in offers.items()
    )
    made = {"round": 1, "on": BEGAN + timedelta(days=7 * call), "laws": LAWS, "rules": rules, "candidates": candidates}
    return Then(**{"call": call, **made, **given})


def values(divisions, members, change=None, **given):
    played = replay(divisions, firms(members, **given), change or Change(), first_on=BEGAN)
    return {member: int(value) for member, value in played.values.items()}


def test_what_one_division_gives_weighs_in_the_next():
    alone, both = then(1, {1: 60}), then(2, {1: 60, 2: 60})
    assert values([alone], 2) == {1: 600, 2: 0}
    assert values([alone, both], 2) == {1: 600, 2: 600}


def test_a_shorter_memory_forgets_what_was_given_before():
    long_ago, year_ago = BEGAN - timedelta(days=800), BEGAN - timedelta(days=365)
    both = [Firm(1, long_ago, None, ((year_ago, Decimal(400)),)), Firm(2, long_ago, None, ((year_ago, Decimal(0)),))]
    call = then(0, {1: 60, 2: 60})

    long, short = (replay([call], both, Change(half_life_days=days), first_on=BEGAN).values[1] for days in (365, 30))

    assert (long, short) == (200, 300)


def test_equal_weights_take_the_place_of_those_decided():
    laws = Laws(half_life_days=365, weights={1: Decimal(3)})
    call = replace(then(1, {1: 80, 2: 80}, quantity=80), laws=laws)
    assert values([call], 2) == {1: 600, 2: 200}
    assert values([call], 2, Change(has_equal_weights=True)) == {1: 400, 2: 400}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Change(way=Way.FIRST), {1: 0, 2: 400, 3: 200}),
        (Change(way=Way.EQUAL), {1: 200, 2: 200, 3: 200}),
        (Change(most_makers=1), {1: 600, 2: 0, 3: 0}),
        (Change(smallest_share=25), {1: 300, 2: 300, 3: 0}),
    ],
)
def test_other_ways_and_by_laws(change, expected):
    call = then(1, {1: 60, 2: 40, 3: 60}, in_line=(2, 3, 1))
    found = values([call], 3, change)
    assert sorted(found.values()) == sorted(expected.values())
    if change.way is Way.FIRST:
        assert found == expected


def test_what_was_handed_back_is_handed_back_again_and_divided_once_more():
    first = then(1, {1: 60, 2: 60}, back={1: 30})
    again = replace(then(1, {1: 60, 2: 60}, quantity=30), round=2, candidates=first.candidates)
    assert values([first], 2) == {1: 0, 2: 300}
    assert values([first, again], 2) == {1: 0, 2: 600}


def test_nobody_hands_back_more_than_it_gets():
    call = then(1, {1: 20, 2: 60}, back={1: 50})
    assert values([call], 2) == {1: 0, 2: 400}


def test_a_firm_that_joined_later_takes_no_part_before():
    late = [Firm(1, BEGAN - timedelta(days=400)), Firm(2, BEGAN + timedelta(days=30))]
    played = replay([then(1, {1: 60, 2: 60})], late, Change(), first_on=BEGAN)
    assert played.values == {1: 600, 2: 0}


def test_pieces_that_nobody_made_are_counted():
    played = replay([then(1, {1: 20, 2: 10})], firms(2), Change(), first_on=BEGAN)
    assert (played.asked, played.unfilled) == (60, 30)


def test_a_single_division_is_the_rules_own():
    chance = Random(7)
    for call in range(1, 40):
        offers = {member: chance.randint(0, 90) for member in range(1, 9)}
        division = then(call, offers, quantity=chance.randint(20, 300))
        expected = {part.member: part.quantity * 10 for part in divide(division.rules, division.candidates).portions}
        assert values([division], 8) == expected


def test_a_year_of_seventy_calls_takes_less_than_two_seconds():
    chance, members = Random(1), 20
    year = [then(call, {each: chance.randint(0, 90) for each in range(1, members + 1)}, 300) for call in range(70)]
    began = time.process_time()
    values(year, members)
    assert time.process_time() - began < 2
