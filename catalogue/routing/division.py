"""Divide one quantity among takers: least unfilled first, then the lowest level as high as it can be, and so on up."""

from collections.abc import Iterator
from dataclasses import replace

from catalogue.routing.bounds import Bounds, Part, bounds_of, holders, raised, units
from catalogue.routing.evening import evened
from catalogue.routing.filling import filled, most_lots
from catalogue.routing.search import is_small, ways
from catalogue.routing.standing import Taker

Shares = dict[int, int]  # units by member; who gets nothing is missing


def divided(part: Part) -> Shares:
    """Shares of all hands: the very best where takers and lots are few, else no move of one lot raises the smaller of
    two levels. The odd rest, less than a lot, goes to one maker beside its whole lots, or alone."""
    return _best(part) if is_small(part) else _filled(part)


def by_one_hand(part: Part) -> Shares:
    """One maker takes all it can: who can fill most, of those the lowest level, of those the first drawn."""
    able = [(taker, most) for taker in part.takers if (most := _most(part, taker))]
    if not able:
        return {}
    taker, most = min(able, key=lambda pair: (-pair[1], part.levels[pair[0].household], pair[0].rank))
    return {taker.member: most}


def merit(part: Part, shares: Shares) -> tuple[int, list[int], list[int]]:
    """What is compared, more being better: units given, the levels from the lowest up, the units in the drawn order."""
    drawn = sorted(part.takers, key=lambda taker: taker.rank)
    return (
        sum(shares.values()),
        sorted(raised(part, shares).values()),
        [shares.get(taker.member, 0) for taker in drawn],
    )


def _most(part: Part, taker: Taker) -> int:
    """The most units this one can be given alone."""
    alone = replace(part, takers=(taker,))
    most = [0]
    for spans in _with_and_without_holder(alone):
        most += units(alone, spans, [span.most for span in spans]).values()
    return max(most)


def _with_and_without_holder(part: Part) -> Iterator[list[Bounds]]:
    yield bounds_of(part)
    for holder in holders(part):
        yield bounds_of(part, holder)


def _best(part: Part) -> Shares:
    tried = [
        units(part, spans, lots)
        for spans in _with_and_without_holder(part)
        for lots in ways(spans, most_lots(part, spans), part.makers)
    ]
    return max(tried, key=lambda shares: merit(part, shares))


def _filled(part: Part) -> Shares:
    shares = _fill(part, bounds_of(part))
    holder = _holder(part, shares)
    if holder is None:
        return shares
    with_odd = replace(part, levels=raised(part, {holder.member: part.odd}))
    return _fill(with_odd, bounds_of(part, holder))


def _fill(part: Part, spans: list[Bounds]) -> Shares:
    return units(part, spans, evened(part, spans, filled(part, spans)))


def _holder(part: Part, shares: Shares) -> Taker | None:
    """Who makes the odd rest: whoever leaves least unfilled with it, of those the lowest without it."""
    levels = raised(part, shares)
    wanting = sum(shares.values()) < part.lots * part.lot
    best, most = None, sum(shares.values())
    for taker in sorted(
        holders(part), key=lambda each: (wanting and not _fits_beside(part, each), levels[each.household], each.rank)
    ):
        reached = most_lots(part, bounds_of(part, taker)) * part.lot + part.odd
        if reached > most:
            best, most = taker, reached
        if most >= min(part.quantity, _room(part) + part.odd):
            break
    return best


def _fits_beside(part: Part, taker: Taker) -> bool:
    """Whether the odd rest takes no whole lot's place."""
    room = min(taker.room, part.quantity)
    return room % part.lot >= part.odd


def _room(part: Part) -> int:
    return sum(span.most for span in bounds_of(part)) * part.lot
