"""A member's share behind its private link: the same address as an answer to a call, without signing in."""

from flask import abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalogue.extensions import csrf, db
from catalogue.inquiries.links import LinkIsOver
from catalogue.notices.addresses import token_maker
from catalogue.routing.division_models import Share
from catalogue.routing.models import CallState, Candidate
from catalogue.routing.share_links import share_of_token, token_of
from catalogue.routing.share_lists import share_for
from catalogue.web.access import public
from catalogue.web.language import other_language, url_in
from catalogue.web.members_links import refused_to_office
from catalogue.web.share_page import answered, share_values
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.buyer_link import private, too_many, wrong_link

MOST_ANSWERS_AN_HOUR = 30


def share_behind(token: str) -> Response | None:
    """The page of the share that a token opens; None for a token of something else."""
    share = _share(token)
    return _page(share, share_values(share), token) if share else None


def share_page_of(candidate: Candidate) -> str:
    """The address of the share that came of an answer, once the call is divided; else ""."""
    if candidate.call.state is not CallState.DIVIDED:
        return ""
    share = share_for(db.session, candidate.call, candidate.member_id)
    return url_for("storefront.offer", token=token_of(share, token_maker())) if share else ""


# The token in the address is the proof: an old phone that keeps no cookies answers as well as any other.
@blueprint.post("/<lang>/o/<token>/share")
@csrf.exempt
@public
def answer_share(token: str) -> Response:
    """Take the share, give some back, or object."""
    if too_many("member answered", token, MOST_ANSWERS_AN_HOUR):
        abort(429)
    share = _share(token) or abort(wrong_link())
    if refusal := refused_to_office(share.allocation.call):
        return private(refusal)
    wrong = answered(share)
    if wrong:
        return _page(share, wrong, token, 422)
    return private(redirect(url_for("storefront.offer", token=token), 303))


def _share(token: str) -> Share | None:
    try:
        return share_of_token(db.session, token, token_maker())
    except LinkIsOver:
        abort(410)


def _page(share: Share, values: dict[str, object], token: str, status: int = 200) -> Response:
    body = render_template(
        "storefront/share.html",
        **values,
        consortium=share.allocation.call.consortium,
        is_demo=share.allocation.call.consortium.is_demo,
        member=share.member,
        action=url_for("storefront.answer_share", token=token),
        other_language_url=url_in(other_language()) if request.method == "GET" else None,
    )
    return private(make_response(body, status))
