"""What every migration keeps to: which tables models describe, and that no reference breaks."""

from sqlalchemy import Connection, text

WITHOUT_MODELS = ("search_fts",)


class BrokenReferences(Exception):
    """After a migration a row points to nothing; the message names the tables."""


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Leave to their own migrations what no model describes: the full-text tables and their shadows."""
    return kind != "table" or not (name or "").startswith(WITHOUT_MODELS)


def check_references(connection: Connection) -> None:
    """Raises `BrokenReferences` where SQLite, its foreign keys off, let a reference go astray."""
    if broken := connection.execute(text("PRAGMA foreign_key_check")).all():
        raise BrokenReferences(", ".join(sorted({row[0] for row in broken})))
