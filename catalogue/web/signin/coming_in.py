"""What follows a right password or link: a new session, and the way to where the person works."""

from urllib.parse import urlsplit

from flask import request, session, url_for

from catalogue.accounts import sessions
from catalogue.accounts.models import Person
from catalogue.consortia.models import RoleName
from catalogue.consortia.roles import roles_of
from catalogue.extensions import db
from catalogue.web.clock import now
from catalogue.web.signed_in import JOINED, KEY


def begin_session(person: Person) -> None:
    """Sign in."""
    hold(sessions.begin(db.session, person, device=device(), at=now()))


def hold(key: str, joined: str | None = None) -> None:
    """Let the cookie open a session. All it held before is dropped, so that no session is handed in from outside.

    `joined` is the consortium whose card was opened: what to say, and whom to call, once the session is over.
    """
    session.clear()
    session.permanent = True
    session[KEY] = key
    if joined:
        session[JOINED] = joined


def device() -> str:
    """What the browser says of itself."""
    return request.headers.get("User-Agent", "")


def way_on(person: Person, asked: str | None) -> str:
    """Where to go now: back to the page that was asked for, else to the desk, the studio or the operator's page."""
    return own_path(asked) or _home_of(person)


def own_path(address: str | None) -> str | None:
    """The address when it is a path of this site; None for anything that could lead away."""
    if not address or not address.startswith("/") or address.startswith("//") or "\\" in address:
        return None
    parts = urlsplit(address)
    return address if not parts.netloc and not parts.scheme and address.isprintable() else None


def _home_of(person: Person) -> str:
    for role in roles_of(db.session, person):
        if role.name is RoleName.MANAGER and role.consortium:
            return url_for("desk.inbox", slug=role.consortium.slug)
        if role.name is RoleName.OBSERVER and role.consortium:
            return url_for("desk.figures", slug=role.consortium.slug)
        if role.name is RoleName.MEMBER:
            return url_for("studio.today")
        if role.name is RoleName.OPERATOR:
            return url_for("operator.consortia")
    return url_for("signin.account")
