"""Migrated, empty databases for tests: SQLite as a fresh copy of a file, PostgreSQL as one database wiped after use."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.pool import NullPool

from catalogue.migrations.apply import apply_all
from tests import postgres

NAMES = ("sqlite", "postgresql")
KEPT = {"alembic_version"}
WIPE = "pg_temp.wipe"


class Databases(Protocol):
    """One kind of database."""

    def empty(self, folder: Path) -> Iterator[str]:
        """The address of an empty database, for as long as the context lasts; `folder` may hold its file."""


class Sqlite:
    """A file, migrated once and copied for each test."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.db"
        apply_all(f"sqlite:///{self.template}")
        _fold_in_log(self.template)

    @contextmanager
    def empty(self, folder: Path) -> Iterator[str]:
        path = folder / "sala.db"
        shutil.copyfile(self.template, path)
        yield f"sqlite:///{path}"


class Postgres:
    """One database for each process of the run. After a test, its rows go back to what the migrations left."""

    def __init__(self, name: str) -> None:
        postgres.run_as_owner(f'CREATE DATABASE "{name}"')
        self.url = postgres.url_of(name)
        apply_all(self.url)
        # One connection, which keeps the plans of what it does after each test.
        self.connection = create_engine(self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect()
        self.connection.exec_driver_sql(_wipe_of(self.connection))

    @contextmanager
    def empty(self, folder: Path) -> Iterator[str]:
        yield self.url
        self.wipe()

    def wipe(self) -> None:
        """Take every row away that the migrations did not leave."""
        wiped = self.connection.exec_driver_sql(f"SELECT unnest({WIPE}())").scalars().all()
        if wiped:
            # Else each test reads past the rows of all before it.
            self.connection.exec_driver_sql(f"VACUUM {', '.join(wiped)}")


@event.listens_for(Engine, "connect")
def forget_power_cuts(connection: object, _record: object) -> None:
    """Tests need no disk: what a power cut would lose, a failed test loses as well."""
    if type(connection).__module__ == "sqlite3":
        connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]


def _fold_in_log(path: Path) -> None:
    """Bring what stands in the write-ahead log into the file itself, so that a copy of the file is whole."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    connection = engine.raw_connection()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    engine.dispose()


def _wipe_of(connection: Connection) -> str:
    """The function that empties every table that holds rows, writes anew those of the migrations, and names the tables.

    Foreign keys rest meanwhile; a table that holds nothing costs a look only.
    """
    tables = sorted(set(inspect(connection).get_table_names()) - KEPT)
    assert tables, "the migrations made tables"
    steps = [
        f"""IF EXISTS (SELECT FROM "{name}") THEN DELETE FROM "{name}"; wiped := wiped || '"{name}"'::text; END IF;"""
        for name in tables
    ]
    for name in tables:
        rows = connection.execute(text(f'SELECT to_json(t) FROM "{name}" t')).scalars().all()
        steps += [_insert(name, row) for row in rows]
    settings = "SET session_replication_role = replica SET lock_timeout = '20s'"
    body = f"DECLARE wiped text[] := '{{}}'; BEGIN {' '.join(steps)} RETURN wiped; END"
    return f"CREATE FUNCTION {WIPE}() RETURNS text[] LANGUAGE plpgsql {settings} AS $wipe$ {body} $wipe$"


def _insert(table: str, row: dict[str, object]) -> str:
    written = json.dumps(row).replace("'", "''")
    return f"""INSERT INTO "{table}" SELECT * FROM json_populate_record(NULL::"{table}", '{written}');"""
