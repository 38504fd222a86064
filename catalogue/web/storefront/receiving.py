"""What both inquiry forms do with what came: park files, keep counts, weigh signs, hear the buttons."""

from dataclasses import replace
from typing import Any

from flask import request
from flask_babel import gettext as _

from catalogue.database import apart
from catalogue.extensions import db
from catalogue.inquiries import defences
from catalogue.inquiries.defences import Signs, Verdict
from catalogue.inquiries.models import InquiryListItem
from catalogue.web import attachments
from catalogue.web.attachments import Attachments
from catalogue.web.clock import now
from catalogue.web.storefront.inquiry_form import InquiryForm
from catalogue.web.storefront.visitor import Submission, visitor_key

CHANGES = {"more", "less", "no_file"}


def files_for(place: str) -> Attachments:
    """The files of this form, parked now or before, unless so much came from this network that the new ones wait.

    `place` names the form: what was parked there can be brought back by this visitor there alone.
    """
    owner = owner_of(place)
    if not any(upload.filename for upload in request.files.getlist("attachments")):
        return attachments.before(owner)
    if not too_many_files():
        return attachments.take(owner)
    return replace(attachments.before(owner), problems=(without_files(),))


def owner_of(place: str) -> str:
    """Whose parked files these are: this visitor's, at this form."""
    return f"{visitor_key()}|{place}"


def only_changes_form() -> bool:
    """Whether a button was pressed that changes the form and sends nothing."""
    return not CHANGES.isdisjoint(request.form)


def changed(form: InquiryForm, files: Attachments) -> Attachments:
    """One line more, one less, one file less; the files that are left."""
    if "more" in request.form:
        form.add_line()
    form.drop_line(request.form.get("less", ""))
    return attachments.without(files, request.form.get("no_file", ""))


def judged(form: InquiryForm, submission: Submission) -> Verdict:
    """What speaks for or against what was sent, counted once, to however many consortia it goes."""
    signs = Signs(
        text=form.words,
        trap_filled=bool(form.subject_line.data),
        seconds=submission.seconds,
        form_is_ours=submission.is_ours,
    )
    with apart(db.engine) as session:
        return defences.judge(session, signs, form.email.data or "", network(), at=now())


def line_of(item: InquiryListItem) -> dict[str, Any]:
    """A line of the visitor's list as the form begins with it."""
    return {
        "product": item.product.public_id if item.product else "",
        "description": item.description,
        "quantity": item.quantity,
        "unit": item.unit,
        "target_price": item.target_price,
        "note": item.note,
        "sample": item.wants_sample,
    }


def network() -> str:
    """The network that this request came from, as limits count it."""
    return defences.network_of(request.remote_addr)


def without_files() -> str:
    """What is said where files are not taken in now."""
    return _("So many files came from your network that we cannot take more for ten minutes. Send it without them.")


def too_many_files() -> bool:
    """Count a form with files; whether so many came from this network that its files are not taken in now."""
    with apart(db.engine) as session:
        return defences.brings_too_many_files(session, network(), at=now())
