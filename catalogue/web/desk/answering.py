"""Writing to a buyer: the answer in both languages with its files, taking it back, drafts, ready replies, and notes."""

from typing import Any

from flask import abort, flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.extensions import db
from catalogue.inquiries import conversation, drafts, undoing
from catalogue.inquiries.conversation import SaidMeanwhile
from catalogue.inquiries.models import Inquiry, Message
from catalogue.inquiries.ready_replies import reply_of
from catalogue.leaks import Leak, find_leaks
from catalogue.media.keeping import keep
from catalogue.media.models import FileKind
from catalogue.text import clean_text
from catalogue.web import attachments
from catalogue.web.access import requires
from catalogue.web.attachments import Attachments
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.inquiry_forms import AnswerForm, NoteForm
from catalogue.web.desk.inquiry_page import Shown, back_to, inquiry_page, last_said
from catalogue.web.desk.reply_places import filled
from catalogue.web.loaders import inquiry_at
from catalogue.web.moments import moment
from catalogue.web.signed_in import signed_in


@blueprint.post("/<slug>/inquiries/<inquiry_id>/answer")
@requires("inquiry.answer", load=inquiry_at)
def answer(found: Inquiry) -> Any:
    """To the buyer: by letter and on the private page, after ten seconds in which it can be taken back.

    A contact in it has to be let pass, and that is recorded. What others said while it was written is shown first.
    """
    files, form = _taken(found)
    if not form.is_right(files.problems):
        return inquiry_page(found, Shown(answer=form, files=files), 422)
    leaks = _leaks(found, form, files)
    if leaks and not form.lets_contact_pass.data:
        return inquiry_page(found, Shown(answer=form, files=files, leaks=leaks), 422)
    try:
        message = _answer(found, form, files, leaks)
    except SaidMeanwhile as meanwhile:
        keys = [each.id for each in meanwhile.messages]
        db.session.rollback()
        return _meanwhile(found, form, files, keys)
    return back_to(found, f"said-{message.public_id}")


@blueprint.post("/<slug>/inquiries/<inquiry_id>/compose")
@requires("inquiry.answer", load=inquiry_at)
def compose(found: Inquiry) -> Any:
    """The page again with a ready reply put in, or a file taken out: nothing is sent."""
    files, form = _taken(found)
    reply = reply_of(db.session, found.consortium, request.form.get("reply", ""))
    if reply:
        other = "lo" if found.language == "en" else "en"
        text = filled(reply, found).text
        form.text.data = _below(form.text.data, text.in_(found.language))
        form.translation.data = _below(form.translation.data, text.in_(other))
    left = attachments.without(files, request.form.get("no_file", ""))
    return inquiry_page(found, Shown(answer=form, files=left))


@blueprint.post("/<slug>/inquiries/<inquiry_id>/draft")
@requires("inquiry.answer", load=inquiry_at)
def keep_draft(found: Inquiry) -> Any:
    """What stands in the form now, kept for its writer. A script reads the answer; without one the page comes again."""
    form = AnswerForm(prefix="answer")
    text, translation = (clean_text(each.data or "")[:80_000] for each in (form.text, form.translation))
    is_kept = drafts.keep(
        db.session, found, signed_in(), text, translation, at=now(), submission=form.submission.data or None
    )
    words = _("Draft kept %(moment)s", moment=moment(now())) if is_kept and (text or translation) else ""
    if request.accept_mimetypes.best == "application/json":
        return {"words": words}
    flash(words or _("There is no draft now."), "success")
    return back_to(found, "reply")


@blueprint.post("/<slug>/inquiries/<inquiry_id>/undo")
@requires("inquiry.answer", load=inquiry_at)
def undo(found: Inquiry) -> Response:
    """Take one's own answer back before it leaves; its words are a draft again."""
    named = request.form.get("message", "")
    message = next((each for each in found.messages if each.public_id == named), None) or abort(404)
    try:
        undoing.take_back(db.session, found, message, by=signed_in(), at=now())
    except undoing.AlreadyLeft:
        db.session.rollback()
        flash(_("The answer has left already: it cannot be taken back any more."), "error")
        return back_to(found)
    flash(_("Taken back: nobody has seen it. Your words stand in the answer again."), "success")
    return back_to(found, "reply")


@blueprint.post("/<slug>/inquiries/<inquiry_id>/note")
@requires("inquiry.answer", load=inquiry_at)
def note(found: Inquiry) -> Any:
    """For the office only: written as a note, or what was begun as an answer and is kept as a note instead."""
    if "answer-text" in request.form:
        return _kept_as_note(found)
    form = NoteForm(prefix="note")
    if not form.validate_on_submit():
        return inquiry_page(found, Shown(note=form), 422)
    _note(found, form.text.data or "", form.submission.data)
    return back_to(found)


def _kept_as_note(found: Inquiry) -> Any:
    form = AnswerForm(prefix="answer").speak(found)
    if not form.validate():
        return inquiry_page(found, Shown(answer=form), 422)
    _note(found, "\n\n".join(filter(None, (form.text.data, form.translation.data))), form.submission.data)
    drafts.forget(db.session, found, signed_in())
    return back_to(found)


def _note(found: Inquiry, text: str, submission: str | None) -> None:
    conversation.note(db.session, found, text, by=signed_in(), at=now(), submission=submission)


def _taken(found: Inquiry) -> tuple[Attachments, AnswerForm]:
    """The files, put down while the database is free for others, and the form."""
    owner = signed_in().public_id
    db.session.rollback()
    files = attachments.take(owner, field="answer-attachments")
    return files, AnswerForm(prefix="answer").speak(found)


def _leaks(found: Inquiry, form: AnswerForm, files: Attachments) -> list[Leak]:
    """Contacts in either language, and in the names of the files."""
    texts = (form.text.data, form.translation.data, *(file.name for file in files.parked))
    return [leak for text in texts for leak in find_leaks(text or "", found.consortium.public_contacts)]


def _answer(found: Inquiry, form: AnswerForm, files: Attachments, leaks: list[Leak]) -> Message:
    someone, at = signed_in(), now()
    kept = [
        keep(db.session, parked, consortium_id=found.consortium_id, kind=FileKind.ATTACHMENT, at=at)
        for parked in files.parked
    ]
    message = conversation.answer(
        db.session,
        found,
        form.text.data or "",
        by=someone,
        at=at,
        submission=form.submission.data,
        files=kept,
        let_pass=[leak.kind for leak in leaks],
        translation=form.translation.data or "",
        leaves_at=at + undoing.CAN_BE_UNDONE,
        seen=_seen(found, form.seen.data or ""),
    )
    if form.keeps_files.data:
        drafts.hand_over_files(db.session, found, someone, message)
    drafts.forget(db.session, found, someone)
    return message


def _seen(found: Inquiry, named: str) -> int | None:
    """The key of the last message that the writer had read: 0 for none, None where the form does not say."""
    if not named:
        return None
    return next((each.id for each in found.messages if each.public_id == named), 0)


def _meanwhile(found: Inquiry, form: AnswerForm, files: Attachments, keys: list[int]) -> Any:
    """Both are shown: what others said while this was written, and what was written."""
    said = [each for each in found.messages if each.id in keys]
    form.seen.data = last_said(found)
    return inquiry_page(found, Shown(answer=form, files=files, meanwhile=said), 409)


def _below(typed: str | None, text: str) -> str:
    return "\n\n".join(filter(None, (typed, text)))
