"""Error pages, in both languages, each saying what to do next."""

from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, g, redirect, render_template, request, session, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy import select
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from catalogue.consortia.founding import SLUG
from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.web.language import LANGUAGES, language, other_language
from catalogue.web.loaders import consortium_at
from catalogue.web.signed_in import JOINED, is_shut_out, person, sign_in_row

BROKEN = {500, 503}
MOST_HEARD = 400 * 1024 * 1024
PIECE = 64 * 1024
KNOWN = {400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503}


def explain(error: HTTPException) -> Any:
    """A page of our own for every answer that Werkzeug would give in English."""
    if error.code is None or error.code < 400:
        return error
    if error.code == 401:
        return ask_for_card() if JOINED in session and owes_nothing_else() else to_sign_in()
    if error.code == 413:
        hear_out()
    code = error.code if error.code in KNOWN else 400
    return page(code), error.code


def hear_out() -> None:
    """Let whoever sends too much finish, within a bound: a browser that is cut off meanwhile shows no answer at all."""
    left, sent = MOST_HEARD, request.environ["wsgi.input"]
    while left > 0 and (piece := sent.read(min(left, PIECE))):
        left -= len(piece)


def to_sign_in() -> Response:
    """Somebody has to sign in, or to confirm a second factor, and comes back here afterwards."""
    owed = "signin.second_factor" if sign_in_row() else "signin.sign_in"
    came_from = request.full_path.rstrip("?") if request.method == "GET" else None
    db.session.rollback()
    return redirect(url_for(owed, next=came_from), 303)


def owes_nothing_else() -> bool:
    """Whether signing in anew is what is missing, and not a second factor."""
    return sign_in_row() is None or is_shut_out()


def ask_for_card() -> Any:
    """This phone came in by a card and was cut off, or its half year is over: whom to call for a new one."""
    query = select(Consortium).where(Consortium.public_id == session[JOINED])
    consortium = db.session.scalar(query)
    g.language = language() if "lang" in request.args else "lo"
    return render_template("errors/ask_for_card.html", consortium=consortium), 401


def lost_form(_error: CSRFError) -> Any:
    """The form was open too long, or the cookie was refused: say so, and that nothing was sent."""
    return page(400, lost_form=True), 400


def unkeepable(_error: DataError) -> Any:
    """A sign or number that no column can hold, as a NUL on PostgreSQL: no browser sends it."""
    db.session.rollback()
    return page(400), 400


def unexpected(error: Exception) -> Any:
    """Something broke: nothing was kept, and the page shows the reference under which the log tells more."""
    db.session.rollback()
    current_app.logger.exception("unexpected", extra={"facts": {"reference": g.get("reference")}}, exc_info=error)
    return page(500), 500


def page(code: int, **values: Any) -> str:
    """The error page for a status code, in the language of the address that failed, with the ways on from there."""
    lang, slug, rest = [*request.path.split("/", 3)[1:], "", "", ""][:3]
    is_public = lang in LANGUAGES
    g.language = lang if is_public else readers_language(code)
    return render_template(
        "errors/page.html",
        code=code,
        reference=g.get("reference", ""),
        is_public=is_public,
        consortium=None if code in BROKEN or not is_public else consortium_named(slug),
        other_language_url=in_other_language(slug, rest) if is_public and request.method == "GET" else None,
        **values,
    )


def readers_language(code: int) -> str:
    """Whoever is signed in reads it in their own language: few phones speak Lao. Where the site is broken, nobody is
    looked up."""
    someone = None if code in BROKEN else person()
    return someone.language if someone else language()


def consortium_named(slug: str) -> Consortium | None:
    """The consortium whose pages the address is among; what cannot be a slug is not looked up."""
    return consortium_at(slug) if SLUG.fullmatch(slug) else None


def in_other_language(slug: str, rest: str) -> str:
    """The same address in the other language, whether or not it leads anywhere."""
    return quote("/".join(["", other_language(), slug, rest]).rstrip("/") or "/")


def init_app(app: Flask) -> None:
    """Have every failure explained."""
    app.register_error_handler(HTTPException, explain)
    app.register_error_handler(CSRFError, lost_form)
    app.register_error_handler(DataError, unkeepable)
    app.register_error_handler(Exception, unexpected)
