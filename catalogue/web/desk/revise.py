"""The office's own hand: the whole form of a listing, and what to do when two people wrote into it at once."""

import json
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.products import conflict, listing, revising
from catalogue.products.conflict import Clash
from catalogue.products.content import Content
from catalogue.products.editing import ChangedMeanwhile, content_of
from catalogue.products.models import Product
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page, place_of_product
from catalogue.web.desk.listing_acts import opened_version
from catalogue.web.desk.whole_form import sections_of
from catalogue.web.loaders import product_at
from catalogue.web.moved_on import who_was_first
from catalogue.web.part_words import name_of_part, sided, words_of_lacking, words_of_part
from catalogue.web.product_fields import form_of, said_in
from catalogue.web.signed_in import signed_in

MINE, SAVED = "mine", "saved"
OWN_OF_THE_PAGE = {"csrf_token", "opened_version", "shown", "then"}


@dataclass(frozen=True)
class Choice:
    """One part of a clash, in words: what was saved meanwhile and what was typed, and which of them is chosen."""

    part: str
    name: str
    saved: Any
    typed: Any
    chosen: str


@blueprint.route("/<slug>/products/<product_id>/revise", methods=["GET", "POST"])
@requires("listing.revise", load=product_at)
def revise(product: Product) -> Any:
    """The whole form; saved as a version of the office's own, and published at once where that is asked."""
    trade = sector(product.consortium.sector_key)
    form = form_of(trade, list(trade.asked), product.working, compact=True)
    if not form.validate_on_submit():
        return _page(product, form)
    typed = _chosen(product, said_in(form, _saved(product)))
    try:
        by, at, opened = signed_in(), now(), opened_version() or 0
        revising.revise(db.session, product, typed, opened_version=opened, by=by, at=at)
    except ChangedMeanwhile:
        return _clash_page(product, said_in(form, _saved(product)))
    if request.form.get("then") == "publish":
        return _published(product)
    flash(_("Saved."), "success")
    return _back(product)


def _published(product: Product) -> Response:
    """Publish what was just saved; where that cannot be, it stays saved, and the page says why."""
    try:
        listing.publish(db.session, product, by=signed_in(), at=now())
    except listing.NotReady as refusal:
        fields = words_of_lacking(refusal.missing, sector(product.consortium.sector_key))
        flash(_("Saved, but not published. Still missing: %(fields)s", fields=fields), "error")
    except listing.ContactInText:
        flash(_("Saved, but not published: a contact stands in the text. It is marked below."), "error")
    else:
        flash(_("Saved and published."), "success")
    return _back(product)


def _page(product: Product, form: Any) -> Any:
    page = desk_page(
        "desk/revise.html",
        product.consortium,
        place_of_product(product),
        product=product,
        form=form,
        sections=sections_of(form),
        shown=request.form.get("shown") or json.dumps(conflict.marks_of(_saved(product))),
    )
    return page, 422 if form.errors else 200


# -- two people at once --


def _clash_page(product: Product, typed: Content) -> Any:
    """Both versions beside one another, a choice for each part; nothing was overwritten."""
    db.session.rollback()
    saved = _saved(product)
    found = conflict.clashes(typed, saved, _shown())
    page = desk_page(
        "desk/clash.html",
        product.consortium,
        place_of_product(product),
        product=product,
        first=who_was_first(product),
        choices=[_choice(product, clash, saved, typed) for clash in found],
        shown=json.dumps(conflict.marks_of(saved)),
        typed=[(name, value) for name, value in request.form.items(multi=True) if not _is_of_the_page(name)],
        then=request.form.get("then", ""),
    )
    return page, 409


def _choice(product: Product, clash: Clash, saved: Content, typed: Content) -> Choice:
    consortium = product.consortium
    old, new = (sided(words_of_part(each, clash.part, consortium)) for each in (saved, typed))
    chosen = request.form.get(f"keep-{clash.part}") or (MINE if clash.is_mine else SAVED)
    name = name_of_part(clash.part, sector(consortium.sector_key))
    return Choice(clash.part, name, old, new, chosen)


def _chosen(product: Product, typed: Content) -> Content:
    """What was typed, but where the page of a clash was answered with what the other saved, that."""
    kept = [name for name, value in request.form.items() if name.startswith("keep-") and value == SAVED]
    return conflict.with_saved(typed, _saved(product), [name.removeprefix("keep-") for name in kept])


def _shown() -> dict[str, str]:
    """The marks of what the page showed when it was opened; none where they cannot be read."""
    try:
        marks = json.loads(request.form.get("shown", ""))
    except (ValueError, RecursionError):
        return {}
    return {str(part): str(mark) for part, mark in marks.items()} if isinstance(marks, dict) else {}


def _is_of_the_page(name: str) -> bool:
    return name in OWN_OF_THE_PAGE or name.startswith("keep-")


def _saved(product: Product) -> Content:
    return content_of(product.working) if product.working else Content(currency=product.consortium.currency)


def _back(product: Product) -> Response:
    address = url_for("desk.review_product", slug=product.consortium.slug, product_id=product.public_id)
    return redirect(address, 303)
