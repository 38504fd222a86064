"""Limits on tries, counted apart from the request's transaction, so that a failed try counts too."""

from flask import request
from sqlalchemy.orm import Session

from catalogue import limits
from catalogue.accounts.people import email_key
from catalogue.database import apart
from catalogue.extensions import db
from catalogue.web.clock import now

FIVE_MINUTES = 300
TRIES_AN_ACCOUNT = 10
TRIES_A_NETWORK = 50
CODES = 5
# A whole village may join behind one address in an afternoon.
CARDS_A_NETWORK = 100


def too_many_passwords(email: str) -> bool:
    """Count one try; whether this address or its network has had its tries (PyPI's figures: 10 in 5 minutes)."""
    return _over("sign-in", email_key(email), TRIES_AN_ACCOUNT) or _over("sign-in", _network(), TRIES_A_NETWORK)


def forget_passwords(session: Session, email: str) -> None:
    """The password was right: this account's tries begin anew. Its network's do not."""
    limits.forget(session, "sign-in", email_key(email), seconds=FIVE_MINUTES, at=now())


def too_many_links(email: str) -> bool:
    """Count one asking for a link; whether this address or its network has had enough of them."""
    return _over("link", email_key(email), CODES) or _over("link", _network(), TRIES_A_NETWORK)


def too_many_codes(person_id: str) -> bool:
    """Count one code; whether this person, in all sessions together, has had the tries (5 in 5 minutes)."""
    return _over("code", person_id, CODES)


def too_many_cards() -> bool:
    """Count one card that is none of ours, or one press; whether this network has had enough of them."""
    return _over("card", _network(), CARDS_A_NETWORK)


def _network() -> str:
    return request.remote_addr or ""


def _over(what: str, whose: str, most: int) -> bool:
    with apart(db.engine) as session:
        return limits.hit(session, what, whose, seconds=FIVE_MINUTES, at=now()) > most
