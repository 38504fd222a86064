"""One product as a museum label: what it is, what it costs, how long it takes, and how one asks."""

from decimal import Decimal
from typing import Any

from flask import abort, redirect, url_for

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.products import shown
from catalogue.products.models import Product, ProductVersion
from catalogue.products.shelf import Choice, shelf_of
from catalogue.products.shown import Card
from catalogue.text import slug as words_of
from catalogue.web.access import public
from catalogue.web.content import prices, product_url, reference_of, today, whole_address
from catalogue.web.pager import ids_in_order
from catalogue.web.photographs import ready
from catalogue.web.storefront import blueprint, label, structured
from catalogue.web.storefront.showing import consortium_or_404, member_count, show

RELATED = 4


@blueprint.get("/<lang>/<slug>/products/<string(length=10):product_id>")
@blueprint.get("/<lang>/<slug>/products/<string(length=10):product_id>-<words>")
@public
def product(slug: str, product_id: str, words: str = "") -> Any:
    """The label. The id decides; other words lead to the right ones. What was withdrawn answers 410, and says so."""
    consortium = consortium_or_404(slug)
    found = shown.product_at(db.session, consortium, product_id) or abort(404)
    if not found.is_visible or found.published is None:
        return show("storefront/withdrawn.html", consortium, related=related(consortium, found)), 410
    if words != words_of(found.published.name.en):
        return redirect(product_url(found, slug=slug), 301)
    return page(consortium, found, found.published)


def page(consortium: Consortium, product: Product, version: ProductVersion) -> str:
    """The page of a product that the public sees."""
    photos, priced = ready(version.photos), prices(version, consortium)
    assay, details = label.details(consortium, version)
    heads, rows = label.price_table(consortium, version, priced)
    address = whole_address(product_url(product, slug=consortium.slug))
    return show(
        "storefront/product.html",
        consortium,
        product=product,
        version=version,
        photos=photos,
        missing=label.missing_truths(version),
        materials=label.materials(consortium, version),
        techniques=label.techniques(consortium, version),
        weight=label.weight(version),
        packing=label.packing(consortium, version),
        assay=assay,
        details=details,
        price_head=heads,
        price_rows=rows,
        reference=reference_of(consortium) if sector(consortium.sector_key).priced_by_metal else None,
        fine_part=Decimal(version.fineness or 0) / 1000,
        related=related(consortium, product),
        member_count=member_count(consortium),
        category_url=url_for("storefront.products", slug=consortium.slug, category=version.category),
        robots_facts=structured.product(consortium, product.reference, version, priced, photos, address),
    )


def related(consortium: Consortium, product: Product) -> list[Card]:
    """Other pieces in the turn of the day: of its category, and of all where there are fewer than four."""
    shelf = shelf_of(db.session, consortium)
    alike = shelf.chosen(Choice(category=(product.published.category if product.published else "",)))
    order = shelf.order("turn", today())
    near, far = ids_in_order(shelf, alike, order), order[: 2 * RELATED]
    ids = dict.fromkeys([*near[: RELATED + 1], *(shelf.ids[each] for each in far)])
    return shown.cards(db.session, [each for each in ids if each != product.id][:RELATED])
