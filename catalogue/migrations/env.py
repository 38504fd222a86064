"""Runs the migrations on a connection of their own (design, rule 13).

SQLite's foreign keys are off before BEGIN, because batch mode rebuilds a table by dropping it, and dropping would
cascade; they are checked as a whole before the end. The steps and their check are one transaction: all or nothing.
"""

from alembic import context
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from catalogue.migrations.rules import check_references, include_name
from catalogue.models import Base


def migrate(connection: Connection) -> None:
    """All steps that are due, in one transaction."""
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
        if connection.dialect.name == "sqlite":
            check_references(connection)


engine = create_engine(str(context.config.attributes["url"]), poolclass=NullPool)
with engine.connect() as fresh:
    if fresh.dialect.name == "sqlite":
        fresh.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
    migrate(fresh.execution_options(write=True))
engine.dispose()
