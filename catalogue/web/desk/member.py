"""One firm at the desk: its people with their phones and cards, how to reach it, and working on its behalf."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import func, select
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields import SelectChoice

from catalogue.activity import log
from catalogue.consortia import people, working
from catalogue.consortia.cards import NotOfThisFirm
from catalogue.consortia.models import Member, MemberContact
from catalogue.extensions import db
from catalogue.products.models import Product
from catalogue.routing.stating import samples_of
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.desk.members import ADDRESS, NAME, PHONE
from catalogue.web.desk.sample_form import SampleForm
from catalogue.web.devices import device_words
from catalogue.web.fields import AtMost, LineField, Needed, OneEmail, Readable
from catalogue.web.loaders import member_at
from catalogue.web.signed_in import sign_in_row, signed_in


class PersonForm(FlaskForm):
    """Somebody new at a firm: a name is enough."""

    name = LineField(
        _l("Name"),
        [Needed(_l("Write the name of a person")), AtMost(NAME), Readable(_l("Write the name of a person"))],
    )
    language = RadioField(
        _l("Reads"),
        default="lo",
        choices=[SelectChoice("lo", _l("Lao")), SelectChoice("en", _l("English"))],
        validate_choice=True,
    )


class ContactForm(FlaskForm):
    """How the office reaches a firm."""

    contact_name = LineField(_l("Whom you deal with"), [AtMost(NAME)])
    phone = LineField(_l("Telephone"), [AtMost(PHONE)])
    email = LineField(_l("E-mail"), [OneEmail()])
    address = LineField(_l("Address"), [AtMost(ADDRESS)])

    @classmethod
    def of(cls, contact: MemberContact | None, *, is_fresh: bool = False) -> "ContactForm":
        """The form as it stands, or as it came back; `is_fresh`: what this request brought belongs to another form."""
        known = {"contact_name": contact.name, **_rest_of(contact)} if contact else {}
        return cls(data=known, **({"formdata": None} if is_fresh else {}))

    def said(self) -> dict[str, str]:
        """What was typed, by the columns of the contact."""
        fields = {"name": self.contact_name, "phone": self.phone, "email": self.email, "address": self.address}
        return {column: field.data or "" for column, field in fields.items()}


@blueprint.get("/<slug>/members/<member_id>")
@requires("member.read", load=member_at)
def member(found: Member) -> Any:
    """The firm's people, phones, cards and contact."""
    return member_page(found)


@blueprint.post("/<slug>/members/<member_id>/contact")
@requires("member.reach", load=member_at)
def change_contact(found: Member) -> Any:
    """Write down how to reach the firm. The log says who changed which part, never what it is."""
    contact = _contact_of(found)
    form = ContactForm.of(contact)
    if not form.validate_on_submit():
        return member_page(found, contact_form=form, status=422)
    if contact is None:
        contact = MemberContact(consortium_id=found.consortium_id, member_id=found.id)
        db.session.add(contact)
    changed = [column for column, said in form.said().items() if (getattr(contact, column) or "") != said]
    for column in changed:
        setattr(contact, column, form.said()[column])
    if changed:
        actor = log.actor_name(signed_in())
        data = {"fields": changed}
        chain = found.consortium_id
        log.record(db.session, "member.contact_changed", found, at=now(), chain=chain, actor=actor, data=data)
    flash(_("Saved."), "success")
    return back_to(found)


@blueprint.post("/<slug>/members/<member_id>/on-behalf")
@requires("member.act_for", load=member_at)
def work_on_behalf(found: Member) -> Response:
    """Open the firm's studio and work in it for two hours, marked as such."""
    row = sign_in_row()
    try:
        if row is not None:
            working.begin_on_behalf(db.session, row, found, at=now())
    except NotOfThisFirm:
        return refused(found, _("This firm has left."))
    return redirect(url_for("studio.today"), 303)


def member_page(
    found: Member,
    *,
    person_form: PersonForm | None = None,
    contact_form: ContactForm | None = None,
    sample_form: SampleForm | None = None,
    status: int = 200,
) -> Any:
    """The page of a firm, with what is wrong on it."""
    products = select(func.count()).where(Product.member_id == found.id, Product.consortium_id == found.consortium_id)
    page = desk_page(
        "desk/member.html",
        found.consortium,
        "members",
        member=found,
        people=people.people_of(db.session, found, at=now()),
        products=db.session.scalar(products),
        person_form=person_form or PersonForm(formdata=None),
        contact_form=contact_form or ContactForm.of(_contact_of(found), is_fresh=True),
        samples=samples_of(db.session, found),
        sample_form=sample_form or SampleForm.of(found.consortium, is_fresh=True),
        device_words=device_words,
    )
    return page, status


def back_to(found: Member) -> Response:
    """To the page of the firm."""
    return redirect(url_for("desk.member", slug=found.consortium.slug, member_id=found.public_id), 303)


def refused(found: Member, words: str) -> Response:
    """To the page of the firm, with nothing done."""
    answer = back_to(found)
    db.session.rollback()
    flash(words, "error")
    return answer


def _contact_of(found: Member) -> MemberContact | None:
    query = select(MemberContact).where(
        MemberContact.member_id == found.id, MemberContact.consortium_id == found.consortium_id
    )
    return db.session.scalar(query)


def _rest_of(contact: MemberContact) -> dict[str, str]:
    return {"phone": contact.phone, "email": contact.email, "address": contact.address}
