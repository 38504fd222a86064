"""Telling members of a call: by letter, and whatever way somebody of the office found."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.inquiries import clock
from catalogue.inquiries.telling_models import ToldBy
from catalogue.outbox import queue
from catalogue.routing.models import Call, Candidate

LEAST_BEFORE_REMINDER = timedelta(hours=18)


class ToldBefore(Exception):
    """Somebody else noted before that this member was told."""


def tell_called(session: Session, call: Call, *, at: datetime) -> None:
    """A letter to each who is called now, and one before the call closes to who has not answered by then."""
    session.refresh(call, ["candidates"])
    for candidate in call.candidates:
        if candidate.is_called:
            _letter(session, "call_sent", candidate, at, at)
            remind_at = reminder_time(call)
            if remind_at > at + LEAST_BEFORE_REMINDER:
                _letter(session, "call_closing", candidate, at, remind_at)


def reminder_time(call: Call) -> datetime:
    """When who has not answered is reminded: on the morning of the working day before the call closes."""
    working = clock.working_time()
    day = next(working.working_days_before(working.day_of(call.closes_at)))
    return working.spans(day)[0][0]


def _letter(session: Session, kind: str, candidate: Candidate, at: datetime, due_at: datetime) -> None:
    queue.letter(
        session,
        kind,
        at=at,
        due_at=due_at,
        consortium_id=candidate.consortium_id,
        about=log.name_of(candidate),
        candidate_id=candidate.id,
    )


def told(session: Session, candidate: Candidate, how: ToldBy, *, by: Person, at: datetime) -> None:
    """Note that a member was told of a call, by whom and how. Raises `ToldBefore` when somebody else was first."""
    step = (
        update(Candidate)
        .where(Candidate.id == candidate.id, Candidate.told_at.is_(None))
        .values(told_at=at, told_by_id=by.id, told_how=how)
    )
    was_first = session.connection().execute(step).rowcount == 1
    session.refresh(candidate)
    if not was_first:
        raise ToldBefore(candidate.id)
    data = {"call": candidate.call_id, "member": candidate.member_id, "how": how}
    actor = log.actor_name(by)
    log.record(session, "candidate.told", candidate, at=at, chain=candidate.consortium_id, actor=actor, data=data)
