"""The glossary of translators: words that a text says, found in either language, each with its translation.

Lao is found by syllables in any spelling, as search reads it; English by the stems of its words. The longest term wins.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from icu4py.breakers import WordBreaker

from catalogue import lao
from catalogue.consortia.sector import Sector
from catalogue.products.analyser import Written, readable, stem
from catalogue.text import Bilingual

FILE = Path(__file__).with_name("glossary.toml")
LATIN_WORD = re.compile(r"[^\W\d_\u0E80-\u0EFF]+")
MOST_LETTERS = 8000


@dataclass(frozen=True)
class Entry:
    """A word in one language, what to write for it in the other, and when. `source` says whose word it is: "sector"
    for a word of the sector's own file, "glossary" for the glossary's."""

    word: str
    translations: tuple[str, ...]
    note: Bilingual = Bilingual()
    source: str = "glossary"


@dataclass(frozen=True)
class Found:
    """A term as it stands in a text, from `start` to `end`."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True)
class Glossary:
    """The terms of one language: by their Lao letters as search reads them, or by the stems of their English words."""

    language: str
    entries: dict[str, list[Entry]]

    def in_text(self, text: str) -> list[Found]:
        """The terms that a text says, in order and without overlap. Of a longer text the first 8,000 letters count."""
        looked_at = text[:MOST_LETTERS]
        found = self._in_lao(looked_at) if self.language == "lo" else self._in_english(looked_at)
        return list(_longest_first(found))

    def _in_lao(self, text: str) -> Iterator[Found]:
        """A term begins and ends where a syllable does; one of a single syllable is a word by itself as well, so that
        ວັດ (temple) is not found in ວັດສະດຸ (material)."""
        written = Written(text)
        edges, words = sorted(_syllable_edges(written.read)), _word_edges(written.read)
        for place, start in enumerate(edges):
            for last in range(place + 1, min(place + 1 + self._longest, len(edges))):
                end = edges[last]
                if last == place + 1 and not {start, end} <= words:
                    continue
                for entry in self.entries.get(written.read[start:end], ())[:1]:
                    yield Found(*written.span(start, end), entry)

    def _in_english(self, text: str) -> Iterator[Found]:
        words = list(LATIN_WORD.finditer(text))
        stems = [stem(lao.fold(word[0])) for word in words]
        for place in range(len(words)):
            for last in range(place, min(place + self._longest, len(words))):
                start, end = words[place].start(), words[last].end()
                entries = self.entries.get(" ".join(stems[place : last + 1]), [])
                if entries and _is_one_phrase(text[start:end]):
                    yield Found(start, end, _best(entries, lao.fold(text[start:end])))

    @property
    def _longest(self) -> int:
        """Syllables or words of the longest term."""
        return LONGEST_LAO if self.language == "lo" else LONGEST_ENGLISH


LONGEST_LAO, LONGEST_ENGLISH = 10, 5
IN_A_PHRASE = re.compile(r"[\w’'-]+(?:[ \u00a0-][\w’'-]+)*")


def glossary(sector: Sector, language: str) -> Glossary:
    """The terms that a text of this sector may say in "lo" or "en"; the sector's own materials and techniques first."""
    return _glossary(language, (*_terms_of(sector), *_terms()))


@cache
def _glossary(language: str, rows: "tuple[Row, ...]") -> Glossary:
    entries: dict[str, list[Entry]] = {}
    for row in rows:
        for entry in _entries(row, language):
            if key := _key(entry.word, language):
                entries[key] = _with(entries.get(key, []), entry)
    return Glossary(language, entries)


def _with(known: list[Entry], entry: Entry) -> list[Entry]:
    """One entry more; a word that is there already gets its translations beside those it has."""
    same = next((each for each in known if lao.fold(each.word) == lao.fold(entry.word)), None)
    if same is None:
        return [*known, entry]
    told = {lao.fold(each) for each in same.translations}
    more = tuple(each for each in entry.translations if lao.fold(each) not in told)
    note = same.note or entry.note
    return [replace(same, translations=same.translations + more, note=note) if each is same else each for each in known]


@dataclass(frozen=True)
class Row:
    """A term in both languages, the word to write first."""

    lo: tuple[str, ...]
    en: tuple[str, ...]
    note: Bilingual = Bilingual()
    source: str = "glossary"


@cache
def _terms() -> tuple[Row, ...]:
    rows = tomllib.loads(FILE.read_text("utf-8"))["terms"]
    return tuple(Row(_said(row["lo"]), _said(row["en"]), Bilingual(**row.get("note", {}))) for row in rows)


def _terms_of(sector: Sector) -> Iterable[Row]:
    for term in (*sector.materials, *sector.techniques):
        if term.name.is_complete:
            yield Row((_bare(term.name.lo),), (_bare(term.name.en),), source="sector")


def _bare(name: str) -> str:
    """A name without what stands in brackets behind it."""
    return name.partition(" (")[0]


def _said(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(" / "))


def _entries(row: Row, language: str) -> Iterator[Entry]:
    """Every way to say the term in the language leads to what is written in the other."""
    words, others = (row.lo, row.en) if language == "lo" else (row.en, row.lo)
    for word in words:
        yield Entry(word, others, row.note, row.source)


def _key(word: str, language: str) -> str:
    if language == "lo":
        return readable(word)
    return " ".join(stem(lao.fold(each)) for each in LATIN_WORD.findall(word))


def _syllable_edges(read: str) -> set[int]:
    edges, place = {0}, 0
    for piece in lao.syllables(read):
        start = read.index(piece, place)
        place = start + len(piece)
        edges |= {start, place}
    return edges


def _word_edges(read: str) -> set[int]:
    """Where the words of ICU's dictionary begin and end."""
    edges, place = {0}, 0
    for segment in WordBreaker(read, "lo"):
        place += len(segment)
        edges.add(place)
    return edges


def _is_one_phrase(text: str) -> bool:
    """Whether nothing but a space or a hyphen stands between the words."""
    return IN_A_PHRASE.fullmatch(text) is not None


def _best(entries: list[Entry], typed: str) -> Entry:
    """Of terms with the same stems the one that is written so: silverware before silver."""
    return next((entry for entry in entries if lao.fold(entry.word) == typed), entries[0])


def _longest_first(found: Iterable[Found]) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    chosen = []
    for each in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        place = bisect_left(taken, (each.start, each.end))
        before_ends = taken[place - 1][1] if place else 0
        next_begins = taken[place][0] if place < len(taken) else each.end
        if before_ends <= each.start and each.end <= next_begins:
            taken.insert(place, (each.start, each.end))
            chosen.append(each)
    return iter(sorted(chosen, key=lambda one: one.start))
