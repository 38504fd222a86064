"""The page on which somebody says what the columns of a sheet mean: what it offers, and the mapping it makes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.products.sheets.fields import OURS, Headings, heading_key, unit_of, units
from catalogue.products.sheets.mapping import read_mapping
from catalogue.web.language import language

SAMPLES = 3
NAMES = {"name", "name_lo", "name_en"}
MEASURES: dict[str, LazyString] = {
    "mass": _l("Weight"),
    "length": _l("Length"),
    "time": _l("Time"),
    "money": _l("Money"),
}
GROUPS: tuple[tuple[LazyString, frozenset[str]], ...] = (
    (_l("Names and texts"), frozenset({"reference", "line", "text", "picture"})),
    (_l("What it is"), frozenset({"category", "materials", "techniques", "fineness", "unit"})),
    (_l("Weight and size"), frozenset({"measure", "percent"})),
    (_l("Prices"), frozenset({"money", "currency"})),
    (_l("Quantities and days"), frozenset({"count", "yes-no"})),
)


@dataclass(frozen=True)
class Explained:
    """One column as the page shows it: its heading, first values, and what was chosen for it."""

    place: int
    heading: str
    samples: tuple[str, ...]
    field: str = ""
    unit: str = ""
    problem: str = ""


@dataclass
class Columns:
    """The whole page: the row of headings, the columns under it, and what holds for all of them."""

    head: int
    key: str
    heads: Sequence[tuple[int, str]]
    columns: list[Explained]
    point: bool = False
    language: str = "en"
    currency: str = ""
    problems: list[tuple[str, str]] = field(default_factory=list)

    def mapping(self) -> dict[str, Any]:
        """What was chosen, as a mapping file would say it."""
        chosen = [
            {"heading": each.heading, "field": each.field, **({"unit": each.unit} if each.unit else {})}
            for each in self.columns
            if each.field
        ]
        point = {"decimal_mark": "."} if self.point else {}
        constants = {"constants": {"currency": self.currency}} if self.currency else {}
        return {"columns": chosen, "language": self.language, **point, **constants}


def columns_of(
    lines: Sequence[dict[str, Any]], headings: Headings, before: dict[str, Any] | None, head: int | None
) -> Columns:
    """The page as it opens: what the headings say, or what was chosen `before`."""
    at = _head_at(lines, headings, before, head)
    before = before or {}
    known = {heading_key(row["heading"]): row for row in before.get("columns", [])}
    columns = []
    for place, heading, samples in _columns_under(lines, at):
        chosen = known.get(heading_key(heading)) if known else _guess(heading, headings)
        field_key, unit = (chosen.get("field", ""), chosen.get("unit", "")) if chosen else ("", "")
        columns.append(Explained(place, heading, samples, field_key, unit))
    return Columns(
        head=lines[at]["number"],
        key=lines[at]["key"],
        heads=_heads(lines),
        columns=columns,
        point=before.get("decimal_mark") == ".",
        language=before.get("language", "en"),
        currency=before.get("constants", {}).get("currency", ""),
    )


def columns_said(lines: Sequence[dict[str, Any]], headings: Headings, form: Mapping[str, str]) -> Columns:
    """The page as it was sent; `problems` says what is wrong, by the id of the control."""
    head = form.get("head", "")[:7]
    page = columns_of(lines, headings, None, int(head) if head.isascii() and head.isdecimal() else None)
    page.columns = [_said(column, headings, form) for column in page.columns]
    page.point = form.get("point") == "1"
    page.language = "lo" if form.get("language") == "lo" else "en"
    currency = form.get("currency", "")
    page.currency = currency if currency in units("money") else ""
    if any(column.field == "currency" for column in page.columns):
        page.currency = ""
    page.columns = _without_doubles(page.columns)
    page.problems = [(f"column-{column.place}", column.problem) for column in page.columns if column.problem]
    if page.columns and not {column.field for column in page.columns} & NAMES:
        page.problems.append((f"column-{page.columns[0].place}", _("Say which column holds the name of the product")))
    if not page.problems:
        read_mapping(page.mapping(), "", headings)
    return page


def choices(headings: Headings) -> list[tuple[Any, list[tuple[str, str]]]]:
    """The fields to choose from, in groups."""
    offered = [each for each in headings.fields if not each.mapped_only]
    groups = [
        (title, [(each.key, each.name.in_(language())) for each in offered if each.kind in kinds])
        for title, kinds in GROUPS
    ]
    known = frozenset().union(*(kinds for _title, kinds in GROUPS))
    rest = [(each.key, each.name.in_(language())) for each in offered if each.kind not in known]
    return [*groups, (_("What else is asked"), rest)]


def unit_choices() -> list[tuple[Any, list[tuple[str, str]]]]:
    """The units to choose from, by what they measure."""
    return [
        (title, [(code, unit.name.in_(language())) for code, unit in units(measure).items()])
        for measure, title in MEASURES.items()
    ]


# -- what stands in the sheet --


def _head_at(
    lines: Sequence[dict[str, Any]], headings: Headings, before: dict[str, Any] | None, head: int | None
) -> int:
    """Which line holds the headings: the one that was chosen, else the one that says the most, else the fullest."""
    numbers = [line["number"] for line in lines]
    if head in numbers:
        return numbers.index(head)
    known = {heading_key(row["heading"]) for row in (before or {}).get("columns", [])}

    def says(at: int) -> tuple[int, int, int]:
        texts = [text for _place, text, kind in lines[at]["cells"] if kind == "text"]
        meant = sum(heading_key(text) in known if known else headings.meaning_of(text) is not None for text in texts)
        return meant, len(texts), -at

    return max(range(len(lines)), key=says)


def _columns_under(lines: Sequence[dict[str, Any]], at: int) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Columns with a heading of their own, and the first different values below it."""
    seen: set[str] = set()
    for place, heading, _kind in lines[at]["cells"]:
        key = heading_key(heading)
        if heading.startswith(OURS) or key in seen or not key:
            continue
        seen.add(key)
        below = (text for line in lines[at + 1 :] for column, text, _kind in line["cells"] if column == place)
        yield place, heading, tuple(dict.fromkeys(below))[:SAMPLES]


