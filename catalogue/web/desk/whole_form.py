"""The whole form of a listing as the desk lays it out: texts in pairs, then sections of what belongs together."""

from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from catalogue.consortia.trade import DETAILS
from catalogue.products.parts import TEXTS


@dataclass(frozen=True)
class Section:
    """Fields under one heading; of `pairs` the Lao one stands beside the English one."""

    title: LazyString
    fields: tuple[Any, ...] = ()
    pairs: tuple[tuple[Any, Any], ...] = ()


WORDS = _l("Words, in both languages")
SECTIONS: tuple[tuple[LazyString, tuple[str, ...]], ...] = (
    (_l("What it is"), ("category", "materials", "techniques")),
    (
        _l("Weight and size"),
        (
            *("net_weight_g", "weight_tolerance_percent", "fineness"),
            *("diameter_mm", "length_mm", "width_mm", "depth_mm", "height_mm"),
        ),
    ),
    (_l("Price"), ("office_price", "office_currency", "tiers", "currency")),
    (
        _l("Ordering"),
        (
            *("minimum_order", "unit", "lead_time_days", "lead_time_for", "monthly_capacity"),
            *("sample_available", "sample_price", "sample_days"),
        ),
    ),
    (
        _l("Trade and packing"),
        (
            *("hs_code", "origin", "carton_pieces", "carton_length_mm", "carton_width_mm", "carton_height_mm"),
            "carton_gross_kg",
        ),
    ),
)
OF_THE_TRADE = _l("Of this trade")


def sections_of(form: Any) -> list[Section]:
    """The fields of the form in their sections; what no section names stands in the last one."""
    known = {field.name: field for field in form.asked}
    pairs = tuple((known.pop(f"{text}_lo"), known.pop(f"{text}_en")) for text in TEXTS if f"{text}_lo" in known)
    named = [Section(title, tuple(known.pop(name) for name in names if name in known)) for title, names in SECTIONS]
    own = Section(OF_THE_TRADE, tuple(sorted(known.values(), key=lambda field: not field.name.startswith(DETAILS))))
    return [section for section in (Section(WORDS, pairs=pairs), *named, own) if section.fields or section.pairs]
