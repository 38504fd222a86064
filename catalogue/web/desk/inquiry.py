"""One inquiry: its lines and thread, the answer, notes, and its end."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from catalogue.extensions import db
from catalogue.inquiries import conversation, intake, terms
from catalogue.inquiries.conversation import AlreadyClosed, ClosedReason
from catalogue.inquiries.inbox import attachments_of, waiting_for
from catalogue.inquiries.models import Inquiry, MessageKind
from catalogue.inquiries.sending import letters_caused_by
from catalogue.leaks import find_leaks
from catalogue.text import clean_text
from catalogue.tokens import new_key
from catalogue.web.access import requires
from catalogue.web.attachments import download
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.desk.held import held_texts
from catalogue.web.inquiry_words import (
    CAME_BY,
    CLOSED_REASONS,
    LETTER_NAMES,
    LETTER_STATES,
    STATUS_NAMES,
    country_name,
    quantity_words,
    word_name,
)
from catalogue.web.loaders import inquiry_at
from catalogue.web.signed_in import signed_in


class AnswerForm(FlaskForm):
    """What goes to the buyer. `submission` makes a second click the same answer."""

    text = TextAreaField(
        _l("Answer to the buyer"),
        [DataRequired(_l("Write the answer")), Length(max=20_000, message=_l("At most 20,000 characters"))],
        filters=[clean_text],
    )
    lets_contact_pass = BooleanField(_l("Send it with this contact in it"))
    submission = HiddenField(default=new_key)


class NoteForm(FlaskForm):
    """What only the office reads."""

    text = TextAreaField(
        _l("Note"),
        [DataRequired(_l("Write the note")), Length(max=20_000, message=_l("At most 20,000 characters"))],
        filters=[clean_text],
    )
    submission = HiddenField(default=new_key)


class CloseForm(FlaskForm):
    """Why the inquiry ends here."""

    reason = SelectField(
        _l("Why"), choices=[SelectChoice(reason.value, words) for reason, words in CLOSED_REASONS.items()]
    )
    words = StringField(
        _l("In a few words"), [Length(max=500, message=_l("At most 500 characters"))], filters=[clean_text]
    )


@blueprint.get("/<slug>/inquiries/<inquiry_id>")
@requires("inquiry.read", load=inquiry_at)
def inquiry(found: Inquiry) -> Any:
    """Everything the office knows of one inquiry."""
    return _page(found)


@blueprint.post("/<slug>/inquiries/<inquiry_id>/answer")
@requires("inquiry.answer", load=inquiry_at)
def answer(found: Inquiry) -> Any:
    """To the buyer: by letter and on the private page. A contact in it has to be let pass, and that is recorded."""
    form = AnswerForm(prefix="answer")
    if not form.validate_on_submit():
        return _page(found, answer_form=form, status=422)
    leaks = find_leaks(form.text.data or "", found.consortium.public_contacts)
    if leaks and not form.lets_contact_pass.data:
        return _page(found, answer_form=form, leaks=leaks, status=422)
    conversation.answer(
        db.session,
        found,
        form.text.data or "",
        by=signed_in(),
        at=now(),
        submission=form.submission.data,
        let_pass=[leak.kind for leak in leaks],
    )
    flash(_("The answer is on its way."), "success")
    return _back(found)


@blueprint.post("/<slug>/inquiries/<inquiry_id>/note")
@requires("inquiry.answer", load=inquiry_at)
def note(found: Inquiry) -> Any:
    """For the office only."""
    form = NoteForm(prefix="note")
    if not form.validate_on_submit():
        return _page(found, note_form=form, status=422)
    conversation.note(
        db.session, found, form.text.data or "", by=signed_in(), at=now(), submission=form.submission.data
    )
    return _back(found)


@blueprint.post("/<slug>/inquiries/<inquiry_id>/close")
@requires("inquiry.close", load=inquiry_at)
def close(found: Inquiry) -> Any:
    """End it, with a reason."""
    form = CloseForm(prefix="close")
    if not form.validate_on_submit():
        return _page(found, close_form=form, status=422)
    try:
        reason = ClosedReason(form.reason.data)
        conversation.close(db.session, found, reason, form.words.data or "", by=signed_in(), at=now())
    except AlreadyClosed:
        db.session.rollback()
        flash(_("Somebody closed it a moment ago."), "error")
    return _back(found)


@blueprint.post("/<slug>/inquiries/<inquiry_id>/release")
@requires("inquiry.release", load=inquiry_at)
def release(found: Inquiry) -> Response:
    """A held inquiry is honest after all."""
    intake.release(db.session, found, by=signed_in(), at=now())
    flash(_("Released. The buyer gets the confirmation now."), "success")
    return _back(found)


@blueprint.get("/<slug>/inquiries/<inquiry_id>/files/<file_id>")
@requires("inquiry.read", load=inquiry_at)
def attachment(found: Inquiry) -> Response:
    """A file that came with it."""
    file_id = (request.view_args or {})["file_id"]
    file = next((each.file for each in attachments_of(db.session, found) if each.file.public_id == file_id), None)
    if file is None or not file.is_ready:
        abort(404)
    return download(file)


def _back(found: Inquiry) -> Response:
    return redirect(url_for("desk.inquiry", slug=found.consortium.slug, inquiry_id=found.public_id), 303)


def _page(
    found: Inquiry,
    *,
    answer_form: AnswerForm | None = None,
    note_form: NoteForm | None = None,
    close_form: CloseForm | None = None,
    leaks: Any = (),
    status: int = 200,
) -> Any:
    said = [message for message in found.messages if message.kind is not MessageKind.NOTE]
    page = desk_page(
        "desk/inquiry.html",
        found.consortium,
        "inbox",
        inquiry=found,
        buyer=found.buyer_contact,
        waiting_for=waiting_for(found, said[-1] if said else None),
        letters=letters_caused_by(db.session, found),
        answer_form=answer_form or AnswerForm(formdata=None, prefix="answer"),
        note_form=note_form or NoteForm(formdata=None, prefix="note"),
        close_form=close_form or CloseForm(formdata=None, prefix="close"),
        closed_reasons=CLOSED_REASONS,
        came_by=CAME_BY[found.channel],
        status_name=STATUS_NAMES[found.status],
        attachments=attachments_of(db.session, found),
        order_type=word_name(terms.order_types(), found.order_type),
        buyer_role=word_name(terms.roles(), found.buyer_role),
        country_name=country_name,
        quantity_words=quantity_words,
        letter_names=LETTER_NAMES,
        letter_states=LETTER_STATES,
        leaks=leaks,
        held=held_texts(found),
    )
    return page, status
