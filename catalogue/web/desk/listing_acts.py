"""What the office does to a listing beside reviewing it: withdraw it, show it again, discard its own proposal."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.products import listing
from catalogue.products.models import Product
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.loaders import product_at
from catalogue.web.moved_on import who_was_first
from catalogue.web.part_words import words_of_lacking
from catalogue.web.signed_in import signed_in


@blueprint.post("/<slug>/review/<product_id>/withdraw")
@requires("listing.withdraw", load=product_at)
def withdraw(product: Product) -> Any:
    """Take it out of the catalogue."""
    return take_step(product, listing.withdraw, _("Withdrawn from the catalogue."))


@blueprint.post("/<slug>/review/<product_id>/show-again")
@requires("listing.publish", load=product_at)
def show_again(product: Product) -> Any:
    """Show what was withdrawn, as the public saw it last."""
    return take_step(product, listing.show_again, _("It is in the catalogue again."))


@blueprint.post("/<slug>/review/<product_id>/discard")
@requires("listing.discard", load=product_at)
def discard(product: Product) -> Any:
    """Let go of a proposal that nobody has sent; the listing stays as the public sees it."""
    return take_step(product, listing.discard, _("The proposal was discarded."))


def take_step(product: Product, step: Callable[..., None], done: str, **given: Any) -> Response:
    """Take one step of the listing's life and go back to its page; a refused one says why and changes nothing."""
    address = url_for("desk.review_product", slug=product.consortium.slug, product_id=product.public_id)
    try:
        step(db.session, product, **given, opened_version=opened_version(), by=signed_in(), at=now())
    except listing.NotReady as refusal:
        fields = words_of_lacking(refusal.missing, sector(product.consortium.sector_key))
        return refused(address, _("Not published yet. Still missing: %(fields)s", fields=fields))
    except listing.ContactInText:
        return refused(address, _("A contact stands in the text. It cannot be published like this."))
    except listing.SomebodyWasFirst:
        db.session.rollback()
        return refused(address, who_was_first(product))
    flash(done, "success")
    return redirect(address, 303)


def opened_version() -> int | None:
    """The row's version on the page that somebody acts from; None where the page named none."""
    typed = request.form.get("opened_version", "")[:9]
    return int(typed) if typed.isdecimal() else None


def refused(address: str, words: str) -> Response:
    """Undo everything, say why, and go to that address."""
    db.session.rollback()
    flash(words, "error")
    return redirect(address, 303)
