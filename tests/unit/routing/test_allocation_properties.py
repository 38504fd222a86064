"""What holds for every division, however odd the order, the offers and the by-laws."""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from catalogue.routing.allocation import (
    Candidate,
    Division,
    Rules,
    as_json,
    divide,
    division_as_json,
    division_from_json,
    from_json,
)
from catalogue.routing.reasons import recomputed
from tests.brute_force import World, allowed, disagreements, eligible_of
from tests.unit.routing import made

OFTEN = settings(max_examples=100, deadline=None)


def shares(division: Division) -> dict[int, int]:
    return {portion.member: portion.quantity for portion in division.portions}


@OFTEN
@given(made.rules, made.candidates())
def test_nothing_is_more_than_offered_free_or_wanted(rules, candidates):
    division = divide(rules, candidates)

    found = shares(division)
    assert sum(found.values()) + division.unfilled == rules.quantity
    assert division.unfilled >= 0
    for each in candidates:
        assert found[each.member] == 0 or found[each.member] + each.held <= each.offered
        assert each.capacity is None or found[each.member] <= each.capacity


@OFTEN
@given(made.rules, made.candidates())
def test_shares_are_whole_lots_of_at_least_the_least_and_one_odd_rest(rules, candidates):
    assume(not any(each.is_maker for each in candidates))
    found = shares(divide(rules, candidates))

    assert all(found[each.member] in allowed(rules, each, rules.quantity) for each in candidates)
    assert sum(1 for units in found.values() if units % rules.lot) <= 1


@OFTEN
@given(made.rules, made.candidates())
def test_no_more_makers_than_asked_for(rules, candidates):
    found = shares(divide(rules, candidates))
    new = [each for each in candidates if found[each.member] and not each.held]
    most = 1 if rules.one_hand else rules.most_makers
    assert most is None or len(new) <= most


@OFTEN
@given(made.rules, made.candidates(fewest=1))
def test_the_maker_comes_first(rules, candidates):
    maker = replace(candidates[0], is_maker=True, household="", held=0, absence=None, days=1, charge=Decimal(8))
    others = [replace(each, is_maker=False, held=0) for each in candidates[1:]]

    found = shares(divide(rules, [maker, *others]))

    assert found[maker.member] == max(allowed(rules, maker, rules.quantity))


@OFTEN
@given(made.rules, made.candidates(), made.seeds)
def test_the_order_of_candidates_does_not_matter(rules, candidates, chance):
    mixed = candidates[:]
    chance.shuffle(mixed)
    assert divide(rules, mixed) == divide(rules, candidates)


@settings(OFTEN, max_examples=250)
@given(made.rules, made.candidates(fewest=2))
def test_no_move_of_one_lot_raises_the_smaller_of_two_levels(rules, candidates):
    assume(not rules.one_hand and not rules.goes_whole)
    rules = replace(rules, smallest_share=min(rules.smallest_share, 5))
    found = shares(divide(rules, candidates))
    world = World(rules, eligible_of(rules, candidates), [each for each in candidates if each.held])

    for giver, taker in permutations(world.eligible, 2):
        if giver.is_maker or taker.is_maker or not can_move(rules, found, candidates, giver, taker):
            continue
        after = found | {giver.member: found[giver.member] - rules.lot, taker.member: found[taker.member] + rules.lot}
        assert smaller(world, giver, taker, after) <= smaller(world, giver, taker, found)


def can_move(rules: Rules, found: dict[int, int], candidates: list[Candidate], giver: Candidate, taker: Candidate):
    after = found | {giver.member: found[giver.member] - rules.lot, taker.member: found[taker.member] + rules.lot}
    makers = [each for each in candidates if (after[each.member] > 0 or each.held)]
    whole = found[giver.member] % rules.lot == 0 or after[giver.member] >= rules.lot
    most = rules.most_makers
    return (
        after[giver.member] in allowed(rules, giver, rules.quantity)
        and after[taker.member] in allowed(rules, taker, rules.quantity)
        and whole
        and (found[taker.member] > 0 or most is None or len(makers) <= most)
    )


