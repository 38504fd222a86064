"""A division as a picture: a bar a member, earlier work and this share up to the level, drawn by the server in SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from catalogue.consortia.models import Member
from catalogue.money import Money, format_money
from catalogue.routing.allocation import Candidate, Division, Portion, Rules
from catalogue.routing.models import Call
from catalogue.routing.proposing import counted
from catalogue.web.figures import days, money, number
from catalogue.web.language import language

ROOM = Decimal("1.08")  # the longest bar leaves a little of the width free
LEAST_WIDTH = Decimal(100)  # where nobody offered anything
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
MOST_LINES = 4  # of more the words run into one another
FAR_LEFT, FAR_RIGHT = Decimal(14), Decimal(90)  # per cent: words beyond these would leave the picture
FARTHEST = 95  # per cent: a mark beyond has no room for its words


@dataclass(frozen=True)
class Bar:
    """A piece of a row, in per cent of the width. `kind`: hist, new, free."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True)
class Row:
    """One member's row: what is said of it in words, and its bars."""

    member: Member
    under: str
    share: str
    of_offer: str
    heard: str
    bars: tuple[Bar, ...]
    has_share: bool


@dataclass(frozen=True)
class Tick:
    """A mark on the axis, with its words and how they are set to it. Every other one is left out where it is narrow."""

    x: str
    words: str
    anchor: str
    is_minor: bool


@dataclass(frozen=True)
class Picture:
    """All rows on one scale, and the level; none where nobody is given anything."""

    rows: tuple[Row, ...]
    lines: tuple[str, ...]
    ticks: tuple[Tick, ...]
    level: Tick | None


@dataclass(frozen=True)
class Drawn:
    """A division to draw: `quantities` are the shares as they stand, by member, where they are not the rule's."""

    call: Call
    rules: Rules
    candidates: Sequence[Candidate]
    division: Division
    members: Mapping[int, Member]
    quantities: Mapping[int, int]

    def quantity(self, portion: Portion) -> int:
        """What a member makes."""
        return self.quantities.get(portion.member, portion.quantity)

    def is_changed(self, portion: Portion) -> bool:
        """Whether a manager set this share."""
        return self.quantity(portion) != portion.quantity


def picture_of(drawn: Drawn) -> Picture:
    """Draw a division; who makes something stands first."""
    pairs = list(zip(drawn.candidates, drawn.division.portions, strict=True))
    pairs.sort(key=lambda pair: (not drawn.quantity(pair[1]), pair[0].member))
    longest = max((sum(_lengths(drawn, *pair)) for pair in pairs), default=Decimal(0))
    width = max(longest, drawn.division.level, LEAST_WIDTH) * ROOM
    step = _step(width)
    marks = [step * place for place in range(int(width / step) + 1) if step * place * 100 < width * FARTHEST]
    return Picture(
        rows=tuple(_row(drawn, width, *pair) for pair in pairs),
        lines=tuple(_part(mark, width) for mark in marks[1:]),
        ticks=tuple(_tick(drawn, mark, width, is_minor=place % 2 == 1) for place, mark in enumerate(marks)),
        level=_level(drawn, width),
    )


def _lengths(drawn: Drawn, candidate: Candidate, portion: Portion) -> tuple[Decimal, Decimal, Decimal]:
    """Earlier work (with what is held of this call), this share, and what was offered beyond it: by unit of weight."""
    one = candidate.charge / candidate.weight
    share = drawn.quantity(portion)
    earlier = counted(drawn.rules, drawn.division, candidate) + one * candidate.held
    return earlier, one * share, one * max(0, candidate.unused_offer - share)


def _row(drawn: Drawn, width: Decimal, candidate: Candidate, portion: Portion) -> Row:
    share = drawn.quantity(portion)
    lengths = _lengths(drawn, candidate, portion)
    at, bars = Decimal(0), []
    for kind, length in zip(("hist", "new", "free"), lengths, strict=True):
        if length:
            bars.append(Bar(kind, _part(at, width), _part(length, width)))
        at += length
    offered = number(candidate.unused_offer)
    return Row(
        member=drawn.members[candidate.member],
        under=_under(drawn, candidate, portion),
        share=number(share) if share else _("none"),
        of_offer=_("of %(offered)s offered", offered=offered) if candidate.unused_offer else "",
        heard=_heard(drawn.call, lengths),
        bars=tuple(bars),
        has_share=bool(share),
    )


def _heard(call: Call, lengths: tuple[Decimal, Decimal, Decimal]) -> str:
    earlier, share, _more = (money(length, call.consortium.currency) for length in lengths)
    return _("earlier work %(earlier)s, this share %(share)s", earlier=earlier, share=share)


def _under(drawn: Drawn, candidate: Candidate, portion: Portion) -> str:
    """The line below a name: what is special about it, else its village."""
    if drawn.is_changed(portion):
        return _("set by the office; by the rule %(quantity)s", quantity=number(portion.quantity))
    if portion.reason == "late":
        asked, needed = (int(portion.figures[key]) for key in ("days", "needed"))
        return _("too late: %(days)s, needed in %(needed)s", days=days(asked), needed=days(needed))
    if words := _aside(portion.reason):
        return words
    if candidate.is_maker:
        return _("its own design: comes first")
    if candidate.history is None:
        return _("new: starts at the median")
    return drawn.members[candidate.member].village.in_(language())


def _aside(reason: str) -> str:
    """Why somebody stands outside the division, in two or three words; "" for who takes part."""
    words = {
        "declined": _("cannot make it"),
        "no_answer": _("no answer"),
        "handed_back": _("gave back a part"),
        "left_out": _("not asked"),
        "band": _("charge above the band"),
        "no_capacity": _("no free days"),
    }
    return words.get(reason, "")


def _step(width: Decimal) -> Decimal:
    """A round distance between the lines, so that there are few of them."""
    power = Decimal(10) ** (width.adjusted() - 1)
    while True:
        for part in STEPS:
            if width / (part * power) <= MOST_LINES:
                return part * power
        power *= 10


def _level(drawn: Drawn, width: Decimal) -> Tick | None:
    level = drawn.division.level
    return _tick(drawn, level, width, is_minor=False, words=_("level %(amount)s")) if level else None


def _tick(drawn: Drawn, mark: Decimal, width: Decimal, *, is_minor: bool, words: str = "%(amount)s") -> Tick:
    at = mark * 100 / width
    anchor = "start" if at < FAR_LEFT else "end" if at > FAR_RIGHT else "middle"
    amount = format_money(Money(mark.quantize(Decimal(1)), drawn.call.consortium.currency), language())
    return Tick(_part(mark, width), words % {"amount": amount}, anchor, is_minor)


def _part(length: Decimal, width: Decimal) -> str:
    return f"{length * 100 / width:.3f}%"
