"""The words of what is published: counted for each consortium as listings come and go, and held ready to choose from.

A word is counted once for each product that says it. The counts are written when a transaction commits: so late, and
always in the same order, two managers who publish at once wait for one another only then.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from icu4py.breakers import WordBreaker
from sqlalchemy import bindparam, delete, event, select
from sqlalchemy.orm import Session

from catalogue import lao
from catalogue.consortia.models import Consortium
from catalogue.database import insert_or_update
from catalogue.products.analyser import LITTLE_WORDS, Written, from_ascii, stem
from catalogue.products.kept import Kept
from catalogue.products.models import SearchEntry, SearchWord

SHORTEST_LAO, SHORTEST_LATIN = 2, 3
AT_ONCE = 1000

BEFORE, SPELT = "words before", "words as they were spelt"
Counts = Counter[tuple[int, str]]


# -- writing --


def remember(session: Session, product_id: int) -> None:
    """Remember what a product is counted for, before its entry changes for the first time in this transaction."""
    before: dict[int, Counts] = session.info.setdefault(BEFORE, {})
    if product_id not in before:
        before[product_id] = _counted(session, [product_id])


def spell(session: Session, texts: Iterable[str]) -> None:
    """Have the words of these texts shown as they are written there, where nobody wrote them before."""
    spelt: dict[str, str] = session.info.setdefault(SPELT, {})
    for text in texts:
        written, end = Written(lao.normalise(lao.INVISIBLE.sub("", text)).lower()), 0
        for word in WordBreaker(written.read, "lo"):
            start, end = end, end + len(word)
            spelt.setdefault(word, written.between(start, end))


def rebuild(session: Session) -> None:
    """Count all words anew from `search_entry`; what is known of their spelling stays."""
    session.flush()
    _forget(session)
    spelt = dict(session.execute(select(SearchWord.word, SearchWord.shown)).all())
    session.execute(delete(SearchWord))
    _insert(session, _counted(session, None), spelt)


def _counted(session: Session, product_ids: Iterable[int] | None) -> Counts:
    """The words of these products, or of all, by consortium."""
    query = select(SearchEntry.consortium_id, SearchEntry.words)
    query = query if product_ids is None else query.where(SearchEntry.product_id.in_(list(product_ids)))
    tokens: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for consortium_id, said in session.execute(query.execution_options(yield_per=AT_ONCE)):
        tokens[consortium_id].update({token[1:] for token in said.split()})  # without the mark of title or text
    return Counter({(key, word): count for key, each in tokens.items() for word, count in _telling(each)})


def _telling(tokens: Counter[str]) -> Iterator[tuple[str, int]]:
    """The words that are worth proposing, with their counts: no numbers, no single letters."""
    for token, count in tokens.items():
        word = from_ascii(token)
        if word and _is_telling(word):
            yield word, count


def _is_telling(word: str) -> bool:
    if lao.has_lao(word):
        return len(word) >= SHORTEST_LAO
    return len(word) >= SHORTEST_LATIN and word.isalpha() and word not in LITTLE_WORDS


@event.listens_for(Session, "before_commit")
def _count_at_commit(session: Session) -> None:
    """The difference that this transaction made; a savepoint leaves it to the transaction around it."""
    if session.in_nested_transaction() or BEFORE not in session.info:
        return
    session.flush()
    before: dict[int, Counts] = session.info[BEFORE]
    change = _counted(session, before)
    for counts in before.values():
        change.subtract(counts)
    _apply(session, {key: by for key, by in sorted(change.items()) if by}, session.info.get(SPELT, {}))
    _forget(session)


@event.listens_for(Session, "after_soft_rollback")
def _forget_undone(session: Session, _transaction: object) -> None:
    if not session.in_nested_transaction():
        _forget(session)


def _forget(session: Session) -> None:
    session.info.pop(BEFORE, None)
    session.info.pop(SPELT, None)


def _apply(session: Session, change: dict[tuple[int, str], int], spelt: dict[str, str]) -> None:
    """Bring counts up to date; a word that nobody says any more is gone."""
    _insert(session, change, spelt)
    fewer = [{"key": key, "said": word} for (key, word), by in change.items() if by < 0]
    if fewer:
        table: Any = SearchWord.__table__
        this = (table.c.consortium_id == bindparam("key")) & (table.c.word == bindparam("said"))
        session.connection().execute(delete(table).where(this, table.c.products <= 0), fewer)


def _insert(session: Session, counts: dict[tuple[int, str], int], spelt: dict[str, str]) -> None:
    rows = [
        {"consortium_id": consortium_id, "word": word, "shown": spelt.get(word, word), "products": count}
        for (consortium_id, word), count in counts.items()
    ]
    put = insert_or_update(session)(SearchWord.__table__)
    total = {"products": SearchWord.__table__.c.products + put.excluded.products}
    statement = put.on_conflict_do_update(index_elements=["consortium_id", "word"], set_=total)
    for start in range(0, len(rows), AT_ONCE):
        session.connection().execute(statement, rows[start : start + AT_ONCE])


# -- reading --


@dataclass(frozen=True)
class Vocabulary:
    """Words, folded, with the spelling to show and the number of products that say each."""

    shown: dict[str, str]
    products: dict[str, int]

    @cached_property
    def ordered(self) -> list[str]:
        """All words by code point."""
        return sorted(self.products)

    @cached_property
    def latin(self) -> list[str]:
        """The words of other scripts than Lao."""
        return [word for word in self.ordered if not lao.has_lao(word)]

    @cached_property
    def in_lao(self) -> list[str]:
        """The Lao words."""
        return [word for word in self.ordered if lao.has_lao(word)]

    @cached_property
    def lao_heard(self) -> list[str]:
        """The Lao words as they sound, in the same order."""
        return [lao.heard(word) for word in self.in_lao]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words of other scripts."""
        return frozenset(map(stem, self.latin))

    @cached_property
    def all_lao(self) -> str:
        """Every Lao word, to look inside them."""
        return "\n".join(self.in_lao)

    def says(self, word: str) -> bool:
        """Whether a folded word stands in some product: Lao also as a part of a word, others in another form."""
        return word in self.all_lao if lao.has_lao(word) else word in self.products or stem(word) in self.stems

    def beginning_with(self, start: str) -> Iterator[str]:
        """The words that begin with a folded text."""
        for word in self.ordered[bisect_left(self.ordered, start) :]:
            if not word.startswith(start):
                return
            yield word


def vocabulary(session: Session, consortia: Sequence[Consortium]) -> Vocabulary:
    """The words of these consortia together."""
    each = list(_kept.of(session, consortia).values())
    if len(each) == 1:
        return each[0]
    counts: Counter[str] = Counter()
    for one in each:
        counts.update(one.products)
    return Vocabulary({word: shown for one in each for word, shown in one.shown.items()}, dict(counts))


def _read(session: Session, consortia: Sequence[Consortium]) -> dict[int, Vocabulary]:
    found = {each.id: Vocabulary({}, {}) for each in consortia}
    query = select(SearchWord.consortium_id, SearchWord.word, SearchWord.shown, SearchWord.products)
    for consortium_id, word, shown, products in session.execute(query.where(SearchWord.consortium_id.in_(found))):
        found[consortium_id].products[word] = products
        found[consortium_id].shown[word] = shown
    return found


_kept = Kept(_read)
