"""What becomes of a share: taken, handed back, objected to, lapsed unanswered, made.

What is handed back or lapses is free again: `dividing` proposes by the unchanged rule who makes it, and a manager
confirms that as the first division: days have passed since the offers.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia import interests
from catalogue.consortia.models import Member
from catalogue.inquiries.clock import working_time
from catalogue.outbox import queue
from catalogue.routing import handing_over
from catalogue.routing.division_models import HOLDING, Allocation, AllocationState, Share, ShareState
from catalogue.routing.models import Call, Candidate

OPEN = (ShareState.TOLD, ShareState.TAKEN)
"""States in which a member may still hand its share back by itself: nothing is promised to the buyer yet."""

REASONS = ("no_time", "ill", "no_metal", "too_much", "other")
"""Why a member hands back: choices, so that nobody has to write."""

LEFT = "left"


class SettledAlready(Exception):
    """The share no longer stands where this act finds it: it was answered, awarded, or its time is over."""


class NoWholeLots(Exception):
    """So many cannot be handed back: more than the share, or no whole lots. `lot` and `most` say what can be."""

    def __init__(self, lot: int, most: int) -> None:
        super().__init__(lot, most)
        self.lot, self.most = lot, most


class AnsweredObjection(Exception):
    """The office has answered this objection, or there is none."""


class NotYet(Exception):
    """The day lies in the future: nothing is made before it is made."""


# -- what members do --


def take(session: Session, share: Share, *, at: datetime, by: Person | None) -> None:
    """The member takes the share. `by` is who of the firm signed in; by link nobody did. Raises `SettledAlready`.

    Whoever does it on behalf of the firm has no tie that shuts out (`interests.ShutOut`); so with the other answers.
    """
    _may_stand_in(session, share, by, at)
    _hold(session, share)
    if share.quantity == 0:
        raise SettledAlready
    _step(session, share, (ShareState.TOLD,), state=ShareState.TAKEN, answered_at=at)
    _log(session, "share.taken", share, at=at, by=by, quantity=share.quantity)
    _tell_when_complete(session, share, at)


def hand_back(session: Session, share: Share, quantity: int, reason: str, *, at: datetime, by: Person | None) -> None:
    """The member gives this many back, in whole lots or all, and makes the rest: that is taken with it.

    Raises `SettledAlready`, `NoWholeLots`; ValueError for a reason that is none of `REASONS`.
    """
    if reason not in REASONS:
        raise ValueError(f"no reason to hand back: {reason}")
    _may_stand_in(session, share, by, at)
    _hold(session, share)
    _give_back(session, share, quantity, reason, OPEN, at=at, by=by)
    _tell_when_complete(session, share, at)


def object_to(session: Session, share: Share, words: str, *, at: datetime, by: Person | None) -> None:
    """The member does not agree: the office reads why and answers. Said again, it takes the place of what was said."""
    _may_stand_in(session, share, by, at)
    _hold(session, share)
    share.objection, share.objected_at = words.strip(), at
    share.objection_answer, share.objection_answered_at = "", None
    session.flush()
    _log(session, "share.objected", share, at=at, by=by, text=share.objection)


def hand_back_all(session: Session, member: Member, *, at: datetime, by: Person | None) -> int:
    """A firm that leaves gives back whatever it has not made, also what was awarded; how many shares those were."""
    query = select(Share).where(Share.consortium_id == member.consortium_id, Share.member_id == member.id)
    held = session.scalars(query.where(Share.state.in_(HOLDING), Share.quantity > 0).order_by(Share.id)).all()
    for share in held:
        _hold(session, share)
        _give_back(session, share, share.quantity, LEFT, HOLDING, at=at, by=by)
        _tell_when_complete(session, share, at)
    return len(held)


def _give_back(
    session: Session,
    share: Share,
    quantity: int,
    reason: str,
    start: Sequence[ShareState],
    *,
    at: datetime,
    by: Person | None,
) -> None:
    call = share.allocation.call
    whole = quantity == share.quantity
    if not 0 < quantity <= share.quantity or (quantity % call.lot and not whole):
        raise NoWholeLots(call.lot, share.quantity)
    left = share.quantity - quantity
    _step(
        session,
        share,
        start,
        state=ShareState.HANDED_BACK if whole else ShareState.TAKEN,
        quantity=left,
        value=value_of(share, left),
        grams=share.grams * left / share.quantity if share.grams is not None else None,
        handed_back=share.handed_back + quantity,
        handed_back_for=reason,
        answered_at=at,
    )
    _log(session, "share.handed_back", share, at=at, by=by, quantity=quantity, left=left, reason=reason)


def value_of(share: Share, quantity: int) -> Decimal:
    """The making charge of so many, in the consortium's own currency at the rate that the call recorded."""
    return share.charge * quantity * share.allocation.call.rate


# -- what the office does --


