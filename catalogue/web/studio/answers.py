"""Answers that a phone sends by script, at once or when there is signal again.

Each is kept, or refused in words, or shown beside what somebody else said meanwhile: nothing is overwritten.
"""

from typing import Any

from flask import jsonify, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.consortia.models import Member
from catalogue.consortia.sector import sector
from catalogue.consortia.trade import Question
from catalogue.extensions import db
from catalogue.media import uploads
from catalogue.products import listing
from catalogue.products.beginning import draft_of, product_of_draft
from catalogue.products.models import Product
from catalogue.products.steps import SomebodyWasFirst
from catalogue.web.access import may, requires
from catalogue.web.clock import now
from catalogue.web.loaders import own_member, own_product_at
from catalogue.web.product_words import names_of
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.answering import Clash, keep_answers
from catalogue.web.studio.phone import is_of_another
from catalogue.web.studio.uploads import WORDS, of_our_pages

CHANGED = _l("Somebody else answered this meanwhile. Choose which answer is right.")


@blueprint.post("/answers")
@requires("product.create", load=own_member)
@of_our_pages
def answer(member: Member) -> Any:
    """One question answered: its fields, each with what stood there before (`base-<field>`)."""
    if is_of_another(member):
        return jsonify(state="other"), 409
    question = sector(member.consortium.sector_key).question(request.form.get("question", ""))
    found = _product(member)
    if found is None or question is None:
        return _refused("gone")
    if not may("product.edit", found):
        return _refused("in review")
    return _kept(found, question)


@blueprint.post("/answers/send")
@requires("product.list", load=own_member)
@of_our_pages
def send_by_script(member: Member) -> Any:
    """Send a product to the office, after everything else of it came."""
    if is_of_another(member):
        return jsonify(state="other"), 409
    found = _product(member, is_begun=True)
    if found is None:
        return _refused("gone")
    if not may("product.submit", found):
        return _saved(found)
    try:
        listing.submit(db.session, found, by=signed_in(), at=now())
    except listing.NotReady as refusal:
        fields = ", ".join(names_of(refusal.missing, sector(member.consortium.sector_key)))
        words = _("Not sent yet. Still missing: %(fields)s", fields=fields)
        return jsonify(state="refused", reason="missing", words=words, product=found.public_id), 422
    except SomebodyWasFirst:
        return _saved(found)
    return _saved(found)


def _product(member: Member, *, is_begun: bool = False) -> Product | None:
    """The product that the phone names, by its address or by the key of the phone's own draft."""
    draft_key = request.form.get("draft_key", "")
    if not draft_key:
        return own_product_at(request.form.get("product", ""))
    if is_begun or not uploads.KEY_SHAPE.fullmatch(draft_key):
        return product_of_draft(db.session, member, draft_key)
    return draft_of(db.session, member, draft_key, by=signed_in(), at=now())


def _kept(found: Product, question: Question) -> Any:
    """Kept, if only as it was typed; or both answers, where somebody else gave another one meanwhile."""
    try:
        outcome = keep_answers(found, question.fields)
    except SomebodyWasFirst:
        return _refused("in review")
    if outcome.clashes:
        fields = {each.key: _both(each) for each in outcome.clashes}
        return jsonify(state="conflict", product=found.public_id, fields=fields, words=str(CHANGED)), 409
    return jsonify(state="saved", product=found.public_id, fields=outcome.stands, unclear=list(outcome.unclear))


def _both(clash: Clash) -> dict[str, str]:
    return {"label": clash.label, "mine": clash.mine_read, "theirs": clash.theirs_read, "base": clash.theirs}


def _saved(found: Product) -> Any:
    return jsonify(state="saved", product=found.public_id)


def _refused(reason: str) -> Any:
    return jsonify(state="refused", reason=reason, words=str(WORDS[reason])), 422
