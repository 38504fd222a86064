"""The inquiry list: what a visitor gathers, without account or token, and only that visitor's own."""

from typing import Any

from flask import abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import Form

from catalogue import limits
from catalogue.consortia.models import Consortium
from catalogue.database import apart
from catalogue.extensions import csrf, db
from catalogue.inquiries import lists, saved_lists
from catalogue.inquiries.defences import HOUR, network_of
from catalogue.inquiries.lists import ListIsFull, ProductNotOffered, visitor_hash
from catalogue.products.models import MakingRight, Product
from catalogue.web.access import public
from catalogue.web.clock import now
from catalogue.web.fields import QuantityField
from catalogue.web.language import language
from catalogue.web.lines import PlacedWishForm, WishForm, offered_products
from catalogue.web.loaders import consortium_at, product_at
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.list_page import ListLine, lines_of, page, words_form_for
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


# -- looking --


@blueprint.get("/<lang>/inquiry-list")
@public
def inquiry_list() -> Response:
    """Everything that was gathered, by consortium."""
    return _show()


@blueprint.get("/<lang>/<slug>/inquiry-list")
@public
def consortium_list(slug: str) -> Response:
    """What was gathered of one consortium."""
    return _show(_consortium(slug))


def _show(consortium: Consortium | None = None, **given: Any) -> Response:
    return page(lines_of(lists.items_of(db.session, list_visitor(), consortium)), consortium, **given)


# -- adding --


@blueprint.post("/<lang>/<slug>/inquiry-list/add")
@csrf.exempt
@public
@same_origin_only
def add_to_list(slug: str) -> Any:
    """One product more, or another quantity of one that is there; back to the page it was done on."""
    if makes_too_many_lists():
        return _show(_consortium(slug), problem=too_many_lists(), status=429)
    form = AddForm(request.form)
    product = product_at(slug, request.form.get("product", ""))
    if product is None or product.making_right is MakingRight.BUYER:
        abort(404)
    if product.is_visible and not form.validate():
        return _again(product, form)
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
        return _show(product.consortium, problem=_("This product is no longer in the catalogue."), status=422)
    except ListIsFull:
        return _show(product.consortium, problem=_list_is_full(), status=422)
    return _back(key, url_for("storefront.consortium_list", slug=slug))


@blueprint.post("/<lang>/<slug>/inquiry-list/words")
@csrf.exempt
@public
@same_origin_only
def add_words(slug: str) -> Any:
    """Something that is not in the catalogue, in the visitor's words; perhaps like one of its products."""
    if makes_too_many_lists():
        return _show(_consortium(slug), problem=too_many_lists(), status=429)
    consortium = _consortium(slug)
    return _add_words(consortium, consortium, words_form_for(consortium, request.form))


@blueprint.post("/<lang>/inquiry-list/words")
@csrf.exempt
@public
@same_origin_only
def add_words_to() -> Any:
    """The same where the list holds several consortia: the form says to which of them it goes."""
    if makes_too_many_lists():
        return _show(problem=too_many_lists(), status=429)
    form = words_form_for(None, request.form)
    return _add_words(form.owner if isinstance(form, PlacedWishForm) else None, None, form)


def _add_words(consortium: Consortium | None, place: Consortium | None, form: WishForm) -> Any:
    """Keep it, and go back to the list: the one of `place`, or the whole one."""
    like = offered_products(db.session, consortium, {request.form.get("like", "")} - {""}) if consortium else {}
    for product in like.values():
        form.description.data = _like(product, form.description.data or "")
    if not form.validate() or not form.description.data or consortium is None:
        if not form.description.data:
            form.description.errors = form.description.errors or [_("Write what you are looking for")]
        return _show(place, words_form=form, status=422)
    key = new_list_key()
    try:
        lists.add_words(db.session, visitor_hash(key), consortium, form.wish, at=now())
    except ListIsFull:
        return _show(place, problem=_list_is_full(), status=422)
    return _back(key, _address(place))


# -- changing --


