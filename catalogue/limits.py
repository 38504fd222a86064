"""Counting what one visitor, address or network does in a time, in the database, so that all processes share it."""

import hashlib
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import String, bindparam, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from catalogue.database import Base, insert_or_update


class LimitCount(Base):
    """How often something happened in one window of time. The key is a hash: it tells no address."""

    __tablename__ = "limit_count"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(index=True)


def hit(session: Session, what: str, whose: str, *, seconds: int, at: datetime) -> int:
    """Count one more `what` of `whose` ("sign-in", "203.0.113.7") in the present window; the count with this one."""
    window, key = _place(what, whose, seconds, at)
    ends_at = datetime.fromtimestamp((window + 1) * seconds, at.tzinfo)
    given = {"key": key, "window": window, "ends_at": ends_at}
    counted: int = session.execute(_one_more(insert_or_update(session)), given).scalar_one()
    return counted


def count(session: Session, what: str, whose: str, *, seconds: int, at: datetime) -> int:
    """How often it happened in the present window, without counting."""
    window, key = _place(what, whose, seconds, at)
    found = session.get(LimitCount, (key, window))
    return found.count if found else 0


def forget(session: Session, what: str, whose: str, *, seconds: int, at: datetime) -> None:
    """Begin the present window anew, as after a right password."""
    window, key = _place(what, whose, seconds, at)
    session.execute(delete(LimitCount).where(LimitCount.key == key, LimitCount.window == window))


def forget_past(session: Session, *, at: datetime) -> None:
    """Delete the counts of windows that are over."""
    session.execute(delete(LimitCount).where(LimitCount.ends_at < at))


@cache
def _one_more(insert: Any) -> Any:
    """The statement that counts, put together once for each kind of database."""
    table = LimitCount.__table__
    first = insert(table).values(
        key=bindparam("key"), window=bindparam("window"), count=1, ends_at=bindparam("ends_at")
    )
    more = first.on_conflict_do_update(index_elements=["key", "window"], set_={"count": table.c.count + 1})
    return more.returning(table.c.count)


def _place(what: str, whose: str, seconds: int, at: datetime) -> tuple[int, str]:
    return int(at.timestamp()) // seconds, hashlib.sha256(f"{what}|{whose}|{seconds}".encode()).hexdigest()
