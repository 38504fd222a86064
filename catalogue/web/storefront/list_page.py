"""The page of the inquiry list: its lines with their forms, by consortium, with sums at the prices of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries import lists, saved_lists
from catalogue.inquiries.models import InquiryListItem, ListLink
from catalogue.money import Money
from catalogue.notices.addresses import saved_list_page
from catalogue.products import shown
from catalogue.products.models import Product
from catalogue.products.pricing import Price
from catalogue.web.clock import in_vientiane
from catalogue.web.content import is_demo_site, money, prices
from catalogue.web.language import language, other_language, url_in
from catalogue.web.lines import PlacedWishForm, WishForm, minimum_hint, unit_words
from catalogue.web.storefront.visitor import list_visitor


@dataclass(frozen=True)
class ListLine:
    """One line as its page shows it."""

    item: InquiryListItem
    form: WishForm
    hint: str
    unit: str

    @property
    def product(self) -> Product | None:
        """The product, also when it was withdrawn meanwhile."""
        return self.item.product

    @property
    def is_offered(self) -> bool:
        """Whether it can be asked for."""
        return self.item.product is None or self.item.product.is_visible


@dataclass(frozen=True)
class Sums:
    """What the lines come to: an amount for each currency, and how many of all lines have a price that is known."""

    amounts: tuple[str, ...]
    priced: int
    lines: int


@dataclass(frozen=True)
class SavedLink:
    """The open link to the list, and the day until when it is kept if nobody touches it."""

    address: str
    until: Any

    @classmethod
    def of(cls, link: ListLink) -> "SavedLink":
        """The link as the page shows it."""
        until = link.inquiry_list.changed_at + lists.KEPT_FOR
        return cls(saved_list_page(link, language()), in_vientiane(until).date())


def lines_of(items: Sequence[InquiryListItem], typed: Any = None) -> list[ListLine]:
    """The lines with their forms, holding what was typed where it was sent."""
    return [_line(item, typed) for item in items]


def page(
    lines: Sequence[ListLine],
    consortium: Consortium | None = None,
    words_form: WishForm | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> Response:
    """The list, of all consortia or of one."""
    groups = [(owner, list(found)) for owner, found in groupby(lines, key=lambda line: line.item.consortium)]
    if consortium is not None and not groups:
        groups = [(consortium, [])]
    words = words_form or words_form_for(consortium if consortium or len(groups) != 1 else groups[0][0])
    link = saved_lists.link_of(db.session, list_visitor()) if lines else None
    body = render_template(
        "storefront/inquiry_list.html",
        consortium=consortium,
        groups=groups,
        asked=[owner for owner, found in groups if any(line.is_offered for line in found)],
        line_count=len(lines),
        is_full=len(lines) >= lists.MOST_LINES,
        most=lists.MOST_LINES,
        sums=sums_of(lines),
        link=SavedLink.of(link) if link else None,
        words_form=words,
        problem=problem,
        problems=[_first_problem(line.form) for line in lines if line.form.errors],
        is_demo=is_demo_site(),
        other_language_url=url_in(other_language()) if request.method == "GET" else None,
    )
    answer = make_response(body, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def words_form_for(consortium: Consortium | None, typed: Any = None) -> WishForm:
    """The form for what is not in the catalogue; for no consortium in particular it also asks to whom it goes."""
    if consortium is not None:
        return WishForm(typed, prefix="words")
    form = PlacedWishForm(typed, prefix="words")
    form.offer(shown.consortia(db.session))
    return form


def sums_of(lines: Sequence[ListLine]) -> Sums:
    """What the lines cost at the prices of today; a line without a known price is counted and left out."""
    totals: dict[str, Decimal] = {}
    priced = 0
    offered = [line for line in lines if line.is_offered]
    for line in offered:
        if each := _price_of(line.item):
            priced += 1
            totals[each.currency] = totals.get(each.currency, Decimal(0)) + each.amount * (line.item.quantity or 0)
    amounts = (money(Money(amount, currency).rounded()) for currency, amount in totals.items())
    return Sums(tuple(amounts), priced, len(offered))


def _price_of(item: InquiryListItem) -> Money | None:
    """The price of one unit at this quantity; None below the first quantity that has a price."""
    version = item.product.published if item.product else None
    quantity = item.quantity
    if version is None or quantity is None or item.unit != version.unit:
        return None
    return next((each.each for each in prices(version, item.consortium) if _holds(each, quantity)), None)


def _holds(price: Price, quantity: int) -> bool:
    return price.quantity <= quantity and (price.until is None or quantity <= price.until)


def _line(item: InquiryListItem, typed: Any) -> ListLine:
    hint = minimum_hint(item.product, item.quantity)
    return ListLine(item, _form_of(item, typed), hint, unit_words(item.product, item.unit))


def _form_of(item: InquiryListItem, typed: Any) -> WishForm:
    kept = {
        "description": item.description,
        "quantity": item.quantity,
        "unit": item.unit,
        "target_price": item.target_price,
        "note": item.note,
        "sample": item.wants_sample,
    }
    prefix = f"line-{item.public_id}-"
    was_sent = any(name.startswith(prefix) for name in typed or ())
    form = WishForm(typed if was_sent else None, data=kept, prefix=prefix)
    if item.product is not None:
        form.unit.data = item.unit
    return form


def _first_problem(form: WishForm) -> tuple[str, str]:
    wrong = next(field for field in form if field.errors)
    return wrong.id, str(wrong.errors[0])
