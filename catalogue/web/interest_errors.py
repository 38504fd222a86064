"""When an interest forbids an act: undo it, log the attempt, lead to the page that says why and who takes over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from catalogue.accounts.models import Person
from catalogue.consortia import interests
from catalogue.consortia.interest_models import Interest
from catalogue.consortia.interests import InterestForbids, OnlyUnchanged
from catalogue.consortia.models import Consortium
from catalogue.database import apart
from catalogue.extensions import db
from catalogue.inquiries.models import Inquiry
from catalogue.routing.handing_over import NotHandedOver
from catalogue.routing.models import Call
from catalogue.web.clock import now
from catalogue.web.signed_in import acted_for, signed_in
from catalogue.web.transactions import WRITES


@dataclass(frozen=True)
class Attempt:
    """What was tried, in keys that outlive the rollback."""

    person_id: int
    interest_ids: Sequence[int]
    slug: str
    inquiry_id: int | None
    inquiry_address: str | None


def refuse(refusal: InterestForbids) -> Response:
    """Nothing of it is kept but the attempt; the reader learns why, and who can take over and when."""
    tried = _attempt(refusal.interests)
    db.session.rollback()
    if request.method in WRITES:
        _note(tried)
    flash(_why(refusal), "error")
    return redirect(_where(tried), 303)


def refuse_deputy(refusal: NotHandedOver) -> Response:
    """A deputy tried to act in an inquiry that was not handed over to them."""
    slug = refusal.inquiry.consortium.slug
    db.session.rollback()
    flash(_("You stand in for the managers in inquiries that they handed over. This one was not."), "error")
    return redirect(url_for("desk.handed_over", slug=slug), 303)


def act_tried() -> str:
    """The policy's name of what this request is for."""
    view: Any = current_app.view_functions.get(request.endpoint or "")
    return str(getattr(view, "access", "") or request.endpoint or "")


def _attempt(ties: Sequence[Interest]) -> Attempt:
    inquiry = _inquiry_meant(ties[0].consortium_id)
    consortium = db.session.get_one(Consortium, ties[0].consortium_id)
    return Attempt(
        person_id=signed_in().id,
        interest_ids=[tie.id for tie in ties],
        slug=consortium.slug,
        inquiry_id=inquiry.id if inquiry else None,
        inquiry_address=inquiry.public_id if inquiry else None,
    )


def _inquiry_meant(consortium_id: int) -> Inquiry | None:
    """The inquiry that the address names, itself or by the number of its call."""
    named = request.view_args or {}
    query = select(Inquiry).where(Inquiry.consortium_id == consortium_id)
    if "inquiry_id" in named:
        return db.session.scalar(query.where(Inquiry.public_id == named["inquiry_id"]))
    if "number" in named:
        its_call = Call.consortium_id == consortium_id, Call.number == str(named["number"])
        return db.session.scalar(query.join(Call, Call.inquiry_id == Inquiry.id).where(*its_call))
    return None


def _note(tried: Attempt) -> None:
    with apart(db.engine) as session:
        by = session.get_one(Person, tried.person_id)
        for interest_id in tried.interest_ids:
            interest = session.get_one(Interest, interest_id)
            interests.note_refusal(session, interest, act_tried(), by=by, at=now(), inquiry_id=tried.inquiry_id)


def _why(refusal: InterestForbids) -> str:
    if isinstance(refusal, OnlyUnchanged):
        return _("Not done: you are kin to a member that this is about. You may follow the rule as it stands only.")
    return _("Not done: you own a part of a member that this is about, or are paid by it. Somebody else decides.")


def _where(tried: Attempt) -> str:
    if acted_for():
        return url_for("studio.today")
    if tried.inquiry_address:
        return url_for("desk.hand_over", slug=tried.slug, inquiry_id=tried.inquiry_address)
    return url_for("desk.interests", slug=tried.slug)


def init_app(app: Flask) -> None:
    """Have refusals of this kind explained wherever they come up."""
    app.register_error_handler(InterestForbids, refuse)
    app.register_error_handler(NotHandedOver, refuse_deputy)
