"""The words of trade that an inquiry may carry, read from small dated data files with their sources."""

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from catalogue import lao, money
from catalogue.text import Bilingual

FOLDER = Path(__file__).parent / "terms"
DEFAULT_UNIT = "C62"


@dataclass(frozen=True)
class Word:
    """A code that is stored, and how it is said."""

    code: str
    name: Bilingual


@dataclass(frozen=True)
class Unit(Word):
    """A unit of UN/ECE Recommendation 20; `one` is the English word after the number 1."""

    one: str = ""

    def after(self, quantity: int | None, language: str) -> str:
        """The unit as it is said after a number."""
        return self.one if language == "en" and quantity == 1 else self.name.in_(language)


@dataclass(frozen=True)
class Incoterm(Word):
    """A rule of Incoterms 2020; four of them are for sea ports alone."""

    only_by_sea: bool = False


@cache
def countries() -> dict[str, Word]:
    """Every country by its ISO 3166-1 alpha-2 code."""
    return _words_of_csv("countries.csv")


@cache
def currencies() -> dict[str, Word]:
    """The currencies that the site can write, by ISO 4217 code."""
    known = _words_of_csv("currencies.csv")
    return {code: known[code] for code in known if code in money.CURRENCIES}


@cache
def incoterms() -> dict[str, Incoterm]:
    """The rules of Incoterms 2020, those that suit a country without a sea first."""
    return {
        row["code"]: Incoterm(row["code"], Bilingual(en=row["en"], lo=row["lo"]), row["only_by_sea"])
        for row in _toml("incoterms.toml")["term"]
    }


@cache
def units() -> dict[str, Unit]:
    """The units that a line may carry."""
    return {
        row["code"]: Unit(row["code"], Bilingual(en=row["many"], lo=row["lo"]), row["one"])
        for row in _toml("units.toml")["unit"]
    }


@cache
def roles() -> dict[str, Word]:
    """What buyers call themselves."""
    return _words_of_toml("role")


@cache
def order_types() -> dict[str, Word]:
    """Kinds of order."""
    return _words_of_toml("order_type")


@cache
def leavings() -> dict[str, Word]:
    """Why a buyer no longer wants what was asked for."""
    return _words_of_toml("leaving")


def unit_code(code: str) -> str | None:
    """The code as it is stored: H87 is C62; None for a unit that no line may carry. Empty means pieces."""
    code = code.strip().upper() or DEFAULT_UNIT
    code = _toml("units.toml")["same"].get(code, code)
    return code if code in units() else None


def unit_after(code: str, quantity: int | None, language: str) -> str:
    """A unit as it is said after a number, "pieces"; a code that is not ours stays as it is."""
    unit = units().get(unit_code(code) or "")
    return unit.after(quantity, language) if unit else code


def needs_a_port(incoterm: str, named_place: str) -> bool:
    """Whether a rule for sea ports is asked together with a place inland: FCA, CPT or CIP is then the right one."""
    rule = incoterms().get(incoterm)
    return bool(rule and rule.only_by_sea and _is_inland(named_place))


def by_name(words: dict[str, Any], language: str) -> list[tuple[str, str]]:
    """Codes with their names, in the order of a dictionary of this language."""
    named = [(code, word.name.in_(language)) for code, word in words.items()]
    key = lao.sort_key if language == "lo" else str.casefold
    return sorted(named, key=lambda pair: key(lao.fold(pair[1]) if language == "en" else pair[1]))


@cache
def _inland() -> re.Pattern[str]:
    words = sorted((lao.fold(word) for word in _toml("incoterms.toml")["inland"]["words"]), key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in words))


def _is_inland(place: str) -> bool:
    return _inland().search(lao.fold(place)) is not None


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


def _words_of_toml(kind: str) -> dict[str, Word]:
    return {row["key"]: Word(row["key"], Bilingual(en=row["en"], lo=row["lo"])) for row in _toml("asked.toml")[kind]}


def _words_of_csv(name: str) -> dict[str, Word]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["code"]: Word(row["code"], Bilingual(en=row["en"], lo=row["lo"])) for row in rows}