@blueprint.post("/<lang>/<slug>/inquiry-list")
@csrf.exempt
@public
@same_origin_only
def change_list(slug: str) -> Any:
    """Keep what stands in the lines of one consortium, and do what the button says."""
    return _change(_consortium(slug))


@blueprint.post("/<lang>/inquiry-list")
@csrf.exempt
@public
@same_origin_only
def change_whole_list() -> Any:
    """The same for the lines of all consortia."""
    return _change(None)


def _change(consortium: Consortium | None) -> Any:
    """Keep the lines; take one out, open or close the link to the list, or go on to the inquiry."""
    visitor = list_visitor()
    lines = lines_of(lists.items_of(db.session, visitor, consortium), request.form)
    gone = request.form.get("remove", "")
    kept = [_keep(line) for line in lines if line.item.public_id != gone]
    if visitor:
        _do_as_asked(visitor, gone)
    if not all(kept):
        left = [line for line in lines if line.item.public_id != gone]
        return page(left, consortium, status=200 if gone else 422)
    return with_cookies(redirect(_onward(consortium), 303), new_list_key())


def _do_as_asked(visitor: str, gone: str) -> None:
    if gone:
        lists.remove(db.session, visitor, gone)
    if "open_link" in request.form:
        saved_lists.open_link(db.session, visitor, at=now())
    if "close_link" in request.form:
        saved_lists.close_link(db.session, visitor)


def _onward(consortium: Consortium | None) -> str:
    if "go_on" in request.form:
        return url_for("storefront.inquiry", slug=consortium.slug) if consortium else url_for("storefront.ask_all")
    is_link = {"open_link", "close_link"} & set(request.form)
    return _address(consortium, anchor="link" if is_link else None)


def _keep(line: ListLine) -> bool:
    if not line.form.validate():
        return False
    lists.change(db.session, line.item, line.form.wish, at=now())
    return True


# -- answers --


def with_cookies(answer: Any, key: str) -> Response:
    """The answer with the list's cookies, which say how many lines there are now."""
    db.session.flush()
    remember_list(answer, key, lists.count(db.session, visitor_hash(key)))
    return answer


def makes_too_many_lists() -> bool:
    """Count a list that is begun; whether so many were begun from this network that no person does it."""
    if list_visitor():
        return False
    with apart(db.engine) as session:
        made = limits.hit(session, "new list", network_of(request.remote_addr), seconds=HOUR, at=now())
    return made > NEW_LISTS_AN_HOUR


def too_many_lists() -> str:
    """What is said then."""
    return _("So many lists were begun from your network that we ask you to wait an hour.")


def _address(consortium: Consortium | None, anchor: str | None = None) -> str:
    if consortium is None:
        return url_for("storefront.inquiry_list", _anchor=anchor)
    return url_for("storefront.consortium_list", slug=consortium.slug, _anchor=anchor)


def _like(product: Product, words: str) -> str:
    """The words with the product that they start from, which a reader on the other side can look up."""
    name = product.published.name.in_(language()) if product.published else ""
    start = _("Like %(reference)s, %(name)s", reference=product.reference, name=name)
    return words if words.startswith(start) else f"{start}: {words}".rstrip(": ")


def _again(product: Product, form: AddForm) -> Response:
    """The product once more, with what is wrong beside its quantity."""
    owner = product.consortium
    body = render_template(
        "storefront/add_again.html", consortium=owner, product=product, form=form, is_demo=owner.is_demo
    )
    return make_response(body, 422)


def _back(key: str, otherwise: str) -> Response:
    """Back to where it was done; "#added" shows there that it was."""
    answer = Response(status=204) if wants_no_page() else redirect(f"{way_back(otherwise)}#added", 303)
    return with_cookies(answer, key)


def _list_is_full() -> str:
    return _("The list holds %(most)s lines, and it is full. Send it, or take something out.", most=lists.MOST_LINES)


def _consortium(slug: str) -> Consortium:
    return consortium_at(slug) or abort(404)
