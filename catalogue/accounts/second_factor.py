"""The second factor: a code from a telephone (TOTP, RFC 6238), each usable once."""

from datetime import datetime

import pyotp
from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log

STEP_SECONDS = 30
ISSUER = "Sala"


def propose(session: Session, person: Person) -> str:
    """A secret to set up with, made once and kept until the first right code; the `otpauth:` address of its QR code."""
    if person.totp_secret is None:
        person.totp_secret = pyotp.random_base32()
        session.flush()
    return pyotp.TOTP(person.totp_secret).provisioning_uri(name=person.email or person.name, issuer_name=ISSUER)


def accept(session: Session, person: Person, code: str, *, at: datetime) -> bool:
    """Whether the code is right now and was not used before. The first right code finishes the set-up."""
    step = _step_of(person, code, at)
    if step is None:
        return False
    spend = (
        update(Person)
        .where(Person.id == person.id, or_(Person.totp_last_step.is_(None), Person.totp_last_step < step))
        .values(totp_last_step=step)
    )
    if session.connection().execute(spend).rowcount != 1:
        return False
    session.refresh(person)
    if person.totp_confirmed_at is None:
        person.totp_confirmed_at = at
        log.record(session, "second_factor.set", person, at=at, chain=log.NETWORK, actor=log.actor_name(person))
    session.flush()
    return True


def remove(session: Session, person: Person, *, at: datetime) -> None:
    """Forget the second factor (a lost telephone); the next sign-in sets up a new one."""
    person.totp_secret = person.totp_confirmed_at = person.totp_last_step = None
    log.record(session, "second_factor.removed", person, at=at, chain=log.NETWORK)
    session.flush()


def _step_of(person: Person, code: str, at: datetime) -> int | None:
    if person.totp_secret is None or not (len(code) == 6 and code.isascii() and code.isdigit()):
        return None
    totp, now = pyotp.TOTP(person.totp_secret), int(at.timestamp()) // STEP_SECONDS
    fitting = [step for step in (now - 1, now, now + 1) if totp.generate_otp(step) == code]
    return fitting[-1] if fitting else None
