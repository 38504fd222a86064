"""Numbers that people read: one series for each consortium, kind of paper and year."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium, NumberSeries
from catalogue.database import insert_or_update


def next_number(session: Session, consortium: Consortium, kind: str, year: int) -> str:
    """The next number of a kind of paper ("inquiry") in a year, such as "MSC-2026-0042"."""
    return f"{consortium.code}-{year}-{next_in_series(session, consortium, kind, year):04}"


def next_in_series(session: Session, consortium: Consortium, kind: str, year: int) -> int:
    """Count one on. The row stays locked until the transaction ends, so that two at once get two numbers."""
    given = {"consortium_id": consortium.id, "kind": kind, "year": year}
    last: int = session.execute(_next(insert_or_update(session)), given).scalar_one()
    return last


@cache
def _next(insert: Any) -> Any:
    """The statement that counts on, put together once for each kind of database."""
    table, key = NumberSeries.__table__, ["consortium_id", "kind", "year"]
    first = insert(table).values(**{name: bindparam(name) for name in key}, last=1)
    return first.on_conflict_do_update(index_elements=key, set_={"last": table.c.last + 1}).returning(table.c.last)
