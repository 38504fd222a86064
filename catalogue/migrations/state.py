"""What a database holds before the site starts, looked up without SQLAlchemy, whose imports take longer than a look."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VERSIONS = Path(__file__).resolve().parent / "versions"
SQLITE = "sqlite:///"
NUMBER = "SELECT version_num FROM alembic_version"
CONSORTIA = "SELECT count(*), max(CAST(is_demo AS INTEGER)) FROM consortium"


class NoAnswer(Exception):
    """The database cannot be reached; the message is what its driver said."""


@dataclass(frozen=True)
class State:
    """`number` is that of the last migration, or ""; `is_empty` means no consortium yet, `is_demo` demo data."""

    number: str = ""
    is_empty: bool = True
    is_demo: bool = False


def numbers() -> list[str]:
    """The numbers of all migrations there are, the oldest first."""
    return sorted(path.stem.split("_")[0] for path in VERSIONS.glob("[0-9]*.py"))


def newest() -> str:
    """The number of the last migration there is, such as "0002"."""
    return numbers()[-1]


def state_of(url: str) -> State:
    """What the database at `url` holds. Raises `NoAnswer`."""
    return _of_sqlite(Path(url.removeprefix(SQLITE))) if url.startswith(SQLITE) else _of_postgres(url)


def _of_sqlite(path: Path) -> State:
    if not path.exists():
        return State()
    try:
        with closing(sqlite3.connect(path)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            return _read(connection, tables)
    except sqlite3.Error as fault:
        raise NoAnswer(str(fault)) from None


def _of_postgres(url: str) -> State:
    import psycopg  # only where the database is PostgreSQL

    try:
        with psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=5) as connection:
            found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            return _read(connection, {name for (name,) in found})
    except psycopg.Error as fault:
        raise NoAnswer(str(fault).splitlines()[0]) from None


def _read(connection: Any, tables: set[str]) -> State:
    row = connection.execute(NUMBER).fetchone() if "alembic_version" in tables else None
    if "consortium" not in tables:
        return State(number=row[0] if row else "")
    count, demo = connection.execute(CONSORTIA).fetchone()
    return State(number=row[0] if row else "", is_empty=count == 0, is_demo=bool(demo))
