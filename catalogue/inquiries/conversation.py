"""What is said in an inquiry's thread: by the buyer, to the buyer, and among the office."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.inquiries import assigning, holding, telling
from catalogue.inquiries.models import Attachment, Inquiry, InquiryStatus, Message, MessageChannel, MessageKind
from catalogue.media.models import StoredFile
from catalogue.outbox import queue


class ClosedReason(StrEnum):
    """Why an inquiry was closed without an order."""

    ANSWERED = "answered"
    NOT_MADE = "not made"
    NO_ANSWER = "no answer"
    DOUBLE = "double"
    SPAM = "spam"
    WITHDRAWN = "withdrawn"
    NOT_THEIRS = "not theirs"


class AlreadyClosed(Exception):
    """Somebody closed the inquiry before."""


class SaidMeanwhile(Exception):
    """Others said something in the thread after what the writer had seen of it; nothing was sent."""

    def __init__(self, messages: Sequence[Message]) -> None:
        super().__init__(len(messages))
        self.messages = messages


def write_as_buyer(
    session: Session,
    inquiry: Inquiry,
    text: str,
    *,
    at: datetime,
    submission: str | None = None,
    files: Sequence[StoredFile] = (),
    channel: MessageChannel = MessageChannel.WEB,
    is_unverified: bool = False,
    held_reason: str | None = None,
) -> Message:
    """The buyer writes, on the private page or by mail; the shared contact is told.

    What was put off is back. The same `submission` again adds nothing. `is_unverified` and `held_reason` as `Message`
    has them: a message in which a contact is found is held in any case.
    """
    if earlier := _said_before(session, inquiry, submission):
        return earlier
    inquiry.snoozed_until = None
    message = _say(session, inquiry, MessageKind.BUYER, text, at=at, submission=submission, files=files)
    message.channel, message.is_unverified = channel, is_unverified
    message.held_reason = held_reason or holding.held_reason_for(inquiry, text)
    _letter(session, "buyer_wrote", inquiry, message, at)
    _log(session, "message.received", inquiry, message, at, "buyer")
    return message


def answer(
    session: Session,
    inquiry: Inquiry,
    text: str,
    *,
    by: Person,
    at: datetime,
    submission: str | None = None,
    files: Sequence[StoredFile] = (),
    let_pass: Sequence[str] = (),
    translation: str = "",
    leaves_at: datetime | None = None,
    seen: int | None = None,
) -> Message:
    """The office answers: by letter and on the buyer's page. The inquiry is in work from then on.

    A buyer without an e-mail address is told by the office itself (`telling`).

    `let_pass` names the kinds of contact that a manager let pass in the text; it is recorded. `translation` is the same
    in the other language. Until `leaves_at` the answer can be taken back (`undoing`). `seen` is the key of the
    last message that the writer had read, 0 for none: `SaidMeanwhile` is raised when others spoke after it.
    """
    if earlier := _said_before(session, inquiry, submission):
        return earlier
    if seen is not None and (newer := said_after(session, inquiry, seen, by)):
        raise SaidMeanwhile(newer)
    message = _say(session, inquiry, MessageKind.ANSWER, text, by=by, at=at, submission=submission, files=files)
    message.leaves_at = leaves_at
    if translation:
        message.translation, message.translator = translation, by
    _start_work(session, inquiry)
    assigning.take_if_free(session, inquiry, by=by, at=at)
    if inquiry.buyer_contact.email:
        _letter(session, "answer_sent", inquiry, message, at, due_at=leaves_at)
    else:
        telling.have_told(session, inquiry, message, at=at)
    _log(session, "message.sent", inquiry, message, at, log.actor_name(by), let_pass)
    return message


def said_after(session: Session, inquiry: Inquiry, seen: int, by: Person) -> Sequence[Message]:
    """What others said to or as the buyer after this message, in order; what was taken back is left out."""
    query = select(Message).where(
        Message.inquiry_id == inquiry.id,
        Message.id > seen,
        Message.kind != MessageKind.NOTE,
        Message.withdrawn_at.is_(None),
        Message.author_id.is_distinct_from(by.id),
    )
    return session.scalars(query.order_by(Message.id)).all()


def note(
    session: Session, inquiry: Inquiry, text: str, *, by: Person, at: datetime, submission: str | None = None
) -> Message:
    """The office writes to itself; nobody else ever reads it."""
    if earlier := _said_before(session, inquiry, submission):
        return earlier
    message = _say(session, inquiry, MessageKind.NOTE, text, by=by, at=at, submission=submission)
    _log(session, "note.written", inquiry, message, at, log.actor_name(by))
    return message


def note_by_mail(
    session: Session, inquiry: Inquiry, text: str, *, at: datetime, files: Sequence[StoredFile] = (), tell: bool = True
) -> Message:
    """Somebody answered a letter to the shared contact by mail: kept as a note, as no mail acts for the office.

    `tell` has the shared contact told that the buyer did not get it.
    """
    _said_before(session, inquiry, None)
    message = _say(session, inquiry, MessageKind.NOTE, text, at=at, files=files)
    message.channel = MessageChannel.MAIL
    if tell:
        _letter(session, "mail_not_sent", inquiry, message, at)
    _log(session, "note.received", inquiry, message, at, log.SYSTEM)
    return message


def close(
    session: Session, inquiry: Inquiry, reason: ClosedReason, words: str = "", *, by: Person, at: datetime
) -> None:
    """End an inquiry, with the reason. Raises `AlreadyClosed` when somebody else was first."""
    if not end(session, inquiry, reason, words, at=at):
        raise AlreadyClosed
    log.record(
        session,
        "inquiry.closed",
        inquiry,
        at=at,
        chain=inquiry.consortium_id,
        actor=log.actor_name(by),
        data={"reason": reason},
        text=words or None,
    )


def end(session: Session, inquiry: Inquiry, reason: ClosedReason, words: str = "", *, at: datetime) -> bool:
    """Have an inquiry closed; whether it was open until now. The caller tells the log who did it."""
    session.flush()
    step = (
        update(Inquiry)
        .where(Inquiry.id == inquiry.id, Inquiry.status != InquiryStatus.CLOSED)
        .values(
            status=InquiryStatus.CLOSED,
            closed_at=at,
            changed_at=at,
            closed_reason=reason,
            closed_words=words,
            version=Inquiry.version + 1,
        )
    )
    was_open = session.connection().execute(step).rowcount == 1
    session.refresh(inquiry)
    return was_open


def message_of_submission(session: Session, inquiry: Inquiry, submission: str) -> Message | None:
    """What was said in this thread by this press of a button, if it was."""
    key = _hash(submission)
    return session.scalar(select(Message).where(Message.inquiry_id == inquiry.id, Message.submission == key))


def _said_before(session: Session, inquiry: Inquiry, submission: str | None) -> Message | None:
    """Wait for whoever writes in this thread now: nobody loses a word, and a second click finds the first."""
    session.execute(select(Inquiry.id).where(Inquiry.id == inquiry.id).with_for_update())
    session.refresh(inquiry, ["version", "status"])
    return message_of_submission(session, inquiry, submission) if submission else None


def _say(
    session: Session,
    inquiry: Inquiry,
    kind: MessageKind,
    text: str,
    *,
    at: datetime,
    by: Person | None = None,
    submission: str | None = None,
    files: Sequence[StoredFile] = (),
) -> Message:
    message = Message(
        consortium_id=inquiry.consortium_id,
        inquiry=inquiry,
        kind=kind,
        author=by,
        submission=_hash(submission) if submission else None,
        at=at,
        language=inquiry.language,
        text=text,
    )
    session.add(message)
    session.flush()
    session.add_all(
        Attachment(consortium_id=inquiry.consortium_id, inquiry_id=inquiry.id, message_id=message.id, file=file)
        for file in files
    )
    inquiry.changed_at = at
    session.flush()
    return message


def _start_work(session: Session, inquiry: Inquiry) -> None:
    if inquiry.status is InquiryStatus.RECEIVED:
        inquiry.status = InquiryStatus.IN_WORK
        session.flush()


def _letter(
    session: Session, kind: str, inquiry: Inquiry, message: Message, at: datetime, *, due_at: datetime | None = None
) -> None:
    queue.letter(
        session,
        kind,
        at=at,
        due_at=due_at,
        consortium_id=inquiry.consortium_id,
        about=log.name_of(inquiry),
        inquiry_id=inquiry.id,
        message_id=message.id,
    )


def _log(
    session: Session,
    action: str,
    inquiry: Inquiry,
    message: Message,
    at: datetime,
    actor: str,
    let_pass: Sequence[str] = (),
) -> None:
    data = {"message": message.id, **({"let_pass": list(let_pass)} if let_pass else {})}
    log.record(session, action, inquiry, at=at, chain=inquiry.consortium_id, actor=actor, data=data)


def _hash(submission: str) -> str:
    return hashlib.sha256(submission.encode()).hexdigest()
