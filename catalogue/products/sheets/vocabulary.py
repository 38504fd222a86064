"""Which category, material, technique, unit or choice a word of a sheet means, by any of its names."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from catalogue import lao
from catalogue.consortia.sector import Sector, Term
from catalogue.products.sheets.fields import words
from catalogue.text import Bilingual

FOLDER = Path(__file__).parent / "sectors"
METALS = frozenset({"silver", "gold"})

MARKS = re.compile(r"[\s_\-./'\"’()\[\]]+")
HALVES = re.compile(r" ແລະ | and | or |, ")
PURITY = re.compile(r"(?<![\d.,])(\d{2,3}(?:[.,]\d{1,2})?)\s*[%‰]?")
SHARE = re.compile(r"\d+(?:[.,]\d+)?\s*%")


@dataclass(frozen=True)
class Vocabulary:
    """The words of one list, by every name they have; `names` are for telling a person what there is."""

    terms: Mapping[str, str]
    names: Mapping[str, Bilingual]

    def find(self, text: str) -> str | None:
        """The key of what the text names as a whole."""
        return self.terms.get(term_key(text))

    @property
    def choices(self) -> list[Bilingual]:
        """Every word there is."""
        return list(self.names.values())


@dataclass(frozen=True)
class Made:
    """What a cell says of materials: keys, the fineness it names, what is not known, whether shares were said."""

    keys: tuple[str, ...] = ()
    fineness: int | None = None
    unknown: tuple[str, ...] = ()
    has_shares: bool = False


@dataclass(frozen=True)
class SectorWords:
    """All the words of a sector's sheets."""

    categories: Vocabulary
    materials: Vocabulary
    techniques: Vocabulary
    units: Vocabulary
    currencies: Vocabulary
    countries: Vocabulary
    answers: Vocabulary
    choices: Mapping[str, Vocabulary] = field(default_factory=dict)
    fineness: Mapping[str, int] = field(default_factory=dict)
    priced_by_metal: bool = False

    def made_of(self, text: str) -> Made:
        """The materials that a cell names, with the fineness where it says "silver 92.5" or "sterling silver"."""
        if key := self.materials.find(text):
            return Made((key,), self._sterling(text))
        found = [self._piece(piece) for piece in pieces(text)]
        keys = dict.fromkeys(key for one in found for key in one.keys)
        purity = next((one.fineness for one in found if one.fineness), None)
        unknown = tuple(each for one in found for each in one.unknown)
        return Made(tuple(keys), purity, unknown, any(one.has_shares for one in found))

    def _piece(self, piece: str) -> Made:
        if key := self.materials.find(piece):
            return Made((key,), self._sterling(piece))
        plain = lao.digits_to_ascii(piece)
        if said := PURITY.search(plain):
            key = self.materials.find(plain[: said.start()] + " " + plain[said.end() :])
            purity = as_fineness(Decimal(said[1].replace(",", ".")))
            if key in METALS and self.priced_by_metal and purity:
                return Made((key,), purity)
        if SHARE.search(plain):
            key = self.materials.find(SHARE.sub(" ", plain))
            return Made((key,), has_shares=True) if key else Made(unknown=(piece,))
        return Made(unknown=(piece,))

    def _sterling(self, text: str) -> int | None:
        return self.fineness.get(term_key(text)) if self.priced_by_metal else None


def pieces(text: str) -> list[str]:
    """The several values of one cell."""
    return [piece.strip() for piece in _between().split(text) if piece.strip()]


def as_fineness(value: Decimal) -> int | None:
    """Thousandths from 925, 92.5 or 0.925; None for what is no purity of a metal that is sold as such."""
    scaled = value * (1000 if value <= 1 else 10 if value <= 100 else 1)
    whole = int(scaled)
    return whole if 333 <= scaled < 1000 and scaled - whole < 1 and (scaled == whole or whole >= 999) else None


def term_key(text: str) -> str:
    """A word as it is compared: folded, marks made spaces, English plurals made singular."""
    return " ".join(_singular(word) for word in MARKS.sub(" ", lao.fold(text[:300])).split())


def words_of(sector: Sector) -> SectorWords:
    """The words of a sector: its own file's, and the aliases kept here where there are some."""
    path = FOLDER / f"{sector.key}.toml"
    more: dict[str, Any] = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    common = {name: _common(words()[name]) for name in ("units", "currencies", "countries", "answers")}
    choices = {detail.key: _terms(detail.choices, {}) for detail in sector.details if detail.choices}
    fineness = {term_key(name): thousandths for name, thousandths in more.get("fineness", {}).items()}
    materials = _terms(sector.materials, more.get("materials", {}))
    return SectorWords(
        categories=_terms(sector.categories, more.get("categories", {})),
        materials=_with(materials, dict.fromkeys(fineness, "silver")),
        techniques=_terms(sector.techniques, more.get("techniques", {})),
        choices=choices,
        fineness=fineness,
        priced_by_metal=sector.priced_by_metal,
        **common,
    )


def _terms(terms: Iterable[Term], aliases: Mapping[str, list[str]]) -> Vocabulary:
    """Keys and names come first, then aliases, then halves of names ("Bowls and basins") that only one term has."""
    known: dict[str, str] = {}
    listed = list(terms)
    for term in listed:
        for name in (term.key, term.name.lo, term.name.en):
            known.setdefault(term_key(name), term.key)
    for term in listed:
        for name in aliases.get(term.key, []):
            known.setdefault(term_key(name), term.key)
    halves: dict[str, set[str]] = {}
    for term in listed:
        for half in (*HALVES.split(term.name.lo), *HALVES.split(term.name.en)):
            halves.setdefault(term_key(half), set()).add(term.key)
    known |= {half: keys.pop() for half, keys in halves.items() if len(keys) == 1 and half not in known}
    known.pop("", None)
    return Vocabulary(known, {term.key: term.name for term in listed})


def _with(vocabulary: Vocabulary, more: Mapping[str, str]) -> Vocabulary:
    known = {name: key for name, key in more.items() if key in vocabulary.names}
    return Vocabulary({**known, **vocabulary.terms}, vocabulary.names)


def _common(rows: Mapping[str, Any]) -> Vocabulary:
    known = {
        term_key(name): code
        for code, row in rows.items()
        for name in (*row["words"], row["lo"], row["en"], code)
        if term_key(name)
    }
    return Vocabulary(known, {code: Bilingual(row["lo"], row["en"]) for code, row in rows.items()})


def _singular(word: str) -> str:
    if len(word) < 4 or not word.isascii() or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-2] if word.endswith(("xes", "ches", "shes", "sses")) else word[:-1]


@cache
def _between() -> re.Pattern[str]:
    marks = "".join(map(re.escape, words()["several"]["marks"]))
    joints = "|".join(rf"\s{re.escape(joint)}\s" for joint in words()["several"]["words"])
    return re.compile(rf"(?!(?<=\d),(?=\d))[{marks}\n]|{joints}", re.IGNORECASE)  # 92,5 is one number
