"""What members say of their time: so much a month, days of rest; and what the office says of their skill: samples."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia import interests
from catalogue.consortia.models import Consortium, Member
from catalogue.consortia.showing import bump
from catalogue.inquiries.clock import working_time
from catalogue.routing.capacity import Span
from catalogue.routing.capacity_models import Capacity, CapacityOf, PassedSample, Rest
from catalogue.routing.together import read_together

MOST_A_MONTH = 1_000_000
LONGEST_REST = 366
FARTHEST = timedelta(days=3 * 366)


class NotThatLong(Exception):
    """A rest ends before it begins, is over already, takes more than a year, or lies years ahead."""


def said_by(session: Session, member: Member) -> Sequence[Capacity]:
    """What a member said of its months, as it first said it."""
    query = select(Capacity).where(Capacity.consortium_id == member.consortium_id, Capacity.member_id == member.id)
    return session.scalars(query.order_by(Capacity.id)).all()


def rests_ahead(
    session: Session, consortium: Consortium, member: Member | None = None, *, at: datetime
) -> Sequence[Rest]:
    """The rests of all together, and a member's own, that are not over yet, the next first."""
    of_whom = or_(Rest.member_id.is_(None), Rest.member_id == member.id) if member else Rest.member_id.is_(None)
    query = select(Rest).where(Rest.consortium_id == consortium.id, of_whom, Rest.ends_on >= working_time().day_of(at))
    return session.scalars(query.order_by(Rest.begins_on, Rest.id)).all()


def samples_of(session: Session, member: Member) -> Sequence[PassedSample]:
    """The techniques of which the office found a sample of this member good, the latest first."""
    query = select(PassedSample).where(
        PassedSample.consortium_id == member.consortium_id, PassedSample.member_id == member.id
    )
    return session.scalars(query.order_by(PassedSample.passed_on.desc(), PassedSample.id.desc())).all()


@contextmanager
def _shown_anew(session: Session, consortium: Consortium, at: datetime) -> Iterator[None]:
    """Say that public data changed where the figure that the public reads did: not with every tap of a member."""
    before = read_together(session, consortium, at=at)
    yield
    session.flush()
    if read_together(session, consortium, at=at) != before:
        bump(session, consortium)


def say_capacity(
    session: Session,
    consortium: Consortium,
    member: Member,
    of: CapacityOf,
    key: str,
    unit: str,
    a_month: int,
    *,
    by: Person | None,
    at: datetime,
) -> Capacity:
    """So many a month, from now on; 0: none now. What was said of the same before is replaced.

    Raises `ValueError` for a figure below 0 or beyond `MOST_A_MONTH`.
    """
    if not 0 <= a_month <= MOST_A_MONTH:
        raise ValueError(a_month)
    row = _said_of(session, member, of, key, unit)
    if row is None:
        keys = {"consortium_id": consortium.id, "member_id": member.id, "of": of, "key": key, "unit": unit}
        row = Capacity(**keys)
    with _shown_anew(session, consortium, at):
        row.a_month, row.said_at, row.said_by = a_month, at, by.id if by else None
        session.add(row)
    _record(session, row, by, at, of=of.value, key=key, unit=unit, a_month=a_month)
    return row


def take_back_capacity(
    session: Session, consortium: Consortium, row: Capacity, *, by: Person | None, at: datetime
) -> None:
    """Say nothing more of this: what the listings state holds again."""
    _record(session, row, by, at, of=row.of.value, key=row.key, unit=row.unit, a_month=None)
    with _shown_anew(session, consortium, at):
        session.delete(row)


def say_rest(
    session: Session,
    consortium: Consortium,
    member: Member | None,
    span: Span,
    *,
    words: str = "",
    by: Person | None,
    at: datetime,
) -> Rest:
    """A member, or (None) everybody, does not work on these days. Said twice it is one. Raises `NotThatLong`."""
    today = working_time().day_of(at)
    if not 1 <= span.days <= LONGEST_REST or span.ends_on < today or span.ends_on > today + FARTHEST:
        raise NotThatLong
    if found := _rest_on(session, consortium, member, span):
        return found
    keys = {"consortium_id": consortium.id, "member_id": member.id if member else None}
    rest = Rest(
        **keys, begins_on=span.begins_on, ends_on=span.ends_on, words=words, said_at=at, said_by=by.id if by else None
    )
    with _shown_anew(session, consortium, at):
        session.add(rest)
    _record(session, rest, by, at, begins_on=span.begins_on.isoformat(), ends_on=span.ends_on.isoformat())
    return rest


