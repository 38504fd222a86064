"""XLSX files as cells: values as the file keeps them, no formula computed, whatever size the sheet claims to have."""

import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException

from catalogue.products.sheets.archive import Inside, inside_of
from catalogue.products.sheets.cells import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Book, Cell, Kind, Line, Sheet
from catalogue.products.sheets.drawings import pictures_of
from catalogue.products.sheets.findings import Finding, SheetRefused

LAST_ROW_OF_EXCEL = 1_048_576
BROKEN = (
    *(ParseError, DefusedXmlException, KeyError, ValueError, OverflowError),
    *(TypeError, IndexError, AttributeError, OSError),
)


class Budget:
    """How many cells may still be looked at, so that a sheet of nothing but width costs little."""

    def __init__(self, name: str, cells: int) -> None:
        self.name = name
        self.left = cells

    def spend(self, cells: int) -> None:
        """Raises `SheetRefused` when it is used up."""
        self.left -= cells
        if self.left < 0:
            raise SheetRefused("many-cells", file=self.name)


def read_xlsx(data: bytes, name: str, *, pictures: bool = False) -> Book:
    """The visible sheets of a workbook that hold something, and its `pictures` if wanted. Raises `SheetRefused`."""
    inside = inside_of(data, name, pictures=pictures)
    looks, values = Budget(name, MOST_ROWS * MOST_COLUMNS), Budget(name, MOST_CELLS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of parts that it leaves out; none is written back
            unknown = _formulas(inside, looks) if inside.has_formulas else {}
            sheets = [_sheet(each, inside, unknown.get(each.title, set()), looks, values) for each in _visible(inside)]
    except BROKEN as fault:
        raise SheetRefused("not-excel", file=name) from fault
    said = (Finding("pictures", about={"count": inside.pictures}),) if inside.pictures and not pictures else ()
    return Book(name, tuple(sheet for sheet in sheets if sheet.lines), said, inside.media)


def _visible(inside: Inside, *, formulas: bool = False) -> list[Any]:
    from openpyxl import load_workbook  # with Pillow behind it: nothing that a web process should load

    inside.archive.seek(0)
    workbook = load_workbook(inside.archive, read_only=True, data_only=not formulas, keep_links=False)
    return [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]


def _formulas(inside: Inside, looks: Budget) -> dict[str, set[tuple[int, int]]]:
    """Where formulas stand, by sheet: one whose result is not in the file would else look like an empty cell."""
    found: dict[str, set[tuple[int, int]]] = {}
    for sheet in _visible(inside, formulas=True):
        rows = ((number, cell) for number, row in _rows(sheet, looks) for cell in row)
        found[sheet.title] = {(number, cell.column) for number, cell in rows if cell.data_type == "f"}
    return found


def _sheet(sheet: Any, inside: Inside, formulas: set[tuple[int, int]], looks: Budget, values: Budget) -> Sheet:
    lines: list[Line] = []
    placed = pictures_of(sheet._worksheet_path, inside) if inside.placing else ()
    pictured = {(each.row, each.column) for each in placed}
    for number, row in _rows(sheet, looks):
        cells = tuple(cell for cell in _cells(row, number, formulas) if not _is_picture(cell, pictured))
        values.spend(len(cells))
        if any(cell.column > MOST_COLUMNS for cell in cells):
            raise SheetRefused("many-columns", file=looks.name, most=MOST_COLUMNS)
        if cells:
            lines.append(Line(number, cells))
        if len(lines) > MOST_ROWS:
            raise SheetRefused("many-rows", file=looks.name, most=MOST_ROWS)
    return Sheet(sheet.title, tuple(lines), pictures=placed)


def _is_picture(cell: Cell, pictured: set[tuple[int, int]]) -> bool:
    """What a cell holds in place of the picture inside it: an error value, or a formula that names the picture."""
    if (cell.row, cell.column) not in pictured:
        return False
    return cell.kind in {"error", "formula"} or "DISPIMG" in cell.text


def _rows(sheet: Any, looks: Budget) -> Iterator[tuple[int, Iterable[Any]]]:
    """Rows with their numbers. The size that the sheet claims is forgotten: it may lie."""
    sheet.reset_dimensions()
    for number, row in enumerate(islice(sheet.iter_rows(), LAST_ROW_OF_EXCEL + 1), start=1):
        if number > LAST_ROW_OF_EXCEL:
            raise SheetRefused("not-excel", file=looks.name)
        if row:
            looks.spend(len(row))
            yield number, row


def _cells(row: Iterable[Any], number: int, formulas: set[tuple[int, int]]) -> Iterator[Cell]:
    for cell in row:
        if cell.value is not None and str(cell.value).strip():
            yield _cell(cell, number)
        elif formulas and (number, getattr(cell, "column", None)) in formulas:
            yield Cell(number, cell.column, "formula", "")


def _cell(cell: Any, number: int) -> Cell:
    kind, text, value = _read(cell.value, cell.data_type)
    return Cell(number, cell.column, kind, text, value, cell.font.name or "" if kind == "text" else "")


def _read(value: Any, data_type: str) -> tuple[Kind, str, Decimal | None]:
    if data_type == "e":
        return "error", str(value), None
    if isinstance(value, bool):
        return "yes-no", "TRUE" if value else "FALSE", None
    if isinstance(value, int | float):
        number = exact(value)
        return ("number", f"{number:f}", number) if number.is_finite() else ("error", "#NUM!", None)
    if isinstance(value, datetime) and value.time() == time():
        return "date", str(value.date()), None
    if isinstance(value, date | time | timedelta):
        return "date", str(value), None
    return "text", str(value), None


def exact(value: int | float) -> Decimal:
    """The number as Excel shows it: of the binary value 15 digits count."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
