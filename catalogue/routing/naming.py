"""Under which name each reader sees each member's figures: its own name, a letter, or not at all.

Members read their own figures named and the others under letters; where there are fewer than eight, only their own, the
largest and the smallest, because letters hide nobody among so few. The members may decide on names in their by-laws.
Observers and operators read letters; names only where the members decided so (design, section 6: fairness).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from catalogue.consortia.by_law_models import ByLaws, Naming
from catalogue.routing.fairness import Row

FEW = 8


class Reader(StrEnum):
    """Who reads the record."""

    MANAGER = "manager"
    MEMBER = "member"
    OBSERVER = "observer"


@dataclass(frozen=True)
class Named:
    """One row as a reader sees it. `letter` stands where the name may not; `is_own` marks the reader's own firm."""

    row: Row
    letter: str
    is_named: bool
    is_own: bool


def rows_for(rows: Sequence[Row], by_laws: ByLaws, reader: Reader, own: int | None = None) -> tuple[Named, ...]:
    """The rows, in their order, that this reader may see; `own` is the key of a member's firm.

    Letters follow the order of the rows (least first), not the firms, so that they name nobody from one record to the
    next.
    """
    has_names = _reads_names(by_laws, reader)
    every = [
        Named(row, letter(place), has_names or row.member.id == own, row.member.id == own)
        for place, row in enumerate(rows)
    ]
    if reader is Reader.MEMBER and not has_names and len(every) < FEW:
        edges = {0, len(every) - 1}
        return tuple(each for place, each in enumerate(every) if each.is_own or place in edges)
    return tuple(every)


class OnPaper(StrEnum):
    """What a paper for many readers shows of members: names and reasons; letters, with or without the reasons that
    may name somebody; or of few members the smallest and the largest."""

    NAMES = "names"
    LETTERS = "letters"
    TOTALS = "observer"
    EDGES = "edges"


def shown_to(by_laws: ByLaws, reader: Reader, members: int) -> OnPaper:
    """What the paper for this reader shows, where there are so many members."""
    if _reads_names(by_laws, reader):
        return OnPaper.NAMES
    if reader is Reader.OBSERVER:
        return OnPaper.TOTALS
    return OnPaper.EDGES if members < FEW else OnPaper.LETTERS


def rows_on_paper(rows: Sequence[Row], shown: OnPaper) -> tuple[Named, ...]:
    """The rows that stand on it, in their order; nobody's own."""
    every = tuple(Named(row, letter(place), shown is OnPaper.NAMES, False) for place, row in enumerate(rows))
    return (every[0], every[-1]) if shown is OnPaper.EDGES and len(every) > 1 else every


def letter(place: int) -> str:
    """A to Z, then AA, AB, ...: the letter of a place counted from 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _reads_names(by_laws: ByLaws, reader: Reader) -> bool:
    if reader is Reader.MANAGER:
        return True
    if reader is Reader.OBSERVER:
        return by_laws.observers_read_names
    return by_laws.naming is Naming.NAMES
