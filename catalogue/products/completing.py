"""What may follow while somebody types: words that begin so, and products that say them."""

from collections.abc import Sequence
from heapq import nlargest

from sqlalchemy.orm import Session

from catalogue import lao
from catalogue.consortia.models import Consortium
from catalogue.products import search, shown
from catalogue.products.analyser import CHUNK, LITTLE_WORDS, readable, stem
from catalogue.products.shown import Card
from catalogue.products.vocabulary import Vocabulary

LONGEST = 60
SHORTEST = {True: 1, False: 2}
MOST_WORDS = 5
MOST_PRODUCTS = 4


def completions(known: Vocabulary, typed: str, most: int = MOST_WORDS) -> list[str]:
    """The text with its last word completed, the completions that most products say first.

    Lao is completed from the last stretch of the run that a word begins with, since there is no space to go by.
    """
    text = typed[:LONGEST]
    chunks = list(CHUNK.finditer(text))
    if not chunks or chunks[-1].end() < len(text):
        return []
    before, last = text[: chunks[-1].start()], chunks[-1][0]
    for start in _beginnings(last):
        begun = readable(last[start:])
        if len(begun) < SHORTEST[lao.has_lao(begun)] or begun in LITTLE_WORDS:
            continue
        if words := _said_most(known, begun, most):
            return [f"{before}{last[:start]}{known.shown[word]}" for word in words]
    return []


def _beginnings(last: str) -> list[int]:
    """Where in a run of letters a word may begin: in Lao, at each syllable."""
    if not lao.has_lao(last):
        return [0]
    starts, place = [0], 0
    for piece in lao.syllables(last):
        place = last.index(piece, place)
        starts.append(place)
        place += len(piece)
    return list(dict.fromkeys(starts))


def _said_most(known: Vocabulary, begun: str, most: int) -> list[str]:
    """Of the forms of one English word (lotus, lotuses) the one that is said most."""
    found: dict[str, str] = {}
    for word in known.beginning_with(begun):
        form = word if lao.has_lao(word) else stem(word)
        if word != begun and known.products[word] > known.products.get(found.get(form, ""), 0):
            found[form] = word
    return nlargest(most, found.values(), key=lambda word: (known.products[word], -len(word)))


def products_beginning(
    session: Session, consortium: Consortium | None, texts: Sequence[str], most: int = MOST_PRODUCTS
) -> list[Card]:
    """Products found for the first of these texts that finds any, and then for the others: only a few, read lightly."""
    found: dict[int, None] = {}
    for text in texts:
        found |= dict.fromkeys(hit.product_id for hit in search.some_matching(session, consortium, text, most))
        if len(found) >= most:
            break
    return shown.cards(session, list(found)[:most])
