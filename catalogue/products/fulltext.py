"""The full-text index: FTS5 on SQLite, `tsvector` on PostgreSQL, asked and written in the same words.

Both stand over the plain table `search_entry` and are made by migration 0002. All tokens are ASCII letters and digits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session


class Fts5:
    """SQLite's index; its rows are numbered as the products are.

    CROSS JOIN keeps SQLite from asking the index about each product of a consortium in turn, and the narrow index of
    `search_entry` tells whose a product is without reading the product.
    """

    all_of, any_of = " AND ", " OR "
    read = (
        "SELECT * FROM (SELECT product.id, product.consortium_id, # AS place FROM search_fts "
        "CROSS JOIN product ON product.id = search_fts.rowid "
        "WHERE search_fts MATCH :wanted_# LIMIT :most) AS found_#"
    )
    read_one = (
        "SELECT * FROM (SELECT product_id, entry.consortium_id, # AS place FROM search_fts "
        "CROSS JOIN search_entry AS entry INDEXED BY ix_search_entry_consortium_id "
        "ON entry.consortium_id = :consortium_id AND entry.product_id = search_fts.rowid "
        "WHERE search_fts MATCH :wanted_# LIMIT :most) AS found_#"
    )
    add = (
        "INSERT INTO search_fts (rowid, syllables, words, stems) "
        "SELECT product_id, syllables, words, stems FROM search_entry WHERE product_id = :id"
    )
    drop = (
        "INSERT INTO search_fts (search_fts, rowid, syllables, words, stems) "
        "SELECT 'delete', product_id, syllables, words, stems FROM search_entry WHERE product_id = :id"
    )
    rebuild = ("INSERT INTO search_fts (search_fts) VALUES ('rebuild')",)

    def phrase(self, column: str, tokens: list[str]) -> str:
        """These tokens one after the other in one column."""
        return f'{column} : "{" ".join(tokens)}"'


class Tsvector:
    """PostgreSQL's index; the weight of a token says its column."""

    all_of, any_of = " & ", " | "
    weights = {"words": "A", "stems": "B", "syllables": "C"}  # noqa: RUF012
    read = (
        "SELECT * FROM (SELECT product.id, product.consortium_id, # AS place FROM search_fts "
        "JOIN product ON product.id = search_fts.product_id "
        "WHERE search_fts.document @@ CAST(:wanted_# AS tsquery) LIMIT :most) AS found_#"
    )
    read_one = read.replace(" LIMIT", " AND product.consortium_id = :consortium_id LIMIT")
    add = (
        "INSERT INTO search_fts (product_id, document) SELECT product_id, setweight(to_tsvector('simple', words), 'A') "
        "|| setweight(to_tsvector('simple', stems), 'B') || setweight(to_tsvector('simple', syllables), 'C') "
        "FROM search_entry WHERE product_id = :id"
    )
    drop = "DELETE FROM search_fts WHERE product_id = :id"
    rebuild = ("DELETE FROM search_fts", add.removesuffix(" WHERE product_id = :id"))

    def phrase(self, column: str, tokens: list[str]) -> str:
        """These tokens one after the other in one column."""
        return "(" + " <-> ".join(f"{token}:{self.weights[column]}" for token in tokens) + ")"


@dataclass(frozen=True)
class FullText:
    """The index of the database that a session works on."""

    session: Session
    dialect: Fts5 | Tsvector

    def add(self, product_id: int) -> None:
        """Take the row of `search_entry` into the index."""
        self.session.execute(text(self.dialect.add), {"id": product_id})

    def drop(self, product_id: int) -> None:
        """Take it out again; FTS5 needs the row as it was added, so this comes before the row changes."""
        self.session.execute(text(self.dialect.drop), {"id": product_id})

    def rebuild(self) -> None:
        """Make the index anew from `search_entry`."""
        for statement in self.dialect.rebuild:
            self.session.execute(text(statement))

    def find(self, wanted: Sequence[str], consortium_id: int | None, most: int) -> list[tuple[int, int, int]]:
        """Product, consortium and lowest tier of all that the tiers find, the lowest tiers first, `most` in all.

        A tier is written with `phrase`, `all_of` and `any_of`. Where the first find enough, the others are not read.
        """
        found: dict[tuple[int, int], int] = {}
        for first, last in pairwise((0, 1, max(1, len(wanted) - 1), len(wanted))):
            if first < last and len(found) < most:
                for product_id, owner, place in sorted(
                    self._ask(wanted[first:last], consortium_id, most), key=itemgetter(2, 0)
                ):
                    found.setdefault((product_id, owner), first + place)
        return [(product_id, owner, tier) for (product_id, owner), tier in found.items()][:most]

    def find_each(self, wanted: Sequence[str], consortium_id: int | None, most: int) -> list[tuple[int, int, int]]:
        """Product, consortium and number of what was wanted, for `most` found of each in one consortium, or in all."""
        return self._ask(wanted, consortium_id, most)

    def _ask(self, wanted: Sequence[str], consortium_id: int | None, most: int) -> list[tuple[int, int, int]]:
        """Product, consortium and number of each that is wanted, in one reading."""
        if not wanted:
            return []
        read = self.dialect.read if consortium_id is None else self.dialect.read_one
        values = {f"wanted_{number}": each for number, each in enumerate(wanted)} | {"most": most}
        whose = {} if consortium_id is None else {"consortium_id": consortium_id}
        rows = self.session.execute(_together(read, len(wanted)), values | whose)
        return [(product_id, owner, place) for product_id, owner, place in rows]

    def all_of(self, conditions: list[str]) -> str:
        """Every one of these."""
        return "(" + self.dialect.all_of.join(conditions) + ")"

    def any_of(self, conditions: list[str]) -> str:
        """At least one of these."""
        return "(" + self.dialect.any_of.join(conditions) + ")"


@lru_cache(maxsize=64)
def _together(read: str, many: int) -> TextClause:
    """One statement that reads so many."""
    return text(" UNION ALL ".join(read.replace("#", str(number)) for number in range(many)))


def full_text(session: Session) -> FullText:
    """The index under this session."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return FullText(session, Tsvector() if is_postgresql else Fts5())
