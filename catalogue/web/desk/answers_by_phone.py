"""An answer by telephone: written down, read back in Lao, and from then on locked for the whole office."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.money import Money, format_money
from catalogue.routing import closing
from catalogue.routing.models import Answer, Candidate, MetalFrom
from catalogue.routing.offers import Locked, TooLate, is_taking_offers, receipt_of, take_offer
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.language import speaking
from catalogue.web.loaders import call_at
from catalogue.web.offer_form import DECLINED, OfferForm, PhoneForm, fresh_form
from catalogue.web.offer_page import (
    asked,
    is_late,
    quantity_in_words,
    quantity_words,
    together_words,
    usual,
    version_of,
)
from catalogue.web.signed_in import signed_in

SPOKEN = "lo"
YOU_SAY: dict[MetalFrom, LazyString] = {  # read aloud: "I" would be whoever reads it
    MetalFrom.MEMBER: _l("you buy it yourself"),
    MetalFrom.OFFICE: _l("you need it from the office"),
    MetalFrom.DEPOSIT: _l("from the buyer's deposit"),
}
ADDRESS = "/<slug>/calls/<number>/by-telephone/<candidate_id>"


def called_at(slug: str, number: str, candidate_id: str) -> Candidate | None:
    """A member that was asked in a call of this consortium."""
    call = call_at(slug, number)
    called = closing.called_of(call) if call else []
    return next((each for each in called if each.public_id == candidate_id), None)


@blueprint.get(ADDRESS)
@requires("offer.record", load=called_at)
def answer_by_phone(candidate: Candidate) -> Any:
    """The form, while the member has not answered."""
    _check(candidate)
    if refusal := _refusal(candidate):
        return _back(candidate, refusal)
    return _form(candidate, None)


@blueprint.post(ADDRESS)
@requires("offer.record", load=called_at)
def record_answer(candidate: Candidate) -> Any:
    """Read back what was written down; once the member said yes to it, take it."""
    _check(candidate)
    if refusal := _refusal(candidate):
        return _back(candidate, refusal)
    form = PhoneForm(request.form)
    if "change" in request.form:
        return _form(candidate, form)
    if not form.is_right_for(candidate.call):
        return _form(candidate, form, 422)
    if request.form.get("confirmed") != _mark(form, candidate):
        return _read_back(candidate, form)
    return _record(candidate, form)


def _record(candidate: Candidate, form: OfferForm) -> Response:
    said, by = form.said(candidate.call), signed_in()
    try:
        take_offer(db.session, candidate, said, at=now(), recorded_by=by)
    except (Locked, TooLate):
        db.session.rollback()
        return _back(candidate, _refusal(candidate) or _("Not written down. Look at how it stands now."))
    name = candidate.member.name.in_(signed_in().language)
    flash(
        _("Written down and locked. Nobody of the office can change it; %(member)s still can.", member=name), "success"
    )
    return _to_call(candidate)


def _check(candidate: Candidate) -> None:
    """Who writes it down learns it before the call closes: nobody with an interest in any who was asked."""
    closing.check(db.session, candidate.call, signed_in(), unchanged=True, at=now())


def _refusal(candidate: Candidate) -> str | None:
    if receipt_of(db.session, candidate):
        return _("An answer is there already. Only the member can change it.")
    if not is_taking_offers(candidate.call, now()):
        return _("The call no longer takes answers.")
    return None


def _mark(form: OfferForm, candidate: Candidate) -> str:
    """What the button of the page that reads back carries: of another number or other days it confirms nothing."""
    return form.read_back(candidate.call) if form.answer.data != Answer.NONE else f"none/{form.declined_for.data}"


def _form(candidate: Candidate, form: OfferForm | None, status: int = 200) -> Any:
    call = candidate.call
    version = version_of(call)
    known = usual(call, candidate.member, version)
    values = {"form": form or fresh_form(known, PhoneForm), "usual": known, **asked(call, version)}
    return _page("desk/answer_by_phone.html", candidate, **values), status


def _read_back(candidate: Candidate, form: OfferForm) -> Any:
    with speaking(SPOKEN):
        sentences = sentences_of(candidate, form)
    late = form.answer.data != Answer.NONE and is_late(candidate.call, form.days.data or 0)
    values = {"form": form, "sentences": sentences, "mark": _mark(form, candidate), "is_late": late}
    return _page("desk/answer_read_back.html", candidate, **values)


def sentences_of(candidate: Candidate, form: OfferForm) -> list[str]:
    """What to read aloud to the member, in the language that is spoken now."""
    call, said = candidate.call, form.said(candidate.call)
    if said.answer is Answer.NONE:
        return [
            _("You cannot make it this time: %(reason)s.", reason=DECLINED[said.declined_for]),
            _("Is that right?"),
        ]
    quantity, in_days = form.quantity_for(call), said.days or 0
    whole = _("You make %(answer)s.", answer=together_words(call, quantity, in_days))
    lines = [whole, quantity_in_words(call, quantity) + "."]
    if said.metal_from:
        lines.append(_("Who buys the silver: %(metal)s.", metal=YOU_SAY[MetalFrom(said.metal_from)]))
    if said.charge is not None:
        charge = format_money(Money(said.charge, call.currency), SPOKEN)
        lines.append(_("Your making charge for one: %(charge)s.", charge=charge))
    if said.own_lot > 1:
        lines.append(_("The least you make at a time: %(quantity)s.", quantity=quantity_words(call, said.own_lot)))
    return [*lines, _("Is that right?")]


def _page(template: str, candidate: Candidate, **values: Any) -> str:
    call = candidate.call
    return desk_page(
        template,
        call.consortium,
        "calls",
        call=call,
        candidate=candidate,
        member=candidate.member,
        is_silver=sector(call.consortium.sector_key).priced_by_metal,
        action=url_for(
            "desk.record_answer", slug=call.consortium.slug, number=call.number, candidate_id=candidate.public_id
        ),
        **values,
    )


def _back(candidate: Candidate, words: str) -> Response:
    flash(words, "error")
    return _to_call(candidate)


def _to_call(candidate: Candidate) -> Response:
    call = candidate.call
    address = url_for("desk.call", slug=call.consortium.slug, number=call.number, _anchor=f"told-{candidate.public_id}")
    return redirect(address, 303)
