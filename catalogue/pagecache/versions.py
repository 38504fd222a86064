"""The version that a kept page stands under, read from the database for each request on connections of their own."""

import sqlite3
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import quote

from sqlalchemy.engine import URL, make_url

from catalogue.pagecache.outage import Outage

Connection = TypeVar("Connection")
# A read of one row takes a tenth of a millisecond; what takes a second is not well.
SECONDS = 1
POSTGRES_OPTIONS = {"connect_timeout": "2", "options": "-c statement_timeout=1000 -c default_transaction_read_only=on"}


class Versions(Protocol):
    """Tells the catalogue version of a consortium by its slug, "" that of the network."""

    def of(self, scope: str) -> int | None:
        """The version now; None where there is no such consortium, or the database does not answer."""

    def close(self) -> None:
        """End the connections that nobody uses now."""


class ReadVersions(ABC, Generic[Connection]):
    """Versions read on connections that are laid back after use, so there are as many as were ever in use at once."""

    faults: tuple[type[Exception], ...]

    def __init__(self) -> None:
        self._idle: list[Connection] = []
        self.outage = Outage("the database")

    def of(self, scope: str) -> int | None:
        """One read by key, in no transaction that lasts."""
        if self.outage.is_resting:
            return None
        connection = None
        try:
            connection = self._idle.pop() if self._idle else self._connect()
            version = self._read(connection, scope)
        except IndexError:  # another thread was quicker
            return self.of(scope)
        except self.faults as fault:
            self.outage.begin(fault)
            if connection is not None:
                self._end(connection)
            self.close()
            return None
        self._idle.append(connection)
        self.outage.end()
        return version

    def close(self) -> None:
        """End the connections that nobody uses now."""
        with suppress(IndexError):
            while True:
                self._end(self._idle.pop())

    @abstractmethod
    def _connect(self) -> Connection: ...
    @abstractmethod
    def _read(self, connection: Connection, scope: str) -> int | None: ...
    @abstractmethod
    def _end(self, connection: Connection) -> None: ...


class SqliteVersions(ReadVersions[sqlite3.Connection]):
    """Versions in a SQLite file, opened for reading only."""

    faults = (sqlite3.Error,)

    def __init__(self, path: Path, of_consortium: str, of_network: str) -> None:
        super().__init__()
        self._of_consortium, self._of_network = of_consortium.format("?"), of_network
        self._address = f"file:{quote(str(path.absolute()))}?mode=ro"

    def _read(self, connection: sqlite3.Connection, scope: str) -> int | None:
        found = connection.execute(self._of_consortium, (scope,)) if scope else connection.execute(self._of_network)
        row = found.fetchone()
        return row[0] if row else None

    def _connect(self) -> sqlite3.Connection:
        # Used by one thread at a time, though not always by the same.
        return sqlite3.connect(self._address, uri=True, timeout=SECONDS, isolation_level=None, check_same_thread=False)

    def _end(self, connection: sqlite3.Connection) -> None:
        connection.close()


class PostgresVersions(ReadVersions[Any]):
    """Versions in PostgreSQL, by the plain C interface: psycopg's own cursors cost several times as much."""

    def __init__(self, url: URL, of_consortium: str, of_network: str) -> None:
        super().__init__()
        import psycopg  # here and not above: most sites have no PostgreSQL

        self._pq = psycopg.pq
        self.faults = (psycopg.Error, OSError)
        self._said = psycopg.conninfo.make_conninfo("", **_conninfo_of(url)).encode()
        self._of_consortium, self._of_network = of_consortium.format("$1").encode(), of_network.encode()

    def _read(self, connection: Any, scope: str) -> int | None:
        if scope:
            result = connection.exec_params(self._of_consortium, [scope.encode()])
        else:
            result = connection.exec_params(self._of_network, None)
        if result.status != self._pq.ExecStatus.TUPLES_OK:
            raise OSError(result.error_message.decode(errors="replace").strip())
        return int(result.get_value(0, 0)) if result.ntuples else None

    def _connect(self) -> Any:
        connection = self._pq.PGconn.connect(self._said)
        if connection.status != self._pq.ConnStatus.OK:
            fault = connection.error_message.decode(errors="replace").strip()
            connection.finish()
            raise OSError(fault)
        return connection

    def _end(self, connection: Any) -> None:
        connection.finish()


def versions_in(database_url: URL | str, of_consortium: str, of_network: str) -> Versions:
    """How versions are read from a database; the questions leave "{}" for the slug."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return SqliteVersions(Path(url.database or ""), of_consortium, of_network)
    return PostgresVersions(url, of_consortium, of_network)


def _conninfo_of(url: URL) -> dict[str, Any]:
    """The address as libpq knows it."""
    said = url.translate_connect_args(username="user", database="dbname")
    return {**said, **{name: value for name, value in url.query.items() if isinstance(value, str)}, **POSTGRES_OPTIONS}
