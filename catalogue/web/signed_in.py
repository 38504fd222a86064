"""Who is signed in: the cookie holds a random key, the database the session it opens."""

from flask import Flask, current_app, g, session
from sqlalchemy.orm import Session

from catalogue.accounts import sessions
from catalogue.accounts.models import Person, SignIn
from catalogue.activity import log
from catalogue.consortia import working
from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.policy import Actor
from catalogue.web.clock import now

KEY = "sign_in"
JOINED = "joined"


def sign_in_row() -> SignIn | None:
    """The session that this request came with, when it still holds."""
    if "sign_in" not in g:
        g.sign_in = sessions.find(db.session, session[KEY], at=now()) if KEY in session else None
        if g.sign_in and g.sign_in.seen_at < now() - sessions.SEEN_ANEW:
            g.long_unseen = g.sign_in.id
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
        g.actor = _actor(sign_in_row(), someone)
    return g.actor


def _actor(row: SignIn | None, someone: Person) -> Actor:
    roles = working.roles_in(db.session, row) if row else ()
    g.acted_for = working.firm_acted_for(db.session, row, roles, at=now()) if row else None
    g.firm = working.firm_of(db.session, row, roles, at=now()) if row else None
    key = g.acted_for.id if g.acted_for else None
    log.act_on_behalf(db.session, key)
    return Actor(someone.id, roles, on_behalf_of=key)


def acted_for() -> Member | None:
    """The firm on whose behalf the manager who is signed in acts now."""
    return g.acted_for if actor() else None


def firm() -> Member | None:
    """The firm that whoever is signed in works for now."""
    return g.firm if actor() else None


def own_firms() -> list[Member]:
    """The firms that whoever is signed in may choose from; the one that is acted for, alone."""
    someone = actor()
    if someone is None:
        return []
    return [g.acted_for] if g.acted_for else working.own_firms(someone.roles)


def was_acted_for() -> Member | None:
    """The firm that a manager acted for until the two hours were over, while nothing else was begun."""
    row = sign_in_row()
    if row is None or row.on_behalf_until is None or row.member_id is None or acted_for():
        return None
    return db.session.get(Member, row.member_id)


def is_by_card() -> bool:
    """Whether this phone joined by a card: it opens firms alone, and changes nothing of the account."""
    row = sign_in_row()
    return row is not None and row.is_by_card


def is_shut_out() -> bool:
    """Whether this phone joined by a card and nothing is left that it could open."""
    row, someone = sign_in_row(), actor()
    return row is not None and row.is_by_card and someone is not None and not someone.roles


def must_confirm_second_factor() -> bool:
    """Whether a second factor is still owed: by whoever set one up, and off localhost by all who run a consortium.

    A phone that joined by card opens nothing that needs one.
    """
    row = sign_in_row()
    if row is None or row.is_by_card or row.second_factor_at is not None:
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
    """Give templates the person who is signed in, and for whom they work."""
    app.jinja_env.globals["signed_in_person"] = person
    app.jinja_env.globals.update(acted_for=acted_for, own_firms=own_firms, was_acted_for=was_acted_for)
