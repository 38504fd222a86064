"""A member thinks again: takes back what the office has not decided, or lets go of a change that was begun."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from catalogue.extensions import db
from catalogue.products import listing
from catalogue.products.models import Product
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.loaders import own_product_at
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint


@blueprint.post("/products/<product_id>/take-back")
@requires("product.take_back", load=own_product_at)
def take_back(found: Product) -> Any:
    """Have what was sent as a draft again."""
    address = url_for("studio.product", product_id=found.public_id)
    try:
        listing.take_back(db.session, found, by=signed_in(), at=now())
    except listing.SomebodyWasFirst:
        db.session.rollback()
        flash(_("The office has already decided. This is how it stands now."), "error")
    else:
        flash(_("Taken back. You can change it and send it again."), "success")
    return redirect(address, 303)


@blueprint.post("/products/<product_id>/discard")
@requires("product.discard", load=own_product_at)
def discard(found: Product) -> Any:
    """Let go of a change that was begun; the listing stays as the public sees it."""
    address = url_for("studio.product", product_id=found.public_id)
    try:
        listing.discard(db.session, found, by=signed_in(), at=now())
    except listing.SomebodyWasFirst:
        db.session.rollback()
        flash(_("The office has already decided. This is how it stands now."), "error")
    else:
        flash(_("Your change is let go. The catalogue stays as it is."), "success")
    return redirect(address, 303)
