"""Reading the demonstration's data files strictly: every fault names its file and key, and no key is left unread."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar, cast

from catalogue.text import Bilingual, clean_text

Kind = TypeVar("Kind")
NEEDED: Any = object()


class ContentFault(Exception):
    """A data file says something that cannot be used; the message is "silver.toml: products[3].unit: ..."."""


class Table:
    """One table of a data file, which remembers what was read of it. Every method raises `ContentFault`."""

    def __init__(self, place: str, rows: dict[str, Any]) -> None:
        self.place = place
        self.rows = rows
        self.unread = set(rows)

    def text(self, key: str, otherwise: str = NEEDED) -> str:
        """A text, cleaned as one that is typed."""
        return clean_text(self._value(key, str, otherwise))

    def texts(self, key: str) -> list[str]:
        """A list of short texts; an absent one is empty."""
        found = self._value(key, list, [])
        if not all(isinstance(each, str) for each in found):
            raise self.fault(key, "must hold texts only")
        return cast("list[str]", found)

    def both(self, key: str, otherwise: Bilingual = NEEDED) -> Bilingual:
        """A text in Lao and English; neither may be empty."""
        if key not in self.rows and otherwise is not NEEDED:
            return otherwise
        with self.table(key) as sides:
            said = Bilingual(lo=sides.text("lo"), en=sides.text("en"))
        if not said.is_complete:
            raise self.fault(key, "is empty in one language")
        return said

    def whole(self, key: str) -> int:
        """A whole number, not below zero."""
        number: int = self._value(key, int, NEEDED)
        if number < 0:
            raise self.fault(key, "is below zero")
        return number

    def whole_or_none(self, key: str) -> int | None:
        """The same, where it may be absent."""
        return self.whole(key) if key in self.rows else None

    def yes(self, key: str, otherwise: bool = NEEDED) -> bool:
        """True or false."""
        return bool(self._value(key, bool, otherwise))

    def decimal(self, key: str) -> Decimal:
        """A number written as a text, "12.50", or as a whole number, so that no digit is lost."""
        value = self._value(key, (str, int), NEEDED)
        try:
            return Decimal(value)
        except InvalidOperation:
            raise self.fault(key, f"is no number: {value!r}") from None

    def decimal_or_none(self, key: str) -> Decimal | None:
        """The same, where it may be absent."""
        return self.decimal(key) if key in self.rows else None

    def day(self, key: str) -> date:
        """A date, written "2026-11-03"."""
        written = self.text(key)
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise self.fault(key, f"is no date: {written!r}") from None

    def one_of(self, key: str, kind: type[Kind], otherwise: Kind = NEEDED) -> Kind:
        """A word of a `StrEnum`."""
        if key not in self.rows and otherwise is not NEEDED:
            return otherwise
        written = self.text(key)
        try:
            return kind(written)  # type: ignore[call-arg]
        except ValueError:
            raise self.fault(key, f"is no {kind.__name__}: {written!r}") from None

    def anything(self, key: str) -> dict[str, Any]:
        """A table taken as it is; an absent one is empty."""
        return dict(self._value(key, dict, {}))

    @contextmanager
    def table(self, key: str) -> Iterator["Table"]:
        """A table inside this one; an absent one is empty."""
        with read(f"{self._name(key)}.", self._value(key, dict, {})) as inner:
            yield inner

    def tables(self, key: str) -> Iterator["Table"]:
        """A list of tables inside this one."""
        for number, rows in enumerate(self._value(key, list, [])):
            if not isinstance(rows, dict):
                raise self.fault(key, "must hold tables only")
            with read(f"{self._name(key)}[{number}].", rows) as inner:
                yield inner

    def fault(self, key: str, what: str) -> ContentFault:
        """The exception that names this key."""
        return ContentFault(f"{self._name(key)}: {what}")

    def _value(self, key: str, kind: Any, otherwise: Any) -> Any:
        self.unread.discard(key)
        if key not in self.rows:
            if otherwise is NEEDED:
                raise self.fault(key, "is missing")
            return otherwise
        value = self.rows[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.fault(key, f"is of the wrong kind: {value!r}")
        return value

    def _name(self, key: str) -> str:
        return f"{self.place}{key}"


@contextmanager
def read(place: str, rows: dict[str, Any]) -> Iterator[Table]:
    """A table to read; raises `ContentFault` at the end for a key that nobody asked for."""
    table = Table(place, rows)
    yield table
    for key in sorted(table.unread):
        raise table.fault(key, "is not known")


@contextmanager
def read_file(path: Path) -> Iterator[Table]:
    """The top table of a data file. Raises `ContentFault` for what is no TOML, too."""
    try:
        rows = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ContentFault(f"{path.name}: {fault}") from None
    with read(f"{path.name}: ", rows) as table:
        yield table
