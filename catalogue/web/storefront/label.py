"""The museum label of a product: its rows in the reader's words."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import Detail, sector
from catalogue.products.models import PhotoKind, ProductVersion
from catalogue.products.pricing import Price
from catalogue.web.content import term
from catalogue.web.figures import centimetres, day, fineness, grams, kilograms, money, number, pieces, unit_of
from catalogue.web.language import language

Rows = list[tuple[str, str]]

# The other kinds of truth that a buyer looks for, with the icon of their empty frame.
TRUTHS = {PhotoKind.DETAIL: "eye", PhotoKind.SCALE: "ruler", PhotoKind.MARK: "stamp", PhotoKind.MAKER: "hand"}
ASSAY = ("fineness_state", "assay_result", "assay_method", "assay_laboratory", "assay_on", "mark")


def materials(consortium: Consortium, version: ProductVersion) -> str:
    """The materials, the first with its fineness: "Silver 925 ‰, wood"."""
    named = [term(consortium.sector_key, "material", key) for key in version.materials]
    if named and version.fineness:
        named[0] = f"{named[0]} {fineness(version.fineness)}"
    return listed(named)


def techniques(consortium: Consortium, version: ProductVersion) -> str:
    """The techniques: "Raised, chased"."""
    return listed([term(consortium.sector_key, "technique", key) for key in version.techniques])


def listed(words: list[str]) -> str:
    """Words in a row; of English ones the first alone begins with a capital."""
    if language() == "en":
        words = words[:1] + [word[:1].lower() + word[1:] for word in words[1:]]
    return ", ".join(words)


def weight(version: ProductVersion) -> str:
    """The weight with its tolerance: "412 g, ± 5 %"."""
    known = grams(version.net_weight_g)
    if known and version.weight_tolerance_percent:
        return f"{known}, ±\u00a0{number(version.weight_tolerance_percent)}\u00a0%"
    return known


def price_table(
    consortium: Consortium, version: ProductVersion, prices: tuple[Price, ...]
) -> tuple[list[str], list[Any]]:
    """The heads and rows of the prices by quantity; metal and making apart where they are priced apart."""
    unit = unit_of(version, consortium)
    first = unit[:1].upper() + unit[1:]
    if any(price.metal for price in prices):
        heads = [first, _("Metal"), _("Making"), _("Each")]
        return heads, [[steps(each), money(each.metal), money(each.making), money(each.each)] for each in prices]
    return [first, _("Each")], [[steps(each), money(each.each)] for each in prices]


def steps(price: Price) -> str:
    """From how many to how many: "5–19", "50+"."""
    if price.until is None:
        return f"{number(price.quantity)}+"
    return f"{number(price.quantity)}–{number(price.until)}"


def packing(consortium: Consortium, version: ProductVersion) -> Rows:
    """How it is packed; empty where nobody said."""
    if not version.carton_pieces:
        return []
    size = centimetres(version.carton_length_mm, version.carton_width_mm, version.carton_height_mm)
    held = pieces(version.carton_pieces, version, consortium)
    rows = [
        (_("Carton"), ", ".join(filter(None, (held, size)))),
        (_("Gross weight"), kilograms(version.carton_gross_kg)),
    ]
    return [row for row in rows if row[1]]


def missing_truths(version: ProductVersion) -> Rows:
    """The kinds of photograph not yet taken, with their icons, in the order of their empty frames."""
    words = {
        PhotoKind.DETAIL: _("Detail: not yet taken"),
        PhotoKind.SCALE: _("In a hand: not yet taken"),
        PhotoKind.MARK: _("Mark: not yet taken"),
        PhotoKind.MAKER: _("At work: not yet taken"),
    }
    there = {photo.kind for photo in version.photos if photo.file.is_ready}
    return [(icon, words[kind]) for kind, icon in TRUTHS.items() if kind not in there]


def details(consortium: Consortium, version: ProductVersion) -> tuple[Rows, Rows]:
    """What the sector asks beside the rest: the assay of a sample, where there is one, and everything else."""
    known = [(each, version.details.get(each.key)) for each in sector(consortium.sector_key).details]
    rows = [(each.key, each.label.in_(language()), value_of(each, value)) for each, value in known]
    is_assayed = version.details.get("assay_result") is not None
    assay = [(label, words) for key, label, words in rows if words and is_assayed and key in ASSAY]
    others = [(label, words) for key, label, words in rows if words and not (is_assayed and key in ASSAY)]
    return assay, others


def value_of(detail: Detail, value: Any) -> str:
    """A value of a detail in the reader's words; "" where there is none."""
    if value is None or value == "":
        return ""
    if detail.kind == "choice":
        return next((each.name.in_(language()) for each in detail.choices if each.key == value), "")
    if detail.kind == "yes-no":
        return _("Yes") if value else _("No")
    if detail.kind == "date":
        return day(date.fromisoformat(str(value)))
    return number(Decimal(str(value))) if detail.kind == "number" else str(value)
