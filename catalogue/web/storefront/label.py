"""The museum label of a product: its rows in the reader's words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import prod
from typing import Any

from flask_babel import gettext as _

from catalogue import lao
from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import Detail, sector
from catalogue.inquiries import terms
from catalogue.money import NBSP, Money
from catalogue.products.certificates import Paper, certificates_of, is_said
from catalogue.products.models import MakingRight, PhotoKind, ProductVersion
from catalogue.products.pricing import Price
from catalogue.web.content import listed, term
from catalogue.web.figures import (
    centimetres,
    day,
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

# Pairs of term and value; a third item is the language of a value that is not in the reader's.
Row = tuple[str, str] | tuple[str, str, str | None]
Rows = list[Row]

# The other kinds of truth that a buyer looks for, with the icon of their empty frame.
TRUTHS = {PhotoKind.DETAIL: "eye", PhotoKind.SCALE: "ruler", PhotoKind.MARK: "stamp", PhotoKind.MAKER: "hand"}
WEIGHTS = frozenset({"GRM", "KGM", "TNE"})
# Said beside the fineness.
BASIS = "fineness_state"


@dataclass(frozen=True)
class CertificateBlock:
    """A paper as the page shows it; `ended` is its last day where that is past."""

    title: str
    rows: Rows
    ended: str = ""


# -- what it is --


def identity(consortium: Consortium, reference: str, version: ProductVersion) -> Rows:
    """What the piece is: reference, material, fineness, weight, size, technique. A buyer reads what nobody stated."""
    return [
        (_("Reference"), reference),
        (_("Material"), materials(consortium, version)),
        (_("Fineness"), fineness_and_basis(consortium, version)),
        (_("Weight"), weight(version, consortium) or _("Not stated: ask the office")),
        (_("Size"), size_of(version) or ("" if version.unit in WEIGHTS else _("Not stated: ask the office"))),
        (_("Technique"), techniques(consortium, version)),
    ]


def trade(consortium: Consortium, version: ProductVersion, right: MakingRight) -> Rows:
    """How it is sold: whose design, how few, sample, origin, customs code."""
    return [
        (_("Design"), design(right)),
        (_("Minimum order"), minimum(consortium, version)),
        (_("Sample"), sample(version)),
        (_("Origin"), origin(version)),
        (_("HS code"), version.hs_code),
    ]


def materials(consortium: Consortium, version: ProductVersion) -> str:
    """The materials, the first with its fineness: "Silver 925 ‰, wood"."""
    named = [term(consortium.sector_key, "material", key) for key in version.materials]
    if named and version.fineness:
        named[0] = f"{named[0]} {fineness(version.fineness)}"
    return listed(named)


def fineness_and_basis(consortium: Consortium, version: ProductVersion) -> str:
    """The fineness with what it stands on: "925 ‰, sample assayed"; "" where it stands on nothing said."""
    basis = next((each for each in sector(consortium.sector_key).details if each.key == BASIS), None)
    words = value_of(basis, version.details.get(BASIS)) if basis else ""
    return listed([fineness(version.fineness), words]) if version.fineness and words else ""


def techniques(consortium: Consortium, version: ProductVersion) -> str:
    """The techniques: "Raised, chased"."""
    return listed([term(consortium.sector_key, "technique", key) for key in version.techniques])


def weight(version: ProductVersion, consortium: Consortium | None = None) -> str:
    """The weight with its tolerance: "412 g, ± 5 %"; of a pair or a set, "168 g a pair, ± 5 %"."""
    known = "" if version.unit in WEIGHTS else grams(version.net_weight_g)
    if known and consortium and version.unit != terms.DEFAULT_UNIT:
        known = _("%(weight)s for one %(unit)s", weight=known, unit=unit_of(version, consortium, 1))
    if known and version.weight_tolerance_percent:
        return f"{known}, ±{NBSP}{number(version.weight_tolerance_percent)}{NBSP}%"
    return known or (_("Sold by weight") if version.unit in WEIGHTS else "")


def design(right: MakingRight) -> str:
    """Who may make it, as far as a buyer should know."""
    words = {
        MakingRight.OWN: _("The maker's own, made by nobody else"),
        MakingRight.OPEN: _("The maker's own; other members help with a large order"),
        MakingRight.SHARED: _("A shared pattern that several members make"),
        MakingRight.BUYER: _("Made for one buyer alone"),
    }
    return words[right]


def minimum(consortium: Consortium, version: ProductVersion) -> str:
    """The least that can be ordered, in its unit and by weight: "5 pieces, about 2,060 g"."""
    least = pieces(version.minimum_order, version, consortium)
    if not version.minimum_order or version.net_weight_g is None or version.unit in WEIGHTS:
        return least
    return _("%(pieces)s, about %(weight)s", pieces=least, weight=grams(version.net_weight_g * version.minimum_order))


def sample(version: ProductVersion) -> str:
    """Whether one may see a piece first, and on what conditions."""
    if version.sample_available:
        return _("Can be asked for first; the office answers with its price and days")
    return _("None is kept; ask the office")


def origin(version: ProductVersion) -> str:
    """The country it is made in."""
    country = terms.countries().get(version.origin)
    return country.name.in_(language()) if country else ""


# -- what it costs --


def price_term(consortium: Consortium, version: ProductVersion) -> str:
    """The term above the lowest price: of one piece, or of one kilogram, pair, metre."""
    if version.unit == terms.DEFAULT_UNIT:
        return _("From, each")
    return _("From, one %(unit)s", unit=unit_of(version, consortium, 1))


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


def least_value(version: ProductVersion, prices: tuple[Price, ...]) -> str:
    """What the smallest order comes to; "" where the price is on request."""
    step = next((each for each in reversed(prices) if each.quantity <= (version.minimum_order or 0)), None)
    if step is None or version.minimum_order is None:
        return ""
    return money(Money(step.each.amount * version.minimum_order, step.each.currency))


# -- how it is packed --


def packing(consortium: Consortium, version: ProductVersion) -> Rows:
    """How it is packed; empty where nobody said."""
    if not version.carton_pieces:
        return []
    rows: Rows = [
        (_("In a carton"), pieces(version.carton_pieces, version, consortium)),
        (_("Carton"), centimetres(version.carton_length_mm, version.carton_width_mm, version.carton_height_mm)),
        (_("Volume"), cubic_metres(version)),
        (_("Gross weight"), kilograms(version.carton_gross_kg)),
        (_("Net weight"), net_of_carton(version)),
    ]
    return [row for row in rows if row[1]]


def cubic_metres(version: ProductVersion) -> str:
    """The volume of a carton, computed from its sides: "0.112 m³"."""
    sides = [version.carton_length_mm, version.carton_width_mm, version.carton_height_mm]
    known = [Decimal(side) / 1000 for side in sides if side is not None]
    if len(known) < len(sides):
        return ""
    return held(_("%(number)s m³", number=number(prod(known, start=Decimal(1)).quantize(Decimal("0.001")))))


def net_of_carton(version: ProductVersion) -> str:
    """What the pieces in a carton weigh, computed: "3.3 kg"."""
    if version.net_weight_g is None or not version.carton_pieces:
        return ""
    return kilograms((version.net_weight_g * version.carton_pieces / 1000).quantize(Decimal("0.1")))


# -- what its sector asks --


def certificate_blocks(consortium: Consortium, version: ProductVersion, on: date) -> list[CertificateBlock]:
    """The papers on it, each with what is known of it."""
    return [_block(paper, on) for paper in certificates_of(sector(consortium.sector_key), version.details)]


def _block(paper: Paper, on: date) -> CertificateBlock:
    rows = [_row(detail, value) for detail, value in paper.said]
    return CertificateBlock(paper.kind.name.in_(language()), rows, "" if paper.is_valid(on) else day(paper.expires_on))


def details(consortium: Consortium, version: ProductVersion) -> Rows:
    """What the sector asks beside the rest and no certificate tells."""
    trade = sector(consortium.sector_key)
    told = {detail.key for paper in certificates_of(trade, version.details) for detail, _value in paper.said} | {BASIS}
    known = [(each, version.details.get(each.key)) for each in trade.details if each.is_public and each.key not in told]
    return [_row(each, value) for each, value in known if is_said(value)]


def _row(detail: Detail, value: Any) -> Row:
    return detail.label.in_(language()), value_of(detail, value), spoken(str(value)) if detail.kind == "text" else None


def spoken(text: str) -> str | None:
    """The language of what a person typed, where it is not the reader's."""
    said = "lo" if lao.has_lao(text) else "en"
    return None if said == language() else said


