"""What was meant where little or nothing is found: other spellings of the words typed, each sure to find something.

English is compared letter by letter and unstemmed ("earing" stems to "ear"). Lao is compared as it sounds: tone marks,
long and short vowels and letters of one sound are what people mix up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from sqlalchemy.orm import Session

from catalogue import lao
from catalogue.consortia.models import Consortium
from catalogue.products.analyser import CHUNK, LITTLE_WORDS, parts_of, readable
from catalogue.products.search import Hit, found_each
from catalogue.products.vocabulary import Vocabulary

LONGEST_CORRECTED = 60
MOST_CHUNKS = 6
MOST_TRIED = 4
CANDIDATES = 3
WIDEST_WINDOW = 4
RARE = 2
CLEARLY_MORE = 5


@dataclass(frozen=True)
class Meant:
    """A query that may have been meant, and what it finds."""

    query: str
    hits: list[Hit]


def did_you_mean(
    session: Session, consortia: list[Consortium], known: Vocabulary, query: str, found: int = 0
) -> Meant | None:
    """The likeliest other spelling that finds something; where `found` is not nothing, clearly more than that.

    Looks in one consortium where one is given, else in all.
    """
    only = consortia[0] if len(consortia) == 1 else None
    others = list(islice(other_spellings(known, query, is_found=found > 0), MOST_TRIED))
    hits = found_each(session, only, others)
    enough = max(1, found * CLEARLY_MORE)
    return next((Meant(other, hits[other]) for other in others if len(hits.get(other, [])) >= enough), None)


def other_spellings(known: Vocabulary, query: str, *, is_found: bool = False) -> Iterator[str]:
    """Other ways to write a query, the likeliest first; words that some product says stay as they are.

    Where the query itself finds something, its rarest words are doubted as well.
    """
    chunks = CHUNK.findall(readable(query[:LONGEST_CORRECTED]))[:MOST_CHUNKS]
    seen = {" ".join(chunks)}
    for words in _alternatives(known, chunks, RARE if is_found else 0):
        written = " ".join(words)
        if readable(written) not in seen:
            seen.add(readable(written))
            yield written


def _alternatives(known: Vocabulary, chunks: list[str], rare: int) -> Iterator[list[str]]:
    """The words of each other spelling, as they are shown."""
    as_they_are = [_as_shown(known, chunk) for chunk in chunks]
    yield from _joined(known, chunks, as_they_are)
    each = [_corrections(known, chunk, rare) for chunk in chunks]
    best = [options[0] if options else chunk for options, chunk in zip(each, as_they_are, strict=True)]
    yield best
    for place, options in enumerate(each):
        for option in options[1:]:
            yield [*best[:place], option, *best[place + 1 :]]


def _as_shown(known: Vocabulary, word: str) -> str:
    return known.shown.get(word, word)


def _joined(known: Vocabulary, chunks: list[str], shown: list[str]) -> Iterator[list[str]]:
    """Two words written as one: "candle stick"."""
    for place in range(len(chunks) - 1):
        one = chunks[place] + chunks[place + 1]
        if not lao.has_lao(one) and known.says(one):
            yield [*shown[:place], _as_shown(known, one), *shown[place + 2 :]]


def _corrections(known: Vocabulary, chunk: str, rare: int) -> list[str]:
    """What a run of letters without space may have been, the likeliest first; nothing where it is well known."""
    if lao.has_lao(chunk):
        return _lao_corrections(known, chunk)
    is_known = known.says(chunk) and (not rare or known.products.get(chunk, 0) > rare)
    if is_known or not chunk.isalpha() or chunk in LITTLE_WORDS:
        return []
    near = [_as_shown(known, word) for word in _nearest(chunk, known, _edits(chunk))]
    return [*_parted(known, chunk), *near][:CANDIDATES]


def _parted(known: Vocabulary, chunk: str) -> list[str]:
    """One word written as two: "silverbowl"."""
    both = [(chunk[:place], chunk[place:]) for place in range(3, len(chunk) - 2)]
    found = [one for one in both if one[0] in known.products and one[1] in known.products]
    return [" ".join(_as_shown(known, word) for word in one) for one in found[:1]]


def _edits(word: str) -> int:
    """How many letters may be wrong."""
    return 1 if len(word) <= 4 else 2 if len(word) <= 9 else 3


def _nearest(word: str, known: Vocabulary, edits: int) -> list[str]:
    """The words within some edits: the fewest first, then those that begin alike, then those said most often."""
    near = extract(word, known.latin, scorer=OSA.distance, score_cutoff=edits, limit=4 * CANDIDATES)
    found = [(each, int(distance)) for each, distance, _place in near if each != word]
    found.sort(key=lambda one: (one[1] + (one[0][0] != word[0]), -known.products[one[0]]))
    return [each for each, _distance in found]


# -- Lao --


def _lao_corrections(known: Vocabulary, chunk: str) -> list[str]:
    """The run with one stretch of it exchanged: the stretch around what nothing says, the longest that comes near."""
    parts = ["".join(part.words) for part in parts_of(chunk)]
    strange = [place for place, part in enumerate(parts) if not known.says(part)]
    first, last = (strange[0], strange[-1]) if strange else (0, len(parts) - 1)
    found: dict[str, None] = {}
    for start, stop in _windows(first, last, len(parts)):
        for word in _nearest_heard(known, "".join(parts[start:stop])):
            written = [*parts[:start], word, *parts[stop:]]
            found["".join(_as_shown(known, each) for each in written)] = None
    return list(found)[:CANDIDATES]


def _windows(first: int, last: int, count: int) -> list[tuple[int, int]]:
    """Stretches that hold both places, the widest first."""
    widest = max(WIDEST_WINDOW, last - first + 1)
    every = [(start, stop) for start in range(first + 1) for stop in range(last + 1, count + 1)]
    return sorted((one for one in every if one[1] - one[0] <= widest), key=lambda one: one[0] - one[1])


def _nearest_heard(known: Vocabulary, word: str) -> list[str]:
    """Words that sound the same or, where the word is long enough, nearly the same."""
    sound = lao.heard(word)
    if len(sound) < 2:
        return []
    near = extract(sound, known.lao_heard, scorer=OSA.distance, score_cutoff=int(len(sound) >= 4), limit=4 * CANDIDATES)
    found = [(known.in_lao[place], int(distance)) for _sound, distance, place in near]
    found = [one for one in found if one[0] != word]
    found.sort(key=lambda one: (one[1], OSA.distance(one[0], word), -known.products[one[0]]))
    return [each for each, _distance in found][:CANDIDATES]
