"""What a private link opens, and the answers that carry it: kept by nobody, and named to no other site."""

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from catalogue import limits
from catalogue.database import apart
from catalogue.extensions import db
from catalogue.inquiries.defences import HOUR, network_of
from catalogue.inquiries.links import LinkIsOver, inquiry_of_token, sending_of_token, token_of
from catalogue.inquiries.models import Inquiry, Sending
from catalogue.notices.addresses import token_maker
from catalogue.web.clock import now

MOST_WRONG_LINKS_AN_HOUR = 60


def found_by(token: str) -> Inquiry | Sending:
    """What a token opens, else a calm 404, or 410 for a link that was replaced; many wrong ones meet 429.

    An inquiry that was joined to another one of the same buyer leads there.
    """
    try:
        found = inquiry_of_token(db.session, token, token_maker()) or sending_of_token(db.session, token, token_maker())
    except LinkIsOver:
        abort(410)
    if found is None:
        abort(wrong_link())
    if isinstance(found, Inquiry) and found.merged_into_id:
        abort(private(redirect(url_for("storefront.buyer", token=_living(found)), 303)))
    return found


def wrong_link() -> int:
    """Count one more link that opens nothing: 404, or 429 where there were so many that somebody guesses."""
    db.session.rollback()
    with apart(db.engine) as session:
        tries = limits.hit(session, "wrong link", network_of(request.remote_addr), seconds=HOUR, at=now())
    return 429 if tries > MOST_WRONG_LINKS_AN_HOUR else 404


def too_many(what: str, token: str, most: int, seconds: int = HOUR) -> bool:
    """Count one more act by this link; whether there were more than `most` in this time. Call it before any query."""
    with apart(db.engine) as session:
        return limits.hit(session, what, token_maker().key_of(token) or "", seconds=seconds, at=now()) > most


def inquiries_of(found: Inquiry | Sending) -> list[Inquiry]:
    """The inquiries that a link shows; of those of a sending, the ones that were not joined to others."""
    if isinstance(found, Inquiry):
        return [found]
    return [each for each in found.inquiries if each.merged_into_id is None] or found.inquiries


def named_in(found: Inquiry | Sending) -> Inquiry:
    """Which inquiry a form is about: on the page of a sending each form names its own."""
    if isinstance(found, Inquiry):
        return found
    named = request.form.get("inquiry", "")
    return next((each for each in inquiries_of(found) if each.public_id == named), None) or abort(404)


def back_to(found: Inquiry | Sending, token: str) -> Response:
    """Back to the page, at its top: a browser would keep the fragment of the form's address."""
    place = "main" if isinstance(found, Sending) else None
    return private(redirect(url_for("storefront.buyer", token=token, _anchor=place), 303))


def private(answer: Response) -> Response:
    """The same answer, which no browser, other site or search engine keeps."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _living(inquiry: Inquiry) -> str:
    while inquiry.merged_into_id and (into := db.session.get(Inquiry, inquiry.merged_into_id)):
        inquiry = into
    return token_of(inquiry, token_maker())
