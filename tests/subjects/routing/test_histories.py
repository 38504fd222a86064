"""What members were given before: faded by age, shared by households, and nothing against a newcomer."""

from datetime import timedelta
from decimal import Decimal

import pytest

from catalogue.routing.division_models import ShareState
from catalogue.routing.histories import faded, histories


@pytest.mark.parametrize(("days", "left"), [(0, "1000"), (365, "500"), (730, "250"), (182, "707.7785")])
def test_work_counts_half_after_each_half_life(days, left):
    assert faded(Decimal(1000), days, 365) == Decimal(left)


@pytest.fixture
def three(make):
    """Three firms; the first was given work of 1250 in a call of its own."""
    consortium = make.consortium()
    firms = [make.member(consortium=consortium) for _ in range(3)]
    make.allocation(make.call(members=firms[:1], quantity=100), {firms[0]: 100})
    return firms


def test_only_who_joined_since_work_was_first_divided_is_new(session, make, three):
    newcomer = make.member(consortium=three[0].consortium)
    laws = make.by_laws(three[0].consortium)

    found = histories(session, three[0].consortium, laws, at=make.later() + timedelta(days=1))
    assert found.of(newcomer.id) == 0  # joined on the very day: nothing came before it

    late = make.member(consortium=three[0].consortium, created_at=make.at + timedelta(days=2))
    found = histories(session, three[0].consortium, laws, at=make.at + timedelta(days=3))
    assert found.of(late.id) is None
    assert found.of(three[1].id) == 0
    assert found.of(three[0].id) == faded(Decimal(1250), 3, laws.half_life_days)


def test_what_was_handed_back_whole_does_not_count(session, make, three):
    call = make.call(members=three[1:2], quantity=10)
    allocation = make.allocation(call, {three[1]: 10})
    allocation.shares[0].state = ShareState.HANDED_BACK

    found = histories(session, three[0].consortium, make.by_laws(three[0].consortium), at=make.later())

    assert found.of(three[1].id) == 0


def test_a_household_has_one_weight_and_one_history(session, make, three):
    weights = {str(firm.id): {"weight": "2", "household": "ban-nong"} for firm in three[:2]}
    laws = make.by_laws(three[0].consortium, weights=weights)

    found = histories(session, three[0].consortium, laws, at=make.later())

    assert found.of(three[0].id) == found.of(three[1].id) == Decimal(1250)
    assert found.weight_of(three[1].id) == 2
    assert found.median == Decimal("312.5")  # of 1250 / 2 and 0: the household counts once
