"""The words that mail programs add by themselves, read once from `mail_words.toml`."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".toml")
# A mail program's own lines are short; longer ones were written, and are not searched.
LONGEST = 400
# The letters whose words stand between spaces, folded: Latin, Greek and Cyrillic.
LETTERS = "a-z\u00df-\u024f\u0370-\u052f"
# Direction marks and zero-width signs, which some programs put around dates; the typographic apostrophe.
UNSEEN = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF]) | {0x2019: "'"}
DRESS = " \t\u00a0*_-–—=#~·•|>"


def folded(line: str) -> str:
    """A line as it is compared: small letters, single plain spaces, plain apostrophes."""
    return " ".join(line.translate(UNSEEN).casefold().split())


def undressed(line: str) -> str:
    """The folded words of a line without the dashes, stars and colon that mail programs put around them."""
    return folded(line).strip(DRESS).rstrip(":：").strip(DRESS)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


@cache
def phrases(kind: str, of: str | None = None) -> frozenset[str]:
    """The folded phrases of one row of the file, as `phrases("lines", "original")`."""
    rows = _words()[kind] if of is None else _words()[kind][of]
    return frozenset(folded(row) for row in rows)


@cache
def label_kinds() -> dict[str, str]:
    """Each folded label of a mail's head ("von", "发件人"), and which it is: from, date, to, copy, subject."""
    return {folded(label): kind for kind, labels in _words()["labels"].items() for label in labels}


@cache
def any_of(kind: str, of: str | None = None) -> re.Pattern[str]:
    """One pattern for all phrases of a row; where letters part words by spaces, only whole words count."""
    rows = sorted(phrases(kind, of), key=len, reverse=True)
    return re.compile("|".join(_whole(row) for row in rows))


@cache
def _alone(phrase: str) -> re.Pattern[str]:
    return re.compile(_whole(phrase))


def _whole(phrase: str) -> str:
    before = rf"(?<![{LETTERS}])" if phrase[0] < "\u0e00" else ""
    after = rf"(?![{LETTERS}])" if phrase[-1] < "\u0e00" else ""
    return before + re.escape(phrase) + after


def says(words: str, kind: str, of: str | None = None) -> bool:
    """Whether folded words hold one of a row's phrases; the quick look first, for most lines hold none."""
    return any(phrase in words and _alone(phrase).search(words) is not None for phrase in phrases(kind, of))


@cache
def lines_like(kind: str, of: str) -> re.Pattern[str]:
    """A whole line that fits one of a row's patterns, as "sent from my *"."""
    rows = sorted(phrases(kind, of), key=len, reverse=True)
    return re.compile("|".join(re.escape(row).replace(r"\*", r"(?:[^.!?,;。！？]|\.(?=\w)){1,50}?") for row in rows))
