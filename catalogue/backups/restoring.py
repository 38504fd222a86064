"""Reading a backup into an empty site, on either database: all of it, or nothing."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, create_engine, delete, insert, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from catalogue.backups.manifest import (
    Manifest,
    NotABackup,
    NotEmpty,
    Table,
    check,
    files_in,
    lines_of,
    opened,
    opened_backup,
)
from catalogue.backups.rows import UnknownKind, clause_of, row_of
from catalogue.consortia.models import Consortium, Network
from catalogue.database import writing
from catalogue.media.stores import Store
from catalogue.migrations import apply
from catalogue.migrations.rules import check_references
from catalogue.migrations.state import numbers, state_of
from catalogue.products import search

ROWS_AT_ONCE = 500
# The version of a catalogue after a restore: higher than any that the lost site can have reached since.
LEAP = 100_000
# Rows in one of these mean that a site lives here. Others, such as the network's row, come with the migrations.
SIGNS_OF_LIFE = ("consortium", "person", "activity", "inquiry", "stored_file", "received_mail")
FOREIGN_KEYS = (
    "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(pg_constraint.oid) FROM pg_constraint "
    "JOIN pg_namespace ON pg_namespace.oid = connamespace "
    "WHERE contype = 'f' AND nspname = current_schema() ORDER BY 1, 2"
)


def restore_backup(url: str, store: Store, place: Path) -> Manifest:
    """Make the site of a backup live in the empty database at `url` and in the store.

    The backup is proved whole first; then files are stored, and all rows come in one transaction. A backup of an older
    version is brought to today's shape. Raises `NotABackup` and `NotEmpty`.
    """
    with opened_backup(place) as (archive, manifest):
        if manifest.migration not in numbers():
            raise NotABackup(f"a newer version of the site made it (migration {manifest.migration})")
        _refuse_lived_in(url, manifest)
        check(archive, manifest)
        apply.apply_up_to(url, manifest.migration)
        for stored in files_in(archive, manifest):
            with opened(archive, stored.part) as file:
                store.put(stored.key, file.read())
        _load(url, archive, manifest)
    apply.apply_all(url)
    _rebuild(url)
    return manifest


def _refuse_lived_in(url: str, manifest: Manifest) -> None:
    state = state_of(url)
    if not state.number:
        return
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        for name in SIGNS_OF_LIFE:
            if _has_rows(connection, name):
                raise NotEmpty(name)
    if state.number != manifest.migration:
        raise NotEmpty(f"tables of migration {state.number}, while the backup has those of {manifest.migration}")


def _has_rows(connection: Connection, name: str) -> bool:
    if not connection.dialect.has_table(connection, name):
        return False
    return connection.execute(text(f"SELECT 1 FROM {name} LIMIT 1")).first() is not None  # noqa: S608


def _load(url: str, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection, references_later(connection):
        for table in manifest.tables:
            _fill(connection, archive, table)
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:number)"), {"number": manifest.migration})


@contextmanager
def references_later(connection: Connection) -> Iterator[None]:
    """One transaction in which rows may come in any order; every reference is checked at its end."""
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with connection.execution_options(write=True).begin():
            yield
            check_references(connection)
        return
    with connection.begin():
        keys = connection.execute(text(FOREIGN_KEYS)).all()
        for table, name, _definition in keys:
            connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
        yield
        for table, name, definition in keys:
            connection.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"))


def _fill(connection: Connection, archive: zipfile.ZipFile, table: Table) -> None:
    try:
        clause = clause_of(table.name, table.columns)
        connection.execute(delete(clause))
        rows = (row_of(line, table.columns) for line in lines_of(archive, table.part, table.sha256))
        while batch := list(islice(rows, ROWS_AT_ONCE)):
            connection.execute(insert(clause), batch)
        _continue_numbers(connection, table)
    except (SQLAlchemyError, UnknownKind, ValueError, KeyError) as fault:
        raise NotABackup(f"the rows of {table.name} do not fit ({type(fault).__name__})") from fault


def _continue_numbers(connection: Connection, table: Table) -> None:
    """PostgreSQL alone: the next row gets a number of its own."""
    if connection.dialect.name != "postgresql" or table.columns.get("id") != "int":
        return
    if connection.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name}).scalar():
        last = f"SELECT setval(pg_get_serial_sequence(:name, 'id'), max(id)) FROM {table.name} HAVING max(id) > 0"  # noqa: S608
        connection.execute(text(last), {"name": table.name})


def _rebuild(url: str) -> None:
    """Make anew what is derived from rows; pages that were kept of the site as it was then are kept no longer."""
    with writing(create_engine(url, poolclass=NullPool)) as session:
        search.rebuild(session)
        session.execute(update(Network).values(catalogue_version=Network.catalogue_version + LEAP))
        session.execute(update(Consortium).values(catalogue_version=Consortium.catalogue_version + LEAP))
