""" "This was not me": the way out for somebody whose address a stranger gave; one page, one button, no questions."""

from flask import abort, make_response, render_template, request
from werkzeug.wrappers import Response

from catalogue import limits
from catalogue.database import apart
from catalogue.extensions import csrf, db
from catalogue.inquiries.defences import HOUR, network_of
from catalogue.inquiries.disowning import disown, is_theirs
from catalogue.inquiries.links import NOT_ME, LinkIsOver, inquiry_of_token, sending_of_token
from catalogue.inquiries.models import Inquiry
from catalogue.notices.addresses import token_maker
from catalogue.web.access import public
from catalogue.web.clock import now
from catalogue.web.language import other_language, url_in
from catalogue.web.storefront import blueprint

MOST_WRONG_LINKS_AN_HOUR = 60


@blueprint.get("/<lang>/not-me/<token>")
@public
def not_me(token: str) -> Response:
    """What the button does. Nothing of the inquiry is shown: its link was sent to somebody who may not have asked."""
    _found(token)
    return _page(is_done=False)


# The token in the address is the proof, and mail programs that offer one click send nothing else.
@blueprint.post("/<lang>/not-me/<token>")
@csrf.exempt
@public
def erase_address(token: str) -> Response:
    """Erase the address and end what was asked with it."""
    disown(db.session, _found(token), at=now())
    return _page(is_done=True)


def _found(token: str) -> list[Inquiry]:
    """The inquiries of a token, of one or of a whole sending; else a calm 404, or a 410 once they are surely theirs."""
    inquiries = _inquiries_of(token)
    return abort(410) if is_theirs(inquiries) else inquiries


def _inquiries_of(token: str) -> list[Inquiry]:
    try:
        if inquiry := inquiry_of_token(db.session, token, token_maker(), NOT_ME):
            return [inquiry]
        sending = sending_of_token(db.session, token, token_maker(), NOT_ME)
    except LinkIsOver:
        abort(410)
    if sending is None:
        abort(429 if _tries_too_often() else 404)
    return sending.inquiries


def _tries_too_often() -> bool:
    db.session.rollback()
    with apart(db.engine) as session:
        tries = limits.hit(session, "wrong link", network_of(request.remote_addr), seconds=HOUR, at=now())
    return tries > MOST_WRONG_LINKS_AN_HOUR


def _page(*, is_done: bool) -> Response:
    here = url_in(other_language()) if request.method == "GET" else None
    body = render_template("storefront/not_me.html", is_done=is_done, other_language_url=here)
    answer = make_response(body)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
