"""What differs by sector, read from one data file each: categories, materials, techniques, and what else is asked."""

import tomllib
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from catalogue.text import Bilingual

FOLDER = Path(__file__).parent / "sectors"


@dataclass(frozen=True)
class Term:
    """One word of a sector, in both languages: a category, material, technique or choice."""

    key: str
    name: Bilingual
    classifier: Bilingual = Bilingual()
    hs_code: str = ""


@dataclass(frozen=True)
class Detail:
    """One more thing asked of a product of this sector. `kind`: choice, text, number, yes-no or date."""

    key: str
    label: Bilingual
    kind: str
    choices: tuple[Term, ...] = ()
    hint: Bilingual = Bilingual()


@dataclass(frozen=True)
class Certificate:
    """A paper on a product: the details that tell of it, in their order. It is there where `proof` is said."""

    key: str
    name: Bilingual
    proof: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class Sector:
    """A kind of trade: silver, silk, ... `weights` in grams part the bands that buyers choose a weight by."""

    key: str
    name: Bilingual
    sort: int
    priced_by_metal: bool
    categories: tuple[Term, ...]
    materials: tuple[Term, ...]
    techniques: tuple[Term, ...]
    details: tuple[Detail, ...] = field(default=())
    certificates: tuple[Certificate, ...] = field(default=())
    weights: tuple[int, ...] = ()

    @cached_property
    def weight_bands(self) -> tuple[str, ...]:
        """The keys of the bands between the weights of the sector, in grams: "0-50", "50-250", "250-"."""
        ends = ["0", *map(str, self.weights), ""]
        return tuple(f"{low}-{high}" for low, high in pairwise(ends))

    def category(self, key: str) -> Term | None:
        """The category with this key."""
        return _by_key(self.categories, key)

    def material(self, key: str) -> Term | None:
        """The material with this key."""
        return _by_key(self.materials, key)

    def technique(self, key: str) -> Term | None:
        """The technique with this key."""
        return _by_key(self.techniques, key)

    def certificate(self, key: str) -> Certificate | None:
        """The kind of certificate with this key."""
        return _by_key(self.certificates, key)


Keyed = TypeVar("Keyed", Term, Certificate)


@cache
def sector(key: str) -> Sector:
    """The sector with this key. Raises `FileNotFoundError` when there is no such data file."""
    return read_sector(FOLDER / f"{key}.toml")


def sectors() -> list[Sector]:
    """Every sector there is, in its fixed order."""
    return sorted((sector(path.stem) for path in FOLDER.glob("*.toml")), key=lambda each: each.sort)


def read_sector(path: Path) -> Sector:
    """Read a sector's data file. Raises `KeyError` or `tomllib.TOMLDecodeError` for one of another shape."""
    data = tomllib.loads(path.read_text("utf-8"))
    return Sector(
        key=data["key"],
        name=Bilingual(**data["name"]),
        sort=data["sort"],
        priced_by_metal=data["priced_by_metal"],
        categories=_terms(data["categories"]),
        materials=_terms(data["materials"]),
        techniques=_terms(data["techniques"]),
        details=tuple(_detail(each) for each in data.get("details", [])),
        certificates=tuple(_certificate(each) for each in data.get("certificates", [])),
        weights=tuple(data.get("weights", [])),
    )


def _terms(rows: list[dict[str, Any]]) -> tuple[Term, ...]:
    return tuple(
        Term(row["key"], Bilingual(**row["name"]), Bilingual(**row.get("classifier", {})), row.get("hs_code", ""))
        for row in rows
    )


def _detail(row: dict[str, Any]) -> Detail:
    choices, hint = _terms(row.get("choices", [])), Bilingual(**row.get("hint", {}))
    return Detail(row["key"], Bilingual(**row["label"]), row["kind"], choices, hint)


def _certificate(row: dict[str, Any]) -> Certificate:
    return Certificate(row["key"], Bilingual(**row["name"]), row["proof"], tuple(row["details"]))


def _by_key(things: tuple[Keyed, ...], key: str) -> Keyed | None:
    return next((thing for thing in things if thing.key == key), None)
