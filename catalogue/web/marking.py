"""Marking in a name what it was found by."""

import re
from functools import lru_cache

from markupsafe import Markup, escape

from catalogue import lao
from catalogue.products.analyser import Written, parts_of, stem, words_typed

LATIN_WORD = re.compile(r"[^\W\u0E80-\u0EFF]+")


def marked(name: str, query: str) -> Markup:
    """The name with <mark> around the words of the query: Lao in any spelling, English by its stem."""
    stems, runs = _looked_for(query)
    places = [found.span() for found in LATIN_WORD.finditer(name) if stems and stem(lao.fold(found[0])) in stems]
    if runs and lao.has_lao(name):
        written = Written(name)
        for run in runs:
            places += [written.span(*found.span()) for found in re.finditer(re.escape(run), written.read)]
    return _with_marks(name, places)


@lru_cache(maxsize=64)
def _looked_for(query: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The stems of a query's English words, and its runs of Lao; all cards of a page ask for the same."""
    pieces = [piece for word in words_typed(query) for piece in LATIN_WORD.findall(word)]
    runs = filter(lao.has_lao, ("".join(part.words) for part in parts_of(query)))
    return frozenset(stem(lao.fold(piece)) for piece in pieces), tuple(runs)


def _with_marks(name: str, places: list[tuple[int, int]]) -> Markup:
    written, end = Markup(), 0
    for start, stop in _joined(places):
        written += escape(name[end:start]) + Markup("<mark>%s</mark>") % name[start:stop]
        end = stop
    return written + escape(name[end:])


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that touch become one."""
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined
