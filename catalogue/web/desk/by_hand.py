"""Entering an inquiry that came by WhatsApp, telephone, visit or fair: one short page, under a minute."""

import hashlib
from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, MultipleFileField, RadioField
from wtforms.fields import SelectChoice

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries import terms
from catalogue.inquiries.intake import Asked, Buyer, send_inquiry
from catalogue.inquiries.models import Channel, Inquiry
from catalogue.lao import fold, has_lao
from catalogue.products import search
from catalogue.products.models import ListingStatus, Product
from catalogue.tokens import new_key
from catalogue.web import attachments
from catalogue.web.access import requires
from catalogue.web.attachments import Attachments
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.fields import AtMost, ChoiceField, LineField, Needed, OneEmail, Readable, WordsField
from catalogue.web.lines import NO, LineForm, LinesField, Offered, offered_products, unit_words
from catalogue.web.loaders import consortium_at
from catalogue.web.signed_in import signed_in

MOST_FOUND = 6
MOST_LINES = 30
HOME = "LA"
CHANNELS = {
    Channel.WHATSAPP: _l("WhatsApp"),
    Channel.TELEPHONE: _l("Telephone"),
    Channel.VISIT: _l("A visit"),
    Channel.FAIR: _l("At a fair"),
}
LANGUAGES = {"en": _l("English"), "lo": _l("Lao")}


class ByHandForm(FlaskForm):
    """What a manager knows of who asked and for what. `submission` makes a second click the same inquiry."""

    channel = RadioField(
        _l("How it came"),
        [Needed(_l("Choose how it came"))],
        choices=[SelectChoice(channel.value, words) for channel, words in CHANNELS.items()],
        validate_choice=False,
    )
    name = LineField(_l("Name"), [Needed(_l("Enter the buyer's name")), AtMost(120), Readable(_l("Enter the name"))])
    email = LineField(_l("E-mail"), [OneEmail()])
    phone = LineField(_l("Telephone"), [AtMost(60)])
    company = LineField(_l("Company"), [AtMost(160)])
    country = ChoiceField(
        _l("Country"), [Needed(_l("Choose the country"))], words=terms.countries, empty=_l("Choose"), sort=True
    )
    message = WordsField(_l("What was said or written"), [AtMost(20_000)])
    lines = LinesField(LineForm, MOST_LINES)
    attachments = MultipleFileField(_l("Photographs"))
    language = RadioField(
        _l("The buyer reads"),
        choices=[SelectChoice(code, words) for code, words in LANGUAGES.items()],
        validate_choice=False,
    )
    confirm = BooleanField(_l("Send a confirmation with the private link to the e-mail address"), false_values=NO)
    submission = HiddenField(default=new_key)

    def is_right(self, files: Attachments) -> bool:
        """Check everything; each problem then stands beside its field."""
        is_valid = self.validate()
        self.attachments.errors = list(files.problems)
        if not self.email.data and not self.phone.data and not self.email.errors:
            self.email.errors = [_("Enter an e-mail address or a telephone number")]
        if self.channel.data and self.channel.data not in set(CHANNELS):
            self.channel.errors = [_("Choose how it came")]
        if not self.message.data and not any(line.form.has_quantity for line in self.lines) and not self.errors:
            self.message.errors = [_("Write what was asked, or add a line that says how many")]
        return is_valid and not self.errors

    @property
    def spoken(self) -> str:
        """The buyer's language: as chosen, else Lao for who writes it or is at home in Laos, else English."""
        if self.language.data in LANGUAGES:
            return str(self.language.data)
        return "lo" if has_lao(self.message.data or "") or self.country.data == HOME else "en"

    def asked(self, files: Attachments) -> Asked:
        """The whole inquiry as the operation takes it."""
        given = (self.name, self.email, self.country, self.company, self.phone)
        name, email, country, company, phone = (str(field.data or "") for field in given)
        return Asked(
            buyer=Buyer(name, email, country, company=company, phone=phone),
            message=self.message.data or "",
            wanted=[line.form.wanted for line in self.lines if not line.form.is_empty],
            language=self.spoken,
            channel=Channel(self.channel.data),
            files=files.parked,
        )


