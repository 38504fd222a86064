"""Erasing a buyer or a person in one act: rows, words of the log, letters due; files follow once it is committed.

What was asked for, how many and from which country stays, as figures of the consortium; the log keeps its entries with
the hashes of erased words, so that its chains go on verifying.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from catalogue import limits
from catalogue.accounts import sessions
from catalogue.accounts.models import Person, SignIn, SignInLink
from catalogue.accounts.people import email_key
from catalogue.activity import log
from catalogue.activity.models import Entry, EntryText
from catalogue.consortia.models import Role, RoleName
from catalogue.inquiries import defences
from catalogue.inquiries.conversation import ClosedReason
from catalogue.inquiries.inbox_models import SavedView
from catalogue.inquiries.models import (
    Attachment,
    BuyerContact,
    Inquiry,
    InquiryLine,
    InquiryStatus,
    Sending,
    SendingPart,
)
from catalogue.inquiries.office_models import Draft, Presence
from catalogue.mail.models import Action, ReceivedMail
from catalogue.media.keeping import raw_key
from catalogue.media.models import StoredFile
from catalogue.media.upload_models import Upload
from catalogue.outbox.models import Due, Lane
from catalogue.outbox.queue import job
from catalogue.privacy.models import Tombstone, Whose
from catalogue.privacy.trail import Trail, steps
from catalogue.tokens import new_key

KIND = "privacy.clear"
NOBODY = "—"
AGAIN_AFTER = timedelta(minutes=15)
# The tables that keep their rows, without anything personal in them; of every other table on the trail rows go.
KEPT = ("inquiry", "inquiry_line", "buyer_contact", "sending_part", "received_mail")
BLANK_INQUIRY: dict[str, Any] = {
    "message": "",
    "translation": "",
    "translator_id": None,
    "buyer_role": "",
    "city": "",
    "named_place": "",
    "closed_words": "",
    "submission": None,
    "held_reason": None,
    "snoozed_until": None,
}
BLANK_CONTACT: dict[str, Any] = {"name": NOBODY, "email": "", "company": "", "phone": ""}
BLANK_LINE: dict[str, Any] = {"description": "", "note": ""}
# Its row stays, so that the same mail, brought once more by a server or found in the store, is not taken for a new one.
BLANK_MAIL: dict[str, Any] = {
    "sender_name": "",
    "sender": "",
    "subject": "",
    "recipients": [],
    "message_id": None,
    "said_id": None,
}


class LastOperator(Exception):
    """Nobody else runs the machine: another operator comes first."""


@dataclass(frozen=True)
class Left:
    """What is still to be deleted outside the database: folders and keys in the store, and letters in the out-tray.

    The keys are random: a job that holds them tells nothing of whose they were.
    """

    files: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Erased:
    """An erasure, with what `clearing.clear` does next; a job for the same is due, should that be cut short."""

    tombstone: Tombstone
    left: Left


def erase_buyer(session: Session, trail: Trail, *, by: Person | None, at: datetime) -> Erased:
    """Erase all that a trail holds. What was open is closed, private links open nothing any more."""
    session.flush()
    left = _left_of(session, trail)
    _forget_words(session, trail.names())
    files = _only_here(session, trail)
    session.execute(delete(Due).where(Due.about.in_([*trail.names(), *(f"stored_file:{key}" for key in files)])))
    _blank(session, trail, at)
    for table, _columns in reversed(steps()):
        if table.name not in KEPT:
            session.execute(delete(table).where(trail.rows(table)))
    session.execute(delete(StoredFile).where(StoredFile.id.in_(files)))
    if trail.email:
        _forget_counts(session, trail.email, at)
    tombstone = _bury(session, Whose.BUYER, trail.email, _public_ids(session, trail.inquiries), at)
    session.expire_all()
    for inquiry in session.scalars(select(Inquiry).where(Inquiry.id.in_(trail.inquiries)).order_by(Inquiry.id)):
        _tell(session, "buyer.erased", inquiry, inquiry.consortium_id, by, at)
    return _leave(session, tombstone, left, at)


def erase_person(session: Session, person: Person, *, by: Person | None, at: datetime) -> Erased:
    """Erase somebody who signs in: name, address, sessions, drafts. What they did stays done, by nobody's name.

    Raises `LastOperator`.
    """
    _refuse_last_operator(session, person)
    email = person.email or ""
    sessions.end_all(session, person, at=at)
    _forget_words(session, [log.name_of(person)])
    links = session.scalars(select(SignInLink.id).where(SignInLink.person_id == person.id)).all()
    session.execute(delete(Due).where(Due.about.in_([log.name_of(person), *(f"sign_in_link:{key}" for key in links)])))
    for model in (SignIn, SignInLink, Draft, Presence, SavedView):
        session.execute(delete(model).where(model.person_id == person.id))
    session.execute(update(Upload).where(Upload.person_id == person.id).values(name=""))
    session.execute(update(Role).where(Role.person_id == person.id, Role.ended_at.is_(None)).values(ended_at=at))
    person.name, person.email, person.password_hash, person.totp_secret = NOBODY, None, None, None
    person.totp_confirmed_at = person.totp_last_step = None
    person.link_generation += 1
    person.disabled_at = person.disabled_at or at
    tombstone = _bury(session, Whose.PERSON, email, [person.public_id], at)
    _tell(session, "person.erased", person, log.NETWORK, by, at)
    return _leave(session, tombstone, Left(), at)


def hash_of(salt: str, email: str) -> str:
    """How a tombstone knows an address again."""
    return hashlib.sha256(f"{salt}|{email_key(email)}".encode()).hexdigest()


# -- rows --


def _blank(session: Session, trail: Trail, at: datetime) -> None:
    mine = Inquiry.id.in_(trail.inquiries)
    was_open = Inquiry.status.not_in([InquiryStatus.CLOSED, InquiryStatus.DECLINED, InquiryStatus.EXPIRED])
    ended = {"status": InquiryStatus.CLOSED, "closed_at": at, "closed_reason": ClosedReason.WITHDRAWN}
    _change(session, update(Inquiry).where(mine, was_open).values(**ended))
    later = {"link_generation": Inquiry.link_generation + 1, "version": Inquiry.version + 1, "changed_at": at}
    _change(session, update(Inquiry).where(mine).values(**BLANK_INQUIRY, **later, erased_at=at))
    _change(session, update(BuyerContact).where(BuyerContact.inquiry_id.in_(trail.inquiries)).values(**BLANK_CONTACT))
    _change(session, update(InquiryLine).where(InquiryLine.inquiry_id.in_(trail.inquiries)).values(**BLANK_LINE))
    mine = ReceivedMail.id.in_(trail.keys[ReceivedMail.__tablename__])
    _change(session, update(ReceivedMail).where(mine).values(**BLANK_MAIL, settled_at=at))
    never_read = {"handled_at": at, "action": Action.REJECTED, "reason": "erased"}
    _change(session, update(ReceivedMail).where(mine, ReceivedMail.action.is_(None)).values(**never_read))
    sendings = select(SendingPart.sending_id).where(SendingPart.inquiry_id.in_(trail.inquiries))
    renewed = update(Sending).where(Sending.id.in_(sendings)).values(link_generation=Sending.link_generation + 1)
    _change(session, renewed)


def _change(session: Session, statement: Any) -> None:
    session.execute(statement, execution_options={"synchronize_session": False})


def _forget_words(session: Session, names: Sequence[str]) -> None:
    """Erase what the log says in words of these rows; the hashes stay in its entries."""
    entries = select(Entry.id).where(Entry.subject.in_(names))
    session.execute(
        delete(EntryText).where(EntryText.entry_id.in_(entries)), execution_options={"synchronize_session": False}
    )


def _forget_counts(session: Session, email: str, at: datetime) -> None:
    for what in ("inquiry e-mail", "confirmation"):
        limits.forget(session, what, defences.mailbox(email), seconds=defences.DAY, at=at)


def _public_ids(session: Session, inquiry_ids: Iterable[int]) -> list[str]:
    query = select(Inquiry.public_id).where(Inquiry.id.in_(inquiry_ids)).order_by(Inquiry.id)
    return list(session.scalars(query))


def _refuse_last_operator(session: Session, person: Person) -> None:
    holds = select(Role.person_id).where(Role.name == RoleName.OPERATOR, Role.ended_at.is_(None))
    operators = set(session.scalars(holds))
    if operators == {person.id}:
        raise LastOperator


# -- what lies outside --


def _left_of(session: Session, trail: Trail) -> Left:
    files = session.scalars(select(StoredFile).where(StoredFile.id.in_(_only_here(session, trail)))).all()
    mails = session.scalars(
        select(ReceivedMail.key).where(ReceivedMail.id.in_(trail.keys[ReceivedMail.__tablename__]))
    ).all()
    letters = session.scalars(select(Due.message_id).where(Due.about.in_(trail.names()), Due.lane == Lane.LETTER)).all()
    return Left(
        tuple(file.key for file in files),
        (*(raw_key(file) for file in files), *mails),
        tuple(filter(None, letters)),
    )


def _only_here(session: Session, trail: Trail) -> list[int]:
    """The files of the attachments that no other inquiry shows."""
    mine = select(Attachment.file_id).where(Attachment.id.in_(trail.keys[Attachment.__tablename__]))
    other = exists().where(Attachment.file_id == StoredFile.id, Attachment.inquiry_id.not_in(trail.inquiries))
    return list(session.scalars(select(StoredFile.id).where(StoredFile.id.in_(mine), ~other)))


def _bury(session: Session, of: Whose, email: str, rows: list[str], at: datetime) -> Tombstone:
    # One salt for all: a restored site's addresses are then hashed once, not once for each tombstone.
    salt = session.scalar(select(Tombstone.salt).order_by(Tombstone.id.desc()).limit(1)) or new_key()
    tombstone = Tombstone(of=of, salt=salt, rows=rows, erased_at=at)
    tombstone.address_hash = hash_of(salt, email) if email else None
    session.add(tombstone)
    session.flush()
    return tombstone


def _leave(session: Session, tombstone: Tombstone, left: Left, at: datetime) -> Erased:
    """Have it cleared now, and once more later: a picture may just have been in the hands of the worker."""
    for due_at in (at, at + AGAIN_AFTER):
        due = job(session, KIND, at=at, about=log.name_of(tombstone), tombstone_id=tombstone.id, **asdict(left))
        due.due_at = due_at
    session.flush()
    return Erased(tombstone, left)


def _tell(session: Session, action: str, subject: Any, chain: int, by: Person | None, at: datetime) -> None:
    log.record(session, action, subject, at=at, chain=chain, actor=log.actor_name(by))
