"""Ending a call: by its time, by the last answer, early with a reason; and giving one up."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia import interests
from catalogue.inquiries.models import Inquiry, InquiryStatus
from catalogue.outbox import queue
from catalogue.routing import handing_over
from catalogue.routing.models import Call, CallState, Candidate, ClosedBy

ENDED = (InquiryStatus.CLOSED, InquiryStatus.DECLINED, InquiryStatus.EXPIRED)
INQUIRY_ENDED = "ຜູ້ຊື້ບໍ່ຕ້ອງການແລ້ວ (no longer wanted)"  # read by members, who read Lao, and kept in the log


class ClosedBefore(Exception):
    """The call is no longer open."""


class CannotBeGivenUp(Exception):
    """The call was divided or given up before."""


class ReasonMissing(Exception):
    """What ends a call before its time wants a reason, for all members read it."""


def is_over(call: Call, at: datetime) -> bool:
    """Whether nobody may answer any more, even where nobody has written down yet that its time is past."""
    return call.state is not CallState.OPEN or at >= call.closes_at


def called_of(call: Call) -> list[Candidate]:
    """Those who were asked, in the order in which they joined."""
    return sorted((each for each in call.candidates if each.is_called), key=lambda each: each.member_id)


def close_early(session: Session, call: Call, reason: str, *, by: Person, at: datetime) -> None:
    """Close before the time that members were told: an exception that all members read.

    Raises `ReasonMissing`, `ClosedBefore`, and what `interests.check` and `handing_over.check` raise.
    """
    if not reason.strip():
        raise ReasonMissing
    check(session, call, by, unchanged=False, at=at)
    if is_over(call, at) or not _close(session, call, ClosedBy.EARLY, at, by, reason.strip()):
        raise ClosedBefore


def close_if_answered(session: Session, call: Call, *, at: datetime) -> bool:
    """Close a call as soon as everybody who was asked has answered; whether that is now."""
    waiting = select(Candidate.id).where(_is_called(call), Candidate.answered_at.is_(None))
    if session.scalar(select(waiting.exists())):
        return False
    return _close(session, call, ClosedBy.ALL_ANSWERED, at)


def close_if_due(session: Session, call: Call, *, at: datetime) -> bool:
    """Write down that the time of a call is past; whether it was this that closed it."""
    return at >= call.closes_at and _close(session, call, ClosedBy.TIME, at)


def close_all_due(session: Session, *, at: datetime) -> int:
    """Close every call whose time is past; how many."""
    due = session.scalars(select(Call).where(Call.state == CallState.OPEN, Call.closes_at <= at)).all()
    return sum(close_if_due(session, call, at=at) for call in due)


def some_are_due(session: Session, *, at: datetime) -> bool:
    """Whether any open call is past its time or without its inquiry: asked before a transaction that writes."""
    is_due = or_(Call.closes_at <= at, Inquiry.status.in_(ENDED))
    due = select(Call.id).join(Call.inquiry).where(Call.state == CallState.OPEN, is_due)
    return bool(session.scalar(select(due.exists())))


def give_up(session: Session, call: Call, reason: str, *, by: Person, at: datetime) -> None:
    """Nothing comes of this call: its offers stay sealed for good, and those who were asked are told.

    Raises `ReasonMissing`, `CannotBeGivenUp`, and what `interests.check` and `handing_over.check` raise.
    """
    if not reason.strip():
        raise ReasonMissing
    check(session, call, by, unchanged=False, at=at)
    if not _give_up(session, call, reason.strip(), at, by):
        raise CannotBeGivenUp
    _back_to_work(session, call)


def give_up_all_without_inquiry(session: Session, *, at: datetime) -> int:
    """Give up every open call whose inquiry has ended, so that nobody answers for nothing; how many."""
    query = select(Call).join(Call.inquiry).where(Call.state == CallState.OPEN, Inquiry.status.in_(ENDED))
    return sum(_give_up(session, call, INQUIRY_ENDED, at) for call in session.scalars(query).all())


def check(session: Session, call: Call, by: Person, *, unchanged: bool, at: datetime) -> None:
    """Let somebody act on a call, or refuse: an interest in one of its candidates, or a deputy without a hand-over.

    Raises `ShutOut`, `OnlyUnchanged` (`consortia.interests`) and `NotHandedOver` (`handing_over`).
    """
    handing_over.check(session, call.inquiry, by)
    beside = [each.member_id for each in call.candidates if each.is_called or each.left_out_reason]
    interests.check(session, call.inquiry.consortium, by, beside, unchanged=unchanged, at=at, since=call.sent_at)


def _give_up(session: Session, call: Call, reason: str, at: datetime, by: Person | None = None) -> bool:
    """Give it up, have those who were asked told, and log it; whether it could still be."""
    values = {"state": CallState.CANCELLED, "closed_at": at, "closed_reason": reason}
    if not _step(session, call, Call.state.in_([CallState.OPEN, CallState.CLOSED]), values):
        return False
    for candidate in called_of(call):
        queue.letter(
            session,
            "call_given_up",
            at=at,
            consortium_id=call.consortium_id,
            about=log.name_of(candidate),
            candidate_id=candidate.id,
        )
    _log(session, "call.cancelled", call, at, by, text=reason)
    return True


def _close(
    session: Session, call: Call, how: ClosedBy, at: datetime, by: Person | None = None, reason: str = ""
) -> bool:
    # The time that members were told is the time at which it closed, however late the worker looks.
    closed_at = call.closes_at if how is ClosedBy.TIME else at
    values = {"state": CallState.CLOSED, "closed_at": closed_at, "closed_how": how, "closed_reason": reason}
    if not _step(session, call, Call.state == CallState.OPEN, values):
        return False
    _log(session, "call.closed", call, at, by, how=how.value, text=reason or None)
    return True


def _step(session: Session, call: Call, still: ColumnElement[bool], values: dict[str, object]) -> bool:
    """Change the call where it still is what it was; of two at once one does."""
    step = update(Call).where(Call.id == call.id, still).values(**values, version=Call.version + 1)
    session.flush()
    was_first = session.connection().execute(step).rowcount == 1
    session.refresh(call)
    return was_first


def _back_to_work(session: Session, call: Call) -> None:
    """An inquiry none of whose calls stands any more waits for the office again."""
    standing = exists().where(Call.inquiry_id == call.inquiry_id, Call.state != CallState.CANCELLED)
    step = update(Inquiry).where(Inquiry.id == call.inquiry_id, Inquiry.status == InquiryStatus.CALLED, ~standing)
    session.connection().execute(step.values(status=InquiryStatus.IN_WORK, version=Inquiry.version + 1))
    session.refresh(call.inquiry)


def _is_called(call: Call) -> ColumnElement[bool]:
    return (Candidate.call_id == call.id) & Candidate.is_called


def _log(
    session: Session,
    action: str,
    call: Call,
    at: datetime,
    by: Person | None,
    *,
    how: str = "",
    text: str | None = None,
) -> None:
    data = {"inquiry": call.inquiry_id, "line": call.line_id, **({"how": how} if how else {})}
    actor = log.actor_name(by)
    log.record(session, action, call, at=at, chain=call.consortium_id, actor=actor, data=data, text=text)
