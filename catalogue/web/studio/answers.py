"""Answers that a phone sends by script, at once or when there is signal again.

Each is kept, or refused in words, or shown beside what somebody else said meanwhile: nothing is overwritten.
"""

from typing import Any

from flask import jsonify, request
from flask_babel import lazy_gettext as _l

from catalogue.consortia.models import Member
from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.media import uploads
from catalogue.products import editing, listing
from catalogue.products.beginning import draft_of, product_of_draft
from catalogue.products.editing import Content, content_of
from catalogue.products.models import Product
from catalogue.web.access import may, requires
from catalogue.web.clock import now
from catalogue.web.loaders import own_member, own_product_at
from catalogue.web.product_fields import form_of, said_in
from catalogue.web.product_words import names_of
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.phone import is_of_another
from catalogue.web.studio.uploads import WORDS, of_our_pages

BASE = "base-"
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
    return _kept(found, [key for key in question.fields if request.form.get(key, "").strip()])


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
        words = ", ".join(names_of(refusal.missing))
        return jsonify(state="refused", reason="missing", words=words, product=found.public_id), 422
    except listing.SomebodyWasFirst:
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


def _kept(found: Product, keys: list[str]) -> Any:
    terms, version = sector(found.consortium.sector_key), found.working
    form, stands = form_of(terms, keys, version), form_of(terms, keys, version, is_fresh=True)
    if not form.validate():
        fields = {name: [str(each) for each in errors] for name, errors in form.errors.items()}
        words = " ".join(dict.fromkeys(each for errors in fields.values() for each in errors))
        return jsonify(state="refused", reason="not understood", words=words, fields=fields), 422
    if clashing := _clashes(form, stands):
        return jsonify(state="conflict", product=found.public_id, fields=clashing, words=str(CHANGED)), 409
    before = content_of(version) if version else Content(currency=found.consortium.currency)
    content = said_in(form, before, keys)
    if content != before:
        editing.edit(db.session, found, content, opened_version=found.version, by=signed_in(), at=now())
    stands = form_of(terms, keys, found.working, is_fresh=True)
    return jsonify(state="saved", product=found.public_id, fields={each.name: shown(each) for each in stands.asked})


def _clashes(form: Any, stands: Any) -> dict[str, dict[str, str]]:
    """The fields where neither what the phone saw before, nor what it says now, is what stands there."""
    found = {}
    for field in form.asked:
        theirs, said = shown(stands[field.name]), shown(field)
        if theirs not in {said, request.form.get(BASE + field.name, "")}:
            found[field.name] = {"label": str(field.label.text), "mine": said, "theirs": theirs}
    return found


def shown(field: Any) -> str:
    """A field's value as its control holds it."""
    if hasattr(field, "iter_choices"):
        chosen = field.data if isinstance(field.data, list) else [field.data or ""]
        return ",".join(map(str, chosen))
    written = field.written(field.data) if hasattr(field, "written") and field.data is not None else field.data
    return str(written if written is not None else "")


def _saved(found: Product) -> Any:
    return jsonify(state="saved", product=found.public_id)


def _refused(reason: str) -> Any:
    return jsonify(state="refused", reason=reason, words=str(WORDS[reason])), 422
