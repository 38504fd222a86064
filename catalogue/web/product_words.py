"""What people call the fields and states of a product."""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector, sectors
from catalogue.consortia.trade import Detail, Sector, filled_in
from catalogue.inquiries import terms
from catalogue.money import CURRENCIES, Money
from catalogue.products.models import ListingStatus, ProductVersion
from catalogue.products.translation import UNREAD
from catalogue.text import Bilingual
from catalogue.web.content import days, fineness, grams, money, pieces, size_of, term
from catalogue.web.figures import plural
from catalogue.web.language import language

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
    """What a firm reads of its own product beyond the texts, its price to the office with it, as rows for `facts`."""
    if version is None:
        return []
    key = consortium.sector_key
    own = Money(version.office_price, version.office_currency) if version.office_price is not None else None
    price = [Money(tier.amount, version.currency) for tier in version.tiers]
    return [
        (str(FIELD_NAMES["category"]), term(key, "category", version.category)),
        (str(FIELD_NAMES["materials"]), ", ".join(term(key, "material", each) for each in version.materials)),
        (str(FIELD_NAMES["techniques"]), ", ".join(term(key, "technique", each) for each in version.techniques)),
        (str(FIELD_NAMES["net_weight_g"]), grams(version.net_weight_g)),
        (str(FIELD_NAMES["fineness"]), fineness(version.fineness) if version.fineness else ""),
        (str(FIELD_NAMES["size"]), size_of(version)),
        (str(FIELD_NAMES["minimum_order"]), pieces(version.minimum_order, version, consortium)),
        (name_of("office_price", sector(key)), money(own) if own else ""),
        (str(FIELD_NAMES["lead_time_days"]), days(version.lead_time_days)),
        (str(FIELD_NAMES["tiers"]), " · ".join(map(money, price))),
        (str(FIELD_NAMES["hs_code"]), version.hs_code),
    ]


# -- names of fields --


def names_of(fields: Iterable[str], trade: Sector | None = None) -> list[str]:
    """Field names in the reader's words: "name_en" becomes "Name, in English", "details.finish" "Finish"."""
    return [name_of(field, trade) for field in fields]


def lacking(fields: Iterable[str], trade: Sector) -> list[str]:
    """Names of what lacks; where one answer alone may stand, with that answer: "Antique (must be “No”)"."""
    return [_with_answer(field, trade) for field in fields]


def _with_answer(field: str, trade: Sector) -> str:
    asked = trade.asked.get(field)
    if asked is None or asked.must is None:
        return name_of(field, trade)
    named = {choice.key: choice.name.in_(language()) for choice in asked.choices}
    answer = (
        (_("Yes") if asked.must else _("No")) if isinstance(asked.must, bool) else named.get(asked.must, asked.must)
    )
    return _("%(field)s (must be “%(answer)s”)", field=name_of(field, trade), answer=answer)


def name_of(field: str, trade: Sector | None = None) -> str:
    """One field's name in the reader's words, as its sector says it; an unknown key stays as it is."""
    if field.startswith(UNREAD):
        return _("%(field)s (by a machine: read it first)", field=name_of(field.removeprefix(UNREAD), trade))
    stem, _mark, side = field.rpartition("_")
    if side == "en" and stem in FIELD_NAMES:
        return _("%(field)s, in English", field=FIELD_NAMES[stem])
    if side == "lo" and stem in FIELD_NAMES:
        return _("%(field)s, in Lao", field=FIELD_NAMES[stem])
    if field in FIELD_NAMES:
        return str(FIELD_NAMES[field])
    asked = _asked(field, trade)
    return asked.label.in_(language()) if asked else field


def _asked(field: str, trade: Sector | None) -> Detail | None:
    """What a key asks in a sector; without one, in the first that asks it."""
    among = [trade] if trade else sectors()
    return next((each.asked[field] for each in among if field in each.asked), None)


# -- words that count --


def counting_words(trade: Sector, thing: Any = None) -> tuple[str, str]:
    """What counts a version or card, after one and after many: "bowl", "bowls"; its unit, else its classifier."""
    unit = getattr(thing, "unit", None) or terms.DEFAULT_UNIT
    category = trade.category(getattr(thing, "category", "") or "")
    if unit != terms.DEFAULT_UNIT or category is None or not category.classifier:
        return terms.unit_after(unit, 1, language()), terms.unit_after(unit, 2, language())
    word = category.classifier.in_(language())
    return word, word if language() == "lo" else plural(word)


def in_words(words: Bilingual, trade: Sector, thing: Any = None) -> str:
    """The words of a sector's file in the reader's language, with what counts this product in its places."""
    return filled_in(words.in_(language()), *counting_words(trade, thing))


def currency_word(code: str) -> str:
    """A currency behind a number: "ກີບ", "kip", "USD"."""
    known = CURRENCIES.get(code)
    if language() == "lo" and known and known.lao_word:
        return known.lao_word
    return SAID_IN_ENGLISH.get(code, code)


SAID_IN_ENGLISH = {"LAK": "kip", "THB": "baht"}


def init_app(app: Flask) -> None:
    """Give templates the facts of a product and the names of its fields and states."""
    app.jinja_env.globals.update(
        product_facts=product_facts, field_name=name_of, field_names=FIELD_NAMES, listing_status=STATUS_NAMES
    )
    app.jinja_env.globals.update(in_words=in_words, currency_word=currency_word)
