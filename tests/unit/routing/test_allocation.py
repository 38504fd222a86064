"""Divisions that can be worked out on paper."""

from dataclasses import replace
from decimal import Decimal
from time import thread_time

import pytest

from catalogue.routing.allocation import Candidate, Rules, divide, from_json

PLAIN = Rules(quantity=600, needed_in_days=90, seed="head")


def firm(member, **given):
    return Candidate(**{
        "member": member, "history": Decimal(0), "offered": 600, "days": 60, "charge": Decimal(10), **given
    })  # fmt: skip


def quantities(division):
    return [portion.quantity for portion in division.portions]


def reasons(division):
    return [portion.reason for portion in division.portions]


def test_equals_share_equally_up_to_what_they_offered():
    division = divide(PLAIN, [firm(1), firm(2), firm(3, offered=100)])

    assert quantities(division) == [250, 250, 100]
    assert reasons(division) == ["level", "level", "offer"]
    assert (division.unfilled, division.level, division.equal_share) == (0, Decimal(2500), Decimal(2000))


def test_weight_and_history_count():
    """Twice the weight, twice the value; and 600 of history less, within one equal share of the median."""
    heavy = divide(PLAIN, [firm(1, weight=Decimal(2)), firm(2)])
    late_comer = divide(PLAIN, [firm(1, history=Decimal(600)), firm(2)])

    assert quantities(heavy) == [400, 200]
    assert quantities(late_comer) == [270, 330]


def test_history_counts_no_further_than_its_reach():
    """An equal share is 3,000: a history of 50,000 counts as 3,000 above the median of nought."""
    division = divide(PLAIN, [firm(1, history=Decimal(50_000)), firm(2, history=None)])
    assert quantities(division) == [150, 450]


def test_dear_slow_and_absent_offers_are_set_aside_with_their_figures():
    rules = replace(PLAIN, price_band=Decimal("0.15"))
    division = divide(rules, [
        firm(1), firm(2), firm(3), firm(4, charge=Decimal(12)), firm(5, days=91), firm(6, absence="declined"),
    ])  # fmt: skip

    assert reasons(division)[3:] == ["band", "late", "declined"]
    assert division.band_limit == Decimal("11.50")
    assert division.portions[3].figures == {"charge": "12", "limit": "11.50"}
    assert division.portions[4].figures == {"days": 91, "needed": 90}


def test_two_offers_are_not_compared():
    division = divide(replace(PLAIN, price_band=Decimal("0.15")), [firm(1), firm(2, charge=Decimal(100))])
    assert division.band_limit is None
    assert all(quantities(division))


def test_price_decides_nothing_inside_the_band():
    """Value is evened out, not pieces: the dearer firm makes fewer, whatever the order of their charges."""
    division = divide(PLAIN, [firm(1, charge=Decimal(10)), firm(2, charge=Decimal(11))])
    assert quantities(division) == [314, 286]


def test_a_charge_of_nought_counts_as_the_median():
    assert quantities(divide(PLAIN, [firm(1, charge=Decimal(0)), firm(2)])) == [300, 300]
    assert quantities(divide(PLAIN, [firm(1, charge=Decimal(0)), firm(2, charge=Decimal(0))])) == [300, 300]


def test_the_maker_of_an_open_design_comes_first():
    division = divide(PLAIN, [firm(1), firm(2, is_maker=True, offered=400), firm(3)])
    assert quantities(division) == [100, 400, 100]
    assert reasons(division) == ["level", "first_claim", "level"]


def test_a_small_order_goes_whole_to_the_lowest():
    rules = replace(PLAIN, quantity=39, smallest_share=20)
    division = divide(rules, [firm(1, history=Decimal(100)), firm(2, history=Decimal(50)), firm(3, offered=10)])
    assert quantities(division) == [0, 39, 0]
    assert reasons(division)[:2] == ["turn", "turn"]


def test_one_hand_is_the_one_that_can_fill_most():
    division = divide(replace(PLAIN, one_hand=True), [firm(1, offered=500), firm(2, offered=550, history=Decimal(900))])
    assert quantities(division) == [0, 550]
    assert division.unfilled == 50


