"""Merging two inquiries of one buyer: what was asked and said becomes one, with one private page."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.inquiries.conversation import ClosedReason
from catalogue.inquiries.earlier import others_of_buyer
from catalogue.inquiries.holding import held_reason_for
from catalogue.inquiries.holding_models import Passing
from catalogue.inquiries.models import Attachment, Channel, Inquiry, InquiryLine, InquiryStatus, Message, MessageKind
from catalogue.inquiries.question_models import Question
from catalogue.inquiries.renewing import renew
from catalogue.inquiries.telling_models import Telling
from catalogue.mail.models import ReceivedMail

MOVED = (Attachment, Message, Question, Passing, Telling, ReceivedMail)


class CannotMerge(Exception):
    """They are not two open inquiries of one buyer, or somebody changed one of them a moment before."""


def can_merge(session: Session, inquiry: Inquiry) -> list[Inquiry]:
    """The buyer's other open inquiries that this one can become part of."""
    if not _is_living(inquiry):
        return []
    return [
        other for other in others_of_buyer(session, inquiry) if _is_living(other) and _has_same_address(other, inquiry)
    ]


def merge(session: Session, inquiry: Inquiry, into: Inquiry, *, by: Person, at: datetime) -> None:
    """Move lines, thread and files of `inquiry` into another of the same buyer, and close it as a double.

    What it opened with becomes a message of the other: the two were not answered as one, so the office is next. Where a
    form sent either, both private links are over and a new one goes to the buyer by letter: whoever fills in a form has
    its link at once, with whatever address was typed there. Raises `CannotMerge`.
    """
    session.flush()
    # Both rows, always in the order of their keys: two merges that cross wait for one another.
    keys = sorted((inquiry.id, into.id))
    session.execute(select(Inquiry.id).where(Inquiry.id.in_(keys)).order_by(Inquiry.id).with_for_update())
    session.refresh(inquiry)
    session.refresh(into)
    if into not in can_merge(session, inquiry) or not _close(session, inquiry, into, at):
        raise CannotMerge
    _move_thread(session, inquiry, into)
    _move_lines(session, inquiry, into)
    into.changed_at = at
    session.flush()
    for each in (inquiry, into):
        session.refresh(each)
        session.expire(each, ["lines", "messages"])
    _record(session, "inquiry.merged", inquiry, into, by, at)
    _record(session, "inquiry.took_in", into, inquiry, by, at)
    if not (_is_proved(inquiry) and _is_proved(into)):
        renew(session, into, at=at, actor=log.actor_name(by))


def _is_living(inquiry: Inquiry) -> bool:
    return inquiry.is_open and inquiry.merged_into_id is None


def _has_same_address(one: Inquiry, other: Inquiry) -> bool:
    """Whether letters to the two go to one place, if to any: who knows a telephone number is not who has it."""
    return one.buyer_contact.email.casefold() == other.buyer_contact.email.casefold()


def _is_proved(inquiry: Inquiry) -> bool:
    """Whether the private link was only ever given to the buyer: by letter, or by the office itself."""
    return inquiry.channel is not Channel.WEB


def _close(session: Session, inquiry: Inquiry, into: Inquiry, at: datetime) -> bool:
    step = (
        update(Inquiry)
        .where(
            Inquiry.id == inquiry.id,
            Inquiry.version == inquiry.version,
            Inquiry.merged_into_id.is_(None),
            Inquiry.status == inquiry.status,
        )
        .values(
            merged_into_id=into.id,
            status=InquiryStatus.CLOSED,
            closed_at=at,
            changed_at=at,
            closed_reason=ClosedReason.DOUBLE,
            version=Inquiry.version + 1,
        )
    )
    return session.connection().execute(step).rowcount == 1


def _move_lines(session: Session, inquiry: Inquiry, into: Inquiry) -> None:
    last = session.scalar(select(func.max(InquiryLine.position)).where(InquiryLine.inquiry_id == into.id))
    step = update(InquiryLine).where(InquiryLine.inquiry_id == inquiry.id)
    behind = InquiryLine.position + (0 if last is None else last + 1)
    session.execute(step.values(inquiry_id=into.id, position=behind), execution_options={"synchronize_session": False})


def _move_thread(session: Session, inquiry: Inquiry, into: Inquiry) -> None:
    own = {"synchronize_session": False}
    opening = _opening(session, inquiry, into)
    opened_with = update(Attachment).where(Attachment.inquiry_id == inquiry.id, Attachment.message_id.is_(None))
    session.execute(opened_with.values(message_id=opening.id), execution_options=own)
    for part, moved in (("inquiry", "message:{}"), ("inquiry.translation", "message:{}.translation")):
        decided = update(Passing).where(Passing.inquiry_id == inquiry.id, Passing.part == part)
        session.execute(decided.values(part=moved.format(opening.id)), execution_options=own)
    for table in MOVED:
        whose = update(table).where(table.inquiry_id == inquiry.id)
        session.execute(whose.values(inquiry_id=into.id), execution_options=own)


def _opening(session: Session, inquiry: Inquiry, into: Inquiry) -> Message:
    """What the inquiry opened with, as a message of the other. A contact in it stays held as it was."""
    is_decided = select(Passing.id).where(Passing.inquiry_id == inquiry.id, Passing.part == "inquiry")
    opening = Message(
        consortium_id=into.consortium_id,
        inquiry_id=into.id,
        kind=MessageKind.BUYER,
        at=inquiry.created_at,
        language=inquiry.language,
        text=inquiry.message or _lines_in_words(inquiry),
        translation=inquiry.translation,
        translator_id=inquiry.translator_id,
        held_reason=None if session.scalar(is_decided) else held_reason_for(inquiry, inquiry.message),
    )
    session.add(opening)
    session.flush()
    return opening


def _lines_in_words(inquiry: Inquiry) -> str:
    """What an inquiry without a message opened with."""
    return "\n".join(_in_words(line, inquiry.language) for line in inquiry.lines)


def _in_words(line: InquiryLine, language: str) -> str:
    name = line.product_version.name.in_(language) if line.product_version else ""
    words = " ".join(filter(None, (name, line.description)))
    return f"{line.quantity} × {words}" if line.quantity else words


def _record(session: Session, action: str, subject: Inquiry, other: Inquiry, by: Person, at: datetime) -> None:
    data = {"inquiry": other.id}
    log.record(session, action, subject, at=at, chain=subject.consortium_id, actor=log.actor_name(by), data=data)
