"""Inquiries handed over for an interest: to another manager at once, to the deputy a working day later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Consortium, Role, RoleName
from catalogue.inquiries.clock import WorkingTime, working_time
from catalogue.inquiries.models import Inquiry
from catalogue.outbox import queue
from catalogue.routing.handing_models import HandOver


class NotHandedOver(Exception):
    """A deputy acts in inquiries alone that were handed over and that they took. `inquiry` is not among them."""

    def __init__(self, inquiry: Inquiry) -> None:
        super().__init__(inquiry.number)
        self.inquiry = inquiry


class NotYet(Exception):
    """The deputy may take it from `deputy_at`; until then another manager may."""

    def __init__(self, deputy_at: datetime) -> None:
        super().__init__(deputy_at.isoformat())
        self.deputy_at = deputy_at


class TakenAlready(Exception):
    """Somebody else took it over a moment before."""


class OwnHandOver(Exception):
    """Whoever handed it over does not take it back: the reason for it still holds."""


@dataclass(frozen=True)
class StandsIn:
    """Who may take an inquiry over: managers at once, deputies from a time."""

    managers: Sequence[Person]
    deputies: Sequence[Person]
    deputy_at: datetime


def check(session: Session, inquiry: Inquiry, person: Person | None) -> None:
    """Let a manager, or the deputy who took this inquiry over, act in it. Raises `NotHandedOver` for another deputy.

    Call it beside `interests.check` before every act of calling or dividing. The site itself (None) may.
    """
    if person is None or is_manager(session, inquiry.consortium_id, person):
        return
    over = hand_over_of(session, inquiry)
    is_deputy = _holds(session, inquiry.consortium_id, person, RoleName.DEPUTY)
    if not is_deputy or over is None or over.taken_by_id != person.id:
        raise NotHandedOver(inquiry)


def hand_over_of(session: Session, inquiry: Inquiry) -> HandOver | None:
    """Whether and by whom this inquiry was handed over."""
    return session.scalar(select(HandOver).where(HandOver.inquiry_id == inquiry.id))


def handed_over(session: Session, consortium: Consortium) -> Sequence[HandOver]:
    """All inquiries that were handed over, the newest first."""
    query = select(HandOver).where(HandOver.consortium_id == consortium.id).order_by(HandOver.id.desc())
    return session.scalars(query.options(joinedload(HandOver.inquiry), joinedload(HandOver.taken_by))).all()


def inquiries_taken_by(session: Session, consortium: Consortium, person: Person) -> list[int]:
    """Keys of the inquiries that somebody took over: a deputy's lists show these alone."""
    query = select(HandOver.inquiry_id).where(
        HandOver.consortium_id == consortium.id, HandOver.taken_by_id == person.id
    )
    return list(session.scalars(query))


def count_waiting_for(session: Session, consortium: Consortium, person: Person, *, at: datetime) -> int:
    """How many inquiries wait that this person may take over now: a manager at once, a deputy from its time."""
    query = select(func.count(HandOver.id)).where(
        HandOver.consortium_id == consortium.id,
        HandOver.taken_by_id.is_(None),
        HandOver.asked_by_id.is_distinct_from(person.id),
    )
    if not is_manager(session, consortium.id, person):
        query = query.where(HandOver.deputy_at <= at)
    return session.scalar(query) or 0


def hand_over(session: Session, inquiry: Inquiry, *, by: Person, at: datetime) -> HandOver:
    """Give an inquiry out of one's hands. Where it was handed over before, that hand-over is given back: idempotent."""
    if found := hand_over_of(session, inquiry):
        return found
    over = HandOver(
        consortium_id=inquiry.consortium_id,
        inquiry=inquiry,
        asked_by_id=by.id,
        asked_at=at,
        deputy_at=deputy_from(at),
    )
    try:
        with session.begin_nested():
            session.add(over)
    except IntegrityError:
        return session.scalars(select(HandOver).where(HandOver.inquiry_id == inquiry.id)).one()
    _tell(session, over, by, at)
    _log(session, "routing.handed_over", over, by=by, at=at)
    return over


def take_over(session: Session, over: HandOver, *, by: Person, at: datetime) -> None:
    """Take it into one's hands. Of two who try at once, one gets it.

    Raises `OwnHandOver`, `NotYet` (a deputy), `NotHandedOver` (neither manager nor deputy), `TakenAlready`.
    """
    if over.asked_by_id == by.id:
        raise OwnHandOver
    if not is_manager(session, over.consortium_id, by):
        _refuse_stranger(session, over, by, at)
    free = update(HandOver).where(HandOver.id == over.id, HandOver.taken_by_id.is_(None))
    if session.connection().execute(free.values(taken_by_id=by.id, taken_at=at)).rowcount != 1:
        raise TakenAlready
    session.refresh(over)
    _log(session, "routing.taken_over", over, by=by, at=at)


def who_stands_in(session: Session, consortium: Consortium, besides: Person, *, asked_at: datetime) -> StandsIn:
    """Who could decide in the place of somebody who may not, had they asked at this time."""
    people = {
        name: [each for each in _people(session, consortium.id, name) if each.id != besides.id]
        for name in (RoleName.MANAGER, RoleName.DEPUTY)
    }
    return StandsIn(people[RoleName.MANAGER], people[RoleName.DEPUTY], deputy_from(asked_at))


def deputy_from(asked_at: datetime, working: WorkingTime | None = None) -> datetime:
    """When a deputy may step in: after one working day, at the end of the next one (design, interests)."""
    working = working or working_time()
    return working.closes_at(next(working.working_days_after(working.day_of(asked_at))))


def is_manager(session: Session, consortium_id: int, person: Person) -> bool:
    """Whether this person manages that consortium today."""
    return _holds(session, consortium_id, person, RoleName.MANAGER)


def _refuse_stranger(session: Session, over: HandOver, by: Person, at: datetime) -> None:
    if not _holds(session, over.consortium_id, by, RoleName.DEPUTY):
        raise NotHandedOver(over.inquiry)
    if at < over.deputy_at:
        raise NotYet(over.deputy_at)


def _holds(session: Session, consortium_id: int, person: Person, name: RoleName) -> bool:
    here = Role.person_id == person.id, Role.consortium_id == consortium_id
    query = select(Role.id).where(*here, Role.name == name, Role.ended_at.is_(None))
    return session.scalar(query.limit(1)) is not None


def _people(session: Session, consortium_id: int, name: RoleName) -> Sequence[Person]:
    query = (
        select(Person)
        .join(Role, Role.person_id == Person.id)
        .where(Role.consortium_id == consortium_id, Role.name == name, Role.ended_at.is_(None))
        .where(Person.disabled_at.is_(None))
        .order_by(Role.id)
    )
    return session.scalars(query).all()


def _tell(session: Session, over: HandOver, by: Person, at: datetime) -> None:
    """A letter to each who may take it, so that nobody has to look for it."""
    others = who_stands_in(session, over.inquiry.consortium, by, asked_at=at)
    for person in (*others.managers, *others.deputies):
        queue.letter(
            session,
            "handed_over",
            at=at,
            consortium_id=over.consortium_id,
            about=log.name_of(over),
            hand_over_id=over.id,
            person_id=person.id,
        )


def _log(session: Session, action: str, over: HandOver, *, by: Person, at: datetime) -> None:
    data = {"hand_over": over.id}
    log.record(session, action, over.inquiry, at=at, chain=over.consortium_id, actor=log.actor_name(by), data=data)
