"""The way of every mail: kept raw, noted, read, and acted on once. Nothing here raises for what a mail says."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from catalogue.database import writing
from catalogue.inquiries.incoming import Done, Rules, act_on, is_for_people, written_now
from catalogue.inquiries.mail_places import Place, place_of
from catalogue.inquiries.models import Inquiry, Message
from catalogue.leaks import mask_for_log
from catalogue.mail.arriving import Arrived
from catalogue.mail.models import OTHER_WORDS, Action, ReceivedMail, Source
from catalogue.mail.reading import MOST_BYTES, Mail, Unreadable, read
from catalogue.media.keeping import Parked, park
from catalogue.media.recognise import FileRefused
from catalogue.media.stores import Store
from catalogue.tokens import new_key

FOLDER = "mail"
BEGINNING = ".beginning"
KEPT_OF_TOO_LARGE = 256 * 1024
MOST_TRIES = 5
MOST_FILES_KEPT = 10
ORPHAN_AFTER = timedelta(minutes=10)
AT_ONCE = 500

logger = logging.getLogger("sala.mail")


@dataclass(frozen=True)
class MailRoom:
    """Where mail is taken in: database, store, the rules of this site, and the clock."""

    engine: Engine
    store: Store
    rules: Rules
    clock: Callable[[], datetime]


@dataclass(frozen=True)
class Outcome:
    """What was done with one mail, as `mail-in` says it. `inquiry` is the number that people read."""

    action: str
    inquiry: str | None = None
    party: str | None = None
    text: str = ""
    reason: str | None = None
    sent: int = 0


def receive(room: MailRoom, arrived: Arrived) -> Outcome:
    """Keep a mail and handle it. Raises only where it could not be kept: then whoever brought it has it still."""
    return handle(room, keep_raw(room, arrived))


def keep_raw(room: MailRoom, arrived: Arrived) -> int:
    """Store a mail as it came, then note it; the key of its row. Of one that is too large the beginning is kept."""
    raw, is_whole = arrived.raw, arrived.whole_size <= MOST_BYTES
    key = f"{FOLDER}/{new_key()}{new_key()}{'' if is_whole else BEGINNING}"
    room.store.put(key, raw if is_whole else raw[:KEPT_OF_TOO_LARGE])
    return _note(room, key, arrived)


def handle(room: MailRoom, mail_id: int) -> Outcome:
    """Act on a kept mail, once: a second time says what was done. Whatever goes wrong, it stays kept and is shown."""
    try:
        return _handle(room, mail_id)
    except DBAPIError as away:
        logger.warning("mail waits", exc_info=True, extra={"facts": {"id": mail_id}})
        return Outcome(Action.QUARANTINE, reason=f"tried again later: {type(away).__name__}")
    except Exception as error:
        logger.exception("mail", extra={"facts": {"id": mail_id}})
        return _settled(room, mail_id, Done(Action.QUARANTINE, f"fault: {type(error).__name__}"), None)


def handle_waiting(room: MailRoom, *, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Handle what was kept and not handled, because a process ended or the database was away; how many there were."""
    old = room.clock() - timedelta(minutes=1)
    with Session(room.engine) as session:
        query = select(ReceivedMail.id).where(ReceivedMail.action.is_(None), ReceivedMail.received_at < old)
        waiting = session.scalars(query.order_by(ReceivedMail.id).limit(100)).all()
    for mail_id in waiting:
        if should_stop():
            break
        if _tries(room, mail_id) > MOST_TRIES:
            _settled(room, mail_id, Done(Action.QUARANTINE, "its reader was ended each time"), None)
        else:
            handle(room, mail_id)
    return len(waiting)


def adopt_orphans(room: MailRoom) -> int:
    """Note what was stored and not noted, because the process ended in between; how many there were."""
    before = room.clock() - ORPHAN_AFTER
    keys = list(room.store.names(FOLDER, before=before))
    orphans = [key for start in range(0, len(keys), AT_ONCE) for key in _unknown(room, keys[start : start + AT_ONCE])]
    for key in orphans:
        _note(room, key, Arrived(room.store.get(key), Source.INPUT))
    return len(orphans)


def read_kept(room_store: Store, row: ReceivedMail) -> Mail:
    """A kept mail, read. Raises `Unreadable`, and `NotStored` where it was erased."""
    return read(room_store.get(row.key), row.recipients)


def park_files(store: Store, mail: Mail) -> list[Parked]:
    """The pictures and PDF of a mail, parked; every other file stays in the mail, unopened."""
    parked = []
    for file in mail.files[:MOST_FILES_KEPT]:
        try:
            parked.append(park(store, file.data, file.name))
        except FileRefused:
            continue
    return parked


def _unknown(room: MailRoom, keys: Sequence[str]) -> list[str]:
    with Session(room.engine) as session:
        known = set(session.scalars(select(ReceivedMail.key).where(ReceivedMail.key.in_(keys))))
    return [key for key in keys if key not in known]


