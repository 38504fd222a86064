"""Asking the makers: who can make a line and who cannot, what they will read, and the one button that asks them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from catalogue.consortia import interests
from catalogue.consortia.by_law_models import PriceRule
from catalogue.consortia.by_laws import in_force
from catalogue.consortia.interests import InterestForbids
from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries.models import Inquiry, InquiryLine
from catalogue.leaks import Leak, find_leaks
from catalogue.routing import calls, handing_over
from catalogue.routing.call_terms import Terms
from catalogue.routing.makers import Eligibility
from catalogue.routing.models import Call, CallState
from catalogue.text import Bilingual
from catalogue.web.access import requires
from catalogue.web.clock import in_vientiane, now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.desk.call_form import CallForm, Choice, choices_of, left_out_of, were_all_shown
from catalogue.web.inquiry_words import country_name, quantity_words
from catalogue.web.routing_words import reason_words
from catalogue.web.signed_in import signed_in


@dataclass(frozen=True)
class Trouble:
    """What keeps a call from being sent, beside what stands at its fields."""

    leaks: Sequence[Leak] = ()
    unsaid: frozenset[int] = field(default_factory=frozenset)
    has_changed: bool = False
    is_nobody: bool = False


def line_at(slug: str, inquiry_id: str, number: int, **_others: Any) -> InquiryLine | None:
    """A line of an inquiry to this consortium, by its place in it: 1 is the first."""
    whole = joinedload(InquiryLine.inquiry).joinedload(Inquiry.consortium)
    query = (
        select(InquiryLine)
        .join(InquiryLine.inquiry)
        .join(Inquiry.consortium)
        .where(Consortium.slug == slug, Inquiry.public_id == inquiry_id, InquiryLine.position == number - 1)
        .options(whole, joinedload(InquiryLine.product), joinedload(InquiryLine.product_version))
    )
    return db.session.scalar(query)


@blueprint.get("/<slug>/inquiries/<inquiry_id>/lines/<int:number>/call")
@requires("call.send", load=line_at)
def new_call(line: InquiryLine) -> Any:
    """Who can make it, and the call as it would be sent; where it was called before, that call."""
    handing_over.check(db.session, line.inquiry, signed_in())
    if standing := standing_call(line):
        return _to(standing)
    return _page(line, CallForm.of(line, now()))


@blueprint.post("/<slug>/inquiries/<inquiry_id>/lines/<int:number>/call")
@requires("call.send", load=line_at)
def send_call(line: InquiryLine) -> Any:
    """Ask them. The button that looks again for who can make it sends nothing."""
    at = now()
    form = CallForm.of(line, at)
    if not form.validate_on_submit():
        return _page(line, form, status=422)
    if "look" in request.form:
        return _page(line, form)
    choices = choices_of(calls.candidates_for(db.session, line, form.terms, at=at))
    if trouble := _trouble(line, form, choices):
        return _page(line, form, trouble, 422)
    return _send(line, form, choices, at)


def standing_call(line: InquiryLine) -> Call | None:
    """The newest call of a line that was not given up."""
    query = select(Call).where(Call.consortium_id == line.consortium_id, Call.line_id == line.id)
    return db.session.scalar(query.where(Call.state != CallState.CANCELLED).order_by(Call.id.desc()).limit(1))


def _trouble(line: InquiryLine, form: CallForm, choices: Sequence[Choice]) -> Trouble | None:
    if not were_all_shown(choices):
        return Trouble(has_changed=True)
    leaks = find_leaks(form.texts, line.inquiry.consortium.public_contacts)
    if leaks and not form.lets_contact_pass.data:
        return Trouble(leaks=leaks)
    return None


def _send(line: InquiryLine, form: CallForm, choices: Sequence[Choice], at: datetime) -> Any:
    """Send it, or say at the place what is missing."""
    asked = {choice.found.member.id for choice in choices if choice.is_asked}
    try:
        call = calls.send_call(
            db.session, line, form.terms, asked=asked, left_out=left_out_of(choices), by=signed_in(), at=at
        )
    except calls.NobodyAsked:
        return _page(line, form, Trouble(is_nobody=True), 422)
    except calls.LeftOutUnsaid as refusal:
        return _page(line, form, Trouble(unsaid=refusal.members), 422)
    except calls.TooShort:
        form.short_reason.errors = [_("Say why: every member reads it")]
        return _page(line, form, status=422)
    except (calls.CalledBefore, calls.CannotBeCalled) as refusal:
        return _refused(line, refusal)
    flash(_("Asked. Now tell those whom no letter reaches."), "success")
    return _to(call)


def _refused(line: InquiryLine, refusal: Exception) -> Response:
    slug, inquiry_id = line.inquiry.consortium.slug, line.inquiry.public_id
    number = refusal.call.number if isinstance(refusal, calls.CalledBefore) else None
    db.session.rollback()
    if number:
        flash(_("Somebody asked the makers a moment before you. This is the call."), "error")
        return redirect(url_for("desk.call", slug=slug, number=number), 303)
    flash(_("Not asked: this inquiry is held or closed."), "error")
    return redirect(url_for("desk.inquiry", slug=slug, inquiry_id=inquiry_id), 303)


def _to(call: Call) -> Response:
    return redirect(url_for("desk.call", slug=call.consortium.slug, number=call.number), 303)


def _page(line: InquiryLine, form: CallForm, trouble: Trouble | None = None, status: int = 200) -> Any:
    at, trouble = now(), trouble or Trouble()
    consortium = line.inquiry.consortium
    found = calls.candidates_for(db.session, line, _terms_now(form, line), at=at)
    choices = choices_of(found, unsaid=trouble.unsaid)
    laws = in_force(db.session, consortium, in_vientiane(at).date())
    page = desk_page(
        "desk/call_sending.html",
        consortium,
        "calls",
        line=line,
        inquiry=line.inquiry,
        form=form,
        choices=choices,
        others=[(each.member, _why_not(consortium, each)) for each in found if not each.is_eligible],
        trouble=trouble,
        tie=_tie(consortium, choices, at),
        asks_charge=laws.price_rule is PriceRule.AGREED,
        quantity_words=quantity_words,
        country_name=country_name,
    )
    return page, status


def _terms_now(form: CallForm, line: InquiryLine) -> Terms:
    """What the form says of who can be asked, as far as it is understood."""
    return Terms(
        wanted=Bilingual(),
        quantity=form.quantity.data or line.quantity or 1,
        category=form.category.data or "",
        technique=form.technique.data or "",
        needed_by=form.needed_by.data,
    )


def _why_not(consortium: Consortium, found: Eligibility) -> list[str]:
    return [reason_words(consortium, {"code": each.code, "figures": each.figures}) for each in found.reasons]


def _tie(consortium: Consortium, choices: Sequence[Choice], at: datetime) -> InterestForbids | None:
    """What an interest of the reader keeps them from here; only to be shown: the operation refuses by itself."""
    try:
        keys = [choice.found.member.id for choice in choices]
        interests.check(db.session, consortium, signed_in(), keys, unchanged=False, at=at)
    except InterestForbids as refusal:
        return refusal
    return None
