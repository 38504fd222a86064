"""What the demonstration's data file says of a year of orders that several workshops made together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from decimal import Decimal
from enum import IntEnum

from catalogue.demo.content import FOLDER
from catalogue.demo.reading import Table, read_file
from catalogue.inquiries.intake import Buyer
from catalogue.inquiries.models import Channel
from catalogue.text import Bilingual

FILE = FOLDER / "orders.toml"
SLUG = "silver"


class Until(IntEnum):
    """How far an order has come by the day of playing: its call is open, closed, divided, taken; made and over."""

    OPEN = 0
    CLOSED = 1
    TOLD = 2
    TAKEN = 3
    OVER = 4


@dataclass(frozen=True)
class Thing:
    """What is ordered: `charge` is the agreed making charge of one, `product` the reference of a listing like it."""

    key: str
    category: str
    name: Bilingual
    product: str
    charge: Decimal
    lot: int


@dataclass(frozen=True)
class Order:
    """One call: for an order of its own (`buyer`), or for a line of the `inquiry`th inquiry of the silver file.

    `quantity` 0 is the line's own. The exceptions: who was late or silent (slugs), a reason to change a share, to close
    early, whom it left out and why, and what the first to answer handed back ("part" or "all").
    """

    number: int
    days_ago: int
    time: time
    thing: Thing
    quantity: int
    needed_in_days: int
    until: Until
    buyer: Buyer | None = None
    inquiry: int = 0
    line: int = 1
    late: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    override: str = ""
    early: str = ""
    left_out: str = ""
    left_out_reason: str = ""
    handed_back: str = ""


@dataclass(frozen=True)
class Year:
    """All orders; what each firm stated to make a month, by category; and the seed from which answers are drawn."""

    seed: str
    channel: Channel
    stated: dict[str, dict[str, int]]
    orders: tuple[Order, ...]


def read_year() -> Year:
    """The year of the data file. Raises `ContentFault`."""
    with read_file(FILE) as top:
        things = {thing.key: thing for thing in map(_thing, top.tables("things"))}
        buyers = [_buyer(each) for each in top.tables("buyers")]
        told = [_order(each, things, buyers) for each in top.tables("orders")]
        lines = [_order(each, things, []) for each in top.tables("lines")]
        return Year(
            seed=top.text("seed"),
            channel=top.one_of("channel", Channel),
            stated=top.anything("stated"),
            orders=tuple(replace(order, number=number) for number, order in enumerate([*told, *lines], start=1)),
        )


def _thing(table: Table) -> Thing:
    return Thing(
        key=table.text("key"),
        category=table.text("category"),
        name=table.both("name"),
        product=table.text("product"),
        charge=table.decimal("charge"),
        lot=table.whole("lot"),
    )


def _buyer(table: Table) -> Buyer:
    return Buyer(**{key: table.text(key) for key in ("name", "email", "company", "country", "city", "role")})


def _order(table: Table, things: Mapping[str, Thing], buyers: Sequence[Buyer]) -> Order:
    key = table.text("thing")
    if key not in things:
        raise table.fault("thing", f"is not known: {key!r}")
    with table.table("left_out") as left_out:
        who, why = left_out.text("member", ""), left_out.text("reason", "")
    return Order(
        number=0,
        days_ago=table.whole("days_ago"),
        time=time.fromisoformat(table.text("time")),
        thing=things[key],
        quantity=table.whole("quantity") if buyers else 0,
        needed_in_days=table.whole("needed_in_days"),
        until=Until[table.text("until", Until.OVER.name).upper()],
        buyer=buyers[table.whole("buyer")] if buyers else None,
        inquiry=0 if buyers else table.whole("inquiry"),
        line=1 if buyers else table.whole("line"),
        late=tuple(table.texts("late")),
        silent=tuple(table.texts("silent")),
        override=table.text("override", ""),
        early=table.text("early", ""),
        left_out=who,
        left_out_reason=why,
        handed_back=table.text("handed_back", ""),
    )
