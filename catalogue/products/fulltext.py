"""The full-text index: FTS5 on SQLite, `tsvector` on PostgreSQL, asked and written in the same words.

Both stand over the plain table `search_entry` and are made by migration 0002. All tokens are ASCII letters and digits.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, cast, column, literal_column, table, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from catalogue.products.models import SearchEntry


class Fts5:
    """SQLite's index; its rows are numbered as the products are."""

    all_of, any_of = " AND ", " OR "
    table: FromClause = table("search_fts", column("rowid"))
    joined: ColumnElement[bool] = table.c.rowid == SearchEntry.product_id
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

    def holds(self, wanted: str) -> ColumnElement[bool]:
        """The row holds what is wanted, written with `phrase` and the joins."""
        return literal_column("search_fts").op("MATCH")(wanted)


class Tsvector:
    """PostgreSQL's index; the weight of a token says its column."""

    all_of, any_of = " & ", " | "
    table: FromClause = table("search_fts", column("product_id"), column("document"))
    joined: ColumnElement[bool] = table.c.product_id == SearchEntry.product_id
    weights = {"words": "A", "stems": "B", "syllables": "C"}  # noqa: RUF012
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

    def holds(self, wanted: str) -> ColumnElement[bool]:
        """The row holds what is wanted, written with `phrase` and the joins."""
        return self.table.c.document.op("@@")(cast(wanted, TSQUERY))


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

    def all_of(self, conditions: list[str]) -> str:
        """Every one of these."""
        return "(" + self.dialect.all_of.join(conditions) + ")"

    def any_of(self, conditions: list[str]) -> str:
        """At least one of these."""
        return "(" + self.dialect.any_of.join(conditions) + ")"


def full_text(session: Session) -> FullText:
    """The index under this session."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return FullText(session, Tsvector() if is_postgresql else Fts5())
