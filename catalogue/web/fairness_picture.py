"""How the work was shared as SVG pictures: each member against its fair part, and Lorenz's curve."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from flask_babel import gettext as _

from catalogue.money import Money, format_money
from catalogue.routing.evenness import lorenz
from catalogue.routing.fairness import Record, Row
from catalogue.web.language import language

TOP, GROUND = 24, 300  # where the highest bar may end and where all bars stand, in pixels
WORDS_REACH = Decimal(24)  # how far across, in per cent, the words over a line reach on a phone
LABELLED = 26  # so many bars have room for a letter under each, on a phone too
GAP = Decimal("0.3")  # of a bar's place
STEPS = (1, 2, 5, 10)
MOST_LINES = 5
LEFT, RIGHT, UPPER, LOWER = 20, 290, 10, 280  # the square of Lorenz's curve, in its own units


@dataclass(frozen=True)
class Column:
    """One bar. Across in per cent of the width, down in pixels; `words` is what it says when one points at it."""

    look: str
    x: str
    width: str
    middle: str
    y: str
    height: str
    letter: str
    words: str
    part_y: str = ""
    right: str = ""
    is_own: bool = False
    own_y: str = ""


@dataclass(frozen=True)
class Line:
    """A line across, with its words over it."""

    y: str
    words: str
    words_y: str


@dataclass(frozen=True)
class Columns:
    """The bars on one scale. `part` is the fair part where all have the same; else each with a name has its own."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    part: Line | None
    has_letters: bool


@dataclass(frozen=True)
class Curve:
    """Lorenz's curve as the path of an SVG, and what half of the members hold, in per cent."""

    path: str
    half: int


def columns_of(rows: Sequence[Any], record: Record) -> Columns:
    """A bar for each of the rows (`naming.Named`), from the least to the most."""
    top = max([*(each.row.value for each in rows), *(each.row.fair_part for each in rows)], default=Decimal(0))
    scale = _Scale(max(top, Decimal(1)), record.currency)
    parts = {each.row.fair_part for each in rows}
    same = parts.pop() if len(parts) == 1 else None
    place = Decimal(100) / max(1, len(rows))
    columns = [
        _column(each, at * place, place, scale, is_alone=same is None and each.is_named) for at, each in enumerate(rows)
    ]
    part = scale.line(same, _("equal share %(amount)s", amount=amount(same, record.currency))) if same else None
    behind = min(
        (Decimal(each.y) for at, each in enumerate(columns) if at * place < WORDS_REACH), default=Decimal(GROUND)
    )
    return Columns(tuple(columns), tuple(scale.lines(part, behind)), part, len(rows) <= LABELLED)


def curve_of(rows: Sequence[Row]) -> Curve:
    """Lorenz's curve over value by weight."""
    points = lorenz([row.value for row in rows], [row.weight for row in rows])
    drawn = [f"{LEFT + x * (RIGHT - LEFT):.1f} {LOWER - y * (LOWER - UPPER):.1f}" for x, y in points]
    return Curve(f"M{'L'.join(drawn)}", round(_at_half(points) * 100))


def amount(value: Decimal | None, currency: str) -> str:
    """Money without its small coins: what a picture or a table of sums has room for."""
    return format_money(Money((value or Decimal(0)).quantize(Decimal(1)), currency), language())


def step_of(most: Decimal, lines: int = MOST_LINES) -> Decimal:
    """A round distance between lines, so that there are at most so many below `most`."""
    power = Decimal(10) ** (most.adjusted() - 1)
    while True:
        for part in STEPS:
            if most / (part * power) <= lines:
                return part * power
        power *= 10


@dataclass(frozen=True)
class _Scale:
    most: Decimal
    currency: str

    def y(self, value: Decimal) -> Decimal:
        return GROUND - value / self.most * (GROUND - TOP)

    def line(self, value: Decimal, words: str) -> Line:
        y = self.y(value)
        return Line(f"{y:.1f}", words, f"{y - 8:.1f}")

    def lines(self, part: Line | None, behind: Decimal) -> list[Line]:
        """Round amounts; one whose words would run into the bars or those of the fair part has none."""
        step, found = step_of(self.most), []
        for count in range(1, int(self.most / step) + 1):
            line = self.line(step * count, amount(step * count, self.currency))
            is_near = part is not None and abs(Decimal(line.y) - Decimal(part.y)) < 20
            is_hidden = Decimal(line.y) > behind
            found.append(Line(line.y, "" if is_near or is_hidden else line.words, line.words_y))
        return found


def _column(each: Any, x: Decimal, place: Decimal, scale: _Scale, *, is_alone: bool) -> Column:
    row, y = each.row, scale.y(each.row.value)
    width = place * (1 - GAP)
    left = x + place * GAP / 2
    said = {"letter": each.letter, "amount": amount(row.value, scale.currency)}
    return Column(
        look="hist" if row.value < row.fair_part else "new",
        x=f"{left:.2f}%",
        width=f"{width:.2f}%",
        right=f"{left + width:.2f}%",
        middle=f"{x + place / 2:.2f}%",
        y=f"{y:.1f}",
        height=f"{GROUND - y:.1f}",
        letter=each.letter,
        words=_("%(letter)s: %(amount)s", **said),
        part_y=f"{scale.y(row.fair_part):.1f}" if is_alone else "",
        is_own=each.is_own,
        own_y=f"{y - 8:.1f}",
    )


def _at_half(points: Sequence[tuple[float, float]]) -> float:
    """What the half of the members with less hold: between two points on the straight line."""
    for (x, y), (next_x, next_y) in pairwise(points):
        if next_x >= 0.5:
            return y + (next_y - y) * (0.5 - x) / (next_x - x)
    return 0.5
