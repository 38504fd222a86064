"""The private page put together: how an inquiry stands, its talk in the reader's language, files, and the forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from flask import make_response, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from catalogue import lao
from catalogue.extensions import db
from catalogue.inquiries import terms
from catalogue.inquiries.giving_up import may_be_given_up
from catalogue.inquiries.inbox import waiting_for
from catalogue.inquiries.links import token_of
from catalogue.inquiries.models import Attachment, Inquiry, Message, MessageKind, Sending
from catalogue.inquiries.new_address import may_be_changed
from catalogue.inquiries.question_models import Question
from catalogue.inquiries.questions import open_questions
from catalogue.inquiries.renewing import can_be_renewed
from catalogue.media.keeping import original_key
from catalogue.media.models import StoredFile
from catalogue.notices.addresses import token_maker
from catalogue.notices.enclosing import name_of
from catalogue.web import attachments
from catalogue.web.attachments import Attachments
from catalogue.web.clock import now
from catalogue.web.language import language, other_language
from catalogue.web.lines import amount_words
from catalogue.web.storefront.answer_form import AnswersForm, answers_form
from catalogue.web.storefront.buyer_files import parked_by
from catalogue.web.storefront.buyer_forms import AddressForm, BuyersForm, ClosingForm, MessageForm, PressedForm
from catalogue.web.storefront.buyer_link import inquiries_of, private
from catalogue.web.storefront.buyer_words import how_it_stands, masked_email, way

F = TypeVar("F", bound=BuyersForm)


@dataclass(frozen=True)
class Said:
    """One message as the buyer reads it: in the reader's language, with what was written where that is another."""

    message: Message
    is_ours: bool
    text: str
    language: str
    original: str = ""
    files: Sequence[StoredFile] = ()


@dataclass(frozen=True)
class Told:
    """One inquiry as its buyer reads it, with the forms that write to its office."""

    inquiry: Inquiry
    stands: str
    steps: list[tuple[str, str, str | None]]
    thread: Sequence[Said]
    first_files: Sequence[StoredFile]
    files: Sequence[StoredFile]
    names: Mapping[str, str]
    form: MessageForm
    kept_files: Mapping[str, Sequence[tuple[str, str]]]
    answers: AnswersForm | None
    closing: ClosingForm | None
    order_type: str
    place_is_inland: bool
    own_token: str


@dataclass(frozen=True)
class Sent:
    """A form that was sent and is not right: it is shown again as it is, with the files that came, by field."""

    inquiry: Inquiry
    form: BuyersForm
    files: Mapping[str, Attachments] = field(default_factory=dict)


def page(found: Inquiry | Sending, token: str, sent: Sent | None = None, status: int = 200) -> Response:
    """The whole page, with the form that was sent and is not right."""
    told = [_told(found, each, token, sent) for each in inquiries_of(found)]
    address_form = sent.form if sent and isinstance(sent.form, AddressForm) else AddressForm(None, prefix="new")
    body = render_template(
        "storefront/sending.html" if isinstance(found, Sending) else "storefront/buyer.html",
        told=told if isinstance(found, Sending) else told[0],
        consortium=None if isinstance(found, Sending) else found.consortium,
        form=sent.form if sent else None,
        address_form=address_form if may_be_changed(found) else None,
        renew_form=PressedForm(None, prefix="renew") if can_be_renewed(found) else None,
        known_email=masked_email(told[0].inquiry.buyer_contact.email),
        token=token.lower(),
        accepted=attachments.ACCEPTED,
        amount_words=amount_words,
        language_of=language_of,
        is_demo=any(each.inquiry.consortium.is_demo for each in told),
        other_language_url=url_for("storefront.buyer", token=token, lang=other_language()),
        kept=False,
    )
    return private(make_response(body, status))


def prefix_of(found: Inquiry | Sending, inquiry: Inquiry, what: str = "") -> str:
    """The prefix of a form's fields; on a page of several inquiries each form needs one of its own."""
    return "-".join(filter(None, (inquiry.public_id if isinstance(found, Sending) else "", what)))


