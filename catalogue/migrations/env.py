"""Runs the migrations on a connection of their own (design, rule 13).

SQLite's foreign keys are off before BEGIN, because batch mode rebuilds a table by dropping it, and dropping would
cascade; they are checked as a whole before the end. The steps and their check are one transaction: all or nothing.
"""

from alembic import context
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from catalogue.models import Base

WITHOUT_MODELS = ("search_fts",)


class BrokenReferences(Exception):
    """After a migration a row points to nothing; the message names the tables."""


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Leave to their own migrations what no model describes: the full-text tables and their shadows."""
    return kind != "table" or not (name or "").startswith(WITHOUT_MODELS)


def address() -> str:
    """The database to migrate, as `apply` was given it."""
    return str(context.config.attributes["url"])


def check_references(connection: Connection) -> None:
    """Raises `BrokenReferences` where SQLite, its foreign keys off, let a reference go astray."""
    if broken := connection.execute(text("PRAGMA foreign_key_check")).all():
        raise BrokenReferences(", ".join(sorted({row[0] for row in broken})))


def migrate(connection: Connection) -> None:
    """All steps that are due, in one transaction."""
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_name=include_name,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
        if is_sqlite:
            check_references(connection)


engine = create_engine(address(), poolclass=NullPool)
with engine.connect() as fresh:
    if fresh.dialect.name == "sqlite":
        fresh.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
    migrate(fresh.execution_options(write=True))
engine.dispose()
