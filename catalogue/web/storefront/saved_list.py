"""A list shown by link: what it holds today, for whoever has the link; products and quantities, nobody's words."""

from itertools import groupby

from flask import abort, make_response, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from catalogue import limits
from catalogue.database import apart
from catalogue.extensions import csrf, db
from catalogue.inquiries import lists, saved_lists
from catalogue.inquiries.defences import HOUR, network_of
from catalogue.inquiries.links import LinkIsOver, list_of_token
from catalogue.inquiries.lists import visitor_hash
from catalogue.inquiries.models import ListLink
from catalogue.notices.addresses import token_maker
from catalogue.web.access import public
from catalogue.web.clock import now
from catalogue.web.language import other_language
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.inquiry_list import makes_too_many_lists, too_many_lists, with_cookies
from catalogue.web.storefront.list_page import SavedLink, lines_of, page
from catalogue.web.storefront.visitor import list_visitor, new_list_key, same_origin_only

MOST_WRONG_LINKS_AN_HOUR = 60


@blueprint.get("/<lang>/l/<token>")
@public
def saved_list(token: str) -> Response:
    """The products of a list with today's facts. What its owner wrote in words, or hopes to pay, is not shown."""
    try:
        link = _link(token)
    except LinkIsOver:
        return _gone(410)
    if link is None:
        return _gone(429 if _tries_too_often() else 404)
    lines = [line for line in lines_of(lists.items_of(db.session, link.inquiry_list.visitor_hash)) if line.product]
    body = render_template(
        "storefront/saved_list.html",
        groups=[(owner, list(found)) for owner, found in groupby(lines, key=lambda line: line.item.consortium)],
        offered=sum(line.is_offered for line in lines),
        withdrawn=sum(not line.is_offered for line in lines),
        is_own=link.inquiry_list.visitor_hash == list_visitor(),
        link=SavedLink.of(link),
        token=token.lower(),
        is_demo=any(line.item.consortium.is_demo for line in lines),
        other_language_url=url_for("storefront.saved_list", token=token, lang=other_language()),
    )
    return _unlisted(make_response(body))


@blueprint.post("/<lang>/l/<token>")
@csrf.exempt
@public
@same_origin_only
def copy_list(token: str) -> Response:
    """Put its products into the visitor's own list; the list that was used is kept for thirty days more."""
    if makes_too_many_lists():
        return page([], problem=too_many_lists(), status=429)
    try:
        link = _link(token) or abort(404)
    except LinkIsOver:
        abort(410)
    items = lists.items_of(db.session, link.inquiry_list.visitor_hash)
    key = new_list_key()
    left_out = saved_lists.copy_products(db.session, visitor_hash(key), items, at=now())
    saved_lists.touch(db.session, link, at=now())
    if not left_out:
        return with_cookies(redirect(url_for("storefront.inquiry_list") + "#added", 303), key)
    said = ngettext(
        "Your list is full: %(num)s product of the other list found no place.",
        "Your list is full: %(num)s products of the other list found no place.",
        left_out,
    )
    return with_cookies(page(lines_of(lists.items_of(db.session, visitor_hash(key))), problem=said), key)


def _link(token: str) -> ListLink | None:
    """The link that a token opens, as long as its list is kept. Raises `LinkIsOver`."""
    link = list_of_token(db.session, token, token_maker())
    return None if link is None or saved_lists.is_over(link, now()) else link


def _tries_too_often() -> bool:
    db.session.rollback()
    with apart(db.engine) as session:
        tries = limits.hit(session, "wrong link", network_of(request.remote_addr), seconds=HOUR, at=now())
    return tries > MOST_WRONG_LINKS_AN_HOUR


def _gone(status: int) -> Response:
    return _unlisted(make_response(render_template("storefront/saved_list_gone.html"), status))


def _unlisted(answer: Response) -> Response:
    """For whoever has the link: no cache keeps it, no machine lists it, and no other site learns the address."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
