"""What a call asks, and when it closes unless somebody says otherwise."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from catalogue.inquiries import clock
from catalogue.routing.models import Call
from catalogue.text import Bilingual


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a call asks, in the office's own words: members read this, and nothing else of the inquiry.

    `quantity` is in the line's unit, in whole lots of `lot`. `agreed_charge` is the making charge of one in `currency`
    where members agreed on it; `rate` turns `currency` into the consortium's own. Without `closes_at` it is the end of
    the second working day; an earlier time wants a `short_reason`.
    """

    wanted: Bilingual
    quantity: int
    note: Bilingual = Bilingual()
    category: str = ""
    technique: str = ""
    lot: int = 1
    is_one_hand: bool = False
    needed_by: date | None = None
    currency: str = ""
    agreed_charge: Decimal | None = None
    rate: Decimal = Decimal(1)
    closes_at: datetime | None = None
    short_reason: str = ""


def closing_time(at: datetime) -> datetime:
    """When a call sent now closes unless another time is chosen: the end of the second working day after this one."""
    return clock.due_at(at)


def terms_of(call: Call, quantity: int, *, closes_at: datetime | None = None, short_reason: str = "") -> Terms:
    """The terms of a call again, for another quantity."""
    return Terms(
        wanted=call.wanted,
        note=call.note,
        category=call.category,
        technique=call.technique,
        quantity=quantity,
        lot=call.lot,
        is_one_hand=call.is_one_hand,
        needed_by=call.needed_by,
        currency=call.currency,
        agreed_charge=call.agreed_charge,
        rate=call.rate,
        closes_at=closes_at,
        short_reason=short_reason,
    )
