"""The database: base class, types, keys, write transactions, and short transactions of their own."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Engine,
    Enum,
    ForeignKey,
    MetaData,
    Numeric,
    String,
    Text,
    create_engine,
    event,
)
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, composite, declared_attr, mapped_column, registry
from sqlalchemy.types import TypeDecorator, TypeEngine

from catalogue.text import Bilingual
from catalogue.tokens import public_id

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_MS = 15_000


class UtcDateTime(TypeDecorator[datetime]):
    """A point in time: aware on both sides, UTC in the database. A naive time is refused with `ValueError`."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal number with a fixed number of places, kept exactly: NUMERIC; on SQLite a whole number of parts."""

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int = 18, scale: int = 4) -> None:
        super().__init__(precision, scale)
        self.precision, self.scale = precision, scale
        self.parts = Decimal(10) ** scale

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else self.impl)  # type: ignore[arg-type]

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | int | None:
        if value is None or dialect.name != "sqlite":
            return value
        return int((Decimal(value) * self.parts).to_integral_value())

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Without needless zeros, on either database alike: 412.5, never 412.500."""
        if value is None:
            return None
        return Decimal(int(value if dialect.name == "sqlite" else value * self.parts)) / self.parts


class Base(DeclarativeBase):
    """The base of every table."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: UtcDateTime, str: Text, Decimal: Exact},
    )


class Owned:
    """A row that belongs to exactly one consortium."""

    @declared_attr
    def consortium_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("consortium.id"), index=True)


class Shown:
    """A row that addresses may name: ten characters that tell nothing, never its key."""

    public_id: Mapped[str] = mapped_column(String(10), unique=True, default=public_id)


def bilingual(name: str) -> Any:
    """The two columns `<name>_lo` and `<name>_en` as one `Bilingual`."""
    return composite(
        Bilingual,
        mapped_column(f"{name}_lo", Text, default="", nullable=False),
        mapped_column(f"{name}_en", Text, default="", nullable=False),
    )


def choice(kinds: type[StrEnum]) -> Enum:
    """A column type that keeps the word of a `StrEnum` as text, so that a new word needs no migration."""
    return Enum(
        kinds,
        native_enum=False,
        create_constraint=False,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


def engine_for(url: str) -> Engine:
    """An engine with Sala's own settings, for tests and tools that run without the site."""
    return create_engine(url)


@event.listens_for(Engine, "connect")
def prepare_sqlite(connection: Any, _record: object) -> None:
    """SQLite alone: our own BEGIN, readers beside one writer, and a commit that survives a power cut."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def begin(connection: Connection) -> None:
    """A transaction that will write takes its lock at once, so that none fails halfway (design, rule 2)."""
    if connection.dialect.name == "sqlite":
        is_write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


def insert_or_update(session: Session) -> Any:
    """The `insert` of this database that knows ON CONFLICT."""
    return postgres_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert


def begin_write(session: Session) -> None:
    """Open the session's transaction as one that writes. Call it before the first query."""
    session.connection(execution_options={"write": True})


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session of its own whose work is committed at the end, or undone when something is raised."""
    with Session(engine) as session:
        begin_write(session)
        yield session
        session.commit()


@contextmanager
def apart(engine: Engine) -> Iterator[Session]:
    """A short transaction beside the request's: limits, failed sign-ins, refusals, presence.

    Call it before the request's first query or after its rollback; on SQLite two writers would wait for each other.
    """
    with writing(engine) as session:
        yield session
