"""Calls in the studio: what the member may still answer, what it was asked before, and the answer itself."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.inquiries.models import InquiryLine
from catalogue.products.models import ProductVersion
from catalogue.routing.asked import asked_at, before_for, open_for
from catalogue.routing.models import CallState, Candidate
from catalogue.routing.offers import receipt_of
from catalogue.routing.share_lists import share_for
from catalogue.text import Bilingual
from catalogue.web.access import may, requires
from catalogue.web.clock import in_vientiane, now
from catalogue.web.figures import days
from catalogue.web.loaders import own_member
from catalogue.web.moments import moment
from catalogue.web.offer_page import closing_words, days_given, quantity_words
from catalogue.web.offering import Step, opened_by, sent_by
from catalogue.web.photographs import ready
from catalogue.web.signed_in import own_firms, signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page


@dataclass(frozen=True)
class CallRow:
    """One call on a list: where it leads, what is wanted, and how it stands."""

    href: str
    name: Bilingual
    photo: Any
    text: str
    state: str
    kind: str
    is_urgent: bool = False


def own_candidate_at(candidate_id: str) -> Candidate | None:
    """The place of one's own firm, or of another that one works for, beside a call that it was asked in."""
    return asked_at(db.session, own_firms(), candidate_id)


@blueprint.get("/calls")
@requires("offer.list", load=own_member)
def calls(member: Member) -> Any:
    """What the member was asked, the open ones first."""
    found = before_for(db.session, member, at=now())
    photos = photos_of(found)
    return studio_page(
        "studio/calls.html",
        member.consortium,
        member,
        "today",
        waiting=open_calls(member),
        before=[_row(each, photos, *_standing(each)) for each in found],
    )


@blueprint.get("/calls/<candidate_id>")
@requires("offer.list", load=own_candidate_at)
def call(candidate: Candidate) -> Any:
    """What is wanted, and the three buttons. Whoever stands in for the firm reads what is wanted and cannot answer."""
    return _page(candidate, opened_by(candidate))


@blueprint.post("/calls/<candidate_id>")
@requires("offer.make", load=own_candidate_at)
def answer_call(candidate: Candidate) -> Any:
    """Take the answer."""
    step = sent_by(candidate, by=signed_in())
    return _page(candidate, step) if step else _back(candidate)


def open_calls(member: Member) -> list[CallRow]:
    """The rows of what the member may still answer, the first to close first."""
    found = open_for(db.session, member, at=now())
    photos = photos_of(found)
    return [_open_row(each, photos) for each in found]


def photos_of(found: Any) -> dict[int, Any]:
    """The first photograph of what each call is about, by the key of its line. Of the line its keys alone are read."""
    lines = [each.call.line_id for each in found]
    query = (
        select(InquiryLine.id, ProductVersion)
        .join(ProductVersion, InquiryLine.product_version_id == ProductVersion.id)
        .where(InquiryLine.id.in_(lines))
        .options(selectinload(ProductVersion.photos))
    )
    shown = {line_id: ready(version.photos) for line_id, version in db.session.execute(query)} if lines else {}
    return {line_id: photos[0] for line_id, photos in shown.items() if photos}


def _open_row(candidate: Candidate, photos: dict[int, Any]) -> CallRow:
    call = candidate.call
    if candidate.answered_at:
        return _row(candidate, photos, _("Answered: %(moment)s", moment=moment(candidate.answered_at)), "ok")
    is_today = in_vientiane(call.closes_at).date() == in_vientiane(now()).date()
    words = _("Answer by %(time)s", time=moment(call.closes_at) if is_today else closing_words(call))
    return _row(candidate, photos, words, "new" if is_today else "wait", is_urgent=True)


def _row(candidate: Candidate, photos: dict[int, Any], state: str, kind: str, *, is_urgent: bool = False) -> CallRow:
    call = candidate.call
    href = url_for("studio.call", candidate_id=candidate.public_id)
    return CallRow(href, call.wanted, photos.get(call.line_id), _wanted(candidate), state, kind, is_urgent)


def _wanted(candidate: Candidate) -> str:
    call = candidate.call
    given = days_given(call)  # as the page of the call says it: two numbers for one thing frighten
    if given is None or not call.needed_by:
        return _("%(quantity)s wanted", quantity=quantity_words(call))
    if call.needed_by < in_vientiane(now()).date():
        return quantity_words(call)
    return _("%(quantity)s wanted, in %(days)s", quantity=quantity_words(call), days=days(given))


def _standing(candidate: Candidate) -> tuple[str, str]:
    """How a call that is over stands, and the colour of that."""
    state = candidate.call.state
    if state is CallState.CANCELLED:
        return _("No longer needed"), "info"
    if state is CallState.DIVIDED:
        return _("The work is divided"), "ok"
    return (_("The office divides it") if candidate.answered_at else _("Not answered")), "info"


def _share_url(candidate: Candidate) -> str:
    """The share that came of the answer, once the call is divided."""
    if candidate.call.state is not CallState.DIVIDED:
        return ""
    share = share_for(db.session, candidate.call, candidate.member_id)
    return url_for("studio.share", share_id=share.public_id) if share else ""


def _back(candidate: Candidate) -> Response:
    return redirect(url_for("studio.call", candidate_id=candidate.public_id), 303)


def _page(candidate: Candidate, step: Step) -> Any:
    receipt = receipt_of(db.session, candidate)
    page = studio_page(
        "studio/call.html",
        candidate.call.consortium,
        candidate.member,
        "today",
        call=candidate.call,
        step=step.name,
        may_answer=may("offer.make", candidate),
        token_field=True,
        kept_at=url_for("studio.answer_kept", candidate_id=candidate.public_id),
        times=receipt.times if receipt else 0,
        action=url_for("studio.answer_call", candidate_id=candidate.public_id),
        here=url_for("studio.call", candidate_id=candidate.public_id),
        back=url_for("studio.calls"),
        share_url=_share_url(candidate),
        **step.values,
    )
    return page, step.status
