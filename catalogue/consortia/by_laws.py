"""By-laws: which set is in force on a day, and the set that a consortium begins with."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.consortia.by_law_models import ByLaws
from catalogue.consortia.models import Consortium

VIENTIANE = ZoneInfo("Asia/Vientiane")


def in_force(session: Session, consortium: Consortium, day: date) -> ByLaws:
    """The by-laws that hold on a day in Vientiane: the newest of those in force by then, else the first set."""
    query = select(ByLaws).where(ByLaws.consortium_id == consortium.id)
    found = session.scalar(query.where(ByLaws.in_force_from <= day).order_by(ByLaws.number.desc()).limit(1))
    return found or session.scalars(query.order_by(ByLaws.number).limit(1)).one()


def found_by_laws(session: Session, consortium: Consortium, *, at: datetime) -> ByLaws:
    """The set a consortium begins with, until its members adopt another by vote."""
    day = at.astimezone(VIENTIANE).date()
    first = ByLaws(consortium_id=consortium.id, number=1, adopted_on=day, in_force_from=day, recorded_at=at)
    session.add(first)
    session.flush()
    return first
