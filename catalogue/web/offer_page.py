"""What a member reads of a call: the picture, what is wanted, by when. All from the call, nothing of who asks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import select

from catalogue.consortia.by_law_models import PriceRule
from catalogue.consortia.models import Member
from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.inquiries.models import InquiryLine
from catalogue.money import in_words_en, in_words_lo
from catalogue.products.models import Product, ProductVersion
from catalogue.routing.free_time import free
from catalogue.routing.models import Call
from catalogue.web.clock import VIENTIANE, in_vientiane, now
from catalogue.web.figures import days, grams, money, pieces, size_of, unit_of
from catalogue.web.inquiry_words import country_name
from catalogue.web.language import language
from catalogue.web.photographs import ready


@dataclass(frozen=True)
class Usual:
    """What stands in the form already: how many the firm has free until the day, how many days it usually needs."""

    quantity: int | None
    days: int | None
    free: int | None


def days_given(call: Call) -> int | None:
    """Days from the call to the day the work must be there: what an offer's days are compared with."""
    return (call.needed_by - call.sent_at.astimezone(VIENTIANE).date()).days if call.needed_by else None


def closing_words(call: Call) -> str:
    """When the call closes, as people say it: "Friday 20 November, 16:00"."""
    local = in_vientiane(call.closes_at)
    return f"{format_date(local.date(), 'EEEE d MMMM')}, {local.hour}:{local.minute:02}"


def quantity_words(call: Call, quantity: int | None = None) -> str:
    """A number of what is wanted, with its unit: "150 pieces"; of nothing said, all that is wanted."""
    return pieces(call.quantity if quantity is None else quantity, call, call.consortium)


def unit_words(call: Call) -> str:
    """The unit that is counted, as it stands behind a field."""
    return unit_of(call, call.consortium, 2)


def together_words(call: Call, quantity: int, in_days: int) -> str:
    """An answer in one line, to be read back: "150 pieces in 30 days"."""
    return _("%(quantity)s in %(days)s", quantity=quantity_words(call, quantity), days=days(in_days))


def version_of(call: Call) -> ProductVersion | None:
    """The listing that the line was asked of, as it was then. Of the line its keys alone are read."""
    query = select(ProductVersion).join(InquiryLine, InquiryLine.product_version_id == ProductVersion.id)
    return db.session.scalar(
        query.where(InquiryLine.consortium_id == call.consortium_id, InquiryLine.id == call.line_id)
    )


def asked(call: Call, version: ProductVersion | None) -> dict[str, Any]:
    """What the page shows of a call, in words."""
    photos = ready(version.photos) if version else []
    return {
        "photo": photos[0] if photos else None,
        "closes": closing_words(call),
        "large": _large(call),
        "facts": [(term, said) for term, said in _facts(call, version) if said],
        "all_words": _all_words(call),
        "days_given": days_given(call),
        "is_sealed_charge": call.price_rule is PriceRule.SEALED,
        "is_metal": sector(call.consortium.sector_key).priced_by_metal,
        "unit": unit_words(call),
    }


def _all_words(call: Call) -> str:
    """What "all of it" means: the whole number, within the days there are."""
    given = days_given(call)
    return together_words(call, call.quantity, given) if given and given > 0 else quantity_words(call)


def usual(call: Call, member: Member, version: ProductVersion | None) -> Usual:
    """What is likely this firm's answer, from what it said of a month and of its listings."""
    found = free(
        db.session,
        call.consortium,
        [member.id],
        product_id=_product_id(call),
        category=call.category,
        technique=call.technique,
        unit=call.unit,
        until=call.needed_by,
        at=now(),
    )[member.id]
    most = None if found.pieces is None else min(found.pieces, call.quantity)
    return Usual(_in_lots(most, call.lot), _lead_time(call, member), most)


def _in_lots(quantity: int | None, lot: int) -> int | None:
    """Whole lots of a quantity; nothing where there is not one."""
    return None if quantity is None else quantity // lot * lot or None


def _lead_time(call: Call, member: Member) -> int | None:
    """The longest lead time of the firm's published listings of this category; never longer than there is time."""
    query = (
        select(ProductVersion.lead_time_days)
        .join(Product, Product.published_id == ProductVersion.id)
        .where(Product.consortium_id == call.consortium_id, Product.member_id == member.id)
        .where(ProductVersion.category == call.category, ProductVersion.lead_time_days.is_not(None))
        .order_by(ProductVersion.lead_time_days.desc())
        .limit(1)
    )
    known, given = db.session.scalar(query), days_given(call)
    return min(known, given) if known and given and given > 0 else known


def _product_id(call: Call) -> str:
    query = select(Product.public_id).join(InquiryLine, InquiryLine.product_id == Product.id)
    found = db.session.scalar(
        query.where(InquiryLine.consortium_id == call.consortium_id, InquiryLine.id == call.line_id)
    )
    return found or ""


def _large(call: Call) -> list[tuple[str, str, str]]:
    """The two figures that matter most: a term, the figure, a small line under it."""
    given = days_given(call)
    ready_in = (
        (_("Ready in"), days(given), _by_day(call.needed_by))
        if given is not None
        else (_("Ready by"), "–", _("no day was named"))
    )
    lots = "" if call.lot == 1 else _("in lots of %(lot)s", lot=quantity_words(call, call.lot))
    return [(_("Wanted in all"), quantity_words(call), lots), ready_in]


def _by_day(day: date | None) -> str:
    return _("by %(day)s", day=format_date(day, "d MMMM")) if day else ""


def _facts(call: Call, version: ProductVersion | None) -> list[tuple[str, str]]:
    trade = sector(call.consortium.sector_key)
    technique = trade.technique(call.technique)
    charge = None if call.price_rule is PriceRule.SEALED else call.agreed_charge
    return [
        (_("Weight, size"), _weight_and_size(version)),
        (_("Technique"), technique.name.in_(language()) if technique else ""),
        (_("Goes to"), country_name(call.country) if call.country else ""),
        (_("Agreed making charge"), _each(money(charge, call.currency), call)),
        (_("Surface"), _("as in the picture") if version and version.photos else ""),
        (_("One hand only"), _("the buyer wants all from one maker") if call.is_one_hand else ""),
    ]


def _weight_and_size(version: ProductVersion | None) -> str:
    if version is None:
        return ""
    return " · ".join(filter(None, [grams(version.net_weight_g), size_of(version, is_brief=True)]))


def _each(amount: str, call: Call) -> str:
    return _("%(amount)s for one %(unit)s", amount=amount, unit=unit_of(call, call.consortium, 1)) if amount else ""


def quantity_in_words(call: Call, quantity: int) -> str:
    """A number in words, with its unit: "one hundred and fifty pieces"."""
    if language() == "lo":
        return f"{in_words_lo(quantity)}{unit_of(call, call.consortium, quantity)}"
    return f"{in_words_en(quantity)} {unit_of(call, call.consortium, quantity)}"


def is_late(call: Call, in_days: int) -> bool:
    """Whether so many days end after the day it is needed."""
    given = days_given(call)
    return given is not None and in_days > given
