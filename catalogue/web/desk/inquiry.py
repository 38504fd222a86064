"""One inquiry: its page, its files, releasing, closing and merging it."""

from typing import Any

from flask import abort, flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.extensions import db
from catalogue.inquiries import conversation, intake, merging
from catalogue.inquiries.conversation import AlreadyClosed, ClosedReason
from catalogue.inquiries.inbox import attachments_of
from catalogue.inquiries.models import Inquiry
from catalogue.web.access import requires
from catalogue.web.attachments import download
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.inquiry_forms import CloseForm, MergeForm
from catalogue.web.desk.inquiry_page import Shown, back_to, inquiry_page
from catalogue.web.loaders import inquiry_at
from catalogue.web.signed_in import signed_in


@blueprint.get("/<slug>/inquiries/<inquiry_id>")
@requires("inquiry.read", load=inquiry_at)
def inquiry(found: Inquiry) -> Any:
    """Everything the office knows of one inquiry."""
    return inquiry_page(found)


@blueprint.post("/<slug>/inquiries/<inquiry_id>/close")
@requires("inquiry.close", load=inquiry_at)
def close(found: Inquiry) -> Any:
    """End it, with a reason."""
    form = CloseForm(prefix="close")
    if not form.validate_on_submit():
        return inquiry_page(found, Shown(close=form), 422)
    try:
        reason = ClosedReason(form.reason.data)
        conversation.close(db.session, found, reason, form.words.data or "", by=signed_in(), at=now())
    except AlreadyClosed:
        db.session.rollback()
        flash(_("Somebody closed it a moment ago."), "error")
    return back_to(found)


@blueprint.post("/<slug>/inquiries/<inquiry_id>/merge")
@requires("inquiry.merge", load=inquiry_at)
def merge(found: Inquiry) -> Any:
    """Let it become part of another open inquiry of the same buyer."""
    form = MergeForm(prefix="merge")
    others = {each.public_id: each for each in merging.can_merge(db.session, found)}
    form.into.choices = [(key, each.number) for key, each in others.items()]
    if not form.validate_on_submit():
        return inquiry_page(found, Shown(merge=form), 422)
    into = others[form.into.data]
    try:
        merging.merge(db.session, found, into, by=signed_in(), at=now())
    except merging.CannotMerge:
        db.session.rollback()
        flash(_("Not merged: somebody changed one of the two a moment ago. This is how it stands now."), "error")
        return back_to(found)
    flash(_("%(number)s is part of this inquiry now. The buyer reads both on one page.", number=found.number))
    return back_to(into)


@blueprint.post("/<slug>/inquiries/<inquiry_id>/release")
@requires("inquiry.release", load=inquiry_at)
def release(found: Inquiry) -> Response:
    """A held inquiry is honest after all."""
    intake.release(db.session, found, by=signed_in(), at=now())
    flash(_("Released. The buyer gets the confirmation now."), "success")
    return back_to(found)


@blueprint.get("/<slug>/inquiries/<inquiry_id>/files/<file_id>")
@requires("inquiry.read", load=inquiry_at)
def attachment(found: Inquiry) -> Response:
    """A file that came with it."""
    file_id = (request.view_args or {})["file_id"]
    file = next((each.file for each in attachments_of(db.session, found) if each.file.public_id == file_id), None)
    if file is None or not file.is_ready:
        abort(404)
    return download(file)
