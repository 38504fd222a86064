"""Where the office went beside the plain rule, or tried what an interest forbids: every case, for all members to read.

Shares changed by hand, members left out, calls closed early, given up or shortened, each with its reason; what was done
by somebody with a tie to a candidate; and every attempt that was refused (design: allocation, interests).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from catalogue.accounts.models import Person
from catalogue.activity.models import Entry
from catalogue.consortia.interest_models import InterestKind
from catalogue.consortia.interests import all_interests, day_of
from catalogue.consortia.models import Consortium, Member
from catalogue.inquiries.models import Inquiry
from catalogue.routing.division_models import Allocation
from catalogue.routing.models import Call, CallState, Candidate, ClosedBy

Row = TypeVar("Row", Person, Member, Inquiry)


class What(StrEnum):
    """What was done beside the rule."""

    CHANGED = "changed"
    LEFT_OUT = "left out"
    EARLY = "early"
    SHORT = "short"
    GIVEN_UP = "given up"
    TIED = "tied"
    REFUSED = "refused"


@dataclass(frozen=True)
class Departure:
    """One case. `member` is whom it is about; `before` and `after` are pieces of a share, by the rule and by hand.

    `kind` is the tie with which it was done or for which it was refused; `act` the policy's name of what was tried or
    done with it. `is_late` marks a tie that was declared only after the act.
    """

    what: What
    at: datetime
    by: Person | None
    call: Call | None = None
    inquiry_number: str = ""
    member: Member | None = None
    before: int = 0
    after: int = 0
    reason: str = ""
    kind: InterestKind | None = None
    act: str = ""
    is_late: bool = False


def departures(session: Session, consortium: Consortium, *, since: datetime, until: datetime) -> list[Departure]:
    """Every case from `since` to before `until`, the newest first."""
    span = since, until
    calls = session.scalars(_calls(consortium, Call.sent_at, *span)).all()
    closed = session.scalars(_calls(consortium, Call.closed_at, *span)).all()
    allocations = session.scalars(_allocations(consortium, *span)).all()
    found = [
        *_changed(session, allocations),
        *_left_out(session, consortium, *span),
        *(
            Departure(What.SHORT, call.sent_at, call.sent_by, call, reason=call.short_reason)
            for call in calls
            if call.short_reason
        ),
        *_ended(session, closed),
        *_tied(session, consortium, calls, allocations),
        *_refused(session, consortium, *span),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _calls(consortium: Consortium, when: InstrumentedAttribute[Any], since: datetime, until: datetime) -> Select[Call]:
    query = select(Call).where(Call.consortium_id == consortium.id, when >= since, when < until)
    return query.options(joinedload(Call.sent_by)).order_by(Call.id)


def _allocations(consortium: Consortium, since: datetime, until: datetime) -> Select[Allocation]:
    span = Allocation.confirmed_at >= since, Allocation.confirmed_at < until
    query = select(Allocation).where(Allocation.consortium_id == consortium.id, *span)
    return query.options(joinedload(Allocation.call), joinedload(Allocation.confirmed_by)).order_by(Allocation.id)


def _changed(session: Session, allocations: Iterable[Allocation]) -> list[Departure]:
    rows = [(allocation, said) for allocation in allocations for said in allocation.overrides]
    members = _by_key(session, Member, {said["member"] for _, said in rows})
    return [
        Departure(
            What.CHANGED,
            allocation.confirmed_at,
            allocation.confirmed_by,
            allocation.call,
            member=members.get(said["member"]),
            before=said["from"],
            after=said["to"],
            reason=said["reason"],
        )
        for allocation, said in rows
    ]


def _left_out(session: Session, consortium: Consortium, since: datetime, until: datetime) -> list[Departure]:
    query = (
        select(Candidate)
        .join(Candidate.call)
        .where(Call.consortium_id == consortium.id, Call.sent_at >= since, Call.sent_at < until)
        .where(Candidate.left_out_reason != "")
        .options(joinedload(Candidate.call).joinedload(Call.sent_by), joinedload(Candidate.member))
    )
    return [
        Departure(
            What.LEFT_OUT,
            each.call.sent_at,
            each.call.sent_by,
            each.call,
            member=each.member,
            reason=each.left_out_reason,
        )
        for each in session.scalars(query)
    ]


def _ended(session: Session, calls: Sequence[Call]) -> list[Departure]:
    """Calls closed before their time or given up; who did it stands in the log alone."""
    ended = {call: _how_ended(call) for call in calls if _how_ended(call)}
    subjects = [f"call:{call.id}" for call in ended]
    acts = Entry.action.in_(["call.closed", "call.cancelled"])
    entries = session.scalars(select(Entry).where(acts, Entry.subject.in_(subjects)))
    actors = {entry.subject: entry.actor for entry in entries}
    people = _by_key(session, Person, set(filter(None, map(_person_key, actors.values()))))
    return [
        Departure(
            what,
            call.closed_at or call.sent_at,
            people.get(_person_key(actors.get(f"call:{call.id}", "")) or 0),
            call,
            reason=call.closed_reason,
        )
        for call, what in ended.items()
        if what
    ]


def _how_ended(call: Call) -> What | None:
    if call.state is CallState.CANCELLED:
        return What.GIVEN_UP
    return What.EARLY if call.closed_how is ClosedBy.EARLY else None


def _tied(
    session: Session, consortium: Consortium, calls: Sequence[Call], allocations: Sequence[Allocation]
) -> list[Departure]:
    """What was done by somebody while a tie to a candidate held: kinship, or a tie declared only afterwards."""
    ties = all_interests(session, consortium)
    if not ties:
        return []
    beside = _candidates(session, [*calls, *(each.call for each in allocations)])
    acts = [(call, call.sent_by, call.sent_at, "call.send") for call in calls]
    acts += [(each.call, each.confirmed_by, each.confirmed_at, "allocation.confirm") for each in allocations]
    return [
        Departure(What.TIED, at, by, call, member=tie.member, kind=tie.kind, act=act, is_late=tie.declared_at > at)
        for call, by, at, act in acts
        for tie in ties
        if by and tie.person_id == by.id and tie.holds_on(day_of(at)) and tie.member_id in beside.get(call.id, ())
    ]


def _candidates(session: Session, calls: Iterable[Call]) -> dict[int, set[int]]:
    beside: dict[int, set[int]] = {}
    counted = or_(Candidate.is_called, Candidate.left_out_reason != "")
    query = select(Candidate.call_id, Candidate.member_id).where(
        Candidate.call_id.in_({call.id for call in calls}), counted
    )
    for call_id, member_id in session.execute(query).all():
        beside.setdefault(call_id, set()).add(member_id)
    return beside


def _refused(session: Session, consortium: Consortium, since: datetime, until: datetime) -> list[Departure]:
    query = select(Entry).where(Entry.chain == consortium.id, Entry.action == "interest.refused")
    entries = session.scalars(query.where(Entry.at >= since, Entry.at < until)).all()
    people = _by_key(session, Person, {entry.data["person"] for entry in entries})
    members = _by_key(session, Member, {entry.data["member"] for entry in entries})
    inquiries = _by_key(session, Inquiry, {entry.data.get("inquiry", 0) for entry in entries})
    return [
        Departure(
            What.REFUSED,
            entry.at,
            people.get(entry.data["person"]),
            inquiry_number=inquiries[key].number if (key := entry.data.get("inquiry", 0)) in inquiries else "",
            member=members.get(entry.data["member"]),
            kind=InterestKind(entry.data["kind"]),
            act=entry.data["act"],
        )
        for entry in entries
    ]


def _person_key(actor: str) -> int | None:
    name, _, key = actor.partition(":")
    return int(key) if name == "person" else None


def _by_key(session: Session, model: type[Row], keys: set[int]) -> dict[int, Row]:
    return {row.id: row for row in session.scalars(select(model).where(model.id.in_(keys)))} if keys else {}
