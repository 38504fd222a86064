"""Sessions that can be ended: a cookie's random key opens one row, and a row can be deleted."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person, SignIn
from catalogue.activity import log

LASTS = timedelta(days=30)
LASTS_BY_CARD = timedelta(days=180)
SEEN_ANEW = timedelta(hours=1)


def begin(session: Session, person: Person, *, device: str, at: datetime, is_by_card: bool = False) -> str:
    """Start a session; the key that its cookie holds. Only the key's hash is kept.

    One begun by a joining card lasts half a year, and opens nothing but the firms whose cards it opened.
    """
    key = secrets.token_urlsafe(32)
    row = SignIn(
        key_hash=hash_of(key),
        person=person,
        device=device[:200],
        created_at=at,
        seen_at=at,
        ends_at=at + (LASTS_BY_CARD if is_by_card else LASTS),
        is_by_card=is_by_card,
    )
    session.add(row)
    session.flush()
    log.record(session, "sign_in.begun", person, at=at, chain=log.NETWORK, actor=log.actor_name(person))
    return key


def find(session: Session, key: str, *, at: datetime) -> SignIn | None:
    """The session that a cookie's key opens, when it still holds and its person may sign in."""
    query = (
        select(SignIn)
        .join(SignIn.person)
        .where(SignIn.key_hash == hash_of(key), SignIn.ends_at > at, Person.disabled_at.is_(None))
    )
    return session.scalar(query)


def open_sessions(session: Session, person: Person, *, at: datetime) -> Sequence[SignIn]:
    """Where this person is signed in now, the newest first."""
    query = select(SignIn).where(SignIn.person_id == person.id, SignIn.ends_at > at).order_by(SignIn.id.desc())
    return session.scalars(query).all()


def end(session: Session, person: Person, sign_in_id: int, *, at: datetime) -> None:
    """End one of a person's own sessions; nothing happens when there is no such session."""
    session.execute(delete(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person.id))
    log.record(session, "sign_in.ended", person, at=at, chain=log.NETWORK, actor=log.actor_name(person))


def end_all(session: Session, person: Person, *, at: datetime, but: int | None = None) -> None:
    """End every session of a person, except one: after a new password, or when somebody is disabled."""
    session.execute(delete(SignIn).where(SignIn.person_id == person.id, SignIn.id != (but or 0)))
    log.record(session, "sign_in.all_ended", person, at=at, chain=log.NETWORK, actor=log.actor_name(person))


def see(session: Session, sign_in_id: int, *, at: datetime) -> None:
    """Note that a session was used, to the hour; a row that was ended meanwhile stays ended."""
    is_old = SignIn.seen_at < at - SEEN_ANEW
    session.execute(update(SignIn).where(SignIn.id == sign_in_id, is_old).values(seen_at=at))


def hash_of(key: str) -> str:
    """What the database keeps of a session's key."""
    return hashlib.sha256(key.encode()).hexdigest()
