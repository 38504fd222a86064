"""What stands on the paper of a quarter's record: words ready to be read, and its pictures as parts of one."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from catalogue.printing.contents import House


@dataclass(frozen=True)
class Column:
    """A member's bar: its height as a part of the picture's, its letter, and whether it lies below its fair part."""

    height: float
    letter: str
    is_below: bool


@dataclass(frozen=True)
class Mark:
    """A line across a picture, at a part of its height, with its words."""

    height: float
    words: str


@dataclass(frozen=True)
class Decided:
    """One thing that was decided otherwise than the rule, with the number of its call."""

    day: str
    words: str
    number: str = ""


@dataclass(frozen=True)
class RecordPage:
    """The whole page. `curve` are the points of Lorenz's curve from (0, 0) to (1, 1), empty where it is not shown;
    `part` the fair part of all, None where each has its own; `head_seq` and `head_hash` the last entry of the log."""

    language: str
    title: str
    heading: str
    scope: str
    made_on: date
    under: str
    house: House
    figures: tuple[tuple[str, str], ...]
    columns_title: str
    columns: tuple[Column, ...]
    marks: tuple[Mark, ...]
    part: Mark | None
    columns_words: str
    curve_title: str
    curve: tuple[tuple[float, float], ...]
    curve_words: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    led: str
    decided_title: str
    decided: tuple[Decided, ...]
    decided_more: str
    log_title: str
    log_words: str
    head_seq: int
    head_hash: str
    foot: str
    notice: str = ""

    def as_data(self) -> dict[str, Any]:
        """The content as JSON holds it."""
        day = self.made_on
        return {**asdict(self), "made_on": [day.year, day.month, day.day]}
