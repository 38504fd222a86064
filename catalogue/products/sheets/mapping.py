"""Mapping files: what the columns of another program's sheet mean, said once and kept as data."""

import tomllib
from collections.abc import Iterable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from catalogue.products.sheets.fields import Field, Headings, Meaning, heading_key, unit_of
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.vocabulary import term_key
from catalogue.text import Bilingual

FOLDER = Path(__file__).parent / "mappings"
MOST_BYTES = 1024 * 1024
Unknown = Literal["say", "empty"]
KNOWN_KEYS = {"name", "decimal_mark", "language", "columns", "constants", "skip", "known_by", "pictures", "variants"}


@dataclass(frozen=True)
class Rule:
    """How the cells of a column are taken.

    `values` says another word for one that is read; with `unknown="empty"` what is not in it, or not known, is left out
    silently. `all_or_none`: of several values, one that is unknown leaves the others out too. `only_when`: another
    heading and what must stand there. `parse`: "html" takes markup off, "last" what stands after the last ">".
    """

    values: Lookup[str, str] = field(default_factory=dict)
    unknown: Unknown = "say"
    all_or_none: bool = False
    ignore: frozenset[str] = frozenset()
    parse: str = ""
    order: tuple[str, ...] = ()
    only_when: tuple[str, str] | None = None
    point: bool = False


@dataclass(frozen=True)
class Skip:
    """Rows that are no products: where the cell under `heading` holds one of `values`, or nothing (`empty`)."""

    heading: str
    values: frozenset[str]
    empty: bool


@dataclass(frozen=True)
class Variants:
    """How a program writes one product on several rows: rows alike under `heading` are of one product.

    The first says everything; those below it inherit what stands under `inherits`. A row counts as a variant when
    something stands under one of `counts_by`; what stands under `tells` is added to the name, but for `plain` words.
    """

    heading: str
    inherits: frozenset[str]
    counts_by: frozenset[str]
    tells: tuple[str, ...]
    names: str
    plain: frozenset[str]


@dataclass(frozen=True)
class Mapping:
    """A whole mapping: headings to meanings, values for every row, rows to leave out, columns of picture addresses."""

    name: str
    columns: Lookup[str, tuple[Meaning, Rule]]
    constants: Lookup[str, str]
    skips: tuple[Skip, ...]
    language: Literal["lo", "en"] = "en"
    pictures: frozenset[str] = frozenset()
    variants: Variants | None = None


def shipped() -> list[str]:
    """The names of the mappings that come with Sala."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def mapping_at(place: str, headings: Headings) -> Mapping:
    """The mapping in a file, or the one shipped under this name. Raises `SheetRefused`."""
    path = Path(place)
    if not path.is_file() and place in shipped():
        path = FOLDER / f"{place}.toml"
    if not path.is_file():
        raise SheetRefused("mapping-missing", file=place, shipped=shipped())
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("it is far too large")
        return read_mapping(tomllib.loads(path.read_text("utf-8")), path.name, headings)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        reason = f"{fault} is missing" if isinstance(fault, KeyError) else str(fault)
        raise SheetRefused("mapping-broken", file=place, reason=reason) from fault


def read_mapping(data: dict[str, Any], name: str, headings: Headings) -> Mapping:
    """A mapping from its table. Raises `ValueError`, `KeyError` or `TypeError` where it is not one."""
    _refuse_others(data, KNOWN_KEYS, "the file")
    point = _one_of(data.get("decimal_mark", ""), {"", "."}, "decimal_mark") == "."
    columns = {heading_key(row["heading"]): _column(row, headings, point) for row in data["columns"]}
    constants = {key: str(value) for key, value in data.get("constants", {}).items()}
    for key in constants:
        _field(key, headings)
    return Mapping(
        name=name,
        columns=columns,
        constants=constants,
        skips=tuple(_skip(row) for row in data.get("skip", [])),
        language=_one_of(data.get("language", "en"), {"lo", "en"}, "language"),
        pictures=frozenset(map(heading_key, data.get("pictures", []))),
        variants=_variants(data["variants"]) if "variants" in data else None,
    )


def recognised(rows: Iterable[Iterable[str]]) -> str | None:
    """The program whose layout one of these rows of headings is, by the headings that only it writes."""
    headings = [set(map(heading_key, row)) for row in rows]
    for name in shipped():
        known_by = set(map(heading_key, _shipped(name).get("known_by", [])))
        if known_by and any(known_by <= row for row in headings):
            return name
    return None


def program_name(name: str) -> Bilingual:
    """What people call the layout of a program."""
    said = _shipped(name)["name"]
    return Bilingual(said["lo"], said["en"])


@cache
def _shipped(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def _column(row: dict[str, Any], headings: Headings, point: bool) -> tuple[Meaning, Rule]:
    allowed = {"heading", "field", "unit", "values", "unknown", "all_or_none", "ignore", "parse", "order", "only_when"}
    _refuse_others(row, allowed, row["heading"])
    found = _field(row["field"], headings)
    unit = unit_of(found.measure, row["unit"]) if "unit" in row else None
    if "unit" in row and unit is None:
        raise ValueError(f"{row['unit']} is no unit of {found.key}")
    when = row.get("only_when")
    rule = Rule(
        values={term_key(read): str(meant) for read, meant in row.get("values", {}).items()},
        unknown=_one_of(row.get("unknown", "say"), {"say", "empty"}, "unknown"),
        all_or_none=bool(row.get("all_or_none", False)),
        ignore=frozenset(term_key(str(each)) for each in row.get("ignore", [])),
        parse=_one_of(row.get("parse", ""), {"", "html", "last"}, "parse"),
        order=tuple(_field(key, headings).key for key in row.get("order", [])),
        only_when=(heading_key(when["heading"]), term_key(when["is"])) if when else None,
        point=point,
    )
    return Meaning(found, unit), rule


def _variants(row: dict[str, Any]) -> Variants:
    _refuse_others(row, {"heading", "inherits", "counts_by", "tells", "names", "plain"}, "variants")
    return Variants(
        heading=heading_key(row["heading"]),
        inherits=frozenset(map(heading_key, row["inherits"])),
        counts_by=frozenset(map(heading_key, row["counts_by"])),
        tells=tuple(map(heading_key, row["tells"])),
        names=heading_key(row["names"]),
        plain=frozenset(map(term_key, row.get("plain", []))),
    )


def _skip(row: dict[str, Any]) -> Skip:
    _refuse_others(row, {"heading", "is", "empty"}, "skip")
    return Skip(
        heading_key(row["heading"]),
        frozenset(term_key(str(each)) for each in row.get("is", [])),
        bool(row.get("empty")),
    )


def _field(key: str, headings: Headings) -> Field:
    if key not in headings.by_key:
        raise ValueError(f"there is no field {key}")
    return headings.by_key[key]


def _one_of(value: Any, allowed: set[str], what: str) -> Any:
    if value not in allowed:
        raise ValueError(f"{what} is one of {', '.join(sorted(map(repr, allowed)))}")
    return value


def _refuse_others(row: dict[str, Any], allowed: set[str], where: str) -> None:
    if others := sorted(set(row) - allowed):
        raise ValueError(f"{where}: nothing is called {', '.join(others)}")
