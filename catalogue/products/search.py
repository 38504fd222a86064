"""Search: what each published product is found by, and finding it, ranked alike in either database.

`search_entry` holds the tokens of a product as ASCII words, marked "t" where its title or reference says them and "q"
elsewhere; a full-text index stands over it. Code writes both; there are no triggers.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import Term, sector
from catalogue.products import vocabulary
from catalogue.products.analyser import Tokens, analyse, in_ascii, parts_of, words_typed
from catalogue.products.fulltext import FullText, full_text
from catalogue.products.models import Product, ProductVersion, SearchEntry
from catalogue.text import Bilingual

__all__ = ["MOST_RANKED", "Hit", "analyse", "forget", "found_alone", "found_each", "index", "matching", "rebuild"]

MOST_RANKED = 2000
MOST_ALONE = 4
TITLE, BODY = "t", "q"
WHOLE_WORDS, PARTS_OF_WORDS, SOME_IN_TITLE, ANYWHERE = range(4)
GAP = " x "
COLUMNS = ("syllables", "words", "stems")


class Hit(NamedTuple):
    """A product found. The lower its tier (0 to 3, see `_tiers`), the better it fits; within a tier all fit alike."""

    product_id: int
    consortium_id: int
    tier: int


# -- writing --


def index(session: Session, product: Product) -> None:
    """Have the published version of a product found from now on."""
    forget(session, product)
    version = product.published
    if version is None:
        return
    columns = _columns(product, version)
    vocabulary.spell(session, [*_titles(product, version), *_bodies(product, version)])
    session.execute(insert(SearchEntry).values(product_id=product.id, consortium_id=product.consortium_id, **columns))
    full_text(session).add(product.id)


def forget(session: Session, product: Product) -> None:
    """Have a product found no longer."""
    session.flush()
    vocabulary.remember(session, product.id)
    full_text(session).drop(product.id)
    session.execute(delete(SearchEntry).where(SearchEntry.product_id == product.id))


def rebuild(session: Session) -> None:
    """Make the full-text index and the vocabulary anew from `search_entry`, for example after a restore."""
    session.flush()
    full_text(session).rebuild()
    vocabulary.rebuild(session)


def _columns(product: Product, version: ProductVersion) -> dict[str, str]:
    titles = [analyse(each) for each in _titles(product, version)]
    bodies = [analyse(each) for each in _bodies(product, version)]
    return {column: _written(column, titles, bodies) for column in COLUMNS}


def _written(column: str, titles: Iterable[Tokens], bodies: Iterable[Tokens]) -> str:
    """One column: the tokens of each text, with a gap between texts, so that no phrase runs from one into the next."""
    fields = [in_ascii(getattr(each, column), TITLE) for each in titles]
    fields += [in_ascii(getattr(each, column), BODY) for each in bodies]
    return GAP.join(" ".join(field) for field in fields if field)


def _titles(product: Product, version: ProductVersion) -> list[str]:
    """The name and category in both languages; the reference as written, in one word, and as its number alone (142)."""
    number = product.reference.rpartition("-")[2].lstrip("0")
    category = sector(product.consortium.sector_key).category(version.category)
    kind = category.name if category else Bilingual()
    name = version.name
    return [name.lo, name.en, product.reference, product.reference.replace("-", ""), number, kind.lo, kind.en]


def _bodies(product: Product, version: ProductVersion) -> list[str]:
    said = [version.summary, version.description, product.member.name, product.member.province]
    return [each for both in [*said, *_terms(product, version)] for each in (both.lo, both.en) if each]


def _terms(product: Product, version: ProductVersion) -> list[Bilingual]:
    """The words of the sector that the product was given, without choices that say there is none."""
    trade = sector(product.consortium.sector_key)
    found: list[Term | None] = []
    found += [trade.material(key) for key in version.materials]
    found += [trade.technique(key) for key in version.techniques]
    chosen = [(detail, version.details.get(detail.key)) for detail in trade.details if detail.kind == "choice"]
    found += [term for detail, key in chosen for term in detail.choices if term.key == key != "none"]
    return [trade.name, *(term.name for term in found if term)]


# -- finding --


def matching(session: Session, consortium: Consortium | None, query: str) -> list[Hit]:
    """What is found in one consortium, or in all, best first: at most `MOST_RANKED`, and one more that says "and more".

    Any text may be searched for. What the title says comes first, whole words before parts of words.
    """
    parts = parts_of(query)
    if not parts:
        return []
    index = full_text(session)
    return _find(index, _tiers(index, parts), consortium, MOST_RANKED + 1)


def some_matching(session: Session, consortium: Consortium | None, query: str, most: int) -> list[Hit]:
    """A few products whose title says the query, quickly: not the best of all, but whole words before parts."""
    parts = parts_of(query)
    if not parts:
        return []
    index = full_text(session)
    titles = {tier: each for tier, each in _tiers(index, parts).items() if tier <= PARTS_OF_WORDS}
    return _find(index, titles, consortium, most)


def found_alone(session: Session, query: str) -> dict[str, list[Hit]]:
    """What is found in all consortia for the whole query, and for each of its words alone; in one reading."""
    return found_each(session, None, [query, *words_typed(query)[:MOST_ALONE]])


def found_each(session: Session, consortium: Consortium | None, queries: Sequence[str]) -> dict[str, list[Hit]]:
    """What each query finds in one consortium, or in all, in no order; in one reading, without what finds nothing."""
    index = full_text(session)
    wanted = {query: parts for query in queries if (parts := parts_of(query))}
    anywhere = [_anywhere(index, parts) for parts in wanted.values()]
    hits: dict[str, list[Hit]] = {}
    for product_id, consortium_id, place in index.find_each(
        anywhere, consortium.id if consortium else None, MOST_RANKED + 1
    ):
        hits.setdefault(list(wanted)[place], []).append(Hit(product_id, consortium_id, 0))
    return {query: hits[query] for query in wanted if query in hits}


def _find(index: FullText, tiers: dict[int, str], consortium: Consortium | None, most: int) -> list[Hit]:
    numbers, rows = list(tiers), index.find(list(tiers.values()), consortium.id if consortium else None, most)
    return [Hit(product_id, consortium_id, numbers[place]) for product_id, consortium_id, place in rows]


def _tiers(index: FullText, parts: list[Tokens]) -> dict[int, str]:
    """What to look for by its tier: whole words in the title, parts of them, some in the title, and anywhere.

    The last says bodies alone, which are read sooner: what has any part in its title is of an earlier tier.
    """
    titles = _each(index, parts, TITLE)
    first = {WHOLE_WORDS: index.all_of(_each(index, parts, TITLE, whole=True)), PARTS_OF_WORDS: index.all_of(titles)}
    some_in_title = index.all_of([_anywhere(index, parts), index.any_of(titles)])
    bodies = {ANYWHERE: index.all_of(_each(index, parts, BODY))}
    return first | ({SOME_IN_TITLE: some_in_title} if len(parts) > 1 else {}) | bodies


def _anywhere(index: FullText, parts: list[Tokens]) -> str:
    """Every part, be it in a title or a body."""
    return index.all_of(_each(index, parts, TITLE + BODY))


def _each(index: FullText, parts: list[Tokens], marks: str, *, whole: bool = False) -> list[str]:
    return [index.any_of([_phrase(index, part, whole, mark) for mark in marks]) for part in parts]


def _phrase(index: FullText, part: Tokens, whole: bool, mark: str) -> str:
    """One part as whole words, or as its Lao syllables and English stems."""
    columns = ("words",) if whole else ("syllables", "stems")
    runs = [(column, in_ascii(getattr(part, column), mark)) for column in columns]
    return index.all_of([index.dialect.phrase(column, run) for column, run in runs if run])