def take_back_rest(session: Session, consortium: Consortium, rest: Rest, *, by: Person | None, at: datetime) -> None:
    """Work on these days after all; of a rest that has begun, from today on."""
    today = working_time().day_of(at)
    _record(session, rest, by, at, begins_on=rest.begins_on.isoformat(), worked_from=today.isoformat())
    with _shown_anew(session, consortium, at):
        if rest.begins_on < today:
            rest.ends_on = today - timedelta(days=1)
        else:
            session.delete(rest)


def pass_sample(
    session: Session, member: Member, technique: str, *, note: str = "", on: date, by: Person, at: datetime
) -> PassedSample:
    """The office saw a sample of this technique and found it good; said again, the later day and note hold.

    It decides who can be asked: whoever has a tie to the firm leaves it to another. Raises `interests.InterestForbids`.
    """
    interests.check(session, member.consortium, by, [member.id], unchanged=False, at=at)
    keys = {"consortium_id": member.consortium_id, "member_id": member.id, "technique": technique}
    session.execute(select(Member.id).where(Member.id == member.id).with_for_update())
    sample = session.scalar(select(PassedSample).filter_by(**keys))
    if sample is None:
        sample = PassedSample(**keys, passed_on=on)
        session.add(sample)
    sample.passed_on, sample.passed_by, sample.note = on, by.id, note
    session.flush()
    data = {"member": member.id, "technique": technique}
    actor = log.actor_name(by)
    log.record(
        session, "sample.passed", sample, at=at, chain=member.consortium_id, actor=actor, data=data, text=note or None
    )
    return sample


def take_back_sample(session: Session, sample: PassedSample, *, by: Person, at: datetime) -> None:
    """A sample was recorded by mistake, or the work is no longer as it was.

    Raises `interests.InterestForbids` for a tie to the firm, or ownership in or pay from any other that could gain.
    """
    consortium = sample.member.consortium
    interests.check(session, consortium, by, [sample.member_id], unchanged=False, at=at)
    others = interests.active_members(session, consortium)
    interests.check(session, consortium, by, others, unchanged=True, at=at)
    data = {"member": sample.member_id, "technique": sample.technique, "passed": False}
    actor = log.actor_name(by)
    log.record(session, "sample.passed", sample, at=at, chain=sample.consortium_id, actor=actor, data=data)
    session.delete(sample)
    session.flush()


def _said_of(session: Session, member: Member, of: CapacityOf, key: str, unit: str) -> Capacity | None:
    """What was said of the same; whoever says it at the same time waits for the firm's row."""
    session.execute(select(Member.id).where(Member.id == member.id).with_for_update())
    return session.scalar(select(Capacity).filter_by(member_id=member.id, of=of, key=key, unit=unit))


def _rest_on(session: Session, consortium: Consortium, member: Member | None, span: Span) -> Rest | None:
    of_whom = Rest.member_id.is_(None) if member is None else Rest.member_id == member.id
    query = select(Rest).where(
        Rest.consortium_id == consortium.id,
        of_whom,
        Rest.begins_on == span.begins_on,
        Rest.ends_on == span.ends_on,
    )
    return session.scalars(query).first()


def _record(session: Session, row: Capacity | Rest, by: Person | None, at: datetime, **data: str | int | None) -> None:
    """Log it, unless a manager says it on behalf of a firm while a tie to any firm forbids that."""
    if row.member_id is not None:
        consortium = session.get_one(Consortium, row.consortium_id)
        others = interests.active_members(session, consortium)
        interests.check_stand_in(session, consortium, by, others, at=at)
    data["member"] = row.member_id
    log.record(session, "capacity.said", row, at=at, chain=row.consortium_id, actor=log.actor_name(by), data=data)
