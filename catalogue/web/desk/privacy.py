"""A buyer wants to know what the office keeps, or to have it erased: both for this consortium, in one act."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from catalogue.activity import log
from catalogue.extensions import db
from catalogue.inquiries.models import Inquiry
from catalogue.privacy.erasing import erase_buyer
from catalogue.privacy.exporting import export_buyer
from catalogue.privacy.trail import Trail, trail_of_address, trail_of_inquiries
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.loaders import inquiry_at
from catalogue.web.privacy_pages import EraseForm, archive, summary
from catalogue.web.signed_in import signed_in


@blueprint.route("/<slug>/inquiries/<inquiry_id>/privacy", methods=["GET", "POST"], endpoint="privacy")
@requires("buyer.erase", load=inquiry_at)
def keep_or_erase(inquiry: Inquiry) -> Any:
    """What is kept of this buyer here; the box ticked, it is erased."""
    form = EraseForm()
    slug, inquiry_id = inquiry.consortium.slug, inquiry.public_id
    if form.validate_on_submit():
        erase_buyer(db.session, _trail_of(inquiry), by=signed_in(), at=now())
        flash(_("Erased. Files follow in a moment; what was asked for stays as figures."), "success")
        return redirect(url_for("desk.inquiry", slug=slug, inquiry_id=inquiry_id), 303)
    page = desk_page(
        "desk/privacy.html",
        inquiry.consortium,
        "inbox",
        inquiry=inquiry,
        buyer=inquiry.buyer_contact,
        found=summary(_trail_of(inquiry)),
        form=form,
        export_form=FlaskForm(),
    )
    return page, 422 if form.errors else 200


@blueprint.post("/<slug>/inquiries/<inquiry_id>/privacy/export", endpoint="privacy_export")
@requires("buyer.export", load=inquiry_at)
def export(inquiry: Inquiry) -> Response:
    """All of it as one ZIP; the log keeps who took it out."""
    trail, at = _trail_of(inquiry), now()
    answer = archive(f"{inquiry.number}.zip", lambda store, into: export_buyer(db.session, store, trail, into, at=at))
    actor = log.actor_name(signed_in())
    log.record(db.session, "buyer.exported", inquiry, at=at, chain=inquiry.consortium_id, actor=actor)
    return answer


def _trail_of(inquiry: Inquiry) -> Trail:
    """Everything of the same address in this consortium; of a buyer without one, this inquiry."""
    if email := inquiry.buyer_contact.email:
        return trail_of_address(db.session, email, consortium_id=inquiry.consortium_id)
    return trail_of_inquiries(db.session, [inquiry.id])
