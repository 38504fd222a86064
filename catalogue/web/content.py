"""What templates may call to say a thing: money, weights, sizes, dates, terms of a sector, photographs, addresses."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from flask import Flask, current_app, g, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from catalogue.consortia.models import Consortium, MetalReference
from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.inquiries import terms
from catalogue.money import CURRENCIES, NBSP, Money, format_money, format_number
from catalogue.products import pricing
from catalogue.products.models import Product, ProductPhoto
from catalogue.products.shown import Card, Photo
from catalogue.text import Bilingual
from catalogue.text import slug as words_of
from catalogue.web.clock import in_vientiane, now
from catalogue.web.language import language
from catalogue.web.marking import marked
from config import Settings

KILOGRAMS_FROM = 5000


# -- numbers --


def number(value: Decimal | int | None) -> str:
    """A number with its groups and decimals in the reader's language."""
    return "" if value is None else format_number(value, language())


def money(value: Money | Decimal | int | str | None, currency: str | None = None) -> str:
    """An amount in the reader's language: `money(Money)` or `money(amount, "USD")`; "" where there is none."""
    if value is None or value == "":
        return ""
    given = value if isinstance(value, Money) else Money(Decimal(value), currency if currency in CURRENCIES else "USD")
    return format_money(given, language())


def held(words: str) -> str:
    """Number and unit on one line: spaces become no-break spaces."""
    return words.replace(" ", NBSP)


def grams(weight: Decimal | int | None) -> str:
    """A weight given in grams, from 5 kg up in kilograms."""
    if weight is None:
        return ""
    if weight >= KILOGRAMS_FROM:
        return held(_("%(number)s kg", number=number(Decimal(weight) / 1000)))
    return held(_("%(number)s g", number=number(weight)))


def kilograms(weight: Decimal | int | None) -> str:
    """A weight given in kilograms."""
    return "" if weight is None else held(_("%(number)s kg", number=number(weight)))


def centimetres(*lengths_mm: Decimal | int | None) -> str:
    """Lengths given in millimetres, as "55 × 55 × 37 cm"; "" where one is missing."""
    if None in lengths_mm:
        return ""
    sizes = f"{NBSP}× ".join(number(_cm(each)) for each in lengths_mm)
    return held_last(_("%(sizes)s cm", sizes=sizes))


def held_last(words: str) -> str:
    """The unit at the end held to its number; the line may break between the sizes."""
    before, space, unit = words.rpartition(" ")
    return f"{before}{NBSP}{unit}" if space else words


def _cm(length_mm: Any) -> Decimal:
    return (Decimal(length_mm) / 10).normalize() + 0


SIZES = ("diameter_mm", "length_mm", "width_mm", "depth_mm", "height_mm")


def size_of(thing: Any, *, is_brief: bool = False) -> str:
    """The size of a version or card: "Ø 22.5 × H 13.2 cm"; length by width, and a brief size, without letters."""
    known = [(name, number(_cm(getattr(thing, name)))) for name in SIZES if getattr(thing, name) is not None]
    names = [name for name, _size in known]
    if not known:
        return ""
    if "diameter_mm" not in names and (names == ["length_mm", "width_mm"] or (is_brief and len(known) > 1)):
        return centimetres(*(getattr(thing, name) for name in names))
    labels = {
        "diameter_mm": "Ø %(size)s",
        "length_mm": _("L %(size)s"),
        "width_mm": _("W %(size)s"),
        "depth_mm": _("D %(size)s"),
        "height_mm": _("H %(size)s"),
    }
    sizes = f"{NBSP}× ".join(held(labels[name] % {"size": size}) for name, size in known)
    return held_last(_("%(sizes)s cm", sizes=sizes))


def days(count: int | None) -> str:
    """A number of days."""
    return "" if count is None else held(ngettext("%(num)s day", "%(num)s days", count))


def day(on: date | None) -> str:
    """A date: "3 November 2026", "3 ພະຈິກ 2026"."""
    return "" if on is None else format_date(on, "d MMMM y")


def pieces(count: int | None, thing: Any, consortium: Consortium) -> str:
    """A quantity of a product in its own unit: "5 pieces", "5 ໜ່ວຍ"; Lao counts each category by its classifier."""
    return "" if count is None else held(f"{number(count)} {unit_of(thing, consortium, count)}")


def unit_of(thing: Any, consortium: Consortium, count: int = 2) -> str:
    """The unit of a version or card, as it is said after `count`."""
    category = sector(consortium.sector_key).category(thing.category)
    if thing.unit != terms.DEFAULT_UNIT or category is None or not category.classifier:
        return terms.unit_after(thing.unit, count, language())
    word = category.classifier.in_(language())
    return word if language() == "lo" or count == 1 else plural(word)


