"""A book understood: by a layout explained before, by a program, or by its headings; else somebody explains it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.products.sheets.cells import Book, Line, Sheet
from catalogue.products.sheets.fields import OURS, Headings, heading_key
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.layout import HEADINGS_WITHIN, Layout, layout_of
from catalogue.products.sheets.mapping import mapping_at, read_mapping, recognised

CHOSEN, OURS_LAYOUT = "chosen", "sala"
LINES_SHOWN = 24
LONGEST_SHOWN = 200  # as many letters as headings are compared by


@dataclass(frozen=True)
class Understood:
    """The layout, whose it is ("sala", a program, "chosen") and the mapping it was read by."""

    layout: Layout
    whose: str
    mapping: dict[str, Any] | None = None


@dataclass(frozen=True)
class NotUnderstood:
    """The sheet whose columns somebody must explain."""

    sheet: Sheet


def understand(
    book: Book, headings: Headings, given: dict[str, Any] | None, kept: Mapping[str, dict[str, Any]]
) -> Understood | NotUnderstood:
    """Read a book by the mapping `given`, by one `kept` for such headings, or by itself. Raises `SheetRefused`."""
    found = given or next((kept[key] for line in _first_lines(book) if (key := layout_key(line)) in kept), None)
    if found is not None:
        mapping = read_mapping(found, book.name, headings)
        return Understood(layout_of(book, headings, mapping), CHOSEN, found)
    if program := recognised([cell.text for cell in line.cells] for line in _first_lines(book)):
        return Understood(layout_of(book, headings, mapping_at(program, headings)), program)
    try:
        layout = layout_of(book, headings)
    except SheetRefused as refusal:
        if refusal.code != "no-headings":
            raise
        return NotUnderstood(book.sheets[0])
    if any(_is_new(cell.text, headings) for cell in layout.head[0].cells):
        return NotUnderstood(layout.sheet)
    return Understood(layout, OURS_LAYOUT)


def layout_key(head: Line) -> str:
    """What a layout is known by when it comes again: a hash of its headings in their order, without our own."""
    said = [heading_key(cell.text) for cell in head.cells if not cell.text.startswith(OURS)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def shown_lines(sheet: Sheet) -> list[dict[str, Any]]:
    """The first lines of a sheet, cut short: for whoever explains its columns."""
    return [
        {
            "number": line.number,
            "key": layout_key(line),
            "cells": [[cell.column, cell.text[:LONGEST_SHOWN], cell.kind] for cell in line.cells],
        }
        for line in sheet.lines[:LINES_SHOWN]
    ]


def _first_lines(book: Book) -> Iterator[Line]:
    for sheet in book.sheets:
        yield from sheet.lines[:HEADINGS_WITHIN]


def _is_new(heading: str, headings: Headings) -> bool:
    return not heading.startswith(OURS) and headings.meaning_of(heading) is None
