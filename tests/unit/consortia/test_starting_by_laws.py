"""The sets of by-laws to begin with: complete, in both languages, suited to the number of members."""

from decimal import Decimal

import pytest

from catalogue.consortia.by_law_values import NAMES, changes
from catalogue.consortia.starting_by_laws import starting_sets, suiting


@pytest.mark.parametrize("key", ["small", "large"])
def test_every_value_has_its_reason_in_both_languages(key):
    reasons = starting_sets()[key].reasons

    assert set(reasons) == set(NAMES) - {"weights"}
    assert all(reason.lo and reason.en for reason in reasons.values())


@pytest.mark.parametrize(("members", "key"), [(0, "small"), (5, "small"), (14, "small"), (15, "large"), (40, "large")])
def test_the_number_of_members_chooses(members, key):
    assert suiting(members).key == key


def test_sets_differ_where_size_matters():
    small, large = (starting_sets()[key].values("USD") for key in ("small", "large"))

    assert {each.name for each in changes(small, large)} == {
        "smallest_share",
        "most_makers",
        "held_days",
        "approval_amount",
    }


def test_amount_is_in_the_currency_of_the_consortium():
    values = starting_sets()["small"].values("LAK")

    assert values.approval_amount == Decimal(100_000_000)
