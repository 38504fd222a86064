"""Fill the lowest first: how many lots each taker gets, where there are too many to try every way.

Lots go to the lowest level; of those as low, to the one for whom the next step needs fewest lots. One whose least share
no longer fits, or would leave more unfilled in the end, is passed over: `reach` tells, so the least unfilled is kept.
"""

from collections.abc import Sequence

from catalogue.routing.bounds import Bounds, Part
from catalogue.routing.reach import reach_of


def most_lots(part: Part, spans: Sequence[Bounds]) -> int:
    """The most lots of `part` that can be given out at all; -1 where not even those that are certain fit."""
    return _Filling(part, spans).most()


def filled(part: Part, spans: Sequence[Bounds]) -> list[int]:
    """Lots for each of `spans`, as many as can be given out."""
    filling = _Filling(part, spans)
    filling.run()
    return filling.lots


class _Filling:
    """Who takes part so far (`active`), who waits for its turn, and what is left to give."""

    def __init__(self, part: Part, spans: Sequence[Bounds]) -> None:
        self.spans = spans
        self.levels = dict(part.levels)
        self.lots = [0] * len(spans)
        self.active: dict[str | int, list[int]] = {}
        self.room = 0
        self.left = part.lots
        # None where every new maker may take part, which is quicker to reckon with
        self.makers = None if (part.makers or 0) >= sum(span.is_new for span in spans) else part.makers
        for place, span in enumerate(spans):
            if span.certain:
                self._join(place)
        waiting = [place for place, span in enumerate(spans) if not span.certain]
        self._line_up(waiting)

    def most(self) -> int:
        if self.left < 0:
            return -1
        given = sum(self.lots)
        totals = self.reach.totals(0, self.makers) & ((1 << (self.left + 1)) - 1)
        if totals >> max(self.left - self.room, 0):
            return given + self.left
        return given + totals.bit_length() - 1 + self.room

    def run(self) -> None:
        self.left = self.most() - sum(self.lots)
        place = 0
        while self.left > 0:
            place = self._in_order(place)
            following = self.waiting[place] if place < len(self.waiting) else None
            free = self.left - self._needed(place, self.left, self.room, self.makers)
            self._raise(free, None if following is None else self._turn(following))
            if following is None:
                return
            if self._fits(following, place):
                self._join(following)
            place += 1

    # -- those who wait --

    def _order(self, place: int) -> tuple[int, int, int, str]:
        span = self.spans[place]
        return self.levels[span.household], span.least, -span.step, span.rank

    def _line_up(self, places: list[int]) -> None:
        self.waiting = sorted(places, key=self._order)
        self.reach = reach_of([self.spans[place] for place in self.waiting], max(self.left, 0), self.makers)

    def _in_order(self, place: int) -> int:
        """Where a household was raised by one of its firms, the others of it wait behind lower ones."""
        rest = self.waiting[place:]
        if len(rest) < 2 or self._order(rest[0]) <= self._order(rest[1]):
            return place
        self._line_up(rest)
        return 0

    def _turn(self, following: int) -> int:
        """The level to fill to before it is the turn of `following`: past its own where it needs more than one lot."""
        span = self.spans[following]
        return self.levels[span.household] + (1 if span.least > 1 else 0)

    def _needed(self, place: int, left: int, room: int, makers: int | None) -> int:
        """The fewest lots those from `place` on must make so that all of `left` is made; -1: it cannot be."""
        floor = max(left - room, 0)
        above = (self.reach.totals(place, makers) & ((1 << (left + 1)) - 1)) >> floor
        return floor + (above & -above).bit_length() - 1 if above else -1

    def _fits(self, following: int, place: int) -> bool:
        span = self.spans[following]
        left, makers = self.left - span.least, self._makers_after(span)
        if left < 0 or (makers or 0) < 0:
            return False
        return self._needed(place + 1, left, self.room + span.most - span.least, makers) >= 0

    def _makers_after(self, span: Bounds) -> int | None:
        return self.makers if self.makers is None or not span.is_new else self.makers - 1

    # -- those who take part --

    def _join(self, place: int) -> None:
        span = self.spans[place]
        self.room += span.most
        self.makers = self._makers_after(span)
        self._give(place, span.least)
        group = self.active.setdefault(span.household, [])
        group.append(place)
        group.sort(key=lambda each: (-self.spans[each].step, self.spans[each].rank))

    def _give(self, place: int, lots: int) -> None:
        span = self.spans[place]
        self.lots[place] += lots
        self.levels[span.household] += lots * span.step
        self.left -= lots
        self.room -= lots

    def _raise(self, free: int, target: int | None) -> None:
        """Raise those who take part to `target`, or as far as `free` lots go."""
        if not free:
            return
        top = self._top() if target is None else target
        if self._cost(top) <= free:
            self._raise_to(top)
            return
        left = self.left - free
        self._raise_to(self._highest(free, top))
        self._last_lots(self.left - left)

    def _top(self) -> int:
        """A level nobody can reach."""
        return max(self.levels.values()) + sum(span.step * span.most for span in self.spans) + 1

    def _highest(self, free: int, top: int) -> int:
        """The highest level below `top` to which `free` lots raise everyone who takes part."""
        low = min(self.levels[household] for household in self.active)
        while top - low > 1:
            middle = (low + top) // 2
            low, top = (middle, top) if self._cost(middle) <= free else (low, middle)
        return low

    def _cost(self, level: int) -> int:
        return sum(lots for household in self.active for _place, lots in self._lots_to(household, level))

    def _raise_to(self, level: int) -> None:
        for household in self.active:
            for place, lots in self._lots_to(household, level):
                self._give(place, lots)

    def _lots_to(self, household: str | int, level: int) -> list[tuple[int, int]]:
        """The fewest lots that bring a household to `level` (or all it can take), by place."""
        short = level - self.levels[household]
        steps = []
        for place in self.active[household]:
            if short <= 0:
                break
            span = self.spans[place]
            lots = min(span.most - self.lots[place], -(-short // span.step))
            steps.append((place, lots))
            short -= lots * span.step
        return steps

    def _last_lots(self, free: int) -> None:
        """One lot each to those on the level itself, while there are any."""
        lowest = [steps[0] for household in self.active if (steps := self._open(household))]
        level = min(self.levels[self.spans[place].household] for place in lowest)
        equal = [place for place in lowest if self.levels[self.spans[place].household] == level]
        equal.sort(key=lambda place: (-self.spans[place].step, self.spans[place].rank))
        for place in equal[:free]:
            self._give(place, 1)

    def _open(self, household: str | int) -> list[int]:
        return [place for place in self.active[household] if self.lots[place] < self.spans[place].most]
