"""Who is signed in: the cookie holds a random key, the database the session it opens."""

from flask import Flask, current_app, g, session
from sqlalchemy.orm import Session

from catalogue.accounts import sessions
from catalogue.accounts.models import Person, SignIn
from catalogue.consortia.roles import roles_of
from catalogue.extensions import db
from catalogue.policy import Actor
from catalogue.web.clock import now

KEY = "sign_in"


def sign_in_row() -> SignIn | None:
    """The session that this request came with, when it still holds."""
    if "sign_in" not in g:
        g.sign_in = sessions.find(db.session, session[KEY], at=now()) if KEY in session else None
    return g.sign_in


def person() -> Person | None:
    """Who is signed in."""
    row = sign_in_row()
    return row.person if row else None


def signed_in() -> Person:
    """Who acts, in a view that only opens for somebody who is signed in."""
    someone = person()
    if someone is None:
        raise LookupError("nobody is signed in")
    return someone


def actor() -> Actor | None:
    """Who is signed in, with their roles, as `policy` wants it."""
    someone = person()
    if someone is None:
        return None
    if "actor" not in g:
        g.actor = Actor(someone.id, tuple(roles_of(db.session, someone)))
    return g.actor


def must_confirm_second_factor() -> bool:
    """Whether a second factor is still owed: by whoever set one up, and off localhost by all who run a consortium."""
    row = sign_in_row()
    if row is None or row.second_factor_at is not None:
        return False
    return row.person.has_second_factor or (not current_app.config["SETTINGS"].is_local and owes_second_factor())


def owes_second_factor() -> bool:
    """Whether one of this person's roles demands a second factor."""
    someone = actor()
    return someone is not None and any(role.demands_second_factor for role in someone.roles)


def whose_tries() -> str:
    """Whose session this request came with, for counting tries before its own first query; empty for nobody's."""
    if KEY not in session:
        return ""
    with Session(db.engine) as reading:
        row = sessions.find(reading, session[KEY], at=now())
        return row.person.public_id if row else ""


def init_app(app: Flask) -> None:
    """Give templates the person who is signed in."""
    app.jinja_env.globals["signed_in_person"] = person