def _heads(lines: Sequence[dict[str, Any]]) -> list[tuple[int, str]]:
    """The lines that may hold the headings, by their number and first words."""
    return [
        (line["number"], ", ".join(text[:24] for _place, text, _kind in line["cells"][:4]))
        for line in lines[:10]
        if len(line["cells"]) > 1
    ]


def _guess(heading: str, headings: Headings) -> dict[str, str] | None:
    meaning = headings.meaning_of(heading)
    if meaning is None:
        return None
    return {"field": meaning.field.key, "unit": meaning.unit.code if meaning.unit else ""}


# -- what was chosen --


def _said(column: Explained, headings: Headings, form: Mapping[str, str]) -> Explained:
    key, unit = form.get(f"column-{column.place}", ""), form.get(f"unit-{column.place}", "")
    found = headings.by_key.get(key)
    if found is None or found.mapped_only:
        return Explained(column.place, column.heading, column.samples)
    if unit and unit_of(found.measure, unit) is None:
        problem = _("%(unit)s is no unit of this. Choose another, or none.", unit=unit)
        return Explained(column.place, column.heading, column.samples, key, unit, problem)
    return Explained(column.place, column.heading, column.samples, key, unit)


def _without_doubles(columns: Sequence[Explained]) -> list[Explained]:
    """A field that two columns name stands in the first; the second says so."""
    first: dict[str, str] = {}
    checked = []
    for each in columns:
        if each.field and each.field in first:
            problem = _("The column “%(other)s” says this already", other=first[each.field])
            each = Explained(each.place, each.heading, each.samples, each.field, each.unit, problem)
        elif each.field:
            first[each.field] = each.heading
        checked.append(each)
    return checked
