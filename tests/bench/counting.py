"""The site inside this process, with its queries counted and the time its database takes told apart."""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event

from catalogue.app import create_app
from catalogue.extensions import db
from tests.bench.made.catalogues import Catalogue


@dataclass
class Count:
    """What this thread's database has done so far: queries, and seconds of CPU inside SQLite."""

    queries: int = 0
    cpu: float = 0.0


COUNT = Count()


@dataclass(frozen=True)
class Cost:
    """One request: milliseconds by the clock and of CPU, those of CPU outside the database, and queries."""

    wall_ms: float
    cpu_ms: float
    own_cpu_ms: float
    queries: int
    status: int


class CountingCursor(sqlite3.Cursor):
    """A cursor that adds to `COUNT`; statements that begin or end a transaction are no queries."""

    def execute(self, statement: str, *given: Any) -> "CountingCursor":
        COUNT.queries += not statement.startswith(("BEGIN", "PRAGMA"))
        with _counted():
            return super().execute(statement, *given)

    def fetchone(self) -> Any:
        with _counted():
            return super().fetchone()

    def fetchmany(self, *given: Any) -> Any:
        with _counted():
            return super().fetchmany(*given)

    def fetchall(self) -> Any:
        with _counted():
            return super().fetchall()


class CountingConnection(sqlite3.Connection):
    """A connection whose cursors count."""

    def cursor(self, *_given: Any) -> CountingCursor:  # type: ignore[override]
        return super().cursor(CountingCursor)


@contextmanager
def counted_site(catalogue: Catalogue, var: Path) -> Iterator[Flask]:
    """The site over a catalogue, inside this process; it is only to be read."""
    app = create_app(catalogue.settings(var))
    logging.disable(logging.CRITICAL)  # what goes wrong is told by its status
    try:
        with app.app_context():
            event.listen(db.engine, "do_connect", _connect_counting)
            yield app
            db.session.remove()
            db.engine.dispose()
    finally:
        logging.disable(logging.NOTSET)


def cost_of(app: Flask, path: str, **request: Any) -> Cost:
    """One GET, or another request, and what it cost."""
    client = app.test_client()
    COUNT.queries, COUNT.cpu = 0, 0.0
    began, cpu = time.perf_counter(), time.thread_time()
    answer = client.open(path, **{"headers": {"Accept-Encoding": "br"}, **request})
    cpu, wall = time.thread_time() - cpu, time.perf_counter() - began
    return Cost(1000 * wall, 1000 * cpu, 1000 * (cpu - COUNT.cpu), COUNT.queries, answer.status_code)


@contextmanager
def _counted() -> Iterator[None]:
    began = time.thread_time()
    try:
        yield
    finally:
        COUNT.cpu += time.thread_time() - began


def _connect_counting(_dialect: Any, _record: Any, _given: Any, named: dict[str, Any]) -> None:
    named["factory"] = CountingConnection
