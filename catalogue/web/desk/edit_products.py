"""A few facts of trade of several products at once: days, least order, category; every row keeps its own version."""

from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from wtforms import HiddenField, SelectChoice, SelectField

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.products import revising
from catalogue.products.content import Content
from catalogue.products.editing import ChangedMeanwhile, content_of
from catalogue.products.models import Product
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.desk.products import PAGE, grid_of
from catalogue.web.fields import QuantityField
from catalogue.web.language import language
from catalogue.web.loaders import consortium_at
from catalogue.web.signed_in import signed_in

FACTS = ("category", "minimum_order", "lead_time_days")


class FactsForm(FlaskForm):
    """The facts of one row."""

    class Meta:
        csrf = False

    opened_version = HiddenField()
    category = SelectField(_l("Category"), validate_choice=False)
    minimum_order = QuantityField(_l("Minimum order"))
    lead_time_days = QuantityField(_l("Lead time"))

    def content(self, before: Content) -> Content:
        """What was typed, over what was said before."""
        return replace(
            before,
            category=self.category.data or "",
            minimum_order=self.minimum_order.data,
            lead_time_days=self.lead_time_days.data,
        )

    @property
    def opened(self) -> int:
        """The version of the row that was opened."""
        typed = (self.opened_version.data or "")[:9]
        return int(typed) if typed.isdecimal() else 0


@dataclass(frozen=True)
class EditRow:
    """A product with its form. `clash`: what somebody else saved meanwhile, None where nobody did."""

    product: Product
    form: FactsForm
    clash: Content | None = None

    @property
    def changed(self) -> Content | None:
        """What is to be saved; None where it says the same as before."""
        before = content_of(self.product.working) if self.product.working else Content()
        after = self.form.content(before)
        return after if after != before else None


@blueprint.get("/<slug>/products/edit", endpoint="edit_products")
@requires("listing.revise", load=consortium_at)
def show(consortium: Consortium) -> Any:
    """The rows that the address narrows the grid to, a page of them."""
    found = grid_of(consortium, "desk.edit_products")
    return _page(consortium, [_row(row.product) for row in found.rows if row.product.working])


@blueprint.post("/<slug>/products/edit", endpoint="save_products")
@requires("listing.revise", load=consortium_at)
def save(consortium: Consortium) -> Any:
    """Save the rows that changed, all of them or none: a wrong figure or somebody else's change stops them together."""
    rows = [_row(each) for each in _asked(consortium)]
    if [row for row in rows if not row.form.validate()]:
        return _page(consortium, rows, status=422)
    changed = [(row, content) for row in rows if (content := row.changed)]
    if any(row.form.opened != row.product.version for row, _content in changed):
        return _page(consortium, _clashing(rows), status=409)
    try:
        for row, content in changed:
            opened, at = row.form.opened, now()
            revising.revise(db.session, row.product, content, opened_version=opened, by=signed_in(), at=at)
    except ChangedMeanwhile:
        db.session.rollback()
        return _page(consortium, _clashing([_row(each) for each in _asked(consortium)]), status=409)
    flash(
        _("%(number)s products were changed. What the public sees changes with the review.", number=len(changed)),
        "success",
    )
    return redirect(grid_of(consortium).filters.url(), 303)


def _asked(consortium: Consortium) -> list[Product]:
    """The products that the form names, of this consortium and no other; a page of them at most."""
    ids = request.form.getlist("product")[:PAGE]
    query = (
        select(Product)
        .where(Product.consortium_id == consortium.id, Product.public_id.in_(ids), Product.working_id.is_not(None))
        .options(joinedload(Product.member), selectinload(Product.working))
        .order_by(Product.reference)
    )
    return list(db.session.scalars(query))


def _row(product: Product) -> EditRow:
    data = {name: getattr(product.working, name) for name in FACTS}
    form = FactsForm(prefix=product.public_id, data={**data, "opened_version": str(product.version)})
    known = sector(product.consortium.sector_key).categories
    form.category.choices = [
        SelectChoice("", ""),
        *(SelectChoice(each.key, each.name.in_(language())) for each in known),
    ]
    return EditRow(product, form)


def _clashing(rows: list[EditRow]) -> list[EditRow]:
    """The rows again: those that moved on with what was saved meanwhile, to be saved over only on purpose."""
    again = []
    for row in rows:
        has_moved = row.form.opened != row.product.version and row.changed is not None
        if has_moved:
            row.form.opened_version.data = str(row.product.version)
        again.append(replace(row, clash=content_of(row.product.working) if has_moved and row.product.working else None))
    return again


def _page(consortium: Consortium, rows: list[EditRow], *, status: int = 200) -> Any:
    problems = [
        (f"{row.product.public_id}-{name}", f"{row.product.reference}: {row.form[name].errors[0]}")
        for row in rows
        for name in FACTS
        if row.form[name].errors
    ]
    page = desk_page(
        "desk/edit_products.html",
        consortium,
        "products",
        rows=rows,
        problems=problems,
        has_clash=status == 409,
        asked=grid_of(consortium).filters.args(),
    )
    return page, status
