"""Answering a call, by link or signed in: which page comes, and what is taken. No page gives an answer back."""

from dataclasses import dataclass
from typing import Any

from flask import request

from catalogue.accounts.models import Person
from catalogue.extensions import db
from catalogue.routing.models import CallState, Candidate
from catalogue.routing.offers import TooLate, is_taking_offers, receipt_of, take_offer
from catalogue.web.clock import now
from catalogue.web.offer_form import OfferForm, fresh_form
from catalogue.web.offer_page import (
    asked,
    closing_words,
    is_late,
    quantity_in_words,
    together_words,
    usual,
    version_of,
)


@dataclass(frozen=True)
class Step:
    """The page that comes: "form", "read_back", "receipt" or "over", with what it shows and its status."""

    name: str
    values: dict[str, Any]
    status: int = 200


def opened_by(candidate: Candidate) -> Step:
    """What the address shows: the form, or that the answer arrived, or that it is over."""
    if not is_taking_offers(candidate.call, now()):
        return over(candidate)
    receipt = receipt_of(db.session, candidate)
    if receipt and "again" not in request.args:
        return Step("receipt", {"receipt": receipt, "closes": closing_words(candidate.call)})
    return _form(candidate, None)


def sent_by(candidate: Candidate, *, by: Person | None = None) -> Step | None:
    """Take what was sent; None once it is taken, else the page that comes instead."""
    call = candidate.call
    if not is_taking_offers(call, now()):
        return over(candidate)
    form = OfferForm(request.form)
    if "change" in request.form:
        return _form(candidate, form)
    if not form.is_right_for(call):
        return _form(candidate, form, 422)
    if not form.was_read_back(call):
        return _read_back(candidate, form)
    try:
        take_offer(db.session, candidate, form.said(call), at=now(), by=by)
    except TooLate:
        return over(candidate)
    return None


def over(candidate: Candidate) -> Step:
    """Answers are no longer taken: said kindly, with what comes next."""
    call = candidate.call
    standing = {CallState.CANCELLED: "cancelled", CallState.DIVIDED: "divided"}.get(call.state, "closed")
    values = {"standing": standing, "closes": closing_words(call), "receipt": receipt_of(db.session, candidate)}
    return Step("over", values, 409 if request.method == "POST" else 200)


def _form(candidate: Candidate, form: OfferForm | None, status: int = 200) -> Step:
    call = candidate.call
    version = version_of(call)
    known = usual(call, candidate.member, version)
    return Step("form", {"form": form or fresh_form(known), "usual": known, **asked(call, version)}, status)


def _read_back(candidate: Candidate, form: OfferForm) -> Step:
    call, quantity, in_days = candidate.call, form.quantity_for(candidate.call), form.days.data or 0
    values = {
        "form": form,
        "seen": form.read_back(call),
        "figure": together_words(call, quantity, in_days),
        "words": quantity_in_words(call, quantity),
        "is_late": is_late(call, in_days),
    }
    return Step("read_back", values)
