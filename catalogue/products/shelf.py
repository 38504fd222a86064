"""What stands in a consortium's catalogue, held ready: sets to filter and count by, and the orders pages are turned in.

A shelf is read in one query and kept for one catalogue version, so a page costs no query that grows with the catalogue.
Sets are whole numbers with a bit for each product: a hundred thousand are narrowed and counted in a millisecond.
"""

import hashlib
import hmac
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain, zip_longest
from typing import Any

from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.products.kept import Kept
from catalogue.products.shelf_rows import FACETS, Rows, bits_of, read_rows

SORTS = ("turn", "new", "lead", "minimum")
ORDERS_KEPT = 12


@dataclass(frozen=True)
class Choice:
    """What a visitor chose: keys of the sector's terms; of one facet any may hold, all facets must."""

    category: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    technique: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    fineness: tuple[str, ...] = ()
    weight: tuple[str, ...] = ()
    minimum: tuple[str, ...] = ()
    sample: tuple[str, ...] = ()
    certificate: tuple[str, ...] = ()

    def of(self, facet: str) -> tuple[str, ...]:
        """The keys chosen in one facet."""
        chosen: tuple[str, ...] = getattr(self, facet)
        return chosen

    @property
    def all(self) -> list[tuple[str, str]]:
        """Every facet and key chosen."""
        return [(facet, key) for facet in FACETS for key in self.of(facet)]


@dataclass(frozen=True)
class Shelf:
    """The products shown by one consortium. Positions count from 0 in the order of `ids`, which is ascending.

    `published` holds microseconds since 1970.
    """

    rotation_key: str
    ids: Sequence[int]
    members: Sequence[int]
    published: Sequence[int]
    lead_times: Sequence[int]
    minimums: Sequence[int]
    sets: dict[tuple[str, str], int]
    orders: dict[tuple[str, date], Sequence[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def everything(self) -> int:
        """The set of all products."""
        return (1 << len(self.ids)) - 1

    def chosen(self, choice: Choice, *, but: str = "") -> int:
        """The set that a choice leaves, one facet left aside if `but` names it."""
        left = self.everything
        for facet in FACETS:
            if facet != but and choice.of(facet):
                left &= self._any(facet, choice.of(facet))
        return left

    def _any(self, facet: str, keys: Iterable[str]) -> int:
        found = 0
        for key in keys:
            found |= self.sets.get((facet, key), 0)
        return found

    def counts(self, facet: str, within: int) -> dict[str, int]:
        """How many of the set `within` each key of a facet has; keys with none are left out."""
        found = {key: (bits & within).bit_count() for (name, key), bits in self.sets.items() if name == facet}
        return {key: count for key, count in found.items() if count}

    def set_of(self, product_ids: Iterable[int]) -> int:
        """The set of these products; those that do not stand here are left out."""
        ids, length = self.ids, len(self)
        places = ((bisect_left(ids, each), each) for each in product_ids)
        return bits_of((place for place, each in places if place < length and ids[place] == each), length)

    def position_of(self, product_id: int) -> int | None:
        """Where a product stands."""
        place = bisect_left(self.ids, product_id)
        return place if place < len(self) and self.ids[place] == product_id else None

    @cached_property
    def members_shown(self) -> dict[int, int]:
        """How many products each member shows."""
        found: dict[int, int] = {}
        for member_id in self.members:
            found[member_id] = found.get(member_id, 0) + 1
        return found

    @cached_property
    def newest(self) -> int:
        """When the last of them was published."""
        return max(self.published, default=0)

    def order(self, sort: str, on: date, until: int | None = None) -> Sequence[int]:
        """All positions in one of `SORTS`, as on this day in Vientiane; equals stand in turn.

        What was published after `until` is left out, so that a list being turned neither shifts nor says a thing twice.
        """
        if until is not None and until < self.newest:
            return self._ordered(sort, on, until)
        known = self.orders.get((sort, on))
        if known is None:
            if len(self.orders) >= ORDERS_KEPT:
                self.orders.clear()
            self.orders[sort, on] = known = array("I", self._ordered(sort, on, self.newest))
        return known

    def _ordered(self, sort: str, on: date, until: int) -> list[int]:
        if sort == "turn":
            there = range(len(self)) if until >= self.newest else self._published_until(until)
            return [there[place] for place in turn([self.members[each] for each in there], self.rotation_key, on)]
        ranks: dict[str, Any] = {"new": self.published, "lead": self.lead_times, "minimum": self.minimums}
        return sorted(self.order("turn", on, until), key=ranks[sort].__getitem__, reverse=sort == "new")

    def _published_until(self, until: int) -> list[int]:
        return [position for position, moment in enumerate(self.published) if moment <= until]

    def in_order(self, within: int, order: Sequence[int]) -> Sequence[int]:
        """The positions of a set in an order."""
        if within == self.everything and len(order) == len(self):
            return order
        bits = within.to_bytes(len(self) // 8 + 1, "little")
        return [position for position in order if bits[position >> 3] >> (position & 7) & 1]


# -- the fair turn --


def turn(members: Sequence[int], rotation_key: str, on: date) -> list[int]:
    """The order of a day: one product of each member, then the next of each; each member begins equally often.

    `members` names the member of each position. In a cycle of as many days as there are members, each leads once: the
    HMAC of rotation key and cycle decides in what order. A member's own products take turns from day to day as well.
    """
    own: dict[int, list[int]] = {}
    for position, member_id in enumerate(members):
        own.setdefault(member_id, []).append(position)
    if not own:
        return []
    rows = [_from(own[member_id], on.toordinal()) for member_id in members_turn(own, rotation_key, on)]
    return [position for position in chain.from_iterable(zip_longest(*rows)) if position is not None]


def members_turn(members: Collection[int], rotation_key: str, on: date) -> list[int]:
    """The order of the members on a day; the first of them leads the catalogue."""
    cycle, day = divmod(on.toordinal(), len(members))
    return _from(sorted(members, key=lambda member_id: lot(rotation_key, cycle, member_id)), day)


def lot(rotation_key: str, cycle: int, member_id: int) -> bytes:
    """The lot that a member draws for a cycle; the lowest leads first."""
    return hmac.digest(rotation_key.encode(), f"{cycle}|{member_id}".encode(), hashlib.sha256)


def _from(row: list[int], start: int) -> list[int]:
    start %= len(row)
    return row[start:] + row[:start]


# -- reading --


def shelves(session: Session, consortia: Iterable[Consortium]) -> dict[int, Shelf]:
    """The shelf of each consortium by its id, at its catalogue version; those not at hand are read in one query."""
    return _kept.of(session, consortia)


def shelf_of(session: Session, consortium: Consortium) -> Shelf:
    """The shelf of one consortium."""
    return shelves(session, [consortium])[consortium.id]


def _read(session: Session, consortia: Sequence[Consortium]) -> dict[int, Shelf]:
    rows = read_rows(session, {each.id: sector(each.sector_key) for each in consortia})
    return {each.id: _shelf(each.rotation_key, rows[each.id]) for each in consortia}


def _shelf(rotation_key: str, rows: Rows) -> Shelf:
    return Shelf(
        rotation_key, rows.ids, rows.members, rows.published, rows.lead_times, rows.minimums, dict(rows.sets())
    )


_kept = Kept(_read)
