"""Ready replies of an office: the list, writing one in both languages, changing and removing one."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries import ready_replies
from catalogue.inquiries.ready_replies import ChangedMeanwhile, Reply, TooMany
from catalogue.text import Bilingual
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.desk.reply_places import PLACE_WORDS
from catalogue.web.fields import AtMost, LineField, Needed, WordsField
from catalogue.web.loaders import consortium_at
from catalogue.web.signed_in import signed_in


class ReplyForm(FlaskForm):
    """One reply: its name and its words, each in Lao and English."""

    name_lo = LineField(_l("Name in Lao"), [Needed(_l("Enter the name in Lao")), AtMost(80)])
    name_en = LineField(_l("Name in English"), [Needed(_l("Enter the name in English")), AtMost(80)])
    text_lo = WordsField(_l("Reply in Lao"), [Needed(_l("Write the reply in Lao")), AtMost(4000)])
    text_en = WordsField(_l("Reply in English"), [Needed(_l("Write the reply in English")), AtMost(4000)])
    version = HiddenField(default="0")

    @classmethod
    def of(cls, reply: Reply | None) -> "ReplyForm":
        """The form as it opens: empty, or with a reply that is there."""
        if reply is None:
            return cls(formdata=None)
        names, texts = reply.name, reply.text
        given = {"name_lo": names.lo, "name_en": names.en, "text_lo": texts.lo, "text_en": texts.en}
        return cls(formdata=None, data={**given, "version": str(reply.version)})

    def is_right(self) -> bool:
        """Check it; a name in braces that nothing fills in is told beside its text."""
        is_valid = self.validate_on_submit()
        for field in (self.text_lo, self.text_en):
            if unknown := ready_replies.unknown_places(field.data or ""):
                names = ", ".join(f"{{{name}}}" for name in unknown)
                field.errors = [_("Nothing fills in %(names)s. Choose from the list of places.", names=names)]
        return is_valid and not self.errors


@dataclass(frozen=True)
class OfficeReply:
    """A reply found by the address, with the consortium whose it is."""

    consortium: Consortium
    reply: Reply

    @property
    def consortium_id(self) -> int:
        """The consortium that it belongs to."""
        return self.consortium.id

    def as_read(self) -> Reply:
        """The reply in the version that the form was opened with."""
        typed = request.form.get("version", "")
        return Reply(self.reply.key, self.reply.name, self.reply.text, int(typed) if typed.isdecimal() else -1)


def reply_at(slug: str, reply_key: str, **_others: Any) -> OfficeReply | None:
    """A ready reply of this consortium."""
    consortium = consortium_at(slug)
    reply = ready_replies.reply_of(db.session, consortium, reply_key) if consortium else None
    return OfficeReply(consortium, reply) if consortium and reply else None


@blueprint.route("/<slug>/replies", methods=["GET", "POST"], endpoint="replies")
@requires("reply.keep", load=consortium_at)
def all_replies(consortium: Consortium) -> Any:
    """All of them, and a form for one more."""
    if request.method == "GET":
        return _page(consortium, ReplyForm.of(None))
    form = ReplyForm()
    if not form.is_right():
        return _page(consortium, form, status=422)
    try:
        _keep(consortium, None, form)
    except TooMany:
        db.session.rollback()
        flash(_("There are a hundred ready replies. Remove one first."), "error")
    return _back(consortium)


@blueprint.route("/<slug>/replies/<reply_key>", methods=["GET", "POST"], endpoint="reply")
@requires("reply.keep", load=reply_at)
def one_reply(found: OfficeReply) -> Any:
    """One of them, to be changed."""
    if request.method == "GET":
        return _page(found.consortium, ReplyForm.of(found.reply), found.reply)
    form = ReplyForm()
    if not form.is_right():
        return _page(found.consortium, form, found.reply, 422)
    try:
        _keep(found.consortium, found.as_read(), form)
    except ChangedMeanwhile:
        db.session.rollback()
        return _clash(found, form)
    return _back(found.consortium)


@blueprint.post("/<slug>/replies/<reply_key>/remove")
@requires("reply.keep", load=reply_at)
def remove_reply(found: OfficeReply) -> Response:
    """Take it out of the list."""
    try:
        ready_replies.drop(db.session, found.consortium, found.as_read(), by=signed_in(), at=now())
    except ChangedMeanwhile:
        db.session.rollback()
        flash(_("Somebody changed it a moment ago. Look at it again before you remove it."), "error")
    else:
        flash(_("Removed."), "success")
    return _back(found.consortium)


def _keep(consortium: Consortium, earlier: Reply | None, form: ReplyForm) -> None:
    name = Bilingual(lo=form.name_lo.data or "", en=form.name_en.data or "")
    text = Bilingual(lo=form.text_lo.data or "", en=form.text_en.data or "")
    ready_replies.keep(db.session, consortium, earlier, name, text, by=signed_in(), at=now())
    flash(_("Saved."), "success")


def _clash(found: OfficeReply, form: ReplyForm) -> Any:
    """Both are shown: the reply as it stands now, and what was typed; saving again puts it in its place."""
    consortium = found.consortium
    standing = ready_replies.reply_of(db.session, consortium, found.reply.key)
    form.version.data = str(standing.version if standing else 0)
    return _page(consortium, form, standing, 409)


def _back(consortium: Consortium) -> Response:
    return redirect(url_for("desk.replies", slug=consortium.slug), 303)


def _page(consortium: Consortium, form: ReplyForm, reply: Reply | None = None, status: int = 200) -> Any:
    page = desk_page(
        "desk/replies.html" if reply is None else "desk/reply.html",
        consortium,
        "inbox",
        form=form,
        reply=reply,
        replies=ready_replies.replies_of(db.session, consortium),
        places=PLACE_WORDS,
        has_clash=status == 409,
    )
    return page, status
