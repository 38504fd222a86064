"""The members of a consortium, and taking one in: for managers alone."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import func, select
from wtforms import BooleanField

from catalogue.consortia import cards, people
from catalogue.consortia.founding import AddressRefused, Contact, Firm, admit_member
from catalogue.consortia.models import Consortium, Member, MemberContact
from catalogue.extensions import db
from catalogue.products.models import ListingStatus, Product
from catalogue.text import Bilingual
from catalogue.text import slug as words_of
from catalogue.tokens import public_id
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.fields import AtMost, LineField, Needed, OneEmail, Readable
from catalogue.web.loaders import consortium_at
from catalogue.web.signed_in import signed_in

NAME, PLACE, PHONE, ADDRESS = 120, 80, 60, 240


@blueprint.get("/<slug>/members", endpoint="members")
@requires("member.list", load=consortium_at)
def show_members(consortium: Consortium) -> Any:
    """Each firm with how to reach it, how many people it has, and how many of its products the public sees."""
    published = (
        select(func.count())
        .where(Product.member_id == Member.id, Product.status == ListingStatus.PUBLISHED)
        .correlate(Member)
        .scalar_subquery()
    )
    query = (
        select(Member, MemberContact, published)
        .outerjoin(MemberContact, MemberContact.member_id == Member.id)
        .where(Member.consortium_id == consortium.id)
        .order_by(Member.status, Member.name_en)  # type: ignore[attr-defined]
    )
    return desk_page(
        "desk/members.html",
        consortium,
        "members",
        rows=db.session.execute(query).all(),
        people=people.count_people(db.session, consortium),
        without_phone=len(people.without_phone(db.session, consortium, at=now())),
        open_cards=len(cards.open_cards_of_all(db.session, consortium, at=now())),
    )


class NewMemberForm(FlaskForm):
    """What one knows of a firm on its first day; the rest follows on its own pages."""

    name_lo = LineField(
        _l("Name of the firm, in Lao"),
        [Needed(_l("Write the firm's name")), AtMost(NAME), Readable(_l("Write the firm's name"))],
    )
    name_en = LineField(_l("Name of the firm, in English"), [AtMost(NAME)])
    village_lo = LineField(_l("Village, in Lao"), [AtMost(PLACE)])
    village_en = LineField(_l("Village, in English"), [AtMost(PLACE)])
    person = LineField(
        _l("Whom you deal with"),
        [Needed(_l("Write the name of a person")), AtMost(NAME), Readable(_l("Write the name of a person"))],
    )
    phone = LineField(_l("Telephone"), [AtMost(PHONE)])
    email = LineField(_l("E-mail"), [OneEmail()])
    card = BooleanField(_l("Make this person a joining card at once"), default=True)

    def firm(self, slug: str) -> Firm:
        """The firm as the operation takes it."""
        return Firm(
            slug,
            Bilingual(self.name_lo.data or "", self.name_en.data or ""),
            village=Bilingual(self.village_lo.data or "", self.village_en.data or ""),
        )

    def contact(self) -> Contact:
        """How the office reaches it."""
        return Contact(self.person.data or "", self.email.data or "", self.phone.data or "")


@blueprint.route("/<slug>/members/new", methods=["GET", "POST"])
@requires("member.admit", load=consortium_at)
def new_member(consortium: Consortium) -> Any:
    """Take a firm in, with the first of its people."""
    form = NewMemberForm()
    if not form.validate_on_submit():
        page = desk_page("desk/new_member.html", consortium, "members", form=form)
        return page, 422 if form.errors else 200
    member = _admit(consortium, form)
    person = people.add_to_firm(db.session, member, form.person.data or "", by=signed_in(), at=now())
    flash(_("The firm is a member now."), "success")
    if not form.card.data:
        return redirect(url_for("desk.member", slug=consortium.slug, member_id=member.public_id), 303)
    card = cards.make_card(db.session, member, person, by=signed_in(), at=now())
    address = url_for("desk.card", slug=consortium.slug, member_id=member.public_id, card_id=card.public_id)
    return redirect(address, 303)


def _admit(consortium: Consortium, form: NewMemberForm) -> Member:
    """The address of a firm is made of its English name, or of nothing that tells anything."""
    wished = words_of(form.name_en.data or "") or f"firm-{public_id()}"
    for slug in (wished, f"{wished[:50]}-{public_id()[:4]}"):
        try:
            return admit_member(db.session, consortium, form.firm(slug), form.contact(), by=signed_in(), at=now())
        except AddressRefused:
            continue
    raise LookupError("no address is free for the firm")
