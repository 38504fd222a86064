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
from werkzeug.test import create_environ, run_wsgi_app

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
    with app.app_context():
        engine = db.engine
    event.listen(engine, "do_connect", _connect_counting)
    try:
        yield app
    finally:
        engine.dispose()
        logging.disable(logging.NOTSET)


def cost_of(app: Flask, path: str) -> Cost:
    """One GET by itself, without a server or a client, and what it cost. Call it outside any context."""
    environ = create_environ(path, headers={"Accept-Encoding": "br"})
    COUNT.queries, COUNT.cpu = 0, 0.0
    began, cpu = time.perf_counter(), time.thread_time()
    _body, status, _headers = run_wsgi_app(app, environ)
    cpu, wall = time.thread_time() - cpu, time.perf_counter() - began
    return Cost(1000 * wall, 1000 * cpu, 1000 * (cpu - COUNT.cpu), COUNT.queries, int(status.split()[0]))


@contextmanager
def _counted() -> Iterator[None]:
    began = time.thread_time()
    try:
        yield
    finally:
        COUNT.cpu += time.thread_time() - began


def _connect_counting(_dialect: Any, _record: Any, _given: Any, named: dict[str, Any]) -> None:
    named["factory"] = CountingConnection
