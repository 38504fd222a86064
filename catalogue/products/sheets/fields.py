"""The fields that a sheet may fill, and the headings by which a column is known to hold one."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from catalogue import lao
from catalogue.consortia.sector import Detail, Sector
from catalogue.text import Bilingual

HERE = Path(__file__).parent
Side = Literal["lo", "en", "either", ""]
OURS = "⚠"  # begins the headings of reasons in an error file, which are no columns of the sheet

MARKS = re.compile(r"[\s_\-./:*\"'’‘()\[\]‰%#]+")
LAST_WORD = re.compile(r"^(.+?)[\s_(\[,/-]+([^\s_()\[\],/-]+)[)\]]?\s*\*?$")
HALVES = re.compile(r"[/|\n(]")


@dataclass(frozen=True)
class Field:
    """One thing a sheet may say. `base` and `shown` are units of `measure`: kept, and written in the template.

    What `is_private` is between a firm and the office: a sheet that others are to see leaves it out.
    """

    key: str
    kind: str
    name: Bilingual
    aliases: tuple[str, ...] = ()
    side: Side = ""
    longest: int = 0
    measure: str = ""
    base: str = ""
    shown: str = ""
    places: int = 0
    most: int = 0
    width: int = 12
    metal_only: bool = False
    not_metal: bool = False
    mapped_only: bool = False
    is_private: bool = False
    detail: Detail | None = None

    @property
    def is_text(self) -> bool:
        """Whether it is words that the public reads."""
        return self.kind in {"line", "text"}

    def is_in(self, sector: Sector) -> bool:
        """Whether the template of a sector has it."""
        fits = not self.not_metal if sector.priced_by_metal else not self.metal_only
        return fits and not self.mapped_only and self.side != "either"


@dataclass(frozen=True)
class Unit:
    """One unit of a measure; `size` counts the smallest unit. A currency has none."""

    code: str
    name: Bilingual
    size: Decimal = Decimal(1)


@dataclass(frozen=True)
class Meaning:
    """What a heading says: the field, and the unit where it names one."""

    field: Field
    unit: Unit | None = None


class Headings:
    """The headings of a sector's sheets: the fields of every sector, and what this one asks besides."""

    def __init__(self, sector: Sector) -> None:
        self.fields = (*common_fields(), *map(_detail_field, sector.details))
        self.by_key = {field.key: field for field in self.fields}
        self.by_name: dict[str, Field] = {}
        for field in self.fields:
            if not field.mapped_only:
                self._learn(field)

    def _learn(self, field: Field) -> None:
        for name in (field.key, field.name.lo, field.name.en, *field.aliases):
            self.by_name.setdefault(heading_key(name), field)

    def meaning_of(self, heading: str) -> Meaning | None:
        """What the heading says, whole or in one of its halves ("ນ້ຳໜັກ (g) / Weight (g)"); None for nothing known."""
        for part in (heading, *HALVES.split(heading)):
            if meaning := self._meaning(part):
                return meaning
        return None

    def _meaning(self, heading: str) -> Meaning | None:
        if found := LAST_WORD.match(heading.strip()):
            field = self.by_name.get(heading_key(found[1]))
            unit = unit_of(field.measure, found[2]) if field else None
            if field and unit:
                return Meaning(field, unit)
        whole = self.by_name.get(heading_key(heading))
        if whole and whole.base and heading_key(heading) == heading_key(whole.key):
            return Meaning(whole, units(whole.measure)[whole.base])
        return Meaning(whole) if whole else None


def heading_key(heading: str) -> str:
    """A heading as it is compared: folded, marks and spaces made one."""
    return MARKS.sub(" ", lao.fold(heading[:200])).strip()


def word_key(word: str) -> str:
    """A word of a cell as it is compared: folded, without a full stop behind an abbreviation."""
    return lao.fold(word[:200]).strip().rstrip(".").strip()


# -- data --


@cache
def common_fields() -> tuple[Field, ...]:
    """The fields of every sector, in the order of the template."""
    rows = tomllib.loads((HERE / "fields.toml").read_text("utf-8"))["fields"]
    return tuple(_field(dict(row)) for row in rows)


@cache
def words() -> dict[str, Any]:
    """`words.toml`: units, currencies, countries, answers, what parts several values."""
    return tomllib.loads((HERE / "words.toml").read_text("utf-8"))


def unit_of(measure: str, text: str) -> Unit | None:
    """The unit of a measure that a word names, such as "cm" or "ຊມ"; for "money" the currency."""
    return _units(measure).get(word_key(text)) if measure else None


@cache
def units(measure: str) -> dict[str, Unit]:
    """The units of a measure by code."""
    if measure == "money":
        return {code: Unit(code, Bilingual(row["lo"], row["en"])) for code, row in words()["currencies"].items()}
    rows = words()["measures"][measure]
    return {code: Unit(code, Bilingual(row["lo"], row["en"]), Decimal(row["size"])) for code, row in rows.items()}


@cache
def _units(measure: str) -> dict[str, Unit]:
    rows = words()["currencies"] if measure == "money" else words()["measures"][measure]
    known = units(measure)
    return {
        word_key(each): known[code]
        for code, row in rows.items()
        for each in (code, row["lo"], row["en"], *row["words"])
    }


def _field(row: dict[str, Any]) -> Field:
    name = Bilingual(row.pop("lo"), row.pop("en"))
    return Field(name=name, aliases=tuple(row.pop("aliases")), **row)


def _detail_field(detail: Detail) -> Field:
    longest = 240 if detail.kind == "text" else 0
    return Field(
        f"details.{detail.key}", f"detail-{detail.kind}", detail.label, (detail.key,), longest=longest, detail=detail
    )
