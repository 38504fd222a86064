"""The history of a listing: every version, who wrote it, what it changed, and bringing an earlier one back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.products import clearing, history, restoring
from catalogue.products.models import Product, ProductVersion
from catalogue.web.access import requires
from catalogue.web.compared import rows_of
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page, place_of_product
from catalogue.web.desk.listing_acts import refused, take_step
from catalogue.web.loaders import product_at
from catalogue.web.moved_on import words_of_act
from catalogue.web.part_words import name_of_part, names_of_parts

AGAINST = {"public", "nothing"}


@dataclass(frozen=True)
class Earlier:
    """One version of a product, found by the address."""

    product: Product
    version: ProductVersion

    @property
    def consortium_id(self) -> int:
        """The consortium that it belongs to."""
        return self.product.consortium_id


def earlier_at(slug: str, product_id: str, number: int, **_others: Any) -> Earlier | None:
    """A version of a product of this consortium, by its number."""
    product = product_at(slug, product_id)
    version = restoring.version_numbered(db.session, product, number) if product else None
    return Earlier(product, version) if product and version else None


@blueprint.get("/<slug>/products/<product_id>/history", endpoint="history")
@requires("listing.review", load=product_at)
def show_history(product: Product) -> Any:
    """Versions and acts, the newest first, and what was found to be no contact."""
    return desk_page(
        "desk/history.html",
        product.consortium,
        place_of_product(product),
        product=product,
        steps=history.history_of(db.session, product),
        trade=sector(product.consortium.sector_key),
        cleared=clearing.cleared_in(db.session, product),
        words_of_act=words_of_act,
        names_of_parts=names_of_parts,
        name_of_part=name_of_part,
    )


@blueprint.get("/<slug>/products/<product_id>/history/<int:number>")
@requires("listing.review", load=earlier_at)
def version(earlier: Earlier) -> Any:
    """One version against the one before it, against what the public sees, or alone (`?against=`)."""
    product, shown, view = earlier.product, earlier.version, request.args.get("against", "")
    before = _compared_with(product, shown, view)
    return desk_page(
        "desk/version.html",
        product.consortium,
        place_of_product(product),
        product=product,
        version=shown,
        before=before,
        view=view if view in AGAINST else "before",
        rows=[] if before is shown else rows_of(before, shown, product.consortium),
    )


def _compared_with(product: Product, shown: ProductVersion, view: str) -> ProductVersion | None:
    if view == "nothing":
        return None
    if view == "public" and product.published is not None:
        return product.published
    return restoring.version_numbered(db.session, product, shown.number - 1)


@blueprint.post("/<slug>/products/<product_id>/history/<int:number>/restore")
@requires("listing.restore", load=earlier_at)
def restore(earlier: Earlier) -> Response:
    """Bring it back as a new version: for review, or before the public at once."""
    product, version = earlier.product, earlier.version
    at_once = request.form.get("then") == "publish"
    step: Callable[..., None] = restoring.publish_again if at_once else restoring.propose_again
    done = _("Brought back and published.") if at_once else _("Brought back. It waits for review.")
    try:
        return take_step(product, step, done, version=version)
    except restoring.ProposalIsOpen:
        address = url_for("desk.review_product", slug=product.consortium.slug, product_id=product.public_id)
        return refused(address, _("A proposal for this listing is open. Decide it, or have it discarded, first."))
