"""What the import has to say, as a code with its particulars; the sentences in both languages are data."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.text import Bilingual

HERE = Path(__file__).parent
LONGEST_READ = 60
QUOTED = {"read", "found"}  # what stands in the sheet, of any length


class Level(IntEnum):
    """How much a finding weighs: an error keeps its row out, a refusal the whole file."""

    NOTE = 0
    WARNING = 1
    ERROR = 2
    REFUSAL = 3


@dataclass(frozen=True)
class Sentence:
    """One entry of `findings.toml`."""

    level: Level
    words: Bilingual


@dataclass(frozen=True)
class Finding:
    """Something to say of one cell, or of a row or sheet where `reference` is empty.

    `about` fills the sentence: texts, numbers, `Bilingual` words, or lists of them.
    """

    code: str
    reference: str = ""
    heading: str = ""
    read: str = ""
    column: int = 0
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """What it does to its row."""
        return sentence(self.code).level

    def text(self, language: str) -> str:
        """The sentence in "lo" or "en"."""
        about = {"read": self.read, **self.about}
        said = {name: _said(shortened(value) if name in QUOTED else value, language) for name, value in about.items()}
        return sentence(self.code).words.in_(language).format_map(said)


class SheetRefused(Exception):
    """A file that cannot be imported at all; `text(language)` is one sentence that says why and what to do."""

    def __init__(self, code: str, **about: Any) -> None:
        super().__init__(code)
        self.code = code
        self.finding = Finding(code, about=about)

    def text(self, language: str) -> str:
        """The sentence in "lo" or "en"."""
        return self.finding.text(language)


def sentence(code: str) -> Sentence:
    """What stands in the data for a code. Raises `KeyError` for one that nobody wrote."""
    return sentences()[code]


@cache
def sentences() -> dict[str, Sentence]:
    """Every sentence by its code."""
    data = _data()
    return {
        code: Sentence(Level[row["level"].upper()], Bilingual(row["lo"], row["en"]))
        for code, row in data.items()
        if code != "word"
    }


def word(code: str) -> Bilingual:
    """A few words that stand inside a sentence."""
    return Bilingual(**_data()["word"][code])


def shortened(text: Any) -> Any:
    """What was read, short enough for a line. What is no text, such as a list of headings, stays as it is."""
    if not isinstance(text, str):
        return text
    line = in_one_line(text[: LONGEST_READ * 4])
    return line if len(line) <= LONGEST_READ else f"{line[: LONGEST_READ - 1]}…"


def in_one_line(text: str) -> str:
    """The text without signs that a terminal obeys or that turn the line around."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def plain_number(value: Decimal | int, language: str) -> str:
    """A number that can mean one thing only: no groups, decimals behind a comma in Lao and a point in English."""
    written = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if "." in written:
        written = written.rstrip("0").removesuffix(".")
    return written.replace(".", ",") if language == "lo" else written


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((HERE / "findings.toml").read_text("utf-8"))


def _said(value: Any, language: str) -> str:
    if isinstance(value, Bilingual):
        return value.in_(language)
    if isinstance(value, Decimal | int):
        return plain_number(value, language)
    if isinstance(value, str):
        return in_one_line(value)
    return _listed(value, language)


def _listed(values: Iterable[Any], language: str) -> str:
    return ", ".join(_said(value, language) for value in values)
