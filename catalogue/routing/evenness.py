"""How evenly something is spread: Gini's coefficient, Jain's index, and the points of Lorenz's curve.

Both are taken over value / weight, so that a firm with twice the weight is even with twice the value. Negative values
are refused with ValueError; results have four places. Where nothing was given to anybody, or there is one member only,
all is even.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

Number = int | float | Decimal | Fraction


def gini(values: Sequence[Number], weights: Sequence[Number] | None = None) -> Decimal:
    """Gini's coefficient: 0 where all have the same, (n - 1) / n where one of n has everything.

    The mean difference between two members, over twice the mean: sum of |a - b| over all pairs / (2 n² mean).
    """
    levels = _levels(values, weights)
    total, count = sum(levels), len(levels)
    if not total:
        return Decimal(0)
    ranked = sum((2 * place - count - 1) * level for place, level in enumerate(levels, start=1))
    return _rounded(ranked / (count * total))


def jain(values: Sequence[Number], weights: Sequence[Number] | None = None) -> Decimal:
    """Jain's index: 1 where all have the same, 1 / n where one of n has everything.

    (sum of a)² / (n × sum of a²); R. Jain, D.-M. Chiu, W. Hawe, DEC-TR-301, 1984.
    """
    levels = _levels(values, weights)
    squares = sum(level * level for level in levels)
    if not squares:
        return Decimal(1)
    total = sum(levels)
    return _rounded(total * total / (len(levels) * squares))


def lorenz(values: Sequence[Number], weights: Sequence[Number] | None = None) -> list[tuple[float, float]]:
    """From (0, 0) to (1, 1): the part of the members, least served first, and the part of everything they have."""
    levels = _levels(values, weights)
    total, count = sum(levels), len(levels)
    if not total:
        return [(place / count, place / count) for place in range(count + 1)] if count else [(0.0, 0.0), (1.0, 1.0)]
    sums = accumulate(levels, initial=Fraction(0))
    return [(place / count, float(sum_so_far / total)) for place, sum_so_far in enumerate(sums)]


def _rounded(ratio: Fraction) -> Decimal:
    return Decimal(round(ratio * 10_000)).scaleb(-4)


def _levels(values: Sequence[Number], weights: Sequence[Number] | None) -> list[Fraction]:
    """value / weight, least first, exact."""
    weighed = zip(values, weights if weights is not None else [1] * len(values), strict=True)
    levels = sorted(Fraction(value) / Fraction(weight) for value, weight in weighed)
    if levels and levels[0] < 0:
        raise ValueError("what is spread cannot be negative")
    return levels
