"""Move single lots from high to low, until no such move raises the smaller of the two levels."""

from collections import Counter
from collections.abc import Sequence

from catalogue.routing.bounds import Bounds, Part


def evened(part: Part, spans: Sequence[Bounds], lots: Sequence[int]) -> list[int]:
    """The same total of lots, moved within the bounds and the count of makers; it ends, for every move is a gain."""
    evening = _Evening(part, spans, lots)
    while (move := evening.move()) is not None:
        evening.make(*move)
    return evening.lots


class _Evening:
    def __init__(self, part: Part, spans: Sequence[Bounds], lots: Sequence[int]) -> None:
        self.spans = spans
        self.lots = list(lots)
        self.levels = dict(part.levels)
        self.makers = part.makers
        self.shared = {home for home, count in Counter(span.household for span in spans).items() if count > 1}
        for span, count in zip(spans, lots, strict=True):
            self.levels[span.household] += count * span.step

    def move(self) -> tuple[int, int] | None:
        """The giver and the taker of the best move there is: to the lowest that can be helped, from the highest."""
        givers = sorted(filter(self._can_give, range(len(self.spans))), key=self._without_one, reverse=True)
        takers = sorted(filter(self._can_take, range(len(self.spans))), key=self._level)
        for taker in takers:
            for giver in givers:
                if self._gains(giver, taker) and self._allowed(giver, taker):
                    return giver, taker
                if self._without_one(giver) <= self._level(taker) and not self._shares_its_level(taker):
                    break  # the givers after this one are lower still
        return None

    def _shares_its_level(self, place: int) -> bool:
        return self.spans[place].household in self.shared

    def _gains(self, giver: int, taker: int) -> bool:
        if self.spans[giver].household == self.spans[taker].household:
            return self.spans[taker].step > self.spans[giver].step
        return self._without_one(giver) > self._level(taker)

    def make(self, giver: int, taker: int) -> None:
        for place, change in ((giver, -1), (taker, 1)):
            self.lots[place] += change
            self.levels[self.spans[place].household] += change * self.spans[place].step

    def _level(self, place: int) -> int:
        return self.levels[self.spans[place].household]

    def _without_one(self, place: int) -> int:
        return self._level(place) - self.spans[place].step

    def _can_give(self, place: int) -> bool:
        span, lots = self.spans[place], self.lots[place]
        return lots > 0 and (lots - 1 >= span.least or (lots == 1 and not span.certain))

    def _can_take(self, place: int) -> bool:
        span, lots = self.spans[place], self.lots[place]
        return span.least <= lots + 1 <= span.most

    def _allowed(self, giver: int, taker: int) -> bool:
        """Whether the count of makers holds after the move."""
        if self.makers is None or self.lots[taker] or not self.spans[taker].is_new or self.spans[taker].certain:
            return True
        begun = sum(
            1 for span, lots in zip(self.spans, self.lots, strict=True) if span.is_new and (lots or span.certain)
        )
        ends = self.lots[giver] == 1 and self.spans[giver].is_new and not self.spans[giver].certain
        return begun - ends + 1 <= self.makers
