"""Beginning a product, changing it while nobody reviews it, and sending it to the office."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia.models import Member
from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.products import editing, listing
from catalogue.products.editing import Content
from catalogue.products.models import Product
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.loaders import own_member, own_product_at
from catalogue.web.product_words import names_of
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page
from catalogue.web.studio.product_form import ProductForm


@blueprint.route("/products/new", methods=["GET", "POST"])
@requires("product.create", load=own_member)
def new_product(member: Member) -> Any:
    """The first page of a product; its photographs follow on the next."""
    terms = sector(member.consortium.sector_key)
    form = ProductForm.of(terms)
    if form.validate_on_submit():
        content = form.content(Content(currency=member.consortium.currency))
        product = editing.create_draft(db.session, member, content, by=signed_in(), at=now())
        return redirect(url_for("studio.product", product_id=product.public_id), 303)
    page = studio_page("studio/new_product.html", member.consortium, member, "new_product", form=form, sector=terms)
    return page, 422 if form.errors else 200


@blueprint.get("/products/<product_id>")
@requires("product.read", load=own_product_at)
def product(found: Product) -> Any:
    """One product: its photographs, its form while it may be changed, and how it stands."""
    return product_page(found, ProductForm.of(sector(found.consortium.sector_key), found))


@blueprint.post("/products/<product_id>")
@requires("product.edit", load=own_product_at)
def edit_product(found: Product) -> Any:
    """Save what was typed, unless somebody saved after this page was opened."""
    form = ProductForm.of(sector(found.consortium.sector_key), found)
    if not form.validate_on_submit():
        return product_page(found, form, status=422)
    before = editing.content_of(found.working) if found.working else Content(currency=found.consortium.currency)
    typed = (form.opened_version.data or "")[:9]
    opened = int(typed) if typed.isdecimal() else 0
    try:
        editing.edit(db.session, found, form.content(before), opened_version=opened, by=signed_in(), at=now())
    except editing.ChangedMeanwhile:
        return product_page(found, form, status=409, changed=True)
    flash(_("Saved."), "success")
    return _back(found)


@blueprint.post("/products/<product_id>/submit")
@requires("product.submit", load=own_product_at)
def submit_product(found: Product) -> Any:
    """Send it to the office, which completes, translates and publishes it."""
    try:
        listing.submit(db.session, found, by=signed_in(), at=now())
    except listing.NotReady as refusal:
        db.session.rollback()
        flash(_("Not sent yet. Still missing: %(fields)s", fields=", ".join(names_of(refusal.missing))), "error")
        return _back(found)
    except listing.SomebodyWasFirst:
        db.session.rollback()
        flash(_("It was sent already."), "error")
        return _back(found)
    flash(_("Sent to the office."), "success")
    return redirect(url_for("studio.products"), 303)


def product_page(
    found: Product, form: ProductForm, *, status: int = 200, changed: bool = False, problem: str | None = None
) -> Any:
    """The page of one product, with what is wrong on it."""
    page = studio_page(
        "studio/product.html",
        found.consortium,
        found.member,
        "products",
        product=found,
        version=found.working,
        form=form,
        sector=sector(found.consortium.sector_key),
        changed=changed,
        problem=problem,
    )
    return page, status


def _back(found: Product) -> Response:
    return redirect(url_for("studio.product", product_id=found.public_id), 303)
