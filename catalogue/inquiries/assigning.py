"""Who of the office has an inquiry in hand, and until when it is put off: each step holds only if nobody was first."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Consortium, Role, RoleName
from catalogue.inquiries import clock
from catalogue.inquiries.models import Inquiry


class TakenMeanwhile(Exception):
    """Somebody else (`by`, None for nobody) has it by now, so that nothing was changed."""

    def __init__(self, by: Person | None) -> None:
        super().__init__(by.name if by else "nobody")
        self.by = by


class NotOfTheOffice(Exception):
    """Only managers of its consortium can have an inquiry in hand."""


class NotAhead(Exception):
    """An inquiry can only be put off to a day that is still to come."""


def managers_of(session: Session, consortium: Consortium) -> Sequence[Person]:
    """The people who answer for this consortium today, by name."""
    query = (
        select(Person)
        .join(Role, Role.person_id == Person.id)
        .where(Role.consortium_id == consortium.id, Role.name == RoleName.MANAGER, Role.ended_at.is_(None))
        .where(Person.disabled_at.is_(None))
        .distinct()
        .order_by(Person.name, Person.id)
    )
    return session.scalars(query).all()


def assign(
    session: Session, inquiry: Inquiry, to: Person | None, *, was: Person | None, by: Person, at: datetime
) -> None:
    """Give an inquiry to a manager, take it, or (`to` None) leave it to whoever comes.

    It holds only while `was` still has it. Raises `TakenMeanwhile` and `NotOfTheOffice`.
    """
    if to and to.id not in {person.id for person in managers_of(session, inquiry.consortium)}:
        raise NotOfTheOffice
    if to is was:
        return
    session.flush()
    mine = Inquiry.assigned_to_id.is_(None) if was is None else Inquiry.assigned_to_id == was.id
    step = update(Inquiry).where(Inquiry.id == inquiry.id, mine)
    is_done = _step(session, inquiry, step.values(assigned_to_id=to.id if to else None, version=Inquiry.version + 1))
    if not is_done:
        raise TakenMeanwhile(inquiry.assigned_to)
    action = "inquiry.left" if to is None else "inquiry.taken" if to is by else "inquiry.given"
    _log(session, action, inquiry, by, at, {"to": to.id} if to else {})


def take_if_free(session: Session, inquiry: Inquiry, *, by: Person, at: datetime) -> None:
    """Whoever answers has it in hand from then on, unless somebody else has."""
    if inquiry.assigned_to_id is None and by.id in {each.id for each in managers_of(session, inquiry.consortium)}:
        inquiry.assigned_to = by
        session.flush()
        _log(session, "inquiry.taken", inquiry, by, at, {"to": by.id})


def snooze(session: Session, inquiry: Inquiry, until: date, *, by: Person, at: datetime) -> None:
    """Put an inquiry off until the office opens on a day; a message of the buyer brings it back. Raises `NotAhead`."""
    working = clock.working_time()
    spans = working.spans(until)
    wakes = spans[0][0] if spans else working.begins_at(until)
    if wakes <= at:
        raise NotAhead
    _put_off(session, inquiry, wakes)
    _log(session, "inquiry.put_off", inquiry, by, at, {"until": until.isoformat()})


def wake(session: Session, inquiry: Inquiry, *, by: Person, at: datetime) -> None:
    """Have an inquiry back before its day."""
    if inquiry.snoozed_until is not None:
        _put_off(session, inquiry, None)
        _log(session, "inquiry.brought_back", inquiry, by, at, {})


def _put_off(session: Session, inquiry: Inquiry, until: datetime | None) -> None:
    session.flush()
    step = update(Inquiry).where(Inquiry.id == inquiry.id)
    if until:
        step = step.where(or_(Inquiry.snoozed_until.is_(None), Inquiry.snoozed_until != until))
    _step(session, inquiry, step.values(snoozed_until=until, version=Inquiry.version + 1))


def _step(session: Session, inquiry: Inquiry, step: Any) -> bool:
    is_done = bool(session.connection().execute(step).rowcount == 1)
    session.refresh(inquiry)
    return is_done


def _log(session: Session, action: str, inquiry: Inquiry, by: Person, at: datetime, data: dict[str, Any]) -> None:
    chain = inquiry.consortium_id
    log.record(session, action, inquiry, at=at, chain=chain, actor=log.actor_name(by), data=data)