def value_of(detail: Detail, value: Any) -> str:
    """A value of a detail in the reader's words; "" where there is none."""
    if not is_said(value):
        return ""
    if detail.kind == "choice":
        return next((each.name.in_(language()) for each in detail.choices if each.key == value), "")
    if detail.kind == "yes-no":
        return _("Yes") if value else _("No")
    if detail.kind == "date":
        return day(date.fromisoformat(str(value)))
    is_figure = detail.kind == "number" and not detail.key.endswith("_year")
    return number(Decimal(str(value))) if is_figure else str(value)


# -- photographs --


def missing_truths(consortium: Consortium, version: ProductVersion) -> list[tuple[str, str]]:
    """The kinds of photograph not yet taken, with their icons, in the order of their empty frames."""
    has_mark = sector(consortium.sector_key).priced_by_metal
    words = {
        PhotoKind.DETAIL: _("Detail: not yet taken"),
        PhotoKind.SCALE: _("In a hand: not yet taken"),
        PhotoKind.MARK: _("Mark: not yet taken") if has_mark else _("Back or underside: not yet taken"),
        PhotoKind.MAKER: _("At work: not yet taken"),
    }
    there = {photo.kind for photo in version.photos if photo.file.is_ready}
    return [(icon, words[kind]) for kind, icon in TRUTHS.items() if kind not in there]
