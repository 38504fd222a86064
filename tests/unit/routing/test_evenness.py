"""Gini, Jain and Lorenz against values known from their definitions."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from catalogue.routing.evenness import gini, jain, lorenz

VALUES = some.lists(some.integers(0, 1000), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("values", "expected_gini", "expected_jain"),
    [
        ([5, 5, 5, 5], "0", "1"),
        ([0, 0, 0, 8], "0.75", "0.25"),
        ([1, 2, 3], "0.2222", "0.8571"),
        ([0, 0], "0", "1"),
        ([7], "0", "1"),
        ([], "0", "1"),
    ],
)
def test_known_values(values, expected_gini, expected_jain):
    assert (gini(values), jain(values)) == (Decimal(expected_gini), Decimal(expected_jain))


def test_weight_is_divided_out():
    assert gini([10, 20], [1, 2]) == 0
    assert jain([10, 20], [Decimal(1), Decimal(2)]) == 1


def test_lorenz_runs_from_nothing_to_everything():
    assert lorenz([3, 1]) == [(0, 0), (0.5, 0.25), (1, 1)]
    assert lorenz([0, 0]) == [(0, 0), (0.5, 0.5), (1, 1)]


def test_negative_values_are_refused():
    with pytest.raises(ValueError, match="negative"):
        gini([-1, 2])


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_gini_is_the_mean_difference_over_twice_the_mean(values):
    pairs = sum(abs(one - other) for one in values for other in values)
    by_pairs = pairs / (2 * len(values) * sum(values)) if sum(values) else 0
    assert float(gini(values)) == pytest.approx(by_pairs, abs=6e-5)


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_lorenz_encloses_half_of_gini(values):
    points = lorenz(values)
    area = sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in pairwise(points))
    assert 1 - 2 * area == pytest.approx(float(gini(values)), abs=6e-5)
