"""What the demonstration's data files say of inquiries: who asked what, and what was said after it."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from catalogue.demo.days import Days, month_of
from catalogue.demo.reading import Table, read_file
from catalogue.inquiries import terms
from catalogue.inquiries.conversation import ClosedReason
from catalogue.inquiries.intake import Buyer
from catalogue.inquiries.models import Channel

FOLDER = Path(__file__).parent / "inquiries"
MONTH = "{month}"


class StepKind(StrEnum):
    """What happens in an inquiry after it came."""

    ANSWER = "answer"
    NOTE = "note"
    BUYER = "buyer"
    RELEASE = "release"
    CLOSE = "close"
    NOT_ME = "not_me"

    @property
    def is_of_office(self) -> bool:
        """Whether it waits for office hours."""
        return self not in {StepKind.BUYER, StepKind.NOT_ME}


@dataclass(frozen=True)
class Step:
    """One thing that happened, so long `after` the one before. Closing has a `reason`; its text may be empty."""

    after: timedelta
    kind: StepKind
    text: str = ""
    reason: ClosedReason | None = None


@dataclass(frozen=True)
class Line:
    """One line: the reference of a product, or words. Without a unit the product's own counts."""

    product: str
    description: str
    quantity: int
    unit: str
    target_price: Decimal | None
    wants_sample: bool
    note: str


@dataclass(frozen=True)
class DemoInquiry:
    """One inquiry as it came at `time` in Vientiane, so many `days_ago`, with what followed. `seconds` on the form."""

    days_ago: int
    time: time
    channel: Channel
    language: str
    buyer: Buyer
    message: str
    lines: tuple[Line, ...]
    needed_in_days: int | None
    incoterm: str
    named_place: str
    currency: str
    wants_sample: bool
    order_type: str
    trap_filled: bool
    files: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def is_by_hand(self) -> bool:
        """Whether a manager entered it."""
        return self.channel not in {Channel.WEB, Channel.MAIL}

    def needed_by(self, days: Days) -> date | None:
        """The day it is needed by."""
        return None if self.needed_in_days is None else days.ago(-self.needed_in_days)

    def said(self, text: str, days: Days) -> str:
        """A text with the month in which it is needed in the place of "{month}"."""
        needed_by = self.needed_by(days)
        return text if needed_by is None else text.replace(MONTH, month_of(needed_by, self.language))


def read_inquiries(path: Path, references: set[str]) -> tuple[DemoInquiry, ...]:
    """The inquiries to one consortium, whose published products have these `references`. Raises `ContentFault`."""
    with read_file(path) as top:
        return tuple(_inquiry(each, references) for each in top.tables("inquiries"))


def _inquiry(table: Table, references: set[str]) -> DemoInquiry:
    return DemoInquiry(
        days_ago=table.whole("days_ago"),
        time=_time(table),
        channel=table.one_of("channel", Channel, Channel.WEB),
        language=_word(table, "language", {"lo", "en"}, "en"),
        buyer=_buyer(table),
        message=table.text("message", ""),
        lines=tuple(_line(each, references) for each in table.tables("lines")),
        needed_in_days=table.whole_or_none("needed_in_days"),
        incoterm=_word(table, "incoterm", terms.incoterms(), ""),
        named_place=table.text("named_place", ""),
        currency=_word(table, "currency", terms.currencies(), ""),
        wants_sample=table.yes("wants_sample", False),
        order_type=_word(table, "order_type", terms.order_types(), ""),
        trap_filled=table.yes("trap_filled", False),
        files=tuple(table.texts("files")),
        steps=tuple(_step(each) for each in table.tables("steps")),
    )


def _time(table: Table) -> time:
    written = table.text("time")
    try:
        return time.fromisoformat(written)
    except ValueError:
        raise table.fault("time", f"is no time: {written!r}") from None


def _buyer(table: Table) -> Buyer:
    return Buyer(
        name=table.text("name"),
        email=table.text("email", ""),
        country=_word(table, "country", terms.countries()),
        company=table.text("company", ""),
        role=_word(table, "role", terms.roles(), ""),
        city=table.text("city", ""),
        phone=table.text("phone", ""),
    )


def _line(table: Table, references: set[str]) -> Line:
    return Line(
        product=_word(table, "product", references, ""),
        description=table.text("description", ""),
        quantity=table.whole("quantity"),
        unit=_word(table, "unit", terms.units(), ""),
        target_price=table.decimal_or_none("target_price"),
        wants_sample=table.yes("wants_sample", False),
        note=table.text("note", ""),
    )


def _step(table: Table) -> Step:
    after = timedelta(hours=float(table.decimal("hours")))
    kinds = [kind for kind in StepKind if kind.value in table.rows]
    if len(kinds) != 1:
        raise table.fault("hours", "stands in a step that must say one of " + ", ".join(StepKind))
    kind = kinds[0]
    if kind is StepKind.CLOSE:
        return Step(after, kind, table.text("words", ""), table.one_of("close", ClosedReason))
    if kind in {StepKind.RELEASE, StepKind.NOT_ME}:
        table.yes(kind.value)
        return Step(after, kind)
    return Step(after, kind, table.text(kind.value))


def _word(table: Table, key: str, known: object, otherwise: str | None = None) -> str:
    written = table.text(key) if otherwise is None else table.text(key, otherwise)
    if written != otherwise and written not in known:  # type: ignore[operator]
        raise table.fault(key, f"is not known: {written!r}")
    return written