def smaller(world: World, one: Candidate, other: Candidate, found: dict[int, int]) -> int:
    return min(world.level(world.home(each), found) for each in (one, other))


@OFTEN
@given(made.rules, made.candidates(fewest=2))
def test_who_is_dropped_changes_no_other_share(rules, candidates):
    division = divide(rules, candidates)
    eligible = {each.member for each in eligible_of(rules, candidates)}
    eligible |= {each.member for each in candidates if each.held}  # whoever holds a part of the order remains a maker
    dropped = [portion for portion in division.portions if portion.member not in eligible and portion.reason != "band"]

    for portion in dropped[:4]:
        without = divide(rules, [each for each in candidates if each.member != portion.member])
        assert list(without.portions) == [other for other in division.portions if other is not portion]
        assert (without.level, without.band_limit) == (division.level, division.band_limit)


@OFTEN
@given(made.rules, made.candidates(fewest=3))
def test_who_is_above_the_band_changes_no_other_share_while_the_limit_stands(rules, candidates):
    division = divide(rules, candidates)
    above = {portion.member for portion in division.portions if portion.reason == "band"}
    inside = [each for each in candidates if each.member not in above]
    assume(not any(each.held for each in candidates if each.member in above))

    without = divide(replace(rules, price_band=None), inside)

    assert list(without.portions) == [portion for portion in division.portions if portion.member not in above]


@OFTEN
@given(made.rules, made.candidates())
def test_late_and_dear_offers_say_so(rules, candidates):
    division = divide(rules, candidates)
    reasons = {portion.member: portion.reason for portion in division.portions}

    for each in candidates:
        late = rules.needed_in_days is not None and (each.days or 0) > rules.needed_in_days
        if each.absence or late:
            assert reasons[each.member] == (each.absence or "late")
        else:
            dear = division.band_limit is not None and each.charge > division.band_limit
            assert (reasons[each.member] == "band") == dear


@OFTEN
@given(made.rules, made.candidates())
def test_every_share_follows_from_the_figures_of_its_reason(rules, candidates):
    for portion in divide(rules, candidates).portions:
        assert recomputed(portion.reason, portion.figures) == portion.quantity, portion
        assert portion.reason != "level" or portion.figures["drawn"] in (0, rules.lot)


@OFTEN
@given(made.rules, made.candidates(fewest=2), some.sampled_from([None, Decimal(0)]))
def test_a_newcomer_and_an_idle_member_take_no_flood(rules, candidates, history):
    """Beside one who could have taken more, they get at most twice the reach (and a lot) more for their weight."""
    first = Candidate(member=99, history=history, offered=400, days=1, charge=Decimal(9))
    rules = replace(rules, one_hand=False, smallest_share=1, most_makers=None, median_history=Decimal(500))
    division = divide(rules, [first, *candidates])
    portions = {portion.member: portion for portion in division.portions}
    value = share_value(portions[99])
    reach = rules.history_reach * division.equal_share * (1 if history is None else 2)

    for each in candidates:
        if portions[each.member].reason == "level" and not each.household:
            other = portions[each.member]
            bound = share_value(other) + each.held * Decimal(other.figures["step"]) + reach
            assert value <= bound + rules.lot * Decimal(portions[99].figures["step"]) + Decimal("0.001")


def share_value(portion) -> Decimal:
    """What a share adds to its member's level."""
    return portion.quantity * Decimal(portion.figures.get("step", 0))


@OFTEN
@given(made.rules, made.candidates())
def test_what_is_kept_divides_again_to_the_byte(rules, candidates):
    kept = as_json(rules, reversed(candidates))
    result = division_as_json(divide(rules, candidates))

    again = from_json(kept)

    assert as_json(*again) == kept
    assert division_as_json(divide(*again)) == result == division_as_json(division_from_json(result))


@pytest.mark.parametrize("first", range(0, 800, 200))
def test_trying_every_way_finds_the_same(first):
    assert list(disagreements(range(first, first + 200))) == []
