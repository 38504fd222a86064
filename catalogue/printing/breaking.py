"""Where Lao may break on paper: between words and never inside one, which typst cannot know by itself."""

import re
from collections.abc import Iterator
from typing import Any

from icu4py.breakers import WordBreaker

RUN = re.compile("[\u0e80-\u0eff]+")
# A longer word is a name that no dictionary knows: a column may be too narrow for it in one piece.
LONGEST_WORD = 24


def words_in(data: Any) -> dict[str, list[str]]:
    """The words of every run of Lao letters in the texts of some JSON data, by the run."""
    return {run: words_of(run) for text in _texts(data) for run in RUN.findall(text)}


def words_of(run: str) -> list[str]:
    """A run of Lao letters in its words, by ICU's dictionary; what is too long for a line in pieces that are not."""
    return [word[start : start + LONGEST_WORD] for word in WordBreaker(run, "lo") for start in _starts(word)]


def _starts(word: str) -> range:
    return range(0, len(word), LONGEST_WORD)


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from (text for value in data.values() for text in _texts(value))
    elif isinstance(data, (list, tuple)):
        yield from (text for value in data for text in _texts(value))
