"""Numbers that people read: one series for each consortium, kind of paper and year."""

from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium, NumberSeries
from catalogue.database import insert_or_update


def next_number(session: Session, consortium: Consortium, kind: str, year: int) -> str:
    """The next number of a kind of paper ("inquiry") in a year, such as "MSC-2026-0042"."""
    return f"{consortium.code}-{year}-{next_in_series(session, consortium, kind, year):04}"


def next_in_series(session: Session, consortium: Consortium, kind: str, year: int) -> int:
    """Count one on. The row stays locked until the transaction ends, so that two at once get two numbers."""
    first = insert_or_update(session)(NumberSeries).values(consortium_id=consortium.id, kind=kind, year=year, last=1)
    upsert = first.on_conflict_do_update(
        index_elements=["consortium_id", "kind", "year"], set_={"last": NumberSeries.last + 1}
    ).returning(NumberSeries.last)
    return session.scalars(upsert).one()
