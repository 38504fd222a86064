"""Told by the office: answers to buyers whom no letter reaches, because they left no e-mail address."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session, contains_eager, joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Consortium
from catalogue.inquiries.models import Inquiry, Message
from catalogue.inquiries.telling_models import Telling, ToldBy

MOST_ROWS = 200
MOST_TOLD = 20


class ToldBefore(Exception):
    """Somebody else told the buyer before."""

    def __init__(self, telling: Telling) -> None:
        super().__init__(telling.id)
        self.telling = telling


def have_told(session: Session, inquiry: Inquiry, message: Message, *, at: datetime) -> Telling:
    """Have the office tell the buyer an answer by itself: a task on the desk until somebody did."""
    telling = Telling(consortium_id=inquiry.consortium_id, inquiry=inquiry, message=message, created_at=at)
    session.add(telling)
    session.flush()
    return telling


def to_tell(session: Session, consortium: Consortium, *, at: datetime) -> Sequence[Telling]:
    """What nobody told yet, the oldest first; not what was taken back, nor what can still be taken back."""
    query = _whole(_open(select(Telling), consortium, at))
    return session.scalars(query.order_by(Telling.id).limit(MOST_ROWS)).all()


def told_lately(session: Session, consortium: Consortium) -> Sequence[Telling]:
    """What was told, the newest first."""
    query = select(Telling).join(Telling.message).where(Telling.consortium_id == consortium.id)
    query = _whole(query.where(Telling.told_at.is_not(None))).options(joinedload(Telling.told_by))
    return session.scalars(query.order_by(Telling.told_at.desc(), Telling.id.desc()).limit(MOST_TOLD)).all()


def count_to_tell(session: Session, consortium: Consortium, *, at: datetime) -> int:
    """How many answers wait to be told."""
    return session.scalar(_open(select(func.count(Telling.id)), consortium, at)) or 0


def tellings_of(session: Session, inquiry: Inquiry) -> dict[int, Telling]:
    """The tellings of an inquiry by the key of their message."""
    query = select(Telling).where(Telling.inquiry_id == inquiry.id).options(joinedload(Telling.told_by))
    return {telling.message_id: telling for telling in session.scalars(query)}


def told(session: Session, telling: Telling, how: ToldBy, note: str = "", *, by: Person, at: datetime) -> None:
    """Note that the buyer was told, by whom and how. Raises `ToldBefore` when somebody else was first."""
    step = (
        update(Telling)
        .where(Telling.id == telling.id, Telling.told_at.is_(None))
        .values(told_at=at, told_by_id=by.id, how=how, note=note)
    )
    was_first = session.connection().execute(step).rowcount == 1
    session.refresh(telling)
    if not was_first:
        raise ToldBefore(telling)
    log.record(
        session,
        "message.told",
        telling.inquiry,
        at=at,
        chain=telling.consortium_id,
        actor=log.actor_name(by),
        data={"message": telling.message_id, "how": how},
        text=note or None,
    )


def _open(query: Select, consortium: Consortium, at: datetime) -> Select:
    return query.join(Telling.message).where(
        Telling.consortium_id == consortium.id,
        Telling.told_at.is_(None),
        Message.withdrawn_at.is_(None),
        or_(Message.leaves_at.is_(None), Message.leaves_at <= at),
    )


def _whole(query: Select[Telling]) -> Select[Telling]:
    """With the message, the inquiry, and who is to be told."""
    inquiry = joinedload(Telling.inquiry)
    return query.options(
        contains_eager(Telling.message),
        inquiry.joinedload(Inquiry.buyer_contact),
        inquiry.joinedload(Inquiry.consortium),
    )
