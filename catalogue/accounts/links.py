"""One-time links by e-mail, for people who have no password or forgot it."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person, SignInLink
from catalogue.accounts.people import person_by_email
from catalogue.outbox import queue
from catalogue.tokens import TokenMaker, new_key

PURPOSE = "sign-in"
LASTS = timedelta(minutes=15)


def ask_for_link(session: Session, email: str, *, at: datetime) -> SignInLink:
    """Have a link sent to this address. The same rows are written when nobody has it; then no letter leaves."""
    person = person_by_email(session, email)
    if person and person.is_disabled:
        person = None
    link = SignInLink(key=new_key(), person=person, created_at=at, ends_at=at + LASTS)
    session.add(link)
    session.flush()
    queue.letter(session, "sign_in_link", at=at, consortium_id=None, about=f"sign_in_link:{link.id}", link_id=link.id)
    return link


def token_of(link: SignInLink, tokens: TokenMaker) -> str:
    """What the link's address holds."""
    return tokens.make(PURPOSE, link.key, 0)


def link_of(session: Session, token: str, tokens: TokenMaker, *, at: datetime) -> SignInLink | None:
    """The link that a token opens, when it is real, in time and unused."""
    key = tokens.key_of(token)
    if key is None or not tokens.is_valid(PURPOSE, token, 0):
        return None
    query = select(SignInLink).where(
        SignInLink.key == key, SignInLink.used_at.is_(None), SignInLink.ends_at > at, SignInLink.person_id.is_not(None)
    )
    return session.scalar(query)


def use(session: Session, link: SignInLink, *, at: datetime) -> Person | None:
    """Spend the link: whom it signs in, or None when somebody spent it a moment ago."""
    spend = update(SignInLink).where(SignInLink.id == link.id, SignInLink.used_at.is_(None)).values(used_at=at)
    spent = session.connection().execute(spend).rowcount == 1
    return link.person if spent else None
