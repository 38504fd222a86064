"""What drafts may lack but listings may not: told at the empty cell, or once where no column of the sheet says it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from catalogue.consortia.sector import Sector
from catalogue.products import readiness
from catalogue.products.content import Content
from catalogue.products.sheets.checking import Checked, House
from catalogue.products.sheets.findings import Finding
from catalogue.products.sheets.layout import Column, Layout, Row
from catalogue.text import Bilingual

FILLED_BY: Mapping[str, tuple[str, ...]] = {"tiers": ("making_charge", "price")}


def needed_for_publication(content: Content, sector: Sector) -> list[str]:
    """The fields that a product which says no more than this still lacks, by the rules of `readiness`.

    It reads attributes only; a stand-in spares a mapped object for every row of a sheet.
    """
    version: Any = SimpleNamespace(**vars(content), tier_rows=content.tiers)
    return readiness.missing_for_publication(version, sector)


def with_needs(
    rows: Sequence[Checked], layout: Layout, house: House
) -> tuple[tuple[Checked, ...], tuple[Finding, ...]]:
    """The rows with a warning at each empty cell that will have to be filled, and what is to be said of all of them."""
    lacking = [needed_for_publication(row.content, house.sector) for row in rows]
    everywhere = set.intersection(*map(set, lacking)) if lacking else set()
    of_all = {key for key in everywhere if own_column(key, layout.columns) is None}
    pairs = list(zip(rows, layout.rows, lacking, strict=True))
    told = tuple(
        _told(row, cells, [key for key in keys if key not in of_all], layout, house) for row, cells, keys in pairs
    )
    return told, (*_of_all(of_all, house), *_not_taken(pairs, layout, house))


def own_column(key: str, columns: Mapping[str, Column]) -> Column | None:
    """The column made for a field that `readiness` names."""
    return next((columns[each] for each in FILLED_BY.get(key, (key,)) if each in columns), None)


def _told(row: Checked, cells: Row, keys: list[str], layout: Layout, house: House) -> Checked:
    noted = {finding.reference for finding in row.findings}
    more = []
    for key in keys:
        column = own_column(key, layout.columns)
        if column is None and key == "fineness" and "silver" in row.content.materials:
            column = layout.columns.get("materials")
        elif column is None or column.meaning.field.key in cells.cells:
            continue
        at = layout.reference_of(row.number, column.meaning.field.key) if column else ""
        if column and at not in noted:
            more.append(Finding("needed-later", at, column.heading, "", column.place, {"field": _name(key, house)}))
            noted.add(at)
    return replace(row, findings=(*row.findings, *more))


def _of_all(keys: set[str], house: House) -> Iterator[Finding]:
    if keys:
        ordered = [key for key in needed_for_publication(Content(), house.sector) if key in keys]
        yield Finding("still-needed", about={"fields": [_name(key, house) for key in ordered]})


def _not_taken(pairs: list[tuple[Checked, Row, list[str]]], layout: Layout, house: House) -> Iterator[Finding]:
    """Where a cell is filled, says nothing that is known here, and the mapping let it go without a word."""
    for key in needed_for_publication(Content(), house.sector):
        column = own_column(key, layout.columns)
        if column is None or column.rule.unknown == "say":
            continue
        own = column.meaning.field.key
        count = sum(key in keys and own in cells.cells for _row, cells, keys in pairs)
        if count:
            about = {"field": _name(key, house), "column": column.heading, "count": count}
            yield Finding("not-taken", about=about)


def _name(key: str, house: House) -> Bilingual:
    if key == "tiers":
        key = "making_charge" if house.sector.priced_by_metal else "price"
    return house.headings.by_key[key].name
