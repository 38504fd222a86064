"""What people call the fields and states of a product."""

from collections.abc import Iterable

from flask import Flask
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.consortia.models import Consortium
from catalogue.money import Money
from catalogue.products.models import ListingStatus, ProductVersion
from catalogue.web.content import days, fineness, grams, money, pieces, size_of, term

FIELD_NAMES: dict[str, LazyString] = {
    "name": _l("Name"),
    "summary": _l("In one sentence"),
    "description": _l("Description"),
    "care": _l("Care"),
    "category": _l("Category"),
    "materials": _l("Material"),
    "techniques": _l("Technique"),
    "net_weight_g": _l("Weight"),
    "fineness": _l("Fineness"),
    "size": _l("Size"),
    "minimum_order": _l("Minimum order"),
    "lead_time_days": _l("Lead time"),
    "tiers": _l("Price"),
    "photos": _l("Photographs"),
    "hs_code": _l("HS code"),
}

STATUS_NAMES: dict[ListingStatus, LazyString] = {
    ListingStatus.DRAFT: _l("Draft"),
    ListingStatus.SUBMITTED: _l("Sent to the office"),
    ListingStatus.RETURNED: _l("Sent back"),
    ListingStatus.PUBLISHED: _l("In the catalogue"),
    ListingStatus.WITHDRAWN: _l("Withdrawn"),
}


def product_facts(version: ProductVersion | None, consortium: Consortium) -> list[tuple[str, str]]:
    """What is said of a product beyond its texts, as pairs of term and value for the macro `facts`."""
    if version is None:
        return []
    key = consortium.sector_key
    price = [Money(tier.amount, version.currency) for tier in version.tiers]
    return [
        (str(FIELD_NAMES["category"]), term(key, "category", version.category)),
        (str(FIELD_NAMES["materials"]), ", ".join(term(key, "material", each) for each in version.materials)),
        (str(FIELD_NAMES["techniques"]), ", ".join(term(key, "technique", each) for each in version.techniques)),
        (str(FIELD_NAMES["net_weight_g"]), grams(version.net_weight_g)),
        (str(FIELD_NAMES["fineness"]), fineness(version.fineness) if version.fineness else ""),
        (str(FIELD_NAMES["size"]), size_of(version)),
        (str(FIELD_NAMES["minimum_order"]), pieces(version.minimum_order, version, consortium)),
        (str(FIELD_NAMES["lead_time_days"]), days(version.lead_time_days)),
        (str(FIELD_NAMES["tiers"]), " · ".join(map(money, price))),
        (str(FIELD_NAMES["hs_code"]), version.hs_code),
    ]


def names_of(fields: Iterable[str]) -> list[str]:
    """Field names in the reader's words: "name_en" becomes "Name, in English"."""
    return [name_of(field) for field in fields]


def name_of(field: str) -> str:
    """One field's name in the reader's words; a key that nobody named stays as it is."""
    stem, _mark, language = field.rpartition("_")
    if language == "en" and stem in FIELD_NAMES:
        return _("%(field)s, in English", field=FIELD_NAMES[stem])
    if language == "lo" and stem in FIELD_NAMES:
        return _("%(field)s, in Lao", field=FIELD_NAMES[stem])
    return str(FIELD_NAMES.get(field, field))


def init_app(app: Flask) -> None:
    """Give templates the facts of a product and the names of its fields and states."""
    app.jinja_env.globals.update(
        product_facts=product_facts, field_name=name_of, field_names=FIELD_NAMES, listing_status=STATUS_NAMES
    )
