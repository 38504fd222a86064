"""How many whole lots each taker may be given: the one form in which a quantity is divided."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.routing.standing import Taker

Levels = dict[str | int, int]


@dataclass(frozen=True)
class Bounds:
    """None, or from `least` to `most` lots; `step` is what a lot adds to the household's level, in millionths.

    The holder of the odd rest is `certain`: it takes part whatever happens, with `most` lots or fewer beside the rest.
    """

    taker: Taker
    household: str | int
    step: int
    least: int
    most: int
    is_new: bool  # counts as one maker more
    certain: bool = False

    @property
    def rank(self) -> str:
        return self.taker.rank


@dataclass(frozen=True)
class Part:
    """A quantity to divide among takers whose levels are known; `makers` more may be given work (None: any number)."""

    quantity: int
    lot: int
    makers: int | None
    takers: tuple[Taker, ...]
    levels: Levels

    @property
    def lots(self) -> int:
        return self.quantity // self.lot

    @property
    def odd(self) -> int:
        return self.quantity % self.lot


def bounds_of(part: Part, holder: Taker | None = None) -> list[Bounds]:
    """Each taker that can be given something; the holder of the odd rest, where one is named, is among them."""
    every = (_bounds(part, taker, part.odd if taker is holder else 0) for taker in part.takers)
    return [bounds for bounds in every if bounds is not None]


def holders(part: Part) -> list[Taker]:
    """Those who could take the odd rest, which is made by one hand."""
    if not part.odd:
        return []
    return [taker for taker in part.takers if _bounds(part, taker, part.odd) is not None]


def _bounds(part: Part, taker: Taker, odd: int) -> Bounds | None:
    least = max(0 if odd else 1, -((odd - taker.least) // part.lot))
    most = (min(taker.room, part.quantity) - odd) // part.lot
    is_new = taker.candidate.held == 0
    if most < least or (is_new and part.makers == 0):
        return None
    return Bounds(taker, taker.household, taker.step * part.lot, least, most, is_new, certain=bool(odd))


def units(part: Part, spans: Sequence[Bounds], lots: Sequence[int]) -> dict[int, int]:
    """Units by member, the odd rest with its holder; who gets nothing is missing."""
    return {
        span.taker.member: count * part.lot + (part.odd if span.certain else 0)
        for span, count in zip(spans, lots, strict=True)
        if count or span.certain
    }


def raised(part: Part, shares: dict[int, int]) -> Levels:
    """The levels once each member has its units."""
    after = dict(part.levels)
    for taker in part.takers:
        after[taker.household] += shares.get(taker.member, 0) * taker.step
    return after