def test_few_makers_are_the_lowest_that_leave_least_unfilled():
    firms = [firm(member, offered=300, history=Decimal(member)) for member in range(1, 7)]
    division = divide(replace(PLAIN, most_makers=2), firms)
    assert quantities(division) == [300, 300, 0, 0, 0, 0]
    assert reasons(division)[2:] == ["makers"] * 4


def test_the_odd_rest_is_made_by_one_beside_its_whole_lots():
    division = divide(replace(PLAIN, quantity=25, lot=10), [firm(1, offered=10), firm(2, offered=15)])
    assert quantities(division) == [10, 15]
    assert division.unfilled == 0


def test_smallest_share_leaves_somebody_out():
    """Three shares of thirty do not fit into eighty; the reason tells how many were left for the third."""
    firms = [firm(member, history=Decimal(member)) for member in (1, 2, 3)]
    division = divide(replace(PLAIN, quantity=80, smallest_share=30), firms)
    assert quantities(division) == [40, 40, 0]
    assert division.portions[2].reason == "smallest"
    assert division.portions[2].figures["left"] == 20


def test_what_is_held_of_the_same_order_counts():
    """Of 100 handed back, the one that holds nothing yet gets all; an offer is never passed by the two together."""
    division = divide(replace(PLAIN, quantity=100), [firm(1, held=250), firm(2)])
    full = divide(replace(PLAIN, quantity=100), [firm(1, held=250, offered=260), firm(2, offered=20)])
    assert quantities(division) == [0, 100]
    assert quantities(full) == [10, 20]


def test_who_holds_a_part_is_a_maker_though_it_takes_no_more():
    firms = [firm(1, held=600, offered=600), firm(2), firm(3, history=Decimal(1))]
    division = divide(replace(PLAIN, quantity=100, most_makers=2), firms)
    assert quantities(division) == [0, 100, 0]
    assert reasons(division) == ["offer", "level", "makers"]


def test_a_household_has_one_level():
    division = divide(PLAIN, [firm(1, household="a"), firm(2, household="a"), firm(3)])
    assert division.portions[2].quantity == 300


def test_least_unfilled_comes_before_an_even_level():
    """Only all-or-nothing offers: 40 and 20 fill sixty, though 30 would have been the lower's."""
    firms = [
        firm(1, offered=30, own_lot=30),
        firm(2, offered=40, own_lot=40, history=Decimal(500)),
        firm(3, offered=20, own_lot=20, history=Decimal(500)),
    ]
    assert quantities(divide(replace(PLAIN, quantity=60), firms)) == [0, 40, 20]


def test_two_hundred_makers_take_less_than_fifty_milliseconds():
    firms = [
        firm(
            member,
            history=Decimal(member * 37 % 3000),
            offered=30 + member,
            charge=Decimal(8 + member % 5),
            own_lot=1 + member % 20,
        )
        for member in range(200)
    ]
    times = []
    for _time in range(3):
        began = thread_time()
        divide(replace(PLAIN, quantity=4000, smallest_share=10, price_band=Decimal("0.15")), firms)
        times.append(thread_time() - began)
    assert min(times) < 0.05


def test_nobody_called_leaves_all_unfilled():
    division = divide(PLAIN, [])
    assert (division.portions, division.unfilled) == ((), 600)


@pytest.mark.parametrize(
    "wrong", [{"charge": 10.5}, {"charge": Decimal(-1)}, {"weight": Decimal(0)}, {"absence": "ill"}]
)
def test_impossible_offers_are_refused(wrong):
    with pytest.raises((TypeError, ValueError)):
        firm(1, **wrong)


def test_a_member_comes_once():
    with pytest.raises(ValueError, match="once"):
        divide(PLAIN, [firm(1), firm(1)])


def test_unknown_things_in_a_kept_division_are_refused():
    with pytest.raises(TypeError):
        from_json('{"rules": {"quantity": 1, "needed_in_days": null, "seed": "", "luck": 1}, "candidates": []}')
