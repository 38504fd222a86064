"""Product sheets for tests, made here cell by cell: as text, as workbooks, and as damaged or hostile files."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from catalogue.consortia.sector import sector
from catalogue.products.sheets.checking import House
from catalogue.products.sheets.importing import Known, Looked, Plan, look_at, plan
from catalogue.products.sheets.reading import read

SILVER = House("member0001", sector("silver"), "USD", ("office@silver.example", "+856 21 555 0100"))
SILK = House("member0002", sector("silk"), "USD", ("office@silk.example",))


def text_of(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """Rows as the text of a CSV file."""
    written = StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


def workbook_of(rows: Iterable[Sequence[Any]], **others: Iterable[Sequence[Any]]) -> bytes:
    """Rows as a workbook of one sheet, and more sheets by name."""
    book = Workbook()
    sheet = book.active
    for title, lines in (("Sheet", rows), *others.items()):
        if title != "Sheet":
            sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(list(line))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """A workbook of openpyxl as bytes."""
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def with_parts(data: bytes, parts: Mapping[str, bytes], *, without: Iterable[str] = ()) -> bytes:
    """A workbook with some of its parts replaced, added or left out."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        kept = [name for name in old.namelist() if name not in parts and name not in set(without)]
        for name in kept:
            new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return written.getvalue()


def sheet_xml(data: bytes) -> str:
    """The first sheet of a workbook, as the XML it is."""
    with ZipFile(BytesIO(data)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def rows_of(folder: Path, name: str, data: bytes) -> list[list[str]]:
    """Every cell of a file as it is read, by line, without their places."""
    path = folder / name
    path.write_bytes(data)
    return [[cell.text for cell in line.cells] for sheet in read(path).sheets for line in sheet.lines]


def looked(
    folder: Path, data: bytes | str, *, name: str = "sheet.csv", house: House = SILVER, mapping: str | None = None
) -> Looked:
    """A file of these bytes, read and checked."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return look_at(path, house, mapping)


def planned(folder: Path, data: bytes | str, known: Known | None = None, **given: Any) -> Plan:
    """A file of these bytes, read, checked and decided."""
    return plan(looked(folder, data, **given), known or Known())


def one(folder: Path, cells: Mapping[str, str], **given: Any) -> Any:
    """The plan of one row under these headings. A name is filled in where none is given."""
    filled = cells if any(key.startswith("name") for key in cells) else {"name_en": "Bowl", **cells}
    return planned(folder, text_of([list(filled), list(filled.values())]), **given).rows[0]


def codes(row: Any) -> list[str]:
    """What is said of a row, without what it will need before publication."""
    return [finding.code for finding in row.findings if finding.code != "needed-later"]
