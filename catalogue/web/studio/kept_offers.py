"""Answers to calls that a phone kept while there was no signal, and sends by script: once, and over nothing newer."""

from typing import Any

from flask import jsonify, request
from flask_babel import gettext as _

from catalogue import limits
from catalogue.extensions import db
from catalogue.routing.models import Candidate
from catalogue.routing.offers import TooLate, receipt_of, take_offer
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.offer_form import OfferForm
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.calls import own_candidate_at
from catalogue.web.studio.uploads import of_our_pages

REMEMBERED_SECONDS = 30 * 24 * 3600


@blueprint.post("/calls/<candidate_id>/kept")
@requires("offer.make", load=own_candidate_at)
@of_our_pages
def answer_kept(candidate: Candidate) -> Any:
    """Take an answer that was read back on the phone; sent twice it is one, and one given meanwhile stays."""
    if request.form.get("who", "").partition(".")[0] != signed_in().public_id:
        return jsonify(state="other"), 409
    if _arrived_before(candidate):
        return jsonify(state="saved")
    form = OfferForm(request.form)
    if not form.is_right_for(candidate.call):
        return _refused(_("Something in this answer is missing. Open the question and answer it again."))
    receipt = receipt_of(db.session, candidate)
    if (receipt.times if receipt else 0) != request.form.get("times", 0, type=int):
        return _refused(
            _("Another answer arrived meanwhile, and stands. Open the question to send this one in its place.")
        )
    try:
        take_offer(db.session, candidate, form.said(candidate.call), at=now(), by=signed_in())
    except TooLate:
        return _refused(_("The time to answer was over before this arrived. Call the office."))
    return jsonify(state="saved")


def _arrived_before(candidate: Candidate) -> bool:
    """Whether the same thing of the same phone came before, and only the word that it arrived was lost."""
    whose = f"{candidate.id}|{request.form.get('key', '')}"
    return limits.hit(db.session, "kept offer", whose, seconds=REMEMBERED_SECONDS, at=now()) > 1


def _refused(words: str) -> Any:
    return jsonify(state="refused", words=words), 422
