"""What changed between two wordings, word by word: Lao by its syllables, other scripts by their words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from catalogue.lao import SYLLABLE

Kind = Literal["same", "gone", "new"]
LETTER_OR_SPACE = re.compile(r"\s+|.", re.DOTALL)
FIGURE = re.compile(r"\d+(?:[.,]\d+)+")
FEW_ENOUGH = 250_000  # pairs of words to compare exactly; of more, the commonest words are passed over
BRIDGE = 1


@dataclass(frozen=True)
class Run:
    """A stretch of text that stayed, went or came."""

    kind: Kind
    text: str


def words_of(text: str) -> list[str]:
    """The text cut into syllables, words, figures, spaces and marks, in order; joined they are the text again."""
    return [part for piece in _pieces(text) for part in piece]


def changed_words(before: str, after: str) -> list[Run]:
    """How the one wording became the other: without "new" the runs are the old text, without "gone" the new one.

    A single word that stayed between two changes is shown as changed with them: people read phrases, not crumbs.
    """
    if before == after:
        return [Run("same", after)] if after else []
    old, new = words_of(before), words_of(after)
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    middle = _steps(old[head : len(old) - tail], new[head : len(new) - tail])
    steps = [Run("same", "".join(new[:head])), *middle, Run("same", "".join(new[len(new) - tail :]))]
    return _joined(_without_crumbs([step for step in steps if step.text]))


def _shared(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _pieces(text: str) -> Iterator[list[str]]:
    last = 0
    for found in SYLLABLE.finditer(text):
        if found.start() >= last:
            yield LETTER_OR_SPACE.findall(text[last : found.start()])
            figure = FIGURE.match(text, found.start())
            end = figure.end() if figure else found.end()
            yield [text[found.start() : end]]
            last = end
    yield LETTER_OR_SPACE.findall(text[last:])


def _steps(old: list[str], new: list[str]) -> Iterator[Run]:
    is_long = len(old) * len(new) > FEW_ENOUGH
    matcher = SequenceMatcher(None, old, new, autojunk=is_long)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Run("same", "".join(new[new_start:new_end]))
        else:
            yield Run("gone", "".join(old[start:end]))
            yield Run("new", "".join(new[new_start:new_end]))


def _without_crumbs(runs: list[Run]) -> Iterator[Run]:
    """The runs, with each crumb that stayed between two changes both gone and new."""
    for place, run in enumerate(runs):
        if 0 < place < len(runs) - 1 and run.kind == "same" and _is_crumb(run.text):
            yield Run("gone", run.text)
            yield Run("new", run.text)
        else:
            yield run


def _is_crumb(text: str) -> bool:
    return sum(not word.isspace() for word in words_of(text)) <= BRIDGE and "\n" not in text


def _joined(runs: Iterator[Run]) -> list[Run]:
    """Neighbours of one kind as one run; in a change, what went before what came."""
    joined: list[Run] = []
    for is_same, group in groupby(runs, key=lambda run: run.kind == "same"):
        members = list(group)
        kinds: tuple[Kind, ...] = ("same",) if is_same else ("gone", "new")
        texts = [(kind, "".join(run.text for run in members if run.kind == kind)) for kind in kinds]
        joined += [Run(kind, text) for kind, text in texts if text]
    return joined
