"""Migrated, empty databases for tests: SQLite as a fresh copy of a file, PostgreSQL as one database wiped after use."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.pool import NullPool

from catalogue.migrations.apply import apply_all
from tests import postgres

NAMES = ("sqlite", "postgresql")
KEPT = {"alembic_version"}


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
        self.engine = create_engine(self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self.tables = _tables_of(self.engine)
        self.wipe = _wipe_of(self.engine, self.tables)

    @contextmanager
    def empty(self, folder: Path) -> Iterator[str]:
        yield self.url
        with self.engine.connect() as connection:
            connection.exec_driver_sql(self.wipe)
            # Else each test reads past the rows of all before it.
            connection.exec_driver_sql(f"VACUUM {', '.join(self.tables)}")


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


def _tables_of(engine: Engine) -> list[str]:
    tables = sorted(set(inspect(engine).get_table_names()) - KEPT)
    assert tables, "the migrations made tables"
    return tables


def _wipe_of(engine: Engine, tables: list[str]) -> str:
    """The statement that empties every table that holds rows, and writes anew those of the migrations.

    Foreign keys rest meanwhile; a table that holds nothing costs a look only.
    """
    steps = [f'IF EXISTS (SELECT FROM "{name}") THEN DELETE FROM "{name}"; END IF;' for name in tables]
    with engine.connect() as connection:
        for name in tables:
            rows = connection.execute(text(f'SELECT to_json(t) FROM "{name}" t')).scalars().all()
            steps += [_insert(name, row) for row in rows]
    body = " ".join(steps)
    settings = "SET LOCAL session_replication_role = replica; SET LOCAL lock_timeout = '20s';"
    return f"DO $wipe$ BEGIN {settings} {body} END $wipe$"


def _insert(table: str, row: dict[str, object]) -> str:
    written = json.dumps(row).replace("'", "''")
    return f"""INSERT INTO "{table}" SELECT * FROM json_populate_record(NULL::"{table}", '{written}');"""
