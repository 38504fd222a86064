"""The process in which a member's sheet is opened: `python -m catalogue.products.sheets.child look < asked > answer`.

What is asked is one line of JSON, then the bytes of the file. It has little memory and time, writes no file, knows no
secret of the site, and answers in plain JSON; pictures are passed on unopened.
"""

import json
import sys
from pathlib import Path
from typing import Any

from catalogue.consortia.sector import folder, read_from, sector
from catalogue.media import confined
from catalogue.media.child import confine
from catalogue.media.confined import Made
from catalogue.products.content import Content
from catalogue.products.sheets.as_json import checked_json, checked_of, finding_json
from catalogue.products.sheets.cells import Book
from catalogue.products.sheets.checking import Checked, House, check_rows
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.importing import Looked, Plan, Planned, Verdict, of_the_whole
from catalogue.products.sheets.layout import Layout
from catalogue.products.sheets.needs import with_needs
from catalogue.products.sheets.pictured import with_pictures
from catalogue.products.sheets.reading import read_data
from catalogue.products.sheets.rejected import error_file
from catalogue.products.sheets.understanding import NotUnderstood, shown_lines, understand

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 120
MOST_ROWS = 5_000  # of one import in the browser, so that storing it holds nobody up


def look(asked: dict[str, Any], data: bytes) -> Made:
    """Read, understand and check a file; its pictures as files "0", "1", ..., rows as "rows.json"."""
    book = read_data(data, asked["name"], pictures=True)
    house = _house(asked["house"])
    found = understand(book, house.headings, asked["mapping"], asked["kept"])
    if isinstance(found, NotUnderstood):
        return Made({"state": "columns"}, {"lines.json": _json(shown_lines(found.sheet))})
    layout = found.layout
    if len(layout.rows) > MOST_ROWS:
        raise SheetRefused("many-rows", file=book.name, most=MOST_ROWS)
    rows, needs = with_needs(check_rows(layout, house), layout, house)
    pictured = with_pictures(rows, layout, book)
    said = (*layout.findings, *of_the_whole(layout, house), *needs, *pictured.findings)
    facts = {
        "state": "looked",
        "whose": found.whose,
        "mapping": found.mapping,
        "delimiter": layout.sheet.delimiter,
        "columns": {key: [column.place, column.heading] for key, column in layout.columns.items()},
        "findings": [finding_json(each) for each in said],
    }
    listed = [checked_json(row, pictured.photos.get(row.number, [])) for row in pictured.rows]
    media = {str(number): picture for number, picture in enumerate(pictured.media)}
    lines = {"lines.json": _json(shown_lines(layout.sheet)), "rows.json": _json(listed)}
    return Made(facts, {**lines, **media})


def rest(asked: dict[str, Any], data: bytes) -> Made:
    """The rows that stay out with their reasons, as "rest.xlsx" and "rest.csv"; `asked["bad"]` holds them by number."""
    house = _house(asked["house"])
    book = read_data(data, asked["name"])
    found = understand(book, house.headings, asked["mapping"], asked["kept"])
    if isinstance(found, NotUnderstood):
        raise SheetRefused("unreadable", file=book.name)
    plan = _plan_of(book, found.layout, house, asked["bad"])
    return Made({}, {f"rest.{kind}": error_file(plan, kind) for kind in ("xlsx", "csv")})


def _plan_of(book: Book, layout: Layout, house: House, bad: list[dict[str, Any]]) -> Plan:
    told = {row.number: row for row in map(checked_of, bad)}
    rows = tuple(_planned(row.number, told.get(row.number)) for row in layout.rows)
    looked = Looked(book, layout, house, (), ())
    return Plan(looked.book, looked.layout, (), rows)


def _planned(number: int, row: Checked | None) -> Planned:
    if row is None:
        return Planned(number, Verdict.THERE, "", "", Content(), ())
    return Planned(number, Verdict.BAD, row.reference, "", row.content, row.findings)


def _house(asked: dict[str, Any]) -> House:
    if Path(asked["sectors"]) != folder():
        read_from(Path(asked["sectors"]))
    return House(asked["member_key"], sector(asked["sector"]), asked["currency"], tuple(asked["contacts"]))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


VERBS = {"look": look, "rest": rest}


def main(verb: str) -> None:
    """Read what is asked from standard input, answer on standard output."""
    work = VERBS[verb]
    import openpyxl  # noqa: F401  loaded before the file is read

    confine(memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS)
    head, _line, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        written = confined.answer(work(json.loads(head), data))
    except SheetRefused as refusal:
        written = confined.answer(Made({"state": "refused", "finding": finding_json(refusal.finding)}, {}))
    except MemoryError:
        written = confined.refusal("takes too long")
    except Exception:
        # Readers raise whatever they like at a malformed file; nothing else runs here.
        written = confined.refusal("broken")
    sys.stdout.buffer.write(written)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
