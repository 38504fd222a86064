"""What a file holds, before anybody asks what it means: cells that know their place, lines, and the sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from catalogue.products.sheets.findings import Finding

Kind = Literal["text", "number", "date", "yes-no", "error", "formula"]

MOST_BYTES = 20 * 1024 * 1024
MOST_BYTES_WITH_PICTURES = 40 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CELLS = 1_000_000
LONGEST_CELL = 32_767  # as in Excel


@dataclass(frozen=True, slots=True)
class Cell:
    """One value and where it stands. `formula` is a formula whose result is not in the file."""

    row: int
    column: int
    kind: Kind
    text: str
    number: Decimal | None = None
    font: str = ""

    @property
    def reference(self) -> str:
        """Its name in the sheet, such as "C7"; "" for what stands in no column but in a mapping."""
        return f"{letters(self.column)}{self.row}" if self.column else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet that is not empty: its number as a spreadsheet counts, its cells from left to right."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell | None:
        """The cell in a column, counted from 1."""
        return next((cell for cell in self.cells if cell.column == column), None)


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture and the cell that it stands in: `part` names it inside its file, "" for one that is not in the file."""

    row: int
    column: int
    part: str

    @property
    def reference(self) -> str:
        """The name of its cell, such as "B7"."""
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True)
class Sheet:
    """One table of a file. `delimiter` is set for text files only; pictures are there when they were asked for."""

    title: str
    lines: tuple[Line, ...]
    delimiter: str = ""
    pictures: tuple[Placed, ...] = ()


@dataclass(frozen=True)
class Book:
    """A file as it was read: its sheets in order, what is to be said of the whole, and pictures by their part."""

    name: str
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...] = ()
    media: Mapping[str, bytes] = field(default_factory=dict)


def letters(column: int) -> str:
    """The letters of a column counted from 1: A, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
