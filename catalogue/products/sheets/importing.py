"""The plan of an import: which rows come in, are there already, or are bad; made whole before anything is stored."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from catalogue import lao
from catalogue.products.content import Content
from catalogue.products.sheets.cells import MOST_COLUMNS, Book
from catalogue.products.sheets.checking import Checked, House, check_rows
from catalogue.products.sheets.findings import Finding, Level
from catalogue.products.sheets.layout import Layout, layout_of
from catalogue.products.sheets.mapping import mapping_at
from catalogue.products.sheets.needs import with_needs
from catalogue.products.sheets.reading import read


class Verdict(StrEnum):
    """What becomes of a row."""

    ADD = "add"
    THERE = "there"
    BAD = "bad"


@dataclass(frozen=True)
class There:
    """A product that an earlier import of the firm brought, and what it says today."""

    reference: str
    import_key: str
    content: Content


@dataclass(frozen=True)
class Known:
    """What there is: this firm's imported products by which they are, the consortium's references, this firm's names.

    References and names are folded; each leads to the reference as it is written.
    """

    imported: Mapping[str, There] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """One row with its verdict."""

    number: int
    verdict: Verdict
    reference: str
    import_key: str
    content: Content
    findings: tuple[Finding, ...]

    @property
    def has_warnings(self) -> bool:
        """Whether it comes in, but somebody should look."""
        return any(finding.level is Level.WARNING for finding in self.findings)


@dataclass(frozen=True)
class Plan:
    """A whole file, decided."""

    book: Book
    layout: Layout
    findings: tuple[Finding, ...]
    rows: tuple[Planned, ...]

    def of(self, verdict: Verdict) -> list[Planned]:
        """The rows with this verdict."""
        return [row for row in self.rows if row.verdict is verdict]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are good, good with warnings, there already, and bad."""
        added = self.of(Verdict.ADD)
        warned = sum(row.has_warnings for row in added)
        there, bad = len(self.of(Verdict.THERE)), len(self.of(Verdict.BAD))
        return {"good": len(added) - warned, "warned": warned, "there": there, "bad": bad}


@dataclass(frozen=True)
class Looked:
    """A file read and its rows checked, before they are compared with each other and with what there is."""

    book: Book
    layout: Layout
    house: House
    rows: tuple[Checked, ...]
    findings: tuple[Finding, ...]


def look_at(path: Path, house: House, mapping: str | None = None) -> Looked:
    """Read and check a file. Raises `SheetRefused` when it cannot be imported at all."""
    mapped = mapping_at(mapping, house.headings) if mapping else None
    book = read(path)
    layout = layout_of(book, house.headings, mapped)
    rows, needs = with_needs(check_rows(layout, house), layout, house)
    return Looked(book, layout, house, rows, (*layout.findings, *of_the_whole(layout, house), *needs))


def plan(looked: Looked, known: Known) -> Plan:
    """Give each row its verdict. Pure: the same file and the same catalogue give the same plan."""
    seen = _Seen()
    rows = tuple(_planned(row, looked, known, seen) for row in looked.rows)
    return Plan(looked.book, looked.layout, looked.findings, rows)


def import_key(member_key: str, reference: str, content: Content) -> str:
    """What a row is known by when it comes again: 32 digits for which product it is, 32 for what it says of it.

    Which it is: the firm and its reference, or the firm and all it says where it has none.
    """
    says = _canonical(content)
    which = ["reference", lao.fold(reference)] if reference else ["row", says]
    halves = ("\n".join([member_key, *which]), "\n".join([member_key, says]))
    return "".join(hashlib.sha256(half.encode()).hexdigest()[:32] for half in halves)


def which_of(key: str) -> str:
    """The half of an import key that says which product it is."""
    return key[:32]


def names_of(content: Content) -> Iterator[str]:
    """Names as they are compared by sight."""
    return filter(None, map(lao.fold, (content.name.lo, content.name.en)))


class _Seen:
    """Rows above the one in hand: by reference, by key and by name."""

    def __init__(self) -> None:
        self.references: dict[str, int] = {}
        self.keys: dict[str, int] = {}
        self.names: dict[str, int] = {}

    def add(self, row: Checked, key: str) -> None:
        if row.reference:
            self.references.setdefault(lao.fold(row.reference), row.number)
        self.keys.setdefault(key, row.number)
        for name in names_of(row.content):
            self.names.setdefault(name, row.number)


