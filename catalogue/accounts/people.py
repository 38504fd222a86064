"""Finding people and adding them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log


class AddressTaken(Exception):
    """Another person signs in with this e-mail address."""


def person_by_email(session: Session, email: str) -> Person | None:
    """Who signs in with this address, in any letter case."""
    return session.scalar(select(Person).where(Person.email == email_key(email)))


def email_key(email: str) -> str:
    """An e-mail address as it is kept and compared."""
    return email.strip().casefold()


def add_person(
    session: Session,
    *,
    name: str,
    email: str | None,
    at: datetime,
    password_hash: str | None = None,
    language: str = "lo",
) -> Person:
    """Add somebody who may sign in; what they may do comes with their roles. Raises `AddressTaken`."""
    if email and person_by_email(session, email):
        raise AddressTaken
    person = Person(
        name=name,
        email=email_key(email) if email else None,
        password_hash=password_hash,
        language=language,
        created_at=at,
    )
    session.add(person)
    session.flush()
    log.record(session, "person.added", person, at=at, chain=log.NETWORK)
    return person
