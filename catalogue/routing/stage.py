"""One step of a division as it came out: who took part, who got what, and the level they reached."""

from dataclasses import dataclass, replace
from functools import cached_property

from catalogue.routing.bounds import Levels, Part, raised
from catalogue.routing.standing import Taker


@dataclass(frozen=True)
class Stage:
    """`shares` are units by member; who got nothing is missing. `first_claim`: the makers of an open design alone."""

    part: Part
    shares: dict[int, int]
    first_claim: bool = False

    @cached_property
    def reached(self) -> Levels:
        return raised(self.part, self.shares)

    @cached_property
    def unfilled(self) -> int:
        return self.part.quantity - sum(self.shares.values())

    @cached_property
    def makers_left(self) -> int | None:
        """How many more new makers might have been given work; None: any number."""
        if self.part.makers is None:
            return None
        return self.part.makers - sum(1 for taker in self.part.takers if self.share(taker) and is_new(taker))

    @cached_property
    def level(self) -> int:
        """The lowest level of one who could have taken a lot more, in millionths; the highest reached if none could."""
        open_ones = [self.reached[taker.household] for taker in self.part.takers if self._could_take_more(taker)]
        return min(open_ones) if open_ones else max(self.reached.values(), default=0)

    def share(self, taker: Taker) -> int:
        return self.shares.get(taker.member, 0)

    def start(self, taker: Taker) -> int:
        """Its level without its own share of this stage (that of others in its household counted)."""
        return self.reached[taker.household] - self.share(taker) * taker.step

    def left(self) -> Part:
        """What is left to divide after this stage."""
        return replace(self.part, quantity=self.unfilled, makers=self.makers_left, levels=self.reached)

    def _could_take_more(self, taker: Taker) -> bool:
        share, lot = self.share(taker), self.part.lot
        if share:
            return share + lot <= taker.room
        is_barred = self.makers_left == 0 and is_new(taker)
        return not is_barred and taker.least <= lot <= min(taker.room, self.part.quantity)


def is_new(taker: Taker) -> bool:
    return taker.candidate.held == 0
