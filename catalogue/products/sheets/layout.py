"""Which line holds the headings, what each column means, and the rows under it with their cells by field."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from catalogue.products.sheets.cells import MOST_COLUMNS, Book, Cell, Line, Sheet, letters
from catalogue.products.sheets.fields import OURS, Headings, Meaning, heading_key
from catalogue.products.sheets.findings import Finding, SheetRefused
from catalogue.products.sheets.mapping import Mapping, Rule
from catalogue.products.sheets.variants import whole_rows
from catalogue.products.sheets.vocabulary import term_key

HEADINGS_WITHIN = 20
PICTURE_ADDRESS = re.compile(r"\s*https?://[^\s?#]+\.(?:jpe?g|png|webp|gif|avif|heic)(?![\w.])", re.IGNORECASE)
NAMES = {"name", "name_lo", "name_en"}
EXAMPLES = {term_key(each) for each in ("ຕົວຢ່າງ", "example", "ຕົວຢ່າງ example", "example ຕົວຢ່າງ")}

MeaningOf = Callable[[str], tuple[Meaning, Rule] | None]


@dataclass(frozen=True)
class Column:
    """A column of the sheet and what it means. `place` counts from 1; 0 is a constant of a mapping."""

    place: int
    heading: str
    meaning: Meaning
    rule: Rule = field(default_factory=Rule)


@dataclass(frozen=True)
class Row:
    """One product's line: its cells by field; empty ones are not there. `extra` cells stand beyond the last heading.

    `lead` is the number of the row above that it inherits from, where a product has several rows.
    """

    number: int
    cells: dict[str, Cell]
    extra: tuple[Cell, ...] = ()
    lead: int = 0


@dataclass(frozen=True)
class Layout:
    """A sheet understood: columns by field, rows, and what is to be said of the whole."""

    sheet: Sheet
    columns: dict[str, Column]
    rows: tuple[Row, ...]
    head: tuple[Line, ...]
    findings: tuple[Finding, ...]
    language: str = "en"

    def reference_of(self, row: int, key: str) -> str:
        """Where a field of a row would stand, filled in or not: "C7"; "" when no column is for it."""
        column = self.columns.get(key)
        return f"{letters(column.place)}{row}" if column and column.place else ""


def layout_of(book: Book, headings: Headings, mapping: Mapping | None = None) -> Layout:
    """The first sheet whose headings name products. Raises `SheetRefused` when there is none, or nothing under them."""
    meaning_of = _mapped(mapping) if mapping else _by_name(headings)
    for sheet in book.sheets:
        head = _head_of(sheet, meaning_of)
        if head:
            return _understood(book, sheet, head, meaning_of, headings, mapping)
    first = [cell.text for line in book.sheets[0].lines[:1] for cell in line.cells]
    if mapping:
        raise SheetRefused("no-mapped-heading", file=book.name, mapping=mapping.name, read=first)
    raise SheetRefused("no-headings", file=book.name, read=first)


def _by_name(headings: Headings) -> MeaningOf:
    def meaning_of(text: str) -> tuple[Meaning, Rule] | None:
        meaning = headings.meaning_of(text)
        return (meaning, Rule()) if meaning else None

    return meaning_of


def _mapped(mapping: Mapping) -> MeaningOf:
    return lambda text: mapping.columns.get(heading_key(text))


def _head_of(sheet: Sheet, meaning_of: MeaningOf) -> tuple[Line, ...]:
    """The line with the most headings that name things, among the first; and those below that say it again."""
    best: tuple[int, int] = (0, 0)
    for index, line in enumerate(sheet.lines[:HEADINGS_WITHIN]):
        known = [found[0].field.key for cell in line.cells if (found := meaning_of(cell.text))]
        if NAMES & set(known) and len(set(known)) > best[0]:
            best = (len(set(known)), index)
    if not best[0]:
        return ()
    end = best[1] + 1
    while end < len(sheet.lines) and _says_the_same(sheet.lines[best[1]], sheet.lines[end], meaning_of):
        end += 1
    return sheet.lines[best[1] : end]


def _says_the_same(head: Line, line: Line, meaning_of: MeaningOf) -> bool:
    """A second line of headings: each names what the heading above it names."""
    above = {cell.column: found[0].field.key for cell in head.cells if (found := meaning_of(cell.text))}
    below = [(above.get(cell.column), meaning_of(cell.text)) for cell in line.cells]
    same = [found is not None and found[0].field.key == key for key, found in below]
    return len(same) > 1 and all(same)


def _understood(
    book: Book, sheet: Sheet, head: tuple[Line, ...], meaning_of: MeaningOf, headings: Headings, mapping: Mapping | None
) -> Layout:
    columns, twice, unread = _columns(head[0], meaning_of)
    body = sheet.lines[sheet.lines.index(head[-1]) + 1 :]
    last = max(cell.column for cell in head[0].cells) if sheet.delimiter else MOST_COLUMNS
    rows, examples, left_out = _rows(body, head[0], columns, mapping, last=last)
    unread += _without_heading(body, head[0], last=last)
    if mapping:
        columns |= {key: Column(0, key, Meaning(headings.by_key[key]), Rule(point=True)) for key in mapping.constants}
    others = [other.title for other in book.sheets if other is not sheet]
    said = [
        *book.findings,
        *_said("other-sheets", others, sheet=sheet.title, others=others),
        *_said("columns-not-read", unread, columns=unread),
        *_said("column-twice", twice, columns=twice),
        *_said("example-row", examples, rows=examples),
        *_said("rows-left-out", left_out, rows=left_out),
        *_picture_addresses(body, head[0], columns, mapping),
    ]
    if not rows and not left_out:
        raise SheetRefused("no-rows", file=book.name)
    return Layout(sheet, columns, rows, head, tuple(said), mapping.language if mapping else "en")


def _said(code: str, of_something: Iterable[object], **about: object) -> list[Finding]:
    return [Finding(code, about=about)] if of_something else []


def _columns(head: Line, meaning_of: MeaningOf) -> tuple[dict[str, Column], list[str], list[str]]:
    """Columns by field; headings that come a second time; headings that mean nothing here."""
    columns: dict[str, Column] = {}
    twice, unread = [], []
    for cell in head.cells:
        found = meaning_of(cell.text)
        if cell.text.startswith(OURS):
            continue
        if found is None:
            unread.append(cell.text)
        elif found[0].field.key in columns:
            twice.append(cell.text)
        else:
            columns[found[0].field.key] = Column(cell.column, cell.text, *found)
    return columns, twice, unread


def _picture_addresses(
    body: Iterable[Line], head: Line, columns: dict[str, Column], mapping: Mapping | None
) -> list[Finding]:
    """Columns that no field reads and that name pictures on the web."""
    taken = {column.place for key, column in columns.items() if key != "picture"}
    known = mapping.pictures if mapping else frozenset()
    headings = {cell.column: cell.text for cell in head.cells if cell.column not in taken}
    found = {
        headings[cell.column]
        for line in body
        for cell in line.cells
        if cell.column in headings and _names_a_picture(cell.text, is_known=heading_key(headings[cell.column]) in known)
    }
    return _said("picture-addresses", found, columns=sorted(found))


def _names_a_picture(text: str, *, is_known: bool) -> bool:
    return text[:2000].lstrip()[:8].casefold().startswith(("http://", "https://")) and (
        is_known or PICTURE_ADDRESS.match(text[:2000]) is not None
    )


def _without_heading(body: Iterable[Line], head: Line, *, last: int) -> list[str]:
    """The letters of columns up to the last that hold something under no heading."""
    headed = {cell.column for cell in head.cells}
    found = {cell.column for line in body for cell in line.cells} - headed
    return [letters(column) for column in sorted(found) if column <= last]


def _rows(
    body: Iterable[Line], head: Line, columns: dict[str, Column], mapping: Mapping | None, *, last: int
) -> tuple[tuple[Row, ...], list[int], list[str]]:
    """Rows of products; numbers of example rows; and rows that the mapping says are none."""
    by_place = {column.place: column for column in columns.values()}
    headed = {cell.column: heading_key(cell.text) for cell in head.cells}
    rows, examples, left_out = [], [], []
    for whole in whole_rows(body, head, mapping.variants if mapping else None):
        line = whole.line
        by_heading = {headed[cell.column]: cell for cell in line.cells if cell.column in headed}
        if mapping and _is_left_out(by_heading, mapping):
            left_out.append(str(line.number))
            continue
        row = replace(_row(line, by_place, by_heading, mapping, last=last), lead=whole.lead)
        if _is_example(row):
            examples.append(line.number)
        else:
            rows.append(row)
    return tuple(rows), examples, left_out


def _row(
    line: Line, columns: dict[int, Column], by_heading: dict[str, Cell], mapping: Mapping | None, *, last: int
) -> Row:
    cells = {
        columns[cell.column].meaning.field.key: cell
        for cell in line.cells
        if cell.column in columns and _counts(columns[cell.column].rule, by_heading)
    }
    if mapping and cells:
        constants = {key: Cell(line.number, 0, "text", value) for key, value in mapping.constants.items()}
        cells = {**constants, **cells}
    return Row(line.number, cells, tuple(cell for cell in line.cells if cell.column > last))


def _counts(rule: Rule, by_heading: dict[str, Cell]) -> bool:
    if rule.only_when is None:
        return True
    heading, value = rule.only_when
    return heading in by_heading and term_key(by_heading[heading].text) == value


def _is_left_out(by_heading: dict[str, Cell], mapping: Mapping) -> bool:
    for skip in mapping.skips:
        cell = by_heading.get(skip.heading)
        if (cell is None and skip.empty) or (cell is not None and term_key(cell.text) in skip.values):
            return True
    return False


def _is_example(row: Row) -> bool:
    cell = row.cells.get("reference")
    return cell is not None and term_key(cell.text) in EXAMPLES
