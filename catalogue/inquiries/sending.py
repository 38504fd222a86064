"""Asking several consortia at once: one inquiry for each in one transaction, and one letter to the buyer for all."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, cast, literal, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalogue.activity import log
from catalogue.consortia.models import Consortium
from catalogue.inquiries.intake import Asked, send_inquiry
from catalogue.inquiries.models import Inquiry, Sending, SendingPart
from catalogue.outbox import queue
from catalogue.outbox.models import Due
from catalogue.outbox.reading import has_failed, letters_about, letters_of

Part = tuple[Consortium, Asked]


def send_to_each(
    session: Session,
    parts: Sequence[Part],
    *,
    at: datetime,
    submission: str,
    held_reason: str | None = None,
    confirm: bool = True,
) -> Sending:
    """Store one inquiry for each consortium, or none; the same `submission` again gives the same sending.

    Each office is told of its own inquiry alone. The buyer gets one letter for all, unless they are held or `confirm`
    is off; offices that release a held one confirm it by themselves.
    """
    if earlier := sending_of(session, submission):
        return earlier
    try:
        with session.begin_nested():
            sending = _store(session, parts, at, submission, held_reason)
    except IntegrityError:
        winner = sending_of(session, submission)
        if winner is None:
            raise
        return winner
    if confirm and held_reason is None and any(asked.buyer.email for _consortium, asked in parts):
        _letter(session, sending, at)
    return sending


def sending_of(session: Session, submission: str) -> Sending | None:
    """The sending that a form's submission made, if it made one."""
    return session.scalar(select(Sending).where(Sending.submission == submission))


def letters_caused_by(session: Session, inquiry: Inquiry) -> Sequence[Due]:
    """The letters of one inquiry, in order. A confirmation for a whole sending is among them like any other."""
    part = session.get(SendingPart, inquiry.id)
    shared = letters_about(session, _name_of(part.sending_id)) if part else ()
    return sorted([*letters_about(session, log.name_of(inquiry)), *shared], key=lambda due: due.id)


def letters_at(session: Session, consortium_id: int, *, most: int = 200) -> Sequence[Due]:
    """The newest letters of an office, failed ones first. A confirmation for a whole sending is among them like any
    other; one that failed is shown only where it can be sent once more.
    """
    names = (
        select(literal(f"{Sending.__tablename__}:") + cast(SendingPart.sending_id, String))
        .where(SendingPart.consortium_id == consortium_id)
        .order_by(SendingPart.sending_id.desc())
        .limit(most)
    )
    shared = select(Due).where(Due.about.in_(names), Due.consortium_id != consortium_id, ~has_failed())
    letters = [*letters_of(session, consortium_id, limit=most), *session.scalars(shared)]
    return sorted(letters, key=lambda due: (not due.has_failed, -due.id))[:most]


def inquiries_named_by(session: Session, consortium_id: int, letters: Sequence[Due]) -> dict[int, Inquiry]:
    """The inquiry of this consortium that each letter is about, by the letter's key; none for a whole sending's."""
    wanted = {letter.payload.get("inquiry_id") for letter in letters} - {None}
    query = select(Inquiry).where(Inquiry.consortium_id == consortium_id, Inquiry.id.in_(wanted))
    found = {inquiry.id: inquiry for inquiry in session.scalars(query)}
    named = {letter.id: found.get(letter.payload.get("inquiry_id", 0)) for letter in letters}
    return {key: inquiry for key, inquiry in named.items() if inquiry}


def _store(session: Session, parts: Sequence[Part], at: datetime, submission: str, held_reason: str | None) -> Sending:
    sending = Sending(submission=submission, language=parts[0][1].language, created_at=at)
    session.add(sending)
    session.flush()
    # Always in the same order: each inquiry locks the numbers of its consortium, and two sendings must not cross.
    for consortium, asked in sorted(parts, key=lambda part: part[0].id):
        inquiry = send_inquiry(
            session, consortium, asked, at=at, submission=submission, held_reason=held_reason, confirm=False
        )
        session.add(SendingPart(sending=sending, inquiry=inquiry, consortium_id=consortium.id))
    session.flush()
    return sending


def _letter(session: Session, sending: Sending, at: datetime) -> None:
    """The row belongs to the first consortium, whose desk can send it once more; it says nothing of the others."""
    first = sending.parts[0].consortium_id
    about = _name_of(sending.id)
    queue.letter(session, "sending_confirmed", at=at, consortium_id=first, about=about, sending_id=sending.id)


def _name_of(sending_id: int) -> str:
    return f"{Sending.__tablename__}:{sending_id}"
