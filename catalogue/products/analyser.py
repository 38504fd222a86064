"""What a text says to search: its Lao syllables, its words and the stems of its English words.

Lao is written without spaces. A search for ເງິນ must find ເຄື່ອງເງິນ, which a dictionary takes for one word, so syllables
find and whole words rank. The same analysis runs over what is kept and what is typed. Two letters (ໄໝ) are a syllable.
"""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer
from icu4py.breakers import WordBreaker

from catalogue import lao

LONGEST_QUERY = 200
MOST_PARTS = 8
LONGEST_PHRASE = 12
LONGEST_TOKEN = 40

# English words that mean the same to a buyer; the first of each row stands for all.
SAME = (
    ("silver", "silverware", "silverwork"),
    ("jewellery", "jewelry", "jewelery", "jewels", "jewel"),
    ("weave", "woven", "wove", "handwoven"),
    ("wood", "wooden"),
    ("gold", "golden", "gilt", "gilded"),
    ("scarf", "scarves"),
    ("shelf", "shelves"),
    ("knife", "knives"),
    ("leaf", "leaves"),
    ("handmade", "handcrafted"),
    ("basket", "basketry"),
    ("sticky", "glutinous"),
    ("lantern", "lamp"),
    ("plait", "braid"),
    ("grey", "gray"),
    ("colour", "color"),
    ("centre", "center"),
    ("lacquer", "lacquerware"),
    ("flower", "floral", "blossom"),
    ("frangipani", "champa", "plumeria"),
)

LITTLE_WORDS = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])

WORD = re.compile(r"\w")
CHUNK = re.compile(r"[^\s,;:/|()\[\]{}\"“”«»]+")

_stemmer = snowballstemmer.stemmer("english")
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Tokens:
    """What is kept of a text: Lao syllables, whole words of every script, and stems of the words that are not Lao."""

    syllables: tuple[str, ...]
    words: tuple[str, ...]
    stems: tuple[str, ...]


def analyse(text: str) -> Tokens:
    """The tokens of a text, each list in the order of the text."""
    return _tokens(readable(text))


def parts_of(query: str) -> list[Tokens]:
    """What was typed, in the parts that must all be found: English words, and the words inside a run of Lao.

    Takes anything: of a longer text the first 200 characters and eight parts count; signs alone give no part.
    """
    chunks = CHUNK.findall(readable(query[:LONGEST_QUERY]))
    found = dict.fromkeys(part for chunk in chunks for part in _parts_of_chunk(chunk))
    telling = [part for part in found if not LITTLE_WORDS.issuperset(part.words)]
    return (telling or list(found))[:MOST_PARTS]


def words_typed(query: str) -> list[str]:
    """The words of a query as they were typed, each to be searched for alone; Lao is parted by its dictionary."""
    typed = lao.normalise(lao.INVISIBLE.sub("", query[:LONGEST_QUERY]))
    found: dict[str, None] = {}
    for chunk in CHUNK.findall(typed):
        words = [segment for segment in WordBreaker(chunk, "lo") if WORD.search(segment)]
        found |= dict.fromkeys(words if lao.has_lao(chunk) else [chunk])
    return [word for word in found if word.casefold() not in LITTLE_WORDS and parts_of(word)][:MOST_PARTS]


def in_ascii(tokens: tuple[str, ...], mark: str) -> list[str]:
    """The tokens as ASCII words that every database takes as they are: a mark, then the token in hexadecimal."""
    return [mark + token[:LONGEST_TOKEN].encode().hex() for token in tokens]


def from_ascii(token: str) -> str:
    """The word that a token without its mark stands for."""
    return bytes.fromhex(token).decode()


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem that stands for a folded English word and its synonyms ("silverware" and "silver" alike)."""
    return _STANDS_FOR.get(word) or _STANDS_FOR.get(_stem(word)) or _stem(word)


def _stem(word: str) -> str:
    with _one_at_a_time:
        return str(_stemmer.stemWord(word))


_STANDS_FOR = {each: _stem(row[0]) for row in SAME for word in row for each in (word, _stem(word))}


def readable(text: str) -> str:
    """A text as search reads it: folded, but with ໜ and ໝ as the one letter that ICU's dictionary knows."""
    return lao.fold(text).replace("ຫນ", "ໜ").replace("ຫມ", "ໝ")


# One letter with what belongs to it: signs above and below, accents, and ນ or ມ behind ຫ.
CLUSTER = re.compile(
    f"(?:ເເ|ຫ[ນມ]|.)(?:[{lao.SIGNS}\u0eb2\u0eb3\u0ecc\u0300-\u036f]|{lao.INVISIBLE.pattern})*", re.DOTALL
)


@lru_cache(maxsize=4096)
def _read_letter(letter: str) -> str:
    return readable(letter) or " "


class Written:
    """A text as it is written beside what search reads in it, so that a place in one is found in the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = [(_read_letter(found[0]), found.span()) for found in CLUSTER.finditer(text)]
        self.read = "".join(piece for piece, _span in pieces)
        self.spans = [span for piece, span in pieces for _sign in piece]

    def between(self, start: int, end: int) -> str:
        """What is written where search reads the letters from `start` to `end`."""
        return self.text[slice(*self.span(start, end))]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the letters that search reads from `start` to `end` are written."""
        return self.spans[start][0], self.spans[end - 1][1]


def _tokens(text: str) -> Tokens:
    pieces = lao.syllables(text)
    return Tokens(
        syllables=tuple(piece for piece in pieces if lao.has_lao(piece)),
        words=tuple(word for word, _end in _words(text)),
        stems=tuple(stem(piece) for piece in pieces if not lao.has_lao(piece)),
    )


def _words(text: str) -> Iterator[tuple[str, int]]:
    """Each word with the place where it ends; a run of Lao is parted by ICU's dictionary."""
    end = 0
    for segment in WordBreaker(text, "lo"):
        end += len(segment)
        if WORD.search(segment):
            yield segment, end


def _parts_of_chunk(chunk: str) -> Iterator[Tokens]:
    """A part ends where a word and a syllable end together, so that neither is cut; "MS-0142" stays whole."""
    ends = {len(chunk)}
    if lao.has_lao(chunk):
        ends |= _syllable_ends(chunk) & {end for _word, end in _words(chunk)}
    start = 0
    for end in sorted(ends):
        part = _tokens(chunk[start:end])
        if part.syllables or part.stems:
            yield Tokens(part.syllables[:LONGEST_PHRASE], part.words[:LONGEST_PHRASE], part.stems[:LONGEST_PHRASE])
        start = end


def _syllable_ends(chunk: str) -> set[int]:
    ends, place = set(), 0
    for piece in lao.syllables(chunk):
        place = chunk.index(piece, place) + len(piece)
        ends.add(place)
    return ends
