"""What templates may call to say a thing: figures, terms of a sector, prices, photographs, addresses."""

import json
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, url_for
from markupsafe import Markup

from catalogue.consortia.models import Consortium, MetalReference
from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.products import pricing
from catalogue.products.models import Product
from catalogue.products.shown import Card
from catalogue.products.translation import is_machine
from catalogue.text import slug as words_of
from catalogue.web.clock import in_vientiane, now
from catalogue.web.figures import (
    centimetres,
    day,
    days,
    fineness,
    grams,
    held,
    kilograms,
    money,
    number,
    pieces,
    size_of,
    unit_of,
)
from catalogue.web.language import language
from catalogue.web.marking import marked
from catalogue.web.photographs import photo_sources, ready
from config import Settings

# -- words of a sector --


def term(sector_key: str, kind: str, key: str) -> str:
    """A "category", "material" or "technique" in the reader's language; a key that the sector lacks stays as it is."""
    found = getattr(sector(sector_key), kind)(key)
    return found.name.in_(language()) if found else key


def sector_name(consortium: Consortium) -> str:
    """The trade of a consortium in one word: "Silver"."""
    return sector(consortium.sector_key).name.in_(language())


def listed(words: list[str]) -> str:
    """Words in a row; of English ones the first alone begins with a capital."""
    if language() == "en":
        words = words[:1] + [word[:1].lower() + word[1:] for word in words[1:]]
    return ", ".join(words)


def card_facts(thing: Any, consortium: Consortium) -> list[str]:
    """What a card says below the name: material, weight where it is priced or nothing else is known, size."""
    size, trade = size_of(thing, is_brief=True), sector(consortium.sector_key)
    materials = [term(consortium.sector_key, "material", key) for key in thing.materials[:2]]
    first = listed(materials[:1] if thing.fineness else materials)
    if thing.fineness:
        first = f"{first} {held(fineness(thing.fineness))}"
    weight = grams(thing.net_weight_g) if trade.priced_by_metal or not size else ""
    return [fact for fact in (first, weight, size) if fact]


# -- prices --


def today() -> date:
    """The date in Vientiane."""
    return in_vientiane(now()).date()


def reference_of(consortium: Consortium) -> MetalReference | None:
    """The metal reference that prices of a consortium stand on today; all of them are read once for a page."""
    if "metal_references" not in g:
        g.metal_references = pricing.latest_references(db.session, today())
    return g.metal_references.get((consortium.id, consortium.sector_key))


def prices(thing: Any, consortium: Consortium) -> tuple[pricing.Price, ...]:
    """The prices by quantity of a version or card."""
    trade = sector(consortium.sector_key)
    return pricing.prices_of(thing, trade, reference_of(consortium) if trade.priced_by_metal else None)


def price_from(thing: Any, consortium: Consortium) -> str:
    """The lowest price of one unit, "" where it is on request."""
    return money(min((price.each for price in prices(thing, consortium)), key=lambda each: each.amount, default=None))


# -- addresses and data for machines --


def product_url(product: Product | Card, lang: str | None = None, slug: str | None = None, **more: Any) -> str:
    """The address of a product's page: its id and the words of its English name. A card needs its consortium's slug."""
    version = product if isinstance(product, Card) else product.published or product.working
    words = words_of(version.name.en) if version else ""
    place = slug or product.consortium.slug  # type: ignore[union-attr]
    named = {"words": words} if words else {}
    values = {"slug": place, "product_id": product.public_id, "lang": lang or language(), **named, **more}
    return url_for("storefront.product", **values)


def is_demo_site() -> bool:
    """Whether this whole site is a demonstration: for pages that belong to no consortium."""
    return bool(current_app.config["SETTINGS"].DEMO)


def whole_address(path: str) -> str:
    """A path of this site as others can open it."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.SITE_URL.rstrip("/") + path


def json_ld(data: Any) -> Markup:
    """Data for search engines inside <script type="application/ld+json">: no character in it can end the element."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(written)  # noqa: S704 - what HTML could read is escaped above


def once(macro: Callable[..., Markup]) -> Callable[..., Markup]:
    """A macro whose words depend on nothing but its arguments, written once for each of them."""
    return lru_cache(maxsize=200)(macro)


SAID: tuple[Any, ...] = (
    *(number, money, grams, kilograms, centimetres, size_of, days, day, pieces, unit_of, fineness),
    *(term, listed, sector_name, card_facts, prices, price_from, marked, is_machine),
    *(photo_sources, ready, product_url, whole_address, is_demo_site, json_ld, once),
)


def init_app(app: Flask) -> None:
    """Give templates these words, as functions and as filters."""
    words = {each.__name__: each for each in SAID}
    app.jinja_env.globals.update(words)
    app.jinja_env.filters.update(words)
