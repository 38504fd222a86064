"""Turning the pages of a catalogue: opaque cursors that carry their day, so that the order stays while one turns."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from catalogue.products import shown
from catalogue.products.shelf import Shelf
from catalogue.products.shown import Card

PAGE = 24
KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: behind a product, or at a position where that product is gone; in the order of a day."""

    on: date
    position: int = 0
    after: str = ""

    def __str__(self) -> str:
        written = f"{self.on.toordinal()}.{self.position}.{self.after}"
        return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def read_cursor(text: str, today: date) -> Cursor:
    """The cursor of an address. Anything that is none, or older than a week, is the first page of today."""
    try:
        written = base64.urlsafe_b64decode(text[:100] + "=" * (-len(text) % 4)).decode("ascii")
        day, position, after = written.split(".")
        cursor = Cursor(date.fromordinal(int(day)), int(position), after[:10])
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


def page_of(session: Session, ids: Sequence[int], cursor: Cursor, size: int = PAGE) -> Page:
    """The page of these product ids that a cursor begins."""
    start = _start(session, ids, cursor)
    cards = shown.cards(session, ids[start : start + size])
    last = min(start + size, len(ids))
    return Page(
        cards,
        first=start + 1,
        last=last,
        total=len(ids),
        next=str(Cursor(cursor.on, last, cards[-1].public_id)) if last < len(ids) and cards else None,
        previous=_previous(cursor.on, start, size),
    )


def _start(session: Session, ids: Sequence[int], cursor: Cursor) -> int:
    product_id = shown.id_of(session, cursor.after) if cursor.after else None
    start = ids.index(product_id) + 1 if product_id in ids else cursor.position
    return start if start < len(ids) else 0


def _previous(on: date, start: int, size: int) -> str | None:
    if start == 0:
        return None
    return str(Cursor(on, start - size)) if start > size else ""


def ids_in_order(shelf: Shelf, within: int, order: Sequence[int]) -> list[int]:
    """The keys of the products of a set, in an order of the shelf."""
    return [shelf.ids[position] for position in shelf.in_order(within, order)]
