"""Turning the pages of a catalogue: opaque cursors that carry their day, so that the order stays while one turns."""

import base64
import binascii
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.products import at_hand, shown
from catalogue.products.shelf import Shelf
from catalogue.products.shown import Card

PAGE = 24
KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: behind a product, or at a position where that product is gone; in the order of a day.

    What was published after `until` (microseconds since 1970) does not move into a list that is being turned.
    """

    on: date
    position: int = 0
    after: str = ""
    until: int | None = None

    def __str__(self) -> str:
        written = f"{self.on.toordinal()}.{self.position}.{self.after}.{'' if self.until is None else self.until}"
        return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def read_cursor(text: str, today: date) -> Cursor:
    """The cursor of an address. Anything that is none, or older than a week, is the first page of today."""
    try:
        written = base64.urlsafe_b64decode(text[:100] + "=" * (-len(text) % 4)).decode("ascii")
        day, position, after, until = written.split(".")
        cursor = Cursor(date.fromordinal(int(day)), int(position), after[:10], int(until) if until else None)
    except (ValueError, OverflowError, binascii.Error):
        return Cursor(today)
    return cursor if timedelta() <= today - cursor.on <= KEPT_FOR and cursor.position >= 0 else Cursor(today)


@dataclass(frozen=True)
class Page:
    """A page of a list: its cards, the numbers of the first and last, and the cursors beside it ("" the first page)."""

    cards: list[Card]
    first: int
    last: int
    total: int
    next: str | None = None
    previous: str | None = None

    @property
    def more(self) -> int:
        """How many the next page holds."""
        return min(PAGE, self.total - self.last)


def page_of(
    session: Session, ids: Sequence[int], cursor: Cursor, consortia: Iterable[Consortium], size: int = PAGE
) -> Page:
    """The page of these products of these consortia that a cursor begins."""
    start = _start(session, ids, cursor)
    cards = at_hand.cards(session, ids[start : start + size], consortia)
    last = min(start + size, len(ids))
    return Page(
        cards,
        first=start + 1,
        last=last,
        total=len(ids),
        next=str(Cursor(cursor.on, last, cards[-1].public_id, cursor.until)) if last < len(ids) and cards else None,
        previous=_previous(cursor, start, size),
    )


def is_in_step(session: Session, ids: Sequence[int], cursor: Cursor, text: str, size: int = PAGE) -> bool:
    """Whether `text` is a cursor that pages of this list name themselves: of these there are few, of others many."""
    if not text:
        return True
    if text != str(cursor) or cursor.position % size or not 0 < cursor.position < len(ids):
        return False
    return not cursor.after or ids[cursor.position - 1] == shown.id_of(session, cursor.after)


def _start(session: Session, ids: Sequence[int], cursor: Cursor) -> int:
    try:
        start = ids.index(shown.id_of(session, cursor.after) or 0) + 1 if cursor.after else cursor.position
    except ValueError:
        start = cursor.position
    return start if start < len(ids) else 0


def _previous(cursor: Cursor, start: int, size: int) -> str | None:
    if start == 0:
        return None
    return str(Cursor(cursor.on, start - size, until=cursor.until)) if start > size else ""


@dataclass(frozen=True)
class InOrder(Sequence[int]):
    """The keys of products in an order of their shelf, looked up only where they are asked for."""

    shelf: Shelf
    positions: Sequence[int]

    def __len__(self) -> int:
        return len(self.positions)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self.shelf.ids[position] for position in self.positions[place]]
        return self.shelf.ids[self.positions[place]]

    def __iter__(self) -> Iterator[int]:
        return map(self.shelf.ids.__getitem__, self.positions)

    def index(self, product_id: int, *_bounds: Any) -> int:
        """Where a product stands in this order. Raises `ValueError`."""
        return self.positions.index(self.shelf.position_of(product_id))


def ids_in_order(shelf: Shelf, within: int, order: Sequence[int]) -> InOrder:
    """The keys of the products of a set, in an order of the shelf."""
    return InOrder(shelf, shelf.in_order(within, order))
