"""One inquiry's page put together: the thread with everything that happened, the reply, and what stands beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from catalogue.extensions import db
from catalogue.inquiries import drafts, presence, terms
from catalogue.inquiries.earlier import others_of_buyer
from catalogue.inquiries.inbox import attachments_of, waiting_for
from catalogue.inquiries.links import living
from catalogue.inquiries.merging import can_merge
from catalogue.inquiries.models import Inquiry, Message, MessageKind
from catalogue.inquiries.ready_replies import replies_of
from catalogue.inquiries.sending import letters_caused_by
from catalogue.inquiries.telling import tellings_of
from catalogue.inquiries.timeline import Came, Done, Said, Sent, timeline
from catalogue.inquiries.undoing import can_be_taken_back
from catalogue.leaks import Leak
from catalogue.notices.inquiries import TO_OFFICE
from catalogue.routing.call_reading import newest_calls, subjects_of_calls
from catalogue.routing.closing import is_over
from catalogue.routing.models import CallState
from catalogue.web.attachments import ACCEPTED, Attachments
from catalogue.web.clock import now
from catalogue.web.desk.beside import desk_page
from catalogue.web.desk.can_make import can_make
from catalogue.web.desk.held import held_texts
from catalogue.web.desk.inquiry_forms import AnswerForm, CloseForm, MergeForm, NoteForm, TranslationForm
from catalogue.web.desk.reply_places import filled
from catalogue.web.desk.telling import told_words
from catalogue.web.inquiry_acts import ACTS_OF_CALLS, drawing_of, words_of
from catalogue.web.inquiry_words import (
    CAME_BY,
    CLOSED_REASONS,
    LETTER_NAMES,
    STATUS_NAMES,
    country_name,
    quantity_words,
    word_name,
)
from catalogue.web.mail_words import ACTIONS
from catalogue.web.routing_words import CALL_STATES, closing_words, state_of
from catalogue.web.signed_in import signed_in


@dataclass(frozen=True)
class Shown:
    """What one act leaves on the page besides what is stored: forms as they were typed, and what is to be said."""

    answer: AnswerForm | None = None
    note: NoteForm | None = None
    close: CloseForm | None = None
    merge: MergeForm | None = None
    translations: Mapping[str, TranslationForm] = field(default_factory=dict)
    files: Attachments = field(default_factory=Attachments)
    leaks: Sequence[Leak] = ()
    meanwhile: Sequence[Message] = ()
    translated: str = ""


def inquiry_page(found: Inquiry, shown: Shown | None = None, status: int = 200) -> Any:
    """The page of one inquiry and its status."""
    shown, someone = shown or Shown(), signed_in()
    draft = drafts.draft_of(db.session, found, someone)
    page = desk_page(
        "desk/inquiry.html",
        found.consortium,
        "inbox",
        inquiry=found,
        buyer=found.buyer_contact,
        shown=shown,
        draft=draft,
        answer_form=shown.answer or AnswerForm.opened(found, draft, last_said(found)),
        note_form=shown.note or NoteForm(formdata=None, prefix="note"),
        close_form=shown.close or CloseForm(formdata=None, prefix="close"),
        leaks=shown.leaks,
        files=shown.files.references(someone.public_id),
        files_given_back=drafts.files_given_back(db.session, found, someone),
        accepted=ACCEPTED,
        others_here=presence.others(db.session, found, someone, at=now()),
        replies=[filled(reply, found) for reply in replies_of(db.session, found.consortium)],
        **_thread(found, shown),
        **_beside(found, shown),
        **_words(found),
    )
    return page, status


def back_to(found: Inquiry, anchor: str | None = None) -> Response:
    """Back to the page of an inquiry after an act."""
    address = url_for("desk.inquiry", slug=found.consortium.slug, inquiry_id=found.public_id, _anchor=anchor)
    return redirect(address, 303)


def said_outside(found: Inquiry) -> list[Message]:
    """What was said to or by the buyer, in order; notes and what was taken back are none of it."""
    return [each for each in found.messages if each.kind is not MessageKind.NOTE and each.withdrawn_at is None]


def last_said(found: Inquiry) -> str:
    """What a page names as the last thing that its reader has seen; "-" where only the inquiry itself was."""
    said = said_outside(found)
    return said[-1].public_id if said else "-"


def _thread(found: Inquiry, shown: Shown) -> dict[str, Any]:
    someone, at = signed_in(), now()
    said = said_outside(found)
    undoable = next((each for each in reversed(said) if can_be_taken_back(each, someone, at)), None)
    return {
        "items": timeline(db.session, found, beside=subjects_of_calls(db.session, found), acts=ACTS_OF_CALLS),
        "kind_of_item": {Said: "said", Done: "done", Sent: "sent", Came: "came"},
        "undoable": undoable,
        # In seconds, not as a time: the clock of a manager's machine may be wrong.
        "undo_for": round((undoable.leaves_at - at).total_seconds(), 1) if undoable and undoable.leaves_at else 0,
        "waiting_for": waiting_for(found, said[-1] if said else None),
        "attachments": attachments_of(db.session, found),
        "held": held_texts(found),
        "tellings": {key: told_words(each) for key, each in tellings_of(db.session, found).items()},
        "translation_forms": {**_translation_forms(found), **shown.translations},
        "mail_actions": ACTIONS,
        "words_of": words_of,
        "drawing_of": drawing_of,
    }


def _translation_forms(found: Inquiry) -> dict[str, TranslationForm]:
    """One form for what the buyer wrote and for every message, by its address; the prefix keeps ids apart."""
    said: list[Inquiry | Message] = [found, *(each for each in found.messages if each.kind is not MessageKind.NOTE)]
    return {each.public_id: _translation_form(each) for each in said}


def _translation_form(said: Inquiry | Message) -> TranslationForm:
    values = {"text": said.translation, "before": said.translation}
    return TranslationForm(formdata=None, prefix=f"in-{said.public_id}", data=values)


def _beside(found: Inquiry, shown: Shown) -> dict[str, Any]:
    merge_form = shown.merge or MergeForm(formdata=None, prefix="merge")
    mergeable = can_merge(db.session, found)
    merge_form.into.choices = [(each.public_id, each.number) for each in mergeable]
    return {
        "merge_form": merge_form,
        "mergeable": mergeable,
        "earlier": others_of_buyer(db.session, found),
        "went_into": living(db.session, found) if found.merged_into_id else None,
        "letters": letters_caused_by(db.session, found),
        "can_make": can_make(found),
        **_calls(found),
    }


def _calls(found: Inquiry) -> dict[str, Any]:
    """How far each line's call is, by the line's key; and the open one that closes first."""
    at, newest = now(), newest_calls(db.session, found.lines)
    opened = [call for call in newest.values() if not is_over(call, at)]
    return {
        "calls": newest,
        "open_call": min(opened, key=lambda call: call.closes_at, default=None),
        "calls_to_divide": [call for call in newest.values() if state_of(call, at) is CallState.CLOSED],
        "call_state": lambda call: CALL_STATES[state_of(call, at)],
        "closing_words": closing_words,
    }


def _words(found: Inquiry) -> dict[str, Any]:
    return {
        "closed_reasons": CLOSED_REASONS,
        "came_by": CAME_BY[found.channel],
        "status_name": STATUS_NAMES[found.status],
        "status_names": STATUS_NAMES,
        "order_type": word_name(terms.order_types(), found.order_type),
        "buyer_role": word_name(terms.roles(), found.buyer_role),
        "country_name": country_name,
        "quantity_words": quantity_words,
        "letter_names": LETTER_NAMES,
        "to_office": {*TO_OFFICE, "answer_late"},
    }
