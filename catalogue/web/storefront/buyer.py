"""The buyer's private page, of one inquiry or of a whole sending: how it stands, what was asked, talk and files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import HiddenField

from catalogue import lao, limits
from catalogue.database import apart
from catalogue.extensions import csrf, db
from catalogue.inquiries import terms
from catalogue.inquiries.conversation import write_as_buyer
from catalogue.inquiries.defences import HOUR, network_of
from catalogue.inquiries.inbox import waiting_for
from catalogue.inquiries.links import LinkIsOver, inquiry_of_token, sending_of_token, token_of
from catalogue.inquiries.models import Attachment, Inquiry, Message, MessageKind, Sending
from catalogue.media.models import StoredFile
from catalogue.notices.addresses import token_maker
from catalogue.tokens import new_key
from catalogue.web.access import public
from catalogue.web.attachments import download
from catalogue.web.clock import now
from catalogue.web.fields import AtMost, Needed, WordsField
from catalogue.web.language import language, other_language
from catalogue.web.lines import amount_words
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.buyer_words import how_it_stands, way

MOST_MESSAGES_AN_HOUR = 30
MOST_WRONG_LINKS_AN_HOUR = 60
THUMB = 400


class MessageForm(FlaskForm):
    """What the buyer writes to the office. `submission` makes a second click the same message."""

    text = WordsField(_l("Write to the office"), [Needed(_l("Write your message")), AtMost(5000)])
    submission = HiddenField(default=new_key)

    def is_right(self) -> bool:
        """Check it; a lost token becomes words that help."""
        is_valid = self.validate_on_submit()
        token: Any = self._fields.get("csrf_token")
        if token is not None and token.errors:
            token.errors = []
            self.form_errors.append(_("This page was open for a long time. Please press Send once more."))
        return is_valid


@dataclass(frozen=True)
class Told:
    """One inquiry as its buyer reads it, with the form that writes to its office."""

    inquiry: Inquiry
    stands: str
    steps: list[tuple[str, str, str | None]]
    thread: list[Message]
    files: Sequence[StoredFile]
    form: MessageForm
    order_type: str
    place_is_inland: bool
    own_token: str


# The token is checked by the form itself, so that a lost one gives the page back with what was typed.
@blueprint.route("/<lang>/i/<token>", methods=["GET", "POST"])
@csrf.exempt
@public
def buyer(token: str) -> Response:
    """The page behind the private link, and what is written there."""
    if request.method == "POST":
        return _write(token)
    return _page(_found(token), token)


@blueprint.get("/<lang>/i/<token>/files/<file_id>")
@public
def buyer_file(token: str, file_id: str) -> Response:
    """A file of this inquiry: a picture made anew, `?small=1` a small one, or a PDF to keep."""
    files = [file for inquiry in _inquiries(_found(token)) for file in _files(inquiry)]
    file = next((file for file in files if file.public_id == file_id), None)
    if file is None or not file.is_ready:
        abort(404)
    return _private(download(file, small=bool(request.args.get("small"))))


def _write(token: str) -> Response:
    with apart(db.engine) as session:
        key = token_maker().key_of(token) or ""
        is_too_much = limits.hit(session, "buyer wrote", key, seconds=HOUR, at=now()) > MOST_MESSAGES_AN_HOUR
    found = _found(token)
    inquiry = _written_to(found)
    form = _form_of(found, inquiry, is_sent=True)
    if is_too_much:
        form.form_errors.append(_("So many messages came in this hour that we ask you to wait a little."))
        return _page(found, token, form, 429)
    if not form.is_right():
        return _page(found, token, form, 422)
    write_as_buyer(db.session, inquiry, form.text.data or "", at=now(), submission=form.submission.data)
    name = inquiry.consortium.name.in_(language())
    flash(_("Your message went to the office of %(consortium)s.", consortium=name), "success")
    # A browser keeps the fragment of the form's address: this one leads back up to the word that it was sent.
    place = "main" if isinstance(found, Sending) else None
    return _private(redirect(url_for("storefront.buyer", token=token, _anchor=place), 303))


def _written_to(found: Inquiry | Sending) -> Inquiry:
    """To which office the buyer writes: on the page of a sending each form names its inquiry."""
    if isinstance(found, Inquiry):
        return found
    named = request.form.get("inquiry", "")
    return next((each for each in found.inquiries if each.public_id == named), None) or abort(404)


def _form_of(found: Inquiry | Sending, inquiry: Inquiry, *, is_sent: bool = False) -> MessageForm:
    """The form of one inquiry; several on one page need names of their own."""
    given = {} if is_sent else {"formdata": None}
    return MessageForm(prefix=inquiry.public_id if isinstance(found, Sending) else "", **given)


def _inquiries(found: Inquiry | Sending) -> list[Inquiry]:
    return found.inquiries if isinstance(found, Sending) else [found]


def _found(token: str) -> Inquiry | Sending:
    """What a token opens, else a calm 404, or 410 for a link that was replaced; many wrong ones meet 429."""
    try:
        found = inquiry_of_token(db.session, token, token_maker()) or sending_of_token(db.session, token, token_maker())
    except LinkIsOver:
        abort(410)
    if found is None:
        abort(429 if _tries_too_often() else 404)
    return found


def _tries_too_often() -> bool:
    db.session.rollback()
    with apart(db.engine) as session:
        tries = limits.hit(session, "wrong link", network_of(request.remote_addr), seconds=HOUR, at=now())
    return tries > MOST_WRONG_LINKS_AN_HOUR


def _page(found: Inquiry | Sending, token: str, form: MessageForm | None = None, status: int = 200) -> Response:
    told = [_told(found, each, form) for each in _inquiries(found)]
    body = render_template(
        "storefront/sending.html" if isinstance(found, Sending) else "storefront/buyer.html",
        told=told if isinstance(found, Sending) else told[0],
        consortium=None if isinstance(found, Sending) else found.consortium,
        form=form,
        token=token.lower(),
        amount_words=amount_words,
        language_of=language_of,
        is_demo=any(each.inquiry.consortium.is_demo for each in told),
        other_language_url=url_for("storefront.buyer", token=token, lang=other_language()),
        kept=False,
    )
    return _private(make_response(body, status))


def _told(found: Inquiry | Sending, inquiry: Inquiry, form: MessageForm | None) -> Told:
    own = _form_of(found, inquiry)
    thread = [message for message in inquiry.messages if message.kind is not MessageKind.NOTE]
    kind = terms.order_types().get(inquiry.order_type)
    return Told(
        inquiry=inquiry,
        stands=how_it_stands(inquiry, waiting_for(inquiry, thread[-1] if thread else None)),
        steps=way(inquiry),
        thread=list(reversed(thread)),
        files=_files(inquiry),
        form=form if form and form.text.name == own.text.name else own,
        order_type=kind.name.in_(language()) if kind else "",
        place_is_inland=terms.needs_a_port(inquiry.incoterm, inquiry.named_place),
        own_token=token_of(inquiry, token_maker()),
    )


def _files(inquiry: Inquiry) -> Sequence[StoredFile]:
    """The files that the buyer sent or was sent; never one of an internal note."""
    query = (
        select(StoredFile)
        .join(Attachment, Attachment.file_id == StoredFile.id)
        .outerjoin(Message, Message.id == Attachment.message_id)
        .where(Attachment.inquiry_id == inquiry.id, Message.kind.is_distinct_from(MessageKind.NOTE))
        .order_by(Attachment.id)
    )
    return db.session.scalars(query).all()


def language_of(text: str) -> str:
    """The language that a text is most likely in, for its `lang` attribute."""
    return "lo" if lao.has_lao(text) else "en"


def _private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