def _note(room: MailRoom, key: str, arrived: Arrived) -> int:
    with writing(room.engine) as session:
        row = ReceivedMail(
            key=key,
            sha256=hashlib.sha256(arrived.raw).hexdigest(),
            size=arrived.whole_size,
            is_whole=not key.endswith(BEGINNING),
            source=arrived.source,
            recipients=[each[:320] for each in arrived.recipients][:100],
            received_at=room.clock(),
        )
        session.add(row)
        session.flush()
        return row.id


def _handle(room: MailRoom, mail_id: int) -> Outcome:
    with Session(room.engine) as session:
        row = session.get_one(ReceivedMail, mail_id)
        if row.action is not None:
            return _said(row, session)
        session.expunge(row)
    if not row.is_whole:
        return _settled(room, mail_id, Done(Action.REJECTED, "too large"), None)
    try:
        mail = read_kept(room.store, row)
    except Unreadable as broken:
        return _settled(room, mail_id, Done(Action.QUARANTINE, str(broken)), None)
    parked = park_files(room.store, mail) if is_for_people(mail, room.rules) else []
    return _act(room, mail_id, mail, parked)


def _act(room: MailRoom, mail_id: int, mail: Mail, parked: Sequence[Parked]) -> Outcome:
    at, rules = room.clock(), room.rules
    with writing(room.engine) as session:
        row = session.get_one(ReceivedMail, mail_id, with_for_update=True)
        if row.action is not None:
            return _said(row, session)
        place = place_of(session, mail, domain=rules.domain, tokens=rules.tokens, at=at)
        if (earlier := _claim(session, row, mail, place)) is not None:
            done = _again(session, earlier, mail)
        else:
            done = act_on(session, mail, place, parked, rules, at)
        _write(row, done, mail, at)
        return _said(row, session, done.text)


def _claim(session: Session, row: ReceivedMail, mail: Mail, place: Place) -> ReceivedMail | None:
    """Take the mail's identity, so that it acts once in each place; the earlier row where somebody was first."""
    said = mail.message_id or row.sha256
    identity = hashlib.sha256(f"{said}|{mail.sender.casefold()}|{place.name}".encode()).hexdigest()
    try:
        with session.begin_nested():
            row.identity = identity
            session.flush()
    except IntegrityError:
        session.refresh(row)
        return session.scalars(select(ReceivedMail).where(ReceivedMail.identity == identity)).one()
    return None


def _again(session: Session, earlier: ReceivedMail, mail: Mail) -> Done:
    """Done before. Where a program used one Message-ID for two mails, a person sees the second."""
    text = written_now(mail)
    said = session.get(Message, earlier.said_id) if earlier.said_id else None
    is_same = said is None or not text or said.text == text
    return Done(
        Action.DUPLICATE,
        "came before" if is_same else OTHER_WORDS,
        text,
        earlier.party,
        session.get(Inquiry, earlier.inquiry_id) if earlier.inquiry_id else None,
        consortium_id=earlier.consortium_id,
    )


def _settled(room: MailRoom, mail_id: int, done: Done, mail: Mail | None) -> Outcome:
    """Note the end of a mail that did nothing."""
    try:
        with writing(room.engine) as session:
            row = session.get_one(ReceivedMail, mail_id, with_for_update=True)
            if row.action is None:
                _write(row, done, mail, room.clock())
            return _said(row, session, done.text)
    except DBAPIError:
        logger.exception("mail waits", extra={"facts": {"id": mail_id}})
        return Outcome(done.action, reason=done.reason)


def _tries(room: MailRoom, mail_id: int) -> int:
    step = update(ReceivedMail).where(ReceivedMail.id == mail_id).values(tries=ReceivedMail.tries + 1)
    with writing(room.engine) as session:
        return session.execute(step.returning(ReceivedMail.tries)).scalar_one()


def _write(row: ReceivedMail, done: Done, mail: Mail | None, at: datetime) -> None:
    row.action, row.reason, row.party, row.sent = done.action, done.reason, done.party, done.sent
    row.handled_at, row.said_id = at, done.said_id
    row.consortium_id = done.inquiry.consortium_id if done.inquiry else done.consortium_id
    row.inquiry_id = done.inquiry.id if done.inquiry else None
    if mail is not None:
        row.message_id = mail.message_id[:250] or None
        row.sender_name, row.sender, row.subject = mail.name, mail.sender, mail.subject
    facts = {"id": row.id, "action": done.action.value, "reason": mask_for_log(done.reason or ""), "sent": done.sent}
    logger.info("mail", extra={"facts": facts})


def _said(row: ReceivedMail, session: Session, text: str = "") -> Outcome:
    inquiry = session.get(Inquiry, row.inquiry_id) if row.inquiry_id else None
    return Outcome(
        action=(row.action or Action.QUARANTINE).value,
        inquiry=inquiry.number if inquiry else None,
        party=row.party,
        text=text,
        reason=row.reason,
        sent=row.sent,
    )
