"""One product as a museum label: what it is, what it costs, how long it takes, and how one asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from flask import abort, redirect, url_for

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.products import at_hand, shown
from catalogue.products.models import MakingRight, Product, ProductVersion
from catalogue.products.shelf import Choice, Shelf, shelf_of
from catalogue.products.shown import Card
from catalogue.text import slug as words_of
from catalogue.web.access import public
from catalogue.web.content import prices, product_url, reference_of, today, whole_address
from catalogue.web.kept import kept
from catalogue.web.photographs import ready
from catalogue.web.storefront import blueprint, label, structured
from catalogue.web.storefront.showing import consortium_or_404, member_count, show

RELATED = 4
LOOKED_AT = 1000
DIVIDED = frozenset({MakingRight.SHARED, MakingRight.OPEN})


@dataclass(frozen=True)
class Beside:
    """What stands beside a product: pieces of the same hand, and of the other members in the turn of the day."""

    own: list[Card]
    others: list[Card]


@blueprint.get("/<lang>/<slug>/products/<string(length=10):product_id>")
@blueprint.get("/<lang>/<slug>/products/<string(length=10):product_id>-<words>")
@public
@kept("consortium")
def product(slug: str, product_id: str, words: str = "") -> Any:
    """The label. The id decides; other words lead to the right ones. What was withdrawn answers 410, and says so."""
    consortium = consortium_or_404(slug)
    found = shown.product_at(db.session, consortium, product_id) or abort(404)
    if not found.is_visible or found.published is None:
        return withdrawn(consortium, found), 410
    if words != words_of(found.published.name.en):
        return redirect(product_url(found, slug=slug), 301)
    return page(consortium, found, found.published)


def withdrawn(consortium: Consortium, product: Product) -> str:
    """The page of what the public sees no longer: ways on, and nothing of what it said."""
    category = product.published.category if product.published else ""
    known = sector(consortium.sector_key).category(category)
    return show(
        "storefront/withdrawn.html",
        consortium,
        product=product,
        category=known.key if known else "",
        beside=beside(consortium, product),
    )


def page(consortium: Consortium, product: Product, version: ProductVersion) -> str:
    """The page of a product that the public sees."""
    photos, priced = ready(version.photos), prices(version, consortium)
    heads, rows = label.price_table(consortium, version, priced)
    address = whole_address(product_url(product, slug=consortium.slug))
    return show(
        "storefront/product.html",
        consortium,
        product=product,
        version=version,
        photos=photos,
        missing=label.missing_truths(consortium, version),
        identity=label.identity(consortium, product.reference, version),
        trade=label.trade(consortium, version, product.making_right),
        price_term=label.price_term(consortium, version),
        price_head=heads,
        price_rows=rows,
        least_value=label.least_value(version, priced),
        reference=reference_of(consortium) if sector(consortium.sector_key).priced_by_metal else None,
        fine_part=Decimal(version.fineness or 0) / 1000,
        certificates=label.certificate_blocks(consortium, version, today()),
        packing=label.packing(consortium, version),
        details=label.details(consortium, version),
        is_divided=product.making_right in DIVIDED,
        beside=beside(consortium, product),
        member_count=member_count(consortium),
        category_url=url_for("storefront.products", slug=consortium.slug, category=version.category),
        robots_facts=structured.product(consortium, product.reference, version, priced, photos, address),
    )


def beside(consortium: Consortium, product: Product) -> Beside:
    """Other pieces in the turn of the day: of the same maker, and of the others; its own category comes first."""
    shelf = shelf_of(db.session, consortium)
    this, maker, members = shelf.position_of(product.id), product.member_id, shelf.members
    places = [place for place in in_turn(shelf, product) if place != this]
    own = [shelf.ids[each] for each in islice((each for each in places if members[each] == maker), RELATED)]
    others = [shelf.ids[each] for each in islice((each for each in places if members[each] != maker), RELATED)]
    cards = {card.id: card for card in at_hand.cards(db.session, own + others, [consortium])}
    return Beside(*([cards[each] for each in row if each in cards] for row in (own, others)))


def in_turn(shelf: Shelf, product: Product) -> Iterable[int]:
    """Places on the shelf: those of this product's category first, each part in the turn of the day.

    Only the first of the turn are looked at, so that the page does not grow with the catalogue.
    """
    order = shelf.order("turn", today())[:LOOKED_AT]
    alike = shelf.chosen(Choice(category=(product.published.category if product.published else "",)))
    return dict.fromkeys([*shelf.in_order(alike, order), *order])
