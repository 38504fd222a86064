"""By-laws: which set is in force on a day, the set a consortium begins with, and adopting another by vote."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.by_law_models import ByLaws
from catalogue.consortia.by_law_values import Decision, Values, changes, seal_of, values_of
from catalogue.consortia.models import Consortium, Member, MemberStatus
from catalogue.consortia.starting_by_laws import starting_sets

VIENTIANE = ZoneInfo("Asia/Vientiane")
NOTICE_DAYS = 14


class NotCarried(Exception):
    """As many voted against it as for it, or more."""


class MoreVotesThanMembers(Exception):
    """More votes were counted than there are members; `members` is how many there are."""

    def __init__(self, members: int) -> None:
        super().__init__(str(members))
        self.members = members


class DecidedInFuture(Exception):
    """The day of the decision is still to come."""


class NothingChanges(Exception):
    """The set says what the newest one says already."""


class AnotherWasAdopted(Exception):
    """Somebody recorded another set since this one was begun: what changes must be read again."""


def in_force(session: Session, consortium: Consortium, day: date) -> ByLaws:
    """The by-laws that hold on a day in Vientiane: the newest of those in force by then, else the first set."""
    query = select(ByLaws).where(ByLaws.consortium_id == consortium.id)
    found = session.scalar(query.where(ByLaws.in_force_from <= day).order_by(ByLaws.number.desc()).limit(1))
    return found or session.scalars(query.order_by(ByLaws.number).limit(1)).one()


def all_sets(session: Session, consortium: Consortium) -> Sequence[ByLaws]:
    """Every set ever adopted, the newest first."""
    query = select(ByLaws).where(ByLaws.consortium_id == consortium.id)
    return session.scalars(query.order_by(ByLaws.number.desc())).all()


def found_by_laws(session: Session, consortium: Consortium, *, at: datetime, starting_set: str = "small") -> ByLaws:
    """The set a consortium begins with, until its members adopt another by vote: one of `starting_sets` by its key."""
    day = at.astimezone(VIENTIANE).date()
    begun = starting_sets()[starting_set]
    first = ByLaws(
        consortium_id=consortium.id,
        number=1,
        **begun.values(consortium.currency).as_columns(),
        reason=begun.about,
        minutes="",
        adopted_on=day,
        votes_for=0,
        votes_against=0,
        abstained=0,
        in_force_from=day,
        recorded_at=at,
    )
    return _sealed(session, first)


def comes_into_force(at: datetime) -> date:
    """From when on a set recorded now holds: fourteen days in which all can read it."""
    return at.astimezone(VIENTIANE).date() + timedelta(days=NOTICE_DAYS)


def adopt(
    session: Session,
    consortium: Consortium,
    values: Values,
    decision: Decision,
    *,
    after: int,
    by: Person,
    at: datetime,
) -> ByLaws:
    """Record what the members decided. It holds from fourteen days after it was recorded; open calls keep theirs.

    `after` is the number of the newest set that the decision was written against. Raises `DecidedInFuture`,
    `NotCarried`, `MoreVotesThanMembers`, `NothingChanges`, `AnotherWasAdopted`.
    """
    newest = all_sets(session, consortium)[0]
    if newest.number != after:
        raise AnotherWasAdopted
    refuse_decision(session, consortium, decision, at=at)
    if not changes(values_of(newest), values):
        raise NothingChanges
    adopted = ByLaws(
        consortium_id=consortium.id,
        number=after + 1,
        **values.as_columns(),
        adopted_on=decision.adopted_on,
        votes_for=decision.votes_for,
        votes_against=decision.votes_against,
        abstained=decision.abstained,
        minutes=decision.minutes,
        reason=decision.reason,
        in_force_from=comes_into_force(at),
        recorded_at=at,
        recorded_by=by.id,
    )
    try:
        with session.begin_nested():
            _sealed(session, adopted)
    except IntegrityError:
        raise AnotherWasAdopted from None
    _log(session, adopted, by, at)
    return adopted


def active_members(session: Session, consortium: Consortium) -> int:
    """How many members there are today: each has a vote."""
    query = select(func.count()).select_from(Member)
    active = Member.consortium_id == consortium.id, Member.status == MemberStatus.ACTIVE
    return session.scalar(query.where(*active)) or 0


def refuse_decision(session: Session, consortium: Consortium, decision: Decision, *, at: datetime) -> None:
    """Raises `DecidedInFuture`, `NotCarried`, `MoreVotesThanMembers` where this is no decision of the members."""
    if decision.adopted_on > at.astimezone(VIENTIANE).date():
        raise DecidedInFuture
    members = active_members(session, consortium)
    if decision.votes_for + decision.votes_against + decision.abstained > members:
        raise MoreVotesThanMembers(members)
    if decision.votes_for <= decision.votes_against:
        raise NotCarried


def _sealed(session: Session, by_laws: ByLaws) -> ByLaws:
    by_laws.seal = seal_of(by_laws)
    session.add(by_laws)
    session.flush()
    return by_laws


def _log(session: Session, adopted: ByLaws, by: Person, at: datetime) -> None:
    data = {
        "number": adopted.number,
        "seal": adopted.seal,
        "in_force_from": adopted.in_force_from.isoformat(),
        "for": adopted.votes_for,
        "against": adopted.votes_against,
        "abstained": adopted.abstained,
    }
    actor = log.actor_name(by)
    chain = adopted.consortium_id
    log.record(session, "by_laws.adopted", adopted, at=at, chain=chain, actor=actor, data=data, text=adopted.minutes)
