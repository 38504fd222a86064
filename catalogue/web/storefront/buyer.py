"""The buyer's private page: how the inquiry stands, what was asked, the talk with the office, and the files."""

from collections.abc import Sequence
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
from catalogue.inquiries.links import LinkIsOver, inquiry_of_token
from catalogue.inquiries.models import Attachment, Inquiry, Message, MessageKind
from catalogue.media.models import StoredFile
from catalogue.notices.addresses import token_maker
from catalogue.tokens import new_key
from catalogue.web.access import public
from catalogue.web.attachments import download
from catalogue.web.clock import now
from catalogue.web.fields import AtMost, Needed, WordsField
from catalogue.web.language import other_language
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


# The token is checked by the form itself, so that a lost one gives the page back with what was typed.
@blueprint.route("/<lang>/i/<token>", methods=["GET", "POST"])
@csrf.exempt
@public
def buyer(token: str) -> Response:
    """The page behind the private link, and what is written there."""
    if request.method == "POST":
        return _write(token)
    return _page(_found(token), token, MessageForm(formdata=None))


@blueprint.get("/<lang>/i/<token>/files/<file_id>")
@public
def buyer_file(token: str, file_id: str) -> Response:
    """A file of this inquiry: a picture made anew, `?small=1` a small one, or a PDF to keep."""
    inquiry = _found(token)
    file = next((file for file in _files(inquiry) if file.public_id == file_id), None)
    if file is None or not file.is_ready:
        abort(404)
    return _private(download(file, small=bool(request.args.get("small"))))


def _write(token: str) -> Response:
    with apart(db.engine) as session:
        key = token_maker().key_of(token) or ""
        is_too_much = limits.hit(session, "buyer wrote", key, seconds=HOUR, at=now()) > MOST_MESSAGES_AN_HOUR
    inquiry, form = _found(token), MessageForm()
    if is_too_much:
        form.form_errors.append(_("So many messages came in this hour that we ask you to wait a little."))
        return _page(inquiry, token, form, 429)
    if not form.is_right():
        return _page(inquiry, token, form, 422)
    write_as_buyer(db.session, inquiry, form.text.data or "", at=now(), submission=form.submission.data)
    flash(_("Your message went to the office."), "success")
    return _private(redirect(url_for("storefront.buyer", token=token), 303))


def _found(token: str) -> Inquiry:
    """The inquiry of a token, else a calm 404, or 410 for a link that was replaced; many wrong ones meet 429."""
    try:
        inquiry = inquiry_of_token(db.session, token, token_maker())
    except LinkIsOver:
        abort(410)
    if inquiry is None:
        abort(429 if _tries_too_often() else 404)
    return inquiry


def _tries_too_often() -> bool:
    db.session.rollback()
    with apart(db.engine) as session:
        tries = limits.hit(session, "wrong link", network_of(request.remote_addr), seconds=HOUR, at=now())
    return tries > MOST_WRONG_LINKS_AN_HOUR


def _page(inquiry: Inquiry, token: str, form: MessageForm, status: int = 200) -> Response:
    thread = [message for message in inquiry.messages if message.kind is not MessageKind.NOTE]
    last = thread[-1] if thread else None
    body = render_template(
        "storefront/buyer.html",
        inquiry=inquiry,
        consortium=inquiry.consortium,
        stands=how_it_stands(inquiry, waiting_for(inquiry, last)),
        steps=way(inquiry),
        thread=list(reversed(thread)),
        files=_files(inquiry),
        form=form,
        token=token.lower(),
        order_type=terms.order_types().get(inquiry.order_type),
        amount_words=amount_words,
        place_is_inland=terms.needs_a_port(inquiry.incoterm, inquiry.named_place),
        language_of=language_of,
        is_demo=inquiry.consortium.is_demo,
        other_language_url=url_for("storefront.buyer", token=token, lang=other_language()),
        kept=False,
    )
    return _private(make_response(body, status))


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
