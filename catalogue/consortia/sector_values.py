"""Reading one value after another from a sector's data file; what is wrong gathers, with its key."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from catalogue.text import LANGUAGES, Bilingual

KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
LONGEST_KEY = 40

Made = TypeVar("Made")


class Values:
    """One file being read; what is wrong in it gathers on the way, so that all of it is told at once."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.table = table
        self.problems: list[tuple[str, str]] = []

    def wrong(self, at: str, what: str) -> None:
        """Remember what is wrong at a key."""
        self.problems.append((at, what))

    def only(self, row: dict[str, Any], at: str, known: set[str]) -> None:
        """Tell of keys that nobody reads: a slip of the pen would be lost otherwise."""
        for name in sorted(row.keys() - known):
            self.wrong(_under(at, name), "is not known here")

    def value(self, row: dict[str, Any], at: str, name: str, kind: type[Made], default: Made) -> Made:
        """A value of one kind."""
        given = row.get(name, default)
        if isinstance(given, kind) and (kind is not int or not isinstance(given, bool)):
            return given
        self.wrong(_under(at, name), f"must be {WORDS_FOR[kind]}")
        return default

    def key(self, row: dict[str, Any], at: str) -> str:
        """The key of a row."""
        key = row.get("key")
        if isinstance(key, str) and KEY.fullmatch(key) and len(key) <= LONGEST_KEY:
            return key
        self.wrong(_under(at, "key"), "must be a word of a-z, 0-9, - and _, of at most 40 letters")
        return ""

    def words(self, row: dict[str, Any], at: str, name: str, default: Bilingual | None = None) -> Bilingual:
        """Words in both languages; needed where there is no default."""
        given = row.get(name)
        if given is None and default is not None:
            return default
        sides = given if isinstance(given, dict) and given.keys() == set(LANGUAGES) else {}
        if sides and all(isinstance(text, str) and text.strip() for text in sides.values()):
            return Bilingual(**sides)
        self.wrong(_under(at, name), 'must say both languages: { lo = "…", en = "…" }')
        return default or Bilingual()

    def one_of(self, row: dict[str, Any], at: str, name: str, known: tuple[str, ...], default: str = "") -> str:
        """One of a few words."""
        given = row.get(name, default)
        if isinstance(given, str) and given in known:
            return given
        self.wrong(_under(at, name), f"{given!r} is none of: {', '.join(filter(None, known))}")
        return default

    def number(self, row: dict[str, Any], at: str, name: str, default: Decimal | None = None) -> Decimal | None:
        """A number, exactly."""
        given = row.get(name)
        if given is None:
            return default
        number = Decimal(str(given)) if type(given) in {int, float} else Decimal("NaN")
        if number.is_finite():
            return number
        self.wrong(_under(at, name), "must be a number")
        return default

    def day(self, row: dict[str, Any], at: str, name: str) -> date:
        """A day."""
        given = row.get(name)
        if isinstance(given, date) and not isinstance(given, datetime):
            return given
        self.wrong(_under(at, name), "must be a date, like 2026-11-22")
        return date.min

    def pattern(self, row: dict[str, Any], at: str) -> str:
        """A pattern that a text must match."""
        given = self.value(row, at, "pattern", str, "")
        try:
            re.compile(given)
        except re.error as problem:
            self.wrong(_under(at, "pattern"), f"is no pattern: {problem}")
            return ""
        return given

    def listed(
        self, row: dict[str, Any], at: str, name: str, kind: type[Made], *, at_least_one: bool = False
    ) -> list[Made]:
        """A list of values of one kind, none twice."""
        given = row.get(name, [])
        if not isinstance(given, list) or not all(type(each) is kind for each in given):
            self.wrong(_under(at, name), f"must be a list, each {WORDS_FOR[kind]}")
            return []
        if at_least_one and not given:
            self.wrong(_under(at, name), "must name at least one")
        if len(set(given)) < len(given):
            self.wrong(_under(at, name), "names one thing twice")
        return given

    def tables(self, row: dict[str, Any], name: str, at: str = "") -> list[tuple[dict[str, Any], str]]:
        """The tables of a list, each with its place in the file: "details[3]"."""
        given, place = row.get(name, []), _under(at, name)
        if isinstance(given, list) and all(isinstance(each, dict) for each in given):
            return [(each, f"{place}[{index}]") for index, each in enumerate(given)]
        self.wrong(place, "must be a list of tables")
        return []

    def rows(
        self,
        name: str,
        make: Callable[[dict[str, Any], str], Made],
        row: dict[str, Any],
        at: str = "",
        *,
        at_least_one: bool = False,
    ) -> tuple[Made, ...]:
        """What the tables of a list make, no key twice."""
        tables = self.tables(row, name, at)
        if at_least_one and not tables and not self.problems:
            self.wrong(_under(at, name), "must have at least one")
        made = [make(each, place) for each, place in tables]
        keys = [each.key for each in made]  # type: ignore[attr-defined]
        for (_each, place), key in zip(tables, keys, strict=True):
            if key and keys.count(key) > 1:
                self.wrong(f"{place}.key", f"{key!r} stands there twice")
        return tuple(made)


WORDS_FOR: Mapping[type, str] = {bool: "true or false", int: "a whole number", str: "words", dict: "a table"}


def _under(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name
