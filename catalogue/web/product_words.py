"""What people call the fields and states of a product."""

from collections.abc import Iterable

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.products.models import ListingStatus

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
