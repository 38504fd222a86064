"""The inquiry list: what a visitor gathers, without account or token, and only that visitor's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import Form

from catalogue import limits
from catalogue.consortia.models import Consortium
from catalogue.database import apart
from catalogue.extensions import csrf, db
from catalogue.inquiries import lists
from catalogue.inquiries.defences import HOUR, network_of
from catalogue.inquiries.lists import ListIsFull, ProductNotOffered, visitor_hash
from catalogue.inquiries.models import InquiryListItem
from catalogue.products.models import Product
from catalogue.web.access import public
from catalogue.web.clock import now
from catalogue.web.fields import QuantityField
from catalogue.web.language import language, other_language, url_in
from catalogue.web.lines import WishForm, minimum_hint, offered_products, unit_words
from catalogue.web.loaders import consortium_at, product_at
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.visitor import (
    list_visitor,
    new_list_key,
    remember_list,
    same_origin_only,
    wants_no_page,
    way_back,
)

NEW_LISTS_AN_HOUR = 300


class AddForm(Form):
    """How many of a product; a card's button says nothing, then the line starts at the product's minimum."""

    quantity = QuantityField()


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


@blueprint.get("/<lang>/inquiry-list")
@public
def inquiry_list() -> Response:
    """Everything that was gathered, by consortium."""
    return _page(_lines(lists.items_of(db.session, list_visitor())))


@blueprint.get("/<lang>/<slug>/inquiry-list")
@public
def consortium_list(slug: str) -> Response:
    """What was gathered of one consortium."""
    consortium = _consortium(slug)
    return _page(_lines(lists.items_of(db.session, list_visitor(), consortium)), consortium)


@blueprint.post("/<lang>/<slug>/inquiry-list/add")
@csrf.exempt
@public
@same_origin_only
def add_to_list(slug: str) -> Any:
    """One product more, or another quantity of one that is there; back to the page it was done on."""
    if _makes_too_many_lists():
        return _again(slug, _("So many lists were begun from your network that we ask you to wait an hour."), 429)
    form = AddForm(request.form)
    product = product_at(slug, request.form.get("product", "")) or abort(404)
    if not form.validate():
        return _again(slug, "", 422, product=product, form=form)
    key = new_list_key()
    try:
        lists.add_product(
            db.session,
            visitor_hash(key),
            product,
            quantity=form.quantity.data,
            wants_sample="sample" in request.form,
            at=now(),
        )
    except ProductNotOffered:
        return _again(slug, _("This product is no longer in the catalogue."), 422)
    except ListIsFull:
        return _again(slug, _list_is_full(), 422)
    return _back(key, url_for("storefront.consortium_list", slug=slug))


@blueprint.post("/<lang>/<slug>/inquiry-list/words")
@csrf.exempt
@public
@same_origin_only
def add_words(slug: str) -> Any:
    """Something that is not in the catalogue, in the visitor's words; perhaps like one of its products."""
    if _makes_too_many_lists():
        return _again(slug, _("So many lists were begun from your network that we ask you to wait an hour."), 429)
    consortium, key, form = _consortium(slug), new_list_key(), _words_form()
    like = offered_products(db.session, consortium, {request.form.get("like", "")} - {""})
    for product in like.values():
        form.description.data = _like(product, form.description.data or "")
    if not form.validate() or not form.description.data:
        form.description.errors = form.description.errors or [_("Write what you are looking for")]
        return _page(_lines(lists.items_of(db.session, list_visitor(), consortium)), consortium, form, status=422)
    try:
        lists.add_words(db.session, visitor_hash(key), consortium, form.wish, at=now())
    except ListIsFull:
        return _again(slug, _list_is_full(), 422)
    return _back(key, url_for("storefront.consortium_list", slug=slug))


