"""Which totals can be reached at all, when each taker makes nothing or something between its least and its most.

The totals are the bits of one whole number, a row of bits for every count of makers still allowed: adding a taker is
a few shifts, so that the least unfilled is known exactly however many take part (a subset sum would else be a search).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.routing.bounds import Bounds


@dataclass(frozen=True)
class Reach:
    """For each place in a line of takers, the totals those from there on can make together."""

    sets: tuple[int, ...]
    width: int

    def totals(self, place: int, makers: int | None) -> int:
        """The totals reachable from `place` on, as bits, with at most `makers` new ones."""
        return (self.sets[place] >> ((makers or 0) * self.width)) & ((1 << self.width) - 1)


def reach_of(line: Sequence[Bounds], total: int, makers: int | None) -> Reach:
    """Totals up to `total` lots, with up to `makers` new makers (None: any number, and one row of bits does)."""
    width = 2 * total + 2
    rows = (makers or 0) + 1
    every_row = sum(1 << (row * width) for row in range(rows))
    within = every_row * ((1 << (total + 1)) - 1)
    sets = [every_row]
    for span in reversed(line):
        up = width if makers is not None and span.is_new else 0
        more = _each_of(sets[-1], span.least, min(span.most, total)) << up
        sets.append((sets[-1] | more) & within)
    return Reach(tuple(reversed(sets)), width)


def _each_of(totals: int, least: int, most: int) -> int:
    """The totals with every number from `least` to `most` added."""
    if most < least:
        return 0
    spread, done = totals, 1
    while done <= most - least:
        step = min(done, most - least + 1 - done)
        spread |= spread << step
        done += step
    return spread << least
