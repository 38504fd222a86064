"""Files of members as cells: which kind a file is, CSV in the encodings and with the marks that spreadsheets write."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePath

from catalogue.products.sheets.cells import (
    MOST_BYTES,
    MOST_BYTES_WITH_PICTURES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Book,
    Cell,
    Line,
    Sheet,
)
from catalogue.products.sheets.excel import read_xlsx
from catalogue.products.sheets.findings import Finding, SheetRefused
from catalogue.products.sheets.formulas import as_typed

TEXT_ENDINGS = {".csv", ".tsv"}
OTHER_ENDINGS = {".xls": "old-excel", ".xlsm": "has-macros", ".xltm": "has-macros", ".ods": "is-open-document"}
ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DELIMITERS = (",", ";", "\t")
SAYS_DELIMITER = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
UTF_16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
SAMPLE = 64 * 1024
# Many programs call a page of the web "Excel"; a workbook of old kinds may be XML as a whole.
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|table|\?xml)", re.IGNORECASE)


def read(path: Path) -> Book:
    """The cells of a file. Raises `SheetRefused` with what is wrong with it."""
    if not path.exists():
        raise SheetRefused("missing", file=str(path))
    refuse_ending(path.name)
    return read_data(_bytes_of(path), path.name)


def read_data(data: bytes, name: str, *, pictures: bool = False) -> Book:
    """The cells of a file of this name, and its `pictures` if wanted. Raises `SheetRefused`."""
    ending = refuse_ending(name)
    most = most_bytes(name)
    if len(data) > most:
        raise SheetRefused("too-big", file=name, most=most // 1024 // 1024)
    if MARKUP.match(data[:SAMPLE]):
        raise SheetRefused("is-html", file=name)
    if ending in TEXT_ENDINGS:
        return read_text(data, name)
    if data.startswith(COMPOUND):
        raise SheetRefused("old-excel", file=name)
    return _not_empty(read_xlsx(data, name, pictures=pictures), name)


def refuse_ending(name: str) -> str:
    """The ending of a name, when files that are called so are read. Raises `SheetRefused`."""
    ending = PurePath(name).suffix.casefold()
    if ending not in {".xlsx", *TEXT_ENDINGS}:
        raise SheetRefused(OTHER_ENDINGS.get(ending, "ending"), file=name)
    return ending


def most_bytes(name: str) -> int:
    """How large a file of this name may be: a workbook may hold pictures."""
    return MOST_BYTES_WITH_PICTURES if name.casefold().endswith(".xlsx") else MOST_BYTES


def read_text(data: bytes, name: str) -> Book:
    """The cells of a CSV or TSV file. Raises `SheetRefused`."""
    if data.startswith(ZIP):
        raise SheetRefused("is-excel", file=name)
    if data.startswith(COMPOUND):
        raise SheetRefused("old-excel", file=name)
    text, is_unicode = decoded(data)
    if "\x00" in text:
        raise SheetRefused("nul", file=name)
    text, delimiter = _delimiter_of(text)
    sheet = Sheet("", tuple(_lines(text, delimiter, name)), delimiter)
    return _not_empty(Book(name, (sheet,), () if is_unicode else (Finding("not-unicode"),)), name)


def decoded(data: bytes) -> tuple[str, bool]:
    """The text, and whether it was Unicode: else every byte is taken for the Western letter of its number.

    So nothing is lost, and what an old Lao font left behind is recognised by its look.
    """
    for mark, encoding in UTF_16:
        if data.startswith(mark):
            return data[2:].decode(encoding, "replace"), True
    if half := _utf_16_without_mark(data):
        return data.decode(half, "replace"), True
    try:
        return data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        return "".join(_western(byte) for byte in data), False


def _western(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _utf_16_without_mark(data: bytes) -> str:
    """UTF-16 without its mark: line ends and commas of every table are then half nought."""
    sample = data[:SAMPLE]
    if len(sample) < 4 or len(data) % 2:
        return ""
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if high > 4 * low and b"\n\x00" in sample:
        return "utf-16-le"
    return "utf-16-be" if low > 4 * high and b"\x00\n" in sample else ""


def _delimiter_of(text: str) -> tuple[str, str]:
    """The text and what parts its columns: as it says itself ("sep=;"), or what most lines agree on."""
    if said := SAYS_DELIMITER.match(text):
        return text[said.end() :], said[1]
    sample = text[:SAMPLE].replace("\r\n", "\n").replace("\r", "\n")
    return text, max(DELIMITERS, key=lambda delimiter: _columns_by(sample, delimiter))


def _columns_by(sample: str, delimiter: str) -> tuple[float, int, int]:
    """Which share of the first lines it parts at all, how many into the same number of columns, and that number.

    Commas of texts part some lines only, and each of them differently; headings have none.
    """
    rows = csv.reader(re.split(r"(?<=\n)", sample), delimiter=delimiter)
    try:
        first = [len(row) for row in islice((row for row in rows if any(map(str.strip, row))), 10)]
    except csv.Error:
        return 0, 0, 0
    counts = Counter(columns for columns in first if columns > 1)
    return counts.total() / max(len(first), 1), *max(((alike, each) for each, alike in counts.items()), default=(0, 0))


def _lines(text: str, delimiter: str, name: str) -> Iterator[Line]:
    rows = csv.reader(
        re.split(r"(?<=\n)", text.replace("\r\n", "\n").replace("\r", "\n")), delimiter=delimiter, strict=True
    )
    number = found = cells_read = 0
    while (row := _next_row(rows, number + 1, name)) is not None:
        number += 1
        cells = tuple(_cells(row, number))
        found, cells_read = found + bool(cells), cells_read + len(cells)
        _refuse_too_much(name, columns=cells[-1].column if cells else 0, rows=found, cells=cells_read)
        if cells:
            yield Line(number, cells)


def _next_row(rows: Iterator[list[str]], number: int, name: str) -> list[str] | None:
    try:
        return next(rows, None)
    except csv.Error as fault:
        code = "long-cell" if "field larger" in str(fault) else "quotes"
        raise SheetRefused(code, file=name, row=number) from fault


def _cells(row: list[str], number: int) -> Iterator[Cell]:
    for column, text in enumerate(row, start=1):
        if text.strip():
            yield Cell(number, column, "text", as_typed(text))


def _refuse_too_much(name: str, *, columns: int, rows: int, cells: int) -> None:
    if columns > MOST_COLUMNS:
        raise SheetRefused("many-columns", file=name, most=MOST_COLUMNS)
    if rows > MOST_ROWS:
        raise SheetRefused("many-rows", file=name, most=MOST_ROWS)
    if cells > MOST_CELLS:
        raise SheetRefused("many-cells", file=name)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most_bytes(path.name) + 1)
    except OSError as fault:
        raise SheetRefused("not-a-file", file=str(path)) from fault


def _not_empty(book: Book, name: str) -> Book:
    if not any(sheet.lines for sheet in book.sheets):
        raise SheetRefused("empty", file=name)
    return book
