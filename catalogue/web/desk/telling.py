"""Told by the office: answers to buyers without e-mail, with the ready text to send, read out or print."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries import telling
from catalogue.inquiries.dialling import international
from catalogue.inquiries.models import Inquiry
from catalogue.inquiries.telling import ToldBefore
from catalogue.inquiries.telling_models import Telling, ToldBy
from catalogue.notices.addresses import buyer_page
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.codes import qr_svg
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.fields import AtMost, LineField, Needed
from catalogue.web.language import language, speaking
from catalogue.web.loaders import consortium_at
from catalogue.web.moments import moment
from catalogue.web.signed_in import signed_in

WAYS = {
    ToldBy.WHATSAPP: _l("by WhatsApp"),
    ToldBy.TELEPHONE: _l("by telephone"),
    ToldBy.SLIP: _l("on paper"),
    ToldBy.VISIT: _l("in person"),
    ToldBy.OTHER: _l("another way"),
}


class ToldForm(FlaskForm):
    """How the buyer was told."""

    how = RadioField(
        _l("How you told it"),
        [Needed(_l("Choose how you told it"))],
        choices=[SelectChoice(way.value, words) for way, words in WAYS.items()],
        validate_choice=False,
    )
    note = LineField(_l("In a few words"), [AtMost(300)])

    def validate_how(self, field: RadioField) -> None:
        """Refuse a way that no button of ours sends."""
        if field.data not in set(ToldBy):
            raise ValidationError(_("Choose how you told it"))


@dataclass(frozen=True)
class ShownTelling:
    """One answer to tell: to whom, the ready text in their language, where one tap leads, and the form."""

    telling: Telling
    text: str
    whatsapp: str
    form: ToldForm

    @property
    def inquiry(self) -> Inquiry:
        """What it answers."""
        return self.telling.inquiry


def telling_at(slug: str, telling_id: str, **_others: Any) -> Telling | None:
    """An answer to tell, of this consortium."""
    query = select(Telling).join(Consortium, Consortium.id == Telling.consortium_id)
    inquiry = joinedload(Telling.inquiry)
    query = query.where(Consortium.slug == slug, Telling.public_id == telling_id).options(
        joinedload(Telling.message), inquiry.joinedload(Inquiry.consortium), inquiry.joinedload(Inquiry.buyer_contact)
    )
    found = db.session.scalar(query)
    return found if found and found.message.is_out(now()) else None


@blueprint.get("/<slug>/to-tell")
@requires("message.tell", load=consortium_at)
def to_tell(consortium: Consortium) -> Any:
    """What nobody told yet, and what was told lately."""
    return _page(consortium)


@blueprint.post("/<slug>/to-tell/<telling_id>/told")
@requires("message.tell", load=telling_at)
def told(found: Telling) -> Any:
    """Note who told it and how; the first word counts."""
    form = ToldForm(prefix=_prefix(found))
    if not form.validate_on_submit():
        return _page(found.inquiry.consortium, form, found, 422)
    try:
        telling.told(db.session, found, ToldBy(form.how.data), form.note.data or "", by=signed_in(), at=now())
    except ToldBefore as earlier:
        words = told_words(earlier.telling)
        db.session.rollback()
        flash(_("Somebody was a moment before you. %(told)s", told=words), "error")
    else:
        flash(_("Noted: the buyer knows."), "success")
    return redirect(url_for("desk.to_tell", slug=found.inquiry.consortium.slug), 303)


@blueprint.get("/<slug>/to-tell/<telling_id>/slip")
@requires("message.tell", load=telling_at)
def slip(found: Telling) -> Any:
    """The answer on paper, in the buyer's language, with the private link as a code to scan."""
    spoken = found.inquiry.language
    address = buyer_page(found.inquiry, spoken)
    bar = {"language": language(), "back": _("Back"), "print": _("Print")}
    with speaking(spoken):
        return render_template(
            "desk/slip.html",
            consortium=found.inquiry.consortium,
            is_demo=found.inquiry.consortium.is_demo,
            person=signed_in(),
            telling=found,
            inquiry=found.inquiry,
            address=address,
            code=qr_svg(address),
            bar=bar,
        )


def told_words(found: Telling) -> str:
    """Who told it, when and how; empty while nobody did."""
    if not found.told_at or not found.told_by or not found.how:
        return ""
    how = str(WAYS[found.how])
    return _("Told by %(name)s, %(moment)s, %(how)s.", name=found.told_by.name, moment=moment(found.told_at), how=how)


def _page(consortium: Consortium, form: ToldForm | None = None, wrong: Telling | None = None, status: int = 200) -> Any:
    waiting = telling.to_tell(db.session, consortium, at=now())
    page = desk_page(
        "desk/to_tell.html",
        consortium,
        "to_tell",
        waiting=[_shown(each, form if each is wrong else None) for each in waiting],
        lately=_lately(consortium),
    )
    return page, status


def _lately(consortium: Consortium) -> Sequence[tuple[Telling, str]]:
    return [(each, told_words(each)) for each in telling.told_lately(db.session, consortium)]


def _shown(found: Telling, form: ToldForm | None) -> ShownTelling:
    text, buyer = ready_text(found), found.inquiry.buyer_contact
    number = international(buyer.phone, found.inquiry.country) or ""
    return ShownTelling(
        telling=found,
        text=text,
        whatsapp=f"https://wa.me/{number}?text={quote(text)}",
        form=form or ToldForm(formdata=None, prefix=_prefix(found)),
    )


def _prefix(found: Telling) -> str:
    return f"told-{found.public_id}"


def ready_text(found: Telling) -> str:
    """What to send or read out, in the buyer's language: the answer, and the private link to read and write more."""
    inquiry, spoken = found.inquiry, found.inquiry.language
    with speaking(spoken):
        greeting = _("Good day %(name)s,", name=inquiry.buyer_contact.name)
        about = _(
            "this is %(consortium)s about your inquiry %(number)s:",
            consortium=inquiry.consortium.name.in_(spoken),
            number=inquiry.number,
        )
        more = _("Read everything and write to us here:")
    message = found.message
    said = message.text if message.language == spoken or not message.translation else message.translation
    return f"{greeting} {about}\n\n{said}\n\n{more} {buyer_page(inquiry, spoken)}"
