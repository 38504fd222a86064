"""All products of a consortium, in whatever state."""

from typing import Any

from flask import request, url_for

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.products.models import ListingStatus
from catalogue.products.reviewing import products_in
from catalogue.web.access import requires
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.loaders import consortium_at
from catalogue.web.product_words import STATUS_NAMES


@blueprint.get("/<slug>/products", endpoint="products")
@requires("listing.review", load=consortium_at)
def show_products(consortium: Consortium) -> Any:
    """Every product, or those in the state that `?status=` names."""
    asked = request.args.get("status", "")
    status = ListingStatus(asked) if asked in set(ListingStatus) else None
    tabs = [
        (words, url_for("desk.products", slug=consortium.slug, status=each.value), each is status, None)
        for each, words in STATUS_NAMES.items()
    ]
    return desk_page(
        "desk/products.html",
        consortium,
        "products",
        products=products_in(db.session, consortium, status),
        status_shown=status,
        status_tabs=tabs,
    )
