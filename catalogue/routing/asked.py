"""The calls that one member was asked in: those it may still answer, and those before."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from catalogue.consortia.models import Member
from catalogue.routing.models import Call, CallState, Candidate

MOST_BEFORE = 20


def open_for(session: Session, member: Member, *, at: datetime) -> Sequence[Candidate]:
    """Where the member may still answer, the first to close first."""
    return session.scalars(_open(select(Candidate), member, at).options(contains_eager(Candidate.call))).all()


def before_for(session: Session, member: Member, *, at: datetime) -> Sequence[Candidate]:
    """Where it was asked and no longer can answer, the last first."""
    is_over = (Call.state != CallState.OPEN) | (Call.closes_at <= at)
    query = _asked(select(Candidate), member).where(is_over).options(contains_eager(Candidate.call))
    return session.scalars(query.order_by(Call.id.desc()).limit(MOST_BEFORE)).all()


def asked_at(session: Session, members: Sequence[Member], public_id: str) -> Candidate | None:
    """The place of one of these firms beside a call, where it was asked."""
    keys = [(each.consortium_id, each.id) for each in members]
    call = joinedload(Candidate.call)
    query = select(Candidate).where(Candidate.public_id == public_id, Candidate.is_called)
    found = session.scalar(query.options(call.joinedload(Call.consortium), joinedload(Candidate.member)))
    return found if found and (found.consortium_id, found.member_id) in keys else None


def _open(query: Select, member: Member, at: datetime) -> Select:
    still = _asked(query, member).where(Call.state == CallState.OPEN, Call.closes_at > at)
    return still.order_by(Call.closes_at, Call.id)


def _asked(query: Select, member: Member) -> Select:
    return query.join(Candidate.call).where(
        Candidate.consortium_id == member.consortium_id, Candidate.member_id == member.id, Candidate.is_called
    )
