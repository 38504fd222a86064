"""A firm's own products: what waits for the member first."""

from typing import Any

from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.products.models import ListingStatus, Product
from catalogue.products.reviewing import products_of
from catalogue.web.access import requires
from catalogue.web.loaders import own_member
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page

GROUPS = (
    ("waits", {ListingStatus.RETURNED, ListingStatus.DRAFT}),
    ("office", {ListingStatus.SUBMITTED}),
    ("shown", {ListingStatus.PUBLISHED, ListingStatus.WITHDRAWN}),
)


@blueprint.get("/", endpoint="products")
@requires("product.list", load=own_member)
def show_products(member: Member) -> Any:
    """What was sent back or begun, what the office looks at, what is in the catalogue."""
    found = products_of(db.session, member)
    groups = [(name, [each for each in found if each.status in states]) for name, states in GROUPS]
    for _name, products in groups:
        products.sort(key=_returned_first)
    return studio_page("studio/products.html", member.consortium, member, "products", groups=groups)


def _returned_first(product: Product) -> bool:
    return product.status is not ListingStatus.RETURNED
