"""Managers' ties to members: declaring and ending them, and keeping who has one from deciding."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.interest_models import SHUTTING_OUT, Interest, InterestKind
from catalogue.consortia.models import Consortium, Member, MemberStatus

VIENTIANE = ZoneInfo("Asia/Vientiane")


class InterestForbids(Exception):
    """Whoever acts has ties to a candidate that forbid this act. `interests` are those ties."""

    def __init__(self, interests: Sequence[Interest]) -> None:
        super().__init__(", ".join(each.kind for each in interests))
        self.interests = tuple(interests)


class ShutOut(InterestForbids):
    """Owns a part of a candidate's firm or is paid by it: may neither call, divide nor quote (design, interests)."""


class OnlyUnchanged(InterestForbids):
    """Is kin to a candidate: may act by the unchanged rule alone, without override or choice of candidates."""


class EndsBeforeItBegins(Exception):
    """The last day of a tie lies before its first."""


class DeclaredAlready(Exception):
    """The same tie to the same member holds already."""


@dataclass(frozen=True)
class Tie:
    """What somebody declares: what kind of tie, from which day, until which (None: it still holds)."""

    kind: InterestKind
    begins_on: date
    ends_on: date | None = None


def check(
    session: Session,
    consortium: Consortium,
    person: Person | None,
    member_ids: Collection[int],
    *,
    unchanged: bool,
    at: datetime,
    since: datetime | None = None,
) -> list[Interest]:
    """Let somebody act where these members are candidates, or refuse. Call it before every act of calling or dividing.

    `unchanged` says that the act follows the rule as it stands: no override, no choice of candidates, no early closing.
    Raises `ShutOut` for ownership and pay; `OnlyUnchanged` for kinship where the act is not `unchanged`. Returns the
    ties of kinship with which it was done all the same: members are shown them. The site itself (None) has no ties.
    `since` is when the call was sent: a tie that ended since holds for it, or ending one would be a way in.
    """
    begun = day_of(since) if since else None
    ties = holding(session, consortium, person, member_ids, day=day_of(at), since=begun) if person else []
    if barred := [tie for tie in ties if tie.kind in SHUTTING_OUT]:
        raise ShutOut(barred)
    if ties and not unchanged:
        raise OnlyUnchanged(ties)
    return ties


def check_stand_in(
    session: Session, consortium: Consortium, person: Person | None, member_ids: Collection[int], *, at: datetime
) -> None:
    """The same for what a manager does on behalf of a firm beside these members, where this session does so.

    What is given back or said of a firm's time goes to the others: no way around a tie. Raises `ShutOut`.
    """
    if log.on_behalf_of(session) is not None:
        check(session, consortium, person, member_ids, unchanged=True, at=at)


def active_members(session: Session, consortium: Consortium) -> Sequence[int]:
    """Keys of all who may be candidates of a call."""
    active = Member.consortium_id == consortium.id, Member.status == MemberStatus.ACTIVE
    return session.scalars(select(Member.id).where(*active)).all()


def holding(
    session: Session,
    consortium: Consortium,
    person: Person,
    member_ids: Collection[int],
    *,
    day: date,
    since: date | None = None,
) -> list[Interest]:
    """The ties of one person to any of these members that exist on a day (or did `since` one), the gravest first."""
    if not member_ids:
        return []
    query = (
        _interests_of(consortium)
        .where(Interest.person_id == person.id, Interest.member_id.in_(member_ids), Interest.begins_on <= day)
        .where(or_(Interest.ends_on.is_(None), Interest.ends_on >= min(day, since or day)))
    )
    return sorted(session.scalars(query), key=lambda tie: (tie.kind not in SHUTTING_OUT, tie.id))


def all_interests(session: Session, consortium: Consortium) -> Sequence[Interest]:
    """Every tie ever declared here, those that were declared last first."""
    return session.scalars(_interests_of(consortium).order_by(Interest.id.desc())).all()


def interest_at(session: Session, consortium: Consortium, public_id: str) -> Interest | None:
    """One declared tie."""
    return session.scalar(_interests_of(consortium).where(Interest.public_id == public_id))


def declare(
    session: Session, consortium: Consortium, member: Member, tie: Tie, *, person: Person, at: datetime
) -> Interest:
    """Somebody says that they are tied to a member. Raises `EndsBeforeItBegins`, `DeclaredAlready`."""
    if tie.ends_on and tie.ends_on < tie.begins_on:
        raise EndsBeforeItBegins
    if any(each.kind is tie.kind for each in holding(session, consortium, person, [member.id], day=tie.begins_on)):
        raise DeclaredAlready
    interest = Interest(
        consortium_id=consortium.id,
        person_id=person.id,
        member_id=member.id,
        kind=tie.kind,
        begins_on=tie.begins_on,
        ends_on=tie.ends_on,
        declared_at=at,
        declared_by=person.id,
    )
    session.add(interest)
    session.flush()
    _log(session, "interest.declared", interest, by=person, at=at)
    return interest


def end(session: Session, interest: Interest, *, on: date, by: Person, at: datetime) -> None:
    """The tie is over: `on` is its last day. It stays on record. Raises `EndsBeforeItBegins`."""
    if on < interest.begins_on:
        raise EndsBeforeItBegins
    interest.ends_on, interest.ended_at = on, at
    session.flush()
    _log(session, "interest.ended", interest, by=by, at=at, until=on.isoformat())


def note_refusal(
    session: Session, interest: Interest, act: str, *, by: Person, at: datetime, inquiry_id: int | None = None
) -> None:
    """Log that somebody tried what this tie forbids: `act` is the policy's name of it ("allocation.confirm")."""
    _log(session, "interest.refused", interest, by=by, at=at, act=act, inquiry=inquiry_id)


def day_of(at: datetime) -> date:
    """The date that calendars in Vientiane show: ties begin and end by days there."""
    return at.astimezone(VIENTIANE).date()


def _interests_of(consortium: Consortium) -> Select[Interest]:
    query = select(Interest).where(Interest.consortium_id == consortium.id)
    return query.options(joinedload(Interest.member), joinedload(Interest.person))


def _log(
    session: Session, action: str, interest: Interest, *, by: Person, at: datetime, **said: str | int | None
) -> None:
    data = {"person": interest.person_id, "member": interest.member_id, "kind": interest.kind.value, **said}
    log.record(
        session,
        action,
        interest,
        at=at,
        chain=interest.consortium_id,
        actor=log.actor_name(by),
        data={key: value for key, value in data.items() if value is not None},
    )
