"""The other language beside a message: written by somebody of the office, under their name."""

from typing import Any

from flask import abort, request
from flask_babel import gettext as _

from catalogue.extensions import db
from catalogue.inquiries.models import Inquiry, Message, MessageKind
from catalogue.inquiries.translating import TranslatedMeanwhile, translate
from catalogue.leaks import find_leaks
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.inquiry_forms import TranslationForm
from catalogue.web.desk.inquiry_page import Shown, back_to, inquiry_page
from catalogue.web.loaders import inquiry_at
from catalogue.web.signed_in import signed_in


@blueprint.post("/<slug>/inquiries/<inquiry_id>/translations/<said_id>")
@requires("inquiry.answer", load=inquiry_at)
def translate_message(found: Inquiry) -> Any:
    """Keep the translation of one message, or of what the inquiry opened with."""
    said = _said(found, (request.view_args or {})["said_id"]) or abort(404)
    key = said.public_id
    form = TranslationForm(prefix=f"in-{key}")
    if not form.validate_on_submit():
        return inquiry_page(found, Shown(translations={key: form}), 422)
    if _brings_a_contact(found, said, form.text.data or ""):
        form.text.errors = [_("A contact stands in the translation that is not in the answer. Take it out.")]
        return inquiry_page(found, Shown(translations={key: form}), 422)
    try:
        text, before = form.text.data or "", (form.before.data or "").replace("\r\n", "\n")
        translate(db.session, found, said, text, before=before, by=signed_in(), at=now())
    except TranslatedMeanwhile:
        db.session.rollback()
        return _clash(found, key, form)
    return back_to(found, f"said-{key}")


def _said(found: Inquiry, key: str) -> Inquiry | Message | None:
    if key == found.public_id:
        return found
    outside = (each for each in found.messages if each.kind is not MessageKind.NOTE and each.withdrawn_at is None)
    return next((each for each in outside if each.public_id == key), None)


def _brings_a_contact(found: Inquiry, said: Inquiry | Message, text: str) -> bool:
    """Whether the buyer would read a contact that nobody let pass with the answer."""
    if not isinstance(said, Message) or said.kind is not MessageKind.ANSWER:
        return False
    return any(leak.text not in said.text for leak in find_leaks(text, found.consortium.public_contacts))


def _clash(found: Inquiry, key: str, form: TranslationForm) -> Any:
    """Both are shown: what stands there now, and what was typed."""
    said = _said(found, key)
    form.before.data = said.translation if said else ""
    form.text.errors = [_("Somebody wrote a translation meanwhile: it stands above. Save to put yours in its place.")]
    return inquiry_page(found, Shown(translations={key: form}), 409)