def answer_objection(session: Session, share: Share, words: str, *, by: Person, at: datetime) -> None:
    """The office's answer to a member that does not agree. Raises `AnsweredObjection`, and what interests forbid."""
    _may_act(session, share, by, at)
    _hold(session, share)
    if not share.objection or share.objection_answered_at is not None:
        raise AnsweredObjection
    share.objection_answer, share.objection_answered_at = words.strip(), at
    session.flush()
    _log(session, "share.objection_answered", share, at=at, by=by, text=share.objection_answer)
    _letter(session, "share_changed", share, at)


def mark_made(session: Session, share: Share, on: date, *, by: Person, at: datetime) -> None:
    """What was awarded is made and at the office since this day; past its day it was late.

    Raises `NotYet` for a day to come, `SettledAlready`, and what interests forbid.
    """
    if on > working_time().day_of(at):
        raise NotYet
    _may_act(session, share, by, at)
    _hold(session, share)
    _step(session, share, (ShareState.AWARDED,), state=ShareState.MADE, made_on=on)
    _log(session, "share.made", share, at=at, by=by, on=on.isoformat(), days_late=days_late(share))


def days_late(share: Share) -> int:
    """By how many days a share was made after its day; 0 while it is not made."""
    return max(0, (share.made_on - share.due_on).days) if share.made_on else 0


def _may_act(session: Session, share: Share, by: Person, at: datetime) -> None:
    """By the unchanged rule alone, and not where an own firm was asked."""
    call = share.allocation.call
    asked = _asked(session, call)
    interests.check(session, call.consortium, by, asked, unchanged=True, at=at, since=call.sent_at)
    handing_over.check(session, call.inquiry, by)


def _may_stand_in(session: Session, share: Share, by: Person | None, at: datetime) -> None:
    call = share.allocation.call
    interests.check_stand_in(session, call.consortium, by, _asked(session, call), at=at)


def _asked(session: Session, call: Call) -> Sequence[int]:
    query = select(Candidate.member_id).where(Candidate.call_id == call.id, Candidate.is_called)
    return session.scalars(query).all()


# -- what the time does --


def lapse_due(session: Session, *, at: datetime) -> int:
    """What nobody answered until its day lapses, and is free again; how many shares those were."""
    today = working_time().day_of(at)
    query = (
        select(Share)
        .join(Share.allocation)
        .where(Share.state == ShareState.TOLD, Share.quantity > 0)
        .where(Allocation.state == AllocationState.CONFIRMED, Allocation.held_until < today)
        .order_by(Share.id)
    )
    overdue = session.scalars(query).all()
    for share in overdue:
        _hold(session, share)
        _step(session, share, (ShareState.TOLD,), state=ShareState.LAPSED)
        _letter(session, "share_changed", share, at)
        _tell_when_complete(session, share, at)
    for allocation in {share.allocation_id: share.allocation for share in overdue}.values():
        _lapse_allocation(session, allocation, [each for each in overdue if each.allocation_id == allocation.id], at)
    return len(overdue)


def _lapse_allocation(session: Session, allocation: Allocation, lapsed: Sequence[Share], at: datetime) -> None:
    session.refresh(allocation, ["shares"])
    if not any(share.quantity and share.state in (*HOLDING, ShareState.MADE) for share in allocation.shares):
        allocation.state = AllocationState.LAPSED
        session.flush()
    data = {"call": allocation.call_id, "shares": [share.id for share in lapsed], "state": allocation.state.value}
    log.record(session, "allocation.lapsed", allocation, at=at, chain=allocation.consortium_id, data=data)


# -- within --


def _hold(session: Session, share: Share) -> None:
    """Lock the call, so that of two answers at once the second sees the first, and read the share as it stands now."""
    session.flush()
    session.execute(select(Call.id).where(Call.id == share.allocation.call_id).with_for_update())
    session.refresh(share)


def _step(session: Session, share: Share, start: Sequence[ShareState], **columns: Any) -> None:
    step = update(Share).where(Share.id == share.id, Share.state.in_(start), Share.version == share.version)
    step = step.values(version=Share.version + 1, **columns)
    was_there = session.connection().execute(step).rowcount == 1
    session.refresh(share)
    if not was_there:
        raise SettledAlready


def _tell_when_complete(session: Session, share: Share, at: datetime) -> None:
    """One letter to the office once the last member of a round has answered."""
    waits = select(func.count()).where(
        Share.allocation_id == share.allocation_id, Share.state == ShareState.TOLD, Share.quantity > 0
    )
    if not session.scalar(waits):
        _letter(session, "shares_complete", share.allocation, at)


def _letter(session: Session, kind: str, thing: Share | Allocation, at: datetime) -> None:
    named: dict[str, Any] = {"share_id": thing.id} if isinstance(thing, Share) else {"allocation_id": thing.id}
    queue.letter(session, kind, at=at, consortium_id=thing.consortium_id, about=log.name_of(thing), **named)


def _log(
    session: Session,
    action: str,
    share: Share,
    *,
    at: datetime,
    by: Person | None,
    text: str | None = None,
    **data: Any,
) -> None:
    actor = log.actor_name(by) if by else f"member:{share.member_id}"
    known = {"call": share.allocation.call_id, "member": share.member_id, **data}
    log.record(session, action, share, at=at, chain=share.consortium_id, actor=actor, data=known, text=text or None)
