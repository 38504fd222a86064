"""Taking an answer back in the seconds before it leaves: nobody outside ever saw it, and its words become a draft."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.inquiries import drafts
from catalogue.inquiries.models import Inquiry, Message, MessageKind
from catalogue.inquiries.telling_models import Telling
from catalogue.outbox.models import Due, DueState

# As long as most mail programs give: enough to see a slip, too short to be waited for.
CAN_BE_UNDONE = timedelta(seconds=10)


class AlreadyLeft(Exception):
    """The answer is on its way to the buyer, or was taken back before."""


def can_be_taken_back(message: Message, by: Person, at: datetime) -> bool:
    """Whether this person may take the answer back at this time: its writer, until it leaves."""
    is_own = message.kind is MessageKind.ANSWER and message.author_id == by.id
    return is_own and message.withdrawn_at is None and message.leaves_at is not None and at < message.leaves_at


def take_back(session: Session, inquiry: Inquiry, message: Message, *, by: Person, at: datetime) -> None:
    """Withdraw an answer that has not left; text, translation and files are the writer's draft again.

    Raises `AlreadyLeft`. The letter decides: once a worker holds it, or tried it, nothing is taken back, however long
    this act had to wait for the database.
    """
    session.flush()
    if not can_be_taken_back(message, by, at) or not _letters_are_stopped(session, message, at):
        raise AlreadyLeft
    if not _nobody_told_it(session, message):
        raise AlreadyLeft
    step = update(Message).where(Message.id == message.id, Message.withdrawn_at.is_(None)).values(withdrawn_at=at)
    if session.connection().execute(step).rowcount != 1:
        raise AlreadyLeft
    session.refresh(message)
    drafts.give_back(session, inquiry, message, by, at=at)
    actor, data = log.actor_name(by), {"message": message.id}
    log.record(session, "message.withdrawn", inquiry, at=at, chain=inquiry.consortium_id, actor=actor, data=data)


def _nobody_told_it(session: Session, message: Message) -> bool:
    """Take it from the list of what is to be told by hand; False when somebody told it already."""
    session.execute(delete(Telling).where(Telling.message_id == message.id, Telling.told_at.is_(None)))
    return session.scalar(select(Telling.id).where(Telling.message_id == message.id)) is None


def _letters_are_stopped(session: Session, message: Message, at: datetime) -> bool:
    """Drop the letters of this answer; False when a worker has had one of them in hand."""
    about = log.name_of(message.inquiry)
    query = select(Due).where(Due.about == about, Due.created_at == message.at, Due.state != DueState.DROPPED)
    letters = [due for due in session.scalars(query) if due.payload.get("message_id") == message.id]
    for due in letters:
        step = (
            update(Due)
            .where(Due.id == due.id, Due.state == DueState.WAITING, Due.lease.is_(None), Due.attempts == 0)
            .values(state=DueState.DROPPED, done_at=at, last_error=None)
        )
        if session.connection().execute(step).rowcount != 1:
            return False
        session.refresh(due)
    return True