@blueprint.post("/<lang>/<slug>/inquiry-list")
@csrf.exempt
@public
@same_origin_only
def change_list(slug: str) -> Any:
    """Keep what stands in the lines; take one out; or go on to the inquiry with it."""
    consortium, visitor = _consortium(slug), list_visitor()
    lines = _lines(lists.items_of(db.session, visitor, consortium), request.form)
    gone = request.form.get("remove", "")
    kept = [_keep(line) for line in lines if line.item.public_id != gone]
    if gone and visitor:
        lists.remove(db.session, visitor, gone)
    if not all(kept):
        left = [line for line in lines if line.item.public_id != gone]
        return _page(left, consortium, status=200 if gone else 422)
    onward = "storefront.inquiry" if "go_on" in request.form else "storefront.consortium_list"
    return _with_cookies(redirect(url_for(onward, slug=slug), 303), new_list_key())


def _keep(line: ListLine) -> bool:
    if not line.form.validate():
        return False
    lists.change(db.session, line.item, line.form.wish, at=now())
    return True


def _lines(items: Sequence[InquiryListItem], typed: Any = None) -> list[ListLine]:
    return [_line(item, typed) for item in items]


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


def _words_form() -> WishForm:
    return WishForm(request.form, prefix="words")


def _like(product: Product, words: str) -> str:
    """The words with the product that they start from, which a reader on the other side can look up."""
    name = product.published.name.in_(language()) if product.published else ""
    start = _("Like %(reference)s, %(name)s", reference=product.reference, name=name)
    return words if words.startswith(start) else f"{start}: {words}".rstrip(": ")


def _page(
    lines: Sequence[ListLine],
    consortium: Consortium | None = None,
    words_form: WishForm | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> Response:
    groups = [(owner, list(found)) for owner, found in groupby(lines, key=lambda line: line.item.consortium)]
    if consortium is not None and not groups:
        groups = [(consortium, [])]
    body = render_template(
        "storefront/inquiry_list.html",
        consortium=consortium,
        groups=groups,
        line_count=len(lines),
        words_form=words_form or WishForm(None, prefix="words"),
        problem=problem,
        problems=[_first_problem(line.form) for line in lines if line.form.errors],
        is_demo=any(owner.is_demo for owner, _found in groups),
        other_language_url=url_in(other_language()) if request.method == "GET" else None,
    )
    answer = make_response(body, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _first_problem(form: WishForm) -> tuple[str, str]:
    wrong = next(field for field in form if field.errors)
    return wrong.id, str(wrong.errors[0])


def _again(
    slug: str, problem: str, status: int, *, product: Product | None = None, form: AddForm | None = None
) -> Response:
    """The way to put it right: the product with its quantity, or the list with what is the matter."""
    consortium = _consortium(slug)
    if product is None:
        lines = _lines(lists.items_of(db.session, list_visitor(), consortium))
        return _page(lines, consortium, problem=problem, status=status)
    body = render_template(
        "storefront/add_again.html", consortium=consortium, product=product, form=form, is_demo=consortium.is_demo
    )
    return make_response(body, status)


def _back(key: str, otherwise: str) -> Response:
    """Back to where it was done; "#added" shows there that it was."""
    answer = Response(status=204) if wants_no_page() else redirect(f"{way_back(otherwise)}#added", 303)
    return _with_cookies(answer, key)


def _with_cookies(answer: Any, key: str) -> Response:
    db.session.flush()
    remember_list(answer, key, lists.count(db.session, visitor_hash(key)))
    return answer


def _makes_too_many_lists() -> bool:
    if list_visitor():
        return False
    with apart(db.engine) as session:
        made = limits.hit(session, "new list", network_of(request.remote_addr), seconds=HOUR, at=now())
    return made > NEW_LISTS_AN_HOUR


def _list_is_full() -> str:
    return _("The list holds %(most)s lines, and it is full. Send it, or take something out.", most=lists.MOST_LINES)


def _consortium(slug: str) -> Consortium:
    return consortium_at(slug) or abort(404)
