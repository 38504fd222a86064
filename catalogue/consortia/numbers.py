"""Numbers that people read: one series for each consortium, kind of paper and year."""

from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium, NumberSeries
from catalogue.database import insert_or_update


def next_number(session: Session, consortium: Consortium, kind: str, year: int) -> str:
    """The next number of a kind ("inquiry"), such as "MSC-2026-0042".

    The row of the series stays locked until the transaction ends, so that two at once get two numbers.
    """
    first = insert_or_update(session)(NumberSeries).values(consortium_id=consortium.id, kind=kind, year=year, last=1)
    upsert = first.on_conflict_do_update(
        index_elements=["consortium_id", "kind", "year"], set_={"last": NumberSeries.last + 1}
    ).returning(NumberSeries.last)
    return f"{consortium.code}-{year}-{session.scalars(upsert).one():04}"
