"""Reviewing what members sent: read it as the public will, publish it, send it back, or withdraw it."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.products import listing, readiness
from catalogue.products.models import Product
from catalogue.products.reviewing import Queue, waiting
from catalogue.text import clean_text
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.loaders import consortium_at, product_at
from catalogue.web.product_words import FIELD_NAMES, names_of
from catalogue.web.signed_in import signed_in

FIRST = _l("Somebody was a moment before you. This is how it stands now.")
RETURNABLE = ("name", "summary", "description", "category", "materials", "net_weight_g", "tiers", "photos")


@blueprint.get("/<slug>/review", endpoint="review")
@requires("listing.review", load=consortium_at)
def show_queue(consortium: Consortium) -> Any:
    """What waits, the longest wait first."""
    return desk_page("desk/review.html", consortium, "review", products=waiting(db.session, Queue(consortium)))


@blueprint.get("/<slug>/review/<product_id>")
@requires("listing.review", load=product_at)
def review_product(product: Product) -> Any:
    """Both languages side by side, what is missing, and contacts that were found."""
    return _page(product)


@blueprint.post("/<slug>/review/<product_id>/publish")
@requires("listing.publish", load=product_at)
def publish(product: Product) -> Any:
    """Show it to the public, unless something is missing or a contact stands in its text."""
    try:
        listing.publish(db.session, product, by=signed_in(), at=now())
    except (listing.NotReady, listing.ContactInText):
        return _page(product, status=422)
    except listing.SomebodyWasFirst:
        return _refused(product, str(FIRST))
    flash(_("Published."), "success")
    return redirect(url_for("desk.review", slug=product.consortium.slug), 303)


@blueprint.post("/<slug>/review/<product_id>/return")
@requires("listing.return", load=product_at)
def return_to_member(product: Product) -> Any:
    """Send it back with a reason beside each field."""
    given = {field: clean_text(request.form.get(f"reason-{field}", ""))[:2000] for field in RETURNABLE}
    reasons = [listing.Reason(field, text) for field, text in given.items() if text]
    if not reasons:
        return _page(product, problem=_("Write a reason beside at least one field."), given=given, status=422)
    try:
        listing.return_to_member(db.session, product, reasons, by=signed_in(), at=now())
    except listing.SomebodyWasFirst:
        return _refused(product, str(FIRST))
    flash(_("Sent back to the member."), "success")
    return redirect(url_for("desk.review", slug=product.consortium.slug), 303)


@blueprint.post("/<slug>/review/<product_id>/withdraw")
@requires("listing.withdraw", load=product_at)
def withdraw(product: Product) -> Any:
    """Take it out of the catalogue."""
    try:
        listing.withdraw(db.session, product, by=signed_in(), at=now())
    except listing.SomebodyWasFirst:
        return _refused(product, str(FIRST))
    flash(_("Withdrawn from the catalogue."), "success")
    return redirect(url_for("desk.review_product", slug=product.consortium.slug, product_id=product.public_id), 303)


def _refused(product: Product, words: str) -> Response:
    address = url_for("desk.review_product", slug=product.consortium.slug, product_id=product.public_id)
    db.session.rollback()
    flash(words, "error")
    return redirect(address, 303)


def _page(
    product: Product, *, problem: str | None = None, given: dict[str, str] | None = None, status: int = 200
) -> Any:
    version, terms = product.working, sector(product.consortium.sector_key)
    page = desk_page(
        "desk/review_product.html",
        product.consortium,
        "review",
        product=product,
        version=version,
        missing=names_of(readiness.missing_for_publication(version, terms)) if version else [],
        leaks=readiness.leaks_in(version, product.consortium.public_contacts) if version else {},
        returnable=[(field, FIELD_NAMES[field]) for field in RETURNABLE],
        given=given or {},
        problem=problem,
    )
    return page, status
