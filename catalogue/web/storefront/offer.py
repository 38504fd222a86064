"""A member's answer by a private link: one page, three buttons, without signing in."""

from flask import abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalogue.extensions import csrf, db
from catalogue.inquiries.links import LinkIsOver
from catalogue.notices.addresses import token_maker
from catalogue.routing.answer_links import candidate_of_token
from catalogue.routing.models import Candidate
from catalogue.web.access import public
from catalogue.web.language import other_language, url_in
from catalogue.web.members_links import refused_to_office
from catalogue.web.offering import Step, opened_by, sent_by
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.buyer_link import private, too_many, wrong_link
from catalogue.web.storefront.share import share_behind, share_page_of

MOST_ANSWERS_AN_HOUR = 30


@blueprint.get("/<lang>/o/<token>")
@public
def offer(token: str) -> Response:
    """What is wanted, and the three buttons; or that the answer arrived; of a share's link, that share."""
    if page := share_behind(token):
        return page
    candidate = _found(token)
    return _page(candidate, opened_by(candidate), token)


# The token in the address is the proof: an old phone that keeps no cookies answers as well as any other.
@blueprint.post("/<lang>/o/<token>")
@csrf.exempt
@public
def answer_offer(token: str) -> Response:
    """Take the answer."""
    if too_many("member answered", token, MOST_ANSWERS_AN_HOUR):
        abort(429)
    candidate = _found(token)
    if refusal := refused_to_office(candidate.call):
        return private(refusal)
    step = sent_by(candidate)
    if step:
        return _page(candidate, step, token)
    return private(redirect(url_for("storefront.offer", token=token), 303))


def _found(token: str) -> Candidate:
    """What a token opens, else a calm 404, or 410 for a link that was replaced; many wrong ones meet 429."""
    try:
        found = candidate_of_token(db.session, token, token_maker())
    except LinkIsOver:
        abort(410)
    return found or abort(wrong_link())


def _page(candidate: Candidate, step: Step, token: str) -> Response:
    body = render_template(
        "storefront/offer.html",
        call=candidate.call,
        consortium=candidate.call.consortium,
        is_demo=candidate.call.consortium.is_demo,
        member=candidate.member,
        step=step.name,
        action=url_for("storefront.answer_offer", token=token),
        here=url_for("storefront.offer", token=token),
        share_url=share_page_of(candidate),
        other_language_url=url_in(other_language()) if request.method == "GET" else None,
        **step.values,
    )
    return private(make_response(body, step.status))
