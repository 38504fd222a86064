"""Choosing what else a figure is said of: another kind of goods, a technique, one product; in pieces or in grams."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalogue.consortia.models import Member
from catalogue.consortia.sector import sector
from catalogue.consortia.trade import Term
from catalogue.extensions import db
from catalogue.inquiries import terms
from catalogue.products.models import ListingStatus, Product
from catalogue.routing import stating
from catalogue.routing.capacity_models import CapacityOf
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.language import language
from catalogue.web.loaders import own_member
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page
from catalogue.web.studio.calendar import back_to, lines_of

GRAM = "GRM"
BEGINS_WITH = {GRAM: 1000}
"""What a new figure begins with, by unit; 10 of anything counted. The buttons move it from there."""


@dataclass(frozen=True)
class Choice:
    """One thing that a figure can be said of."""

    of: CapacityOf
    key: str
    name: str
    begins_with: int | None = None

    @property
    def value(self) -> str:
        """How its button names it."""
        return f"{self.of.value}:{self.key}"


@blueprint.get("/calendar/more")
@requires("capacity.keep", load=own_member)
def more_capacity(member: Member) -> Any:
    """What can be chosen."""
    return _page(member)


@blueprint.post("/calendar/more")
@requires("capacity.keep", load=own_member)
def add_capacity(member: Member) -> Any:
    """Begin a figure; the buttons on the calendar move it."""
    unit = request.form.get("unit", terms.DEFAULT_UNIT)
    choices = {each.value: each for _words, group in choices_for(member) for each in group}
    chosen = choices.get(request.form.get("of", ""))
    if chosen is None or unit not in units_of(member):
        return _page(member, _("Choose one of these."))
    line = next((each for each in lines_of(member) if (each.of, each.key, each.unit) == (*_of(chosen), unit)), None)
    if line is not None:
        return back_to(line.anchor)
    figure = BEGINS_WITH.get(unit) or chosen.begins_with or 10
    row = stating.say_capacity(
        db.session, member.consortium, member, *_of(chosen), unit, figure, by=signed_in(), at=now()
    )
    return back_to(f"line-{row.of.value}-{row.key}-{row.unit}")


def choices_for(member: Member) -> list[tuple[str, list[Choice]]]:
    """All that a figure of this firm can be about, in groups with their titles."""
    trade = sector(member.consortium.sector_key)
    products = [_of_product(each) for each in _products(member)]
    groups = [
        (_("A kind of goods"), [_of_term(CapacityOf.CATEGORY, each) for each in trade.categories]),
        (_("A technique"), [_of_term(CapacityOf.TECHNIQUE, each) for each in trade.techniques]),
        (_("One product of yours"), products),
    ]
    return [(title, group) for title, group in groups if group]


def units_of(member: Member) -> dict[str, str]:
    """In what a figure can be counted: pieces, and grams where things are priced by their metal."""
    units = {terms.DEFAULT_UNIT: _("Pieces")}
    return {**units, GRAM: _("Grams of metal")} if sector(member.consortium.sector_key).priced_by_metal else units


def _of(choice: Choice) -> tuple[CapacityOf, str]:
    return choice.of, choice.key


def _of_term(of: CapacityOf, each: Term) -> Choice:
    return Choice(of, each.key, each.name.in_(language()))


def _of_product(product: Product) -> Choice:
    version = product.published
    name = version.name.in_(language()) if version else product.reference
    return Choice(CapacityOf.PRODUCT, product.public_id, name, version.monthly_capacity if version else None)


def _products(member: Member) -> list[Product]:
    query = select(Product).where(
        Product.consortium_id == member.consortium_id,
        Product.member_id == member.id,
        Product.status == ListingStatus.PUBLISHED,
    )
    return list(db.session.scalars(query.options(joinedload(Product.published)).order_by(Product.id)))


def _page(member: Member, problem: str = "") -> Any:
    page = studio_page(
        "studio/calendar_more.html",
        member.consortium,
        member,
        "calendar",
        groups=choices_for(member),
        units=units_of(member),
        unit=request.form.get("unit", terms.DEFAULT_UNIT),
        problem=problem,
    )
    return page, 422 if problem else 200