def files_by_message(inquiry: Inquiry, at: datetime) -> Mapping[int | None, list[StoredFile]]:
    """The files that the buyer may have, by message; those that came with the inquiry itself under None."""
    shown = {message.id for message in inquiry.messages if is_shown(message, at)}
    query = select(Attachment).where(Attachment.inquiry_id == inquiry.id).order_by(Attachment.id)
    files: dict[int | None, list[StoredFile]] = {}
    for attachment in db.session.scalars(query):
        if attachment.message_id is None or attachment.message_id in shown:
            files.setdefault(attachment.message_id, []).append(attachment.file)
    return files


def names_of_files(inquiry: Inquiry, files: Mapping[int | None, Sequence[StoredFile]]) -> Mapping[str, str]:
    """What files are called on this page, by public id; those of the office as in its letters (`enclosing`).

    What somebody of the office, or a member, called a file may hold a name or a number that is not the buyer's to know.
    """
    answers = {message.id for message in inquiry.messages if message.kind is MessageKind.ANSWER}
    return {
        file.public_id: name_of(inquiry.number, number, original_key(file)) if message_id in answers else file.name
        for message_id, of_message in files.items()
        for number, file in enumerate(of_message, 1)
    }


def is_shown(message: Message, at: datetime) -> bool:
    """Whether the buyer reads it: no note, nothing that waits or was withdrawn.

    The buyer reads what the buyer wrote though it waits for a manager; not so what came from another's address, nor
    an answer of the office.
    """
    if message.kind is MessageKind.NOTE or not message.is_out(at):
        return False
    is_own = message.kind is MessageKind.BUYER and not message.is_unverified
    return is_own or message.held_reason is None


def language_of(text: str) -> str:
    """The language that a text is most likely in, for its `lang` attribute."""
    return "lo" if lao.has_lao(text) else "en"


def _told(found: Inquiry | Sending, inquiry: Inquiry, token: str, sent: Sent | None) -> Told:
    at = now()
    thread = [message for message in inquiry.messages if is_shown(message, at)]
    files = files_by_message(inquiry, at)
    own = sent if sent and sent.inquiry is inquiry else None
    kind = terms.order_types().get(inquiry.order_type)
    asked = open_questions(db.session, inquiry, at)
    return Told(
        inquiry=inquiry,
        stands=how_it_stands(inquiry, waiting_for(inquiry, thread[-1] if thread else None), asks=bool(asked)),
        steps=way(inquiry),
        thread=[_said(message, files.get(message.id, ())) for message in reversed(thread)],
        first_files=files.get(None, ()),
        files=[file for each in files.values() for file in each],
        names=names_of_files(inquiry, files),
        form=_form(own, MessageForm) or MessageForm(None, prefix=prefix_of(found, inquiry)),
        kept_files={name: files.references(parked_by(token, name)) for name, files in own.files.items()} if own else {},
        answers=_form(own, AnswersForm) or _answers(found, inquiry, asked),
        closing=_closing(found, inquiry, own),
        order_type=kind.name.in_(language()) if kind else "",
        place_is_inland=terms.needs_a_port(inquiry.incoterm, inquiry.named_place),
        own_token=token_of(inquiry, token_maker()),
    )


def _answers(found: Inquiry | Sending, inquiry: Inquiry, asked: Sequence[Question]) -> AnswersForm | None:
    return answers_form(asked, prefix_of(found, inquiry, "answer"), is_fresh=True) if asked else None


def _closing(found: Inquiry | Sending, inquiry: Inquiry, own: Sent | None) -> ClosingForm | None:
    if not may_be_given_up(inquiry):
        return None
    return _form(own, ClosingForm) or ClosingForm(None, prefix=prefix_of(found, inquiry, "close"))


def _form(own: Sent | None, kind: type[F]) -> F | None:
    return own.form if own and isinstance(own.form, kind) else None


def _said(message: Message, files: Sequence[StoredFile]) -> Said:
    """Buyers read what they wrote; of an answer the side in the language of the page, where there is one.

    What somebody translated is shown beside it. What translates itself says the same in both.
    """
    is_ours, spoken = message.kind is MessageKind.BUYER, language()
    text, original = message.text, ""
    if not is_ours and message.translation and language_of(message.text) != spoken:
        text, original = message.translation, message.text if message.translator_id else ""
    return Said(message, is_ours, text, language_of(text), original, files)
