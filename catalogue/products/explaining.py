"""Why a product is found: which part of a query stands where in it, and as what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import lao
from catalogue.products.analyser import Tokens, in_ascii, parts_of
from catalogue.products.models import SearchEntry
from catalogue.products.search import ANYWHERE, BODY, TITLE, Hit

AT_ONCE = 500
PLACES = {TITLE: "title", BODY: "text"}


@dataclass(frozen=True)
class Reason:
    """A part of a query, found as "word", "syllables" or "stem" in the "title" (name, kind, number) or the "text"."""

    part: str
    place: str
    found_as: str

    def __str__(self) -> str:
        return f"{self.part}: {self.found_as} in {self.place}"


def score(hit: Hit) -> float:
    """How well it fits, from 1 (whole words in the title) down to 0.25 (parts of words anywhere)."""
    return 1 - hit.tier / (ANYWHERE + 1)


def reasons(session: Session, hits: Sequence[Hit], query: str) -> dict[int, list[Reason]]:
    """For each product found, the best reason for each part of the query."""
    parts, found = parts_of(query), {}
    for start in range(0, len(hits), AT_ONCE):
        some = [hit.product_id for hit in hits[start : start + AT_ONCE]]
        for entry in session.scalars(select(SearchEntry).where(SearchEntry.product_id.in_(some))):
            found[entry.product_id] = [reason for part in parts for reason in _reasons(entry, part)]
    return found


def _reasons(entry: SearchEntry, part: Tokens) -> list[Reason]:
    named = ("" if lao.has_lao("".join(part.words)) else " ").join(part.words)
    for mark, place in PLACES.items():
        if _stands(entry.words, part.words, mark):
            return [Reason(named, place, "word")]
        if _stands(entry.syllables, part.syllables, mark) and _stands(entry.stems, part.stems, mark):
            return [Reason(named, place, "syllables" if part.syllables else "stem")]
    return []


def _stands(column: str, tokens: Iterable[str], mark: str) -> bool:
    """Whether these tokens follow one another in a column; none stand anywhere."""
    run = " ".join(in_ascii(tuple(tokens), mark))
    return not run or f" {run} " in f" {column} "