def plural(word: str) -> str:
    """The plural of an English classifier: pieces, boxes."""
    return word + ("es" if word.endswith(("x", "s", "ch", "sh")) else "s")


# -- words of a sector --


def term(sector_key: str, kind: str, key: str) -> str:
    """A "category", "material" or "technique" in the reader's language; a key that the sector lacks stays as it is."""
    found = getattr(sector(sector_key), kind)(key)
    return found.name.in_(language()) if found else key


def sector_name(consortium: Consortium) -> str:
    """The trade of a consortium in one word: "Silver"."""
    return sector(consortium.sector_key).name.in_(language())


def card_facts(thing: Any, consortium: Consortium) -> list[str]:
    """What a card says below the name: material, weight where it is priced or nothing else is known, size."""
    size, trade = size_of(thing, is_brief=True), sector(consortium.sector_key)
    materials = [term(consortium.sector_key, "material", key) for key in thing.materials[:2]]
    first = ", ".join(materials[:1] if thing.fineness else materials)
    if thing.fineness:
        first = f"{first} {held(fineness(thing.fineness))}"
    weight = grams(thing.net_weight_g) if trade.priced_by_metal or not size else ""
    return [fact for fact in (first, weight, size) if fact]


def fineness(parts: int) -> str:
    """Parts of pure metal in a thousand: "925 ‰"."""
    return f"{parts}{NBSP}‰"


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


# -- photographs --


@dataclass(frozen=True)
class Sources:
    """What the `picture` macro writes: addresses by format, a size that holds the place, and a ground to wait on."""

    avif: str
    webp: str
    jpeg: str
    src: str
    large: str
    width: int
    height: int
    colour_class: str
    alt: Bilingual


def photo_sources(photo: Any) -> Sources | None:
    """The addresses of a photograph (a shown `Photo`, a `ProductPhoto` or a file); None until its sizes are made."""
    shown = as_photo(photo)
    if shown is None:
        return None
    avif, webp, jpeg = (_srcset(shown, ending) for ending in ("avif", "webp", "jpg"))
    middle = min(shown.widths, key=lambda width: abs(width - 800))
    src, large = (photo_address(shown.public_id, width) for width in (middle, shown.widths[-1]))
    return Sources(avif, webp, jpeg, src, large, shown.width, shown.height, colour_class(shown.colour), shown.alt)


def as_photo(photo: Any) -> Photo | None:
    """A photograph in whatever way it came; None until its sizes are made."""
    if photo is None or isinstance(photo, Photo):
        return photo
    return Photo.of(photo.file, photo.alt) if isinstance(photo, ProductPhoto) else Photo.of(photo)


def ready(photos: Iterable[Any]) -> list[Photo]:
    """Those of these photographs whose sizes are made."""
    return [shown for shown in map(as_photo, photos) if shown]


def photo_address(public_id: str, width: int, ending: str = "jpg") -> str:
    """Where one size of a photograph is served (`storefront.photo`)."""
    return f"/media/{public_id}/{width}.{ending}"


def _srcset(photo: Photo, ending: str) -> str:
    return ", ".join(f"{photo_address(photo.public_id, width, ending)} {width}w" for width in photo.widths)


# The sixteen grounds of static/css/blocks/picture.css, in their order.
MATS = (
    *("#8a8078", "#b3a087", "#2a2b31", "#5b2a33", "#333a54", "#2f5254", "#4b3645", "#5a5f38"),
    *("#80573a", "#a6813f", "#5d5f66", "#a5807c", "#8f6a55", "#a9aaab", "#d9cdb8", "#23303a"),
)


@cache
def colour_class(colour: str | None) -> str:
    """The class of the ground nearest to a colour ("#rrggbb"); stone for none."""
    if not colour:
        return "mat-0"
    return f"mat-{min(range(len(MATS)), key=lambda mat: _distance(MATS[mat], colour))}"


def _distance(one: str, other: str) -> int:
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return sum((a - b) ** 2 for a, b in pairs)


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


SAID: tuple[Any, ...] = (
    *(number, money, grams, kilograms, centimetres, size_of, days, day, pieces, unit_of, fineness),
    *(term, sector_name, card_facts, prices, price_from, marked),
    *(photo_sources, ready, product_url, whole_address, is_demo_site, json_ld),
)


def init_app(app: Flask) -> None:
    """Give templates these words, as functions and as filters."""
    words = {each.__name__: each for each in SAID}
    app.jinja_env.globals.update(words)
    app.jinja_env.filters.update(words)