def _planned(row: Checked, looked: Looked, known: Known, seen: _Seen) -> Planned:
    key = import_key(looked.house.member_key, row.reference, row.content)
    there = _same_product(row, key, known.imported.get(which_of(key)))
    findings = [*row.findings, *_doubles(row, key, there, looked.layout, known, seen)]
    seen.add(row, key)
    if any(finding.level >= Level.ERROR for finding in findings):
        verdict = Verdict.BAD
    else:
        verdict = Verdict.THERE if there else Verdict.ADD
    if there and verdict is Verdict.THERE:
        findings = _of_one_that_is_there(row, key, there)
    reference = there.reference if there else row.reference
    findings.sort(key=lambda finding: (finding.column or MOST_COLUMNS, -finding.level))
    return Planned(row.number, verdict, reference, key, row.content, tuple(findings))


def _same_product(row: Checked, key: str, there: There | None) -> There | None:
    """The product that this row brought once. A row that changed since must still have a name in common with it."""
    if there is None or there.import_key == key:
        return there
    return there if set(names_of(row.content)) & set(names_of(there.content)) else None


def _doubles(
    row: Checked, key: str, there: There | None, layout: Layout, known: Known, seen: _Seen
) -> Iterator[Finding]:
    """The same reference, row or name as above in the sheet, or as on the site."""
    folded = lao.fold(row.reference)
    at = layout.reference_of(row.number, "reference")
    heading = layout.columns["reference"].heading if "reference" in layout.columns else ""
    place = layout.columns["reference"].place if "reference" in layout.columns else 0
    if row.reference and folded in seen.references:
        about = {"row": seen.references[folded]}
        yield Finding("reference-twice", at, heading, row.reference, place, about)
    elif row.reference and there is None and folded in known.references:
        yield Finding("reference-taken", at, heading, row.reference, place)
    elif not row.reference and row.content.name and key in seen.keys:
        yield Finding("same-row", about={"row": seen.keys[key]})
    yield from _same_names(row, there, layout, known, seen)


def _same_names(row: Checked, there: There | None, layout: Layout, known: Known, seen: _Seen) -> Iterator[Finding]:
    for side, name in (("lo", lao.fold(row.content.name.lo)), ("en", lao.fold(row.content.name.en))):
        column = layout.columns.get(f"name_{side}") or layout.columns.get("name")
        at = layout.reference_of(row.number, column.meaning.field.key) if column else ""
        place, heading = (column.place, column.heading) if column else (0, "")
        said = row.content.name.lo if side == "lo" else row.content.name.en
        if name and name in seen.names:
            yield Finding("same-name-in-file", at, heading, said, place, {"row": seen.names[name]})
        elif name and there is None and name in known.names:
            yield Finding("same-name-on-site", at, heading, said, place, {"reference": known.names[name]})


def _of_one_that_is_there(row: Checked, key: str, there: There) -> list[Finding]:
    """A row that came before is not looked at again; only that it says something else today is told."""
    if there.import_key == key or there.content == row.content:
        return []
    return [Finding("says-otherwise", about={"reference": there.reference})]


def of_the_whole(layout: Layout, house: House) -> Iterator[Finding]:
    """What is so in every row: no column for the currency, a price where a making charge is kept."""
    prices = [layout.columns[key] for key in ("price", "price_2", "price_3") if key in layout.columns]
    charge = layout.columns.get("making_charge")
    if (prices or charge) and "currency" not in layout.columns and not any(each.meaning.unit for each in prices):
        yield Finding("currency-assumed", about={"currency": house.currency})
    if charge and "price" in layout.columns:
        yield Finding("column-twice", about={"columns": [layout.columns["price"].heading]})
    elif house.sector.priced_by_metal and "price" in layout.columns:
        yield Finding("price-is-charge", about={"columns": [layout.columns["price"].heading]})


def _canonical(content: Content) -> str:
    return json.dumps(vars(content), ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: Any) -> Any:
    return vars(value) if hasattr(value, "__dict__") else str(value)