@blueprint.route("/<slug>/inquiries/by-hand", methods=["GET", "POST"])
@requires("inquiry.enter", load=consortium_at)
def by_hand(consortium: Consortium) -> Any:
    """The page, and what it enters."""
    owner = signed_in().public_id
    if request.method == "GET":
        return _page(consortium, ByHandForm(formdata=None, data={"lines": [{}]}), Attachments(), owner)
    # The write lock is given back while files are put down.
    db.session.rollback()
    files = attachments.take(owner)
    form = ByHandForm()
    _name_products(consortium, form)
    if "more" in request.form:
        form.lines.append_entry()
    if {"more", "find", "no_file"} & set(request.form):
        left = attachments.without(files, request.form.get("no_file", ""))
        return _page(consortium, form, left, owner)
    if not form.is_right(files):
        return _page(consortium, form, files, owner, 422)
    return _entered(_enter(consortium, form, files))


def _enter(consortium: Consortium, form: ByHandForm, files: Attachments) -> Inquiry:
    someone = signed_in()
    submission = hashlib.sha256(f"{form.submission.data}|person:{someone.id}".encode()).hexdigest()
    return send_inquiry(
        db.session,
        consortium,
        form.asked(files),
        at=now(),
        submission=submission,
        confirm=form.confirm.data,
        entered_by=someone,
    )


def _entered(found: Inquiry) -> Response:
    flash(_("Entered as %(number)s.", number=found.number), "success")
    return redirect(url_for("desk.inquiry", slug=found.consortium.slug, inquiry_id=found.public_id), 303)


def _name_products(consortium: Consortium, form: ByHandForm) -> None:
    """Whoever typed a product's reference meant that product."""
    by_reference = _products_by_reference(consortium, [line.form.description.data or "" for line in form.lines])
    for line in form.lines:
        meant = by_reference.get(fold(line.form.description.data or ""))
        if meant and not line.form.product.data:
            line.form.product.data, line.form.description.data = meant.public_id, ""
    named = {line.form.product.data for line in form.lines if line.form.product.data}
    products = offered_products(db.session, consortium, named)
    for line in form.lines:
        line.form.offered = Offered(products)


def _products_by_reference(consortium: Consortium, typed: Sequence[str]) -> dict[str, Product]:
    query = select(Product).where(
        Product.consortium_id == consortium.id,
        Product.status == ListingStatus.PUBLISHED,
        Product.reference.in_([words.strip().upper() for words in typed if words.strip()]),
    )
    return {fold(product.reference): product for product in db.session.scalars(query)}


def _found(consortium: Consortium, form: ByHandForm) -> dict[str, Sequence[Product]]:
    """For each line in words, the published products that its words find."""
    if "find" not in request.form:
        return {}
    asked = {line.id: line.form.description.data for line in form.lines if line.form.description.data}
    return {line_id: _search(consortium, words) for line_id, words in asked.items()}


def _search(consortium: Consortium, words: str) -> Sequence[Product]:
    ids = [hit.product_id for hit in search.matching(db.session, consortium, words)[:MOST_FOUND]]
    query = select(Product).where(Product.id.in_(ids), Product.status == ListingStatus.PUBLISHED)
    found = {product.id: product for product in db.session.scalars(query.options(joinedload(Product.published)))}
    return [found[product_id] for product_id in ids if product_id in found]


def _page(consortium: Consortium, form: ByHandForm, files: Attachments, owner: str, status: int = 200) -> Any:
    page = desk_page(
        "desk/by_hand.html",
        consortium,
        "by_hand",
        form=form,
        files=files.references(owner),
        accepted=attachments.ACCEPTED,
        found=_found(consortium, form),
        units={line.id: unit_words(line.form.found, line.form.unit.data) for line in form.lines},
    )
    return page, status
