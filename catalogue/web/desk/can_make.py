"""What stands beside a line of an inquiry: how many of it the members can make by the day it is needed."""

from catalogue.extensions import db
from catalogue.inquiries.models import Inquiry, InquiryLine
from catalogue.inquiries.terms import DEFAULT_UNIT
from catalogue.products.models import ProductVersion
from catalogue.routing.reckoning import Reckoned, reckon
from catalogue.web.clock import in_vientiane, now


def can_make(inquiry: Inquiry) -> dict[int, int]:
    """How many all makers of a line's product can make by the needed-by date, by the line's key, in its unit.

    Lines in words alone are left out, and those of which no maker stated a figure.
    """
    if not inquiry.is_open or inquiry.needed_by is None or inquiry.needed_by <= in_vientiane(now()).date():
        return {}
    lines = [(line, line.product.published) for line in inquiry.lines if line.product and line.quantity]
    found = {line.id: _reckoned(inquiry, line, version) for line, version in lines if version}
    return {key: reckoned.pieces for key, reckoned in found.items() if reckoned.stated}


def _reckoned(inquiry: Inquiry, line: InquiryLine, version: ProductVersion) -> Reckoned:
    return reckon(
        db.session,
        inquiry.consortium,
        product=line.product,
        category=version.category,
        quantity=line.quantity or 1,
        unit=line.unit or DEFAULT_UNIT,
        until=inquiry.needed_by,
        at=now(),
    )
