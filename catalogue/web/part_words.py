"""The parts of a listing in people's words: their names, and what a version says in each, in both languages."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.consortia.trade import DETAILS, Detail, Sector, Term
from catalogue.inquiries import terms
from catalogue.products.parts import TEXTS, Said
from catalogue.text import LANGUAGES, Bilingual
from catalogue.web.figures import centimetres, day, days, fineness, grams, kilograms, money, number, pieces, size_of
from catalogue.web.product_words import FIELD_NAMES, in_words, lacking, name_of

PART_NAMES: dict[str, LazyString] = {
    "office_price": _l("Price asked of the office"),
    "monthly_capacity": _l("How many in a month"),
    "sample": _l("Sample"),
    "carton": _l("Packed carton"),
    "origin": _l("Made in"),
    "member": _l("The firm has left the consortium"),
    "making_right": _l("Made for one buyer alone: never listed"),
    "unseen.photos": _l("A photograph that is still being made ready: wait a minute, and look at it first"),
}
Words = Bilingual | str


def name_of_part(part: str, trade: Sector | None = None) -> str:
    """The name of a part, or of a field of one ("name_en"), in the reader's words."""
    if part in PART_NAMES:
        return str(PART_NAMES[part])
    return str(FIELD_NAMES[part]) if part in FIELD_NAMES else name_of(part, trade)


def names_of_parts(parts: Iterable[str], trade: Sector | None = None) -> str:
    """Names of parts in a row."""
    return ", ".join(name_of_part(part, trade) for part in parts)


def words_of_lacking(fields: Iterable[str], trade: Sector) -> str:
    """What keeps a listing from being shown, in a row: fields that it lacks, and reasons that no field mends."""
    return ", ".join(str(PART_NAMES[each]) if each in PART_NAMES else lacking([each], trade)[0] for each in fields)


def words_of_part(said: Said, part: str, consortium: Consortium) -> Words:
    """What is said in a part: in both languages where words stand for it, else one text for both."""
    if part in TEXTS:
        return getattr(said, part)
    trade = sector(consortium.sector_key)
    if part.startswith(DETAILS):
        asked = trade.asked.get(part)
        return _detail(said.details.get(part.removeprefix(DETAILS)), asked, trade, said)
    return SAID[part](said, consortium, trade)


def sided(words: Words) -> Bilingual:
    """The words on both sides."""
    return words if isinstance(words, Bilingual) else Bilingual(words, words)


def _terms(known: Callable[[str], Term | None], keys: Iterable[str]) -> Bilingual:
    named = [(known(key), key) for key in keys if key]
    sides = (", ".join((term.name.in_(side) if term else key) for term, key in named) for side in LANGUAGES)
    return Bilingual(*sides)


def _detail(value: Any, asked: Detail | None, trade: Sector, said: Said) -> Words:
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return Bilingual(**{side: str(value.get(side) or "") for side in LANGUAGES})
    if asked is None:
        return str(value)
    if asked.kind == "choice":
        return _terms({choice.key: choice for choice in asked.choices}.get, [str(value)])
    if asked.kind == "date":
        return day(date.fromisoformat(str(value)))
    unit = in_words(asked.unit, trade, said)
    return f"{number(value) if asked.kind == 'number' else value} {unit}".strip()


def _weight(said: Said, _consortium: Consortium, _trade: Sector) -> str:
    tolerance = said.weight_tolerance_percent
    return f"{grams(said.net_weight_g)} ± {number(tolerance)} %" if tolerance else grams(said.net_weight_g)


def _asked_of_office(said: Said, _consortium: Consortium, _trade: Sector) -> str:
    return money(said.office_price, said.office_currency)


def _prices(said: Said, consortium: Consortium, _trade: Sector) -> str:
    steps = [(pieces(tier.quantity, said, consortium), money(tier.amount, said.currency)) for tier in said.tiers]
    return "\n".join(_("from %(quantity)s: %(price)s", quantity=quantity, price=price) for quantity, price in steps)


def _lead_time(said: Said, consortium: Consortium, _trade: Sector) -> str:
    if said.lead_time_days is None or not said.lead_time_for:
        return days(said.lead_time_days)
    quantity = pieces(said.lead_time_for, said, consortium)
    return _("%(days)s for %(quantity)s", days=days(said.lead_time_days), quantity=quantity)


def _sample(said: Said, _consortium: Consortium, _trade: Sector) -> str:
    if not said.sample_available:
        return ""
    price = money(said.sample_price, said.currency) if said.sample_price is not None else ""
    return ", ".join(filter(None, [_("Can be made first"), price, days(said.sample_days)]))


def _carton(said: Said, consortium: Consortium, _trade: Sector) -> str:
    sizes = (said.carton_length_mm, said.carton_width_mm, said.carton_height_mm)
    gross = kilograms(said.carton_gross_kg)
    return " · ".join(filter(None, [pieces(said.carton_pieces, said, consortium), centimetres(*sizes), gross]))


def _country(said: Said, _consortium: Consortium, _trade: Sector) -> Words:
    word = terms.countries().get(said.origin)
    return word.name if word else said.origin


SAID: dict[str, Callable[[Said, Consortium, Sector], Words]] = {
    "category": lambda said, _consortium, trade: _terms(trade.category, [said.category]),
    "materials": lambda said, _consortium, trade: _terms(trade.material, said.materials),
    "techniques": lambda said, _consortium, trade: _terms(trade.technique, said.techniques),
    "net_weight_g": _weight,
    "fineness": lambda said, _consortium, _trade: fineness(said.fineness) if said.fineness else "",
    "size": lambda said, _consortium, _trade: size_of(said),
    "office_price": _asked_of_office,
    "tiers": _prices,
    "minimum_order": lambda said, consortium, _trade: pieces(said.minimum_order, said, consortium),
    "lead_time_days": _lead_time,
    "monthly_capacity": lambda said, consortium, _trade: pieces(said.monthly_capacity, said, consortium),
    "sample": _sample,
    "carton": _carton,
    "hs_code": lambda said, _consortium, _trade: said.hs_code,
    "origin": _country,
}
