"""The photographs of any product, for the office: framed, turned, described and ordered like in the studio."""

from typing import Any

from flask import request

from catalogue.extensions import db
from catalogue.products.models import Product, ProductVersion
from catalogue.products.revising import version_to_revise
from catalogue.products.steps import hold, move
from catalogue.web import photo_pages
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.loaders import product_at
from catalogue.web.photo_pages import Place
from catalogue.web.signed_in import signed_in

BASE = "/<slug>/products/<product_id>/photos"
ONE = f"{BASE}/<file_id>"
TEMPLATES = ("desk/photos.html", "desk/photo.html")


def place_of(product: Product) -> Place:
    """These pages at the desk, for one product."""
    slug, name = product.consortium.slug, product.public_id

    def page(template: str, found: Product, **values: Any) -> str:
        return desk_page(template, found.consortium, "products", product=found, **values)

    values = {"slug": slug, "product_id": name}
    return Place("desk", TEMPLATES, "listing.revise", values, lambda: product_at(slug, name), page, edited)


def edited(product: Product) -> ProductVersion:
    """A version of the office's own; what waits for review goes on waiting, and who reviews it is told."""
    hold(db.session, product)
    version = version_to_revise(db.session, product, by=signed_in(), at=now())
    move(db.session, product, Product.id == product.id)
    return version


@blueprint.get(BASE)
@requires("listing.revise", load=product_at)
def photos(found: Product) -> Any:
    """All photographs of a product."""
    return photo_pages.photos_page(place_of(found), found)


@blueprint.post(BASE)
@requires("listing.revise", load=product_at)
def add_photo(found: Product) -> Any:
    """Put photographs behind the others."""
    place = place_of(found)
    return photo_pages.bring_photos(place, found, place.url("photos"))


@blueprint.post(f"{BASE}/order")
@requires("listing.revise", load=product_at)
def order_photos(found: Product) -> Any:
    """Put the photographs in another order."""
    return photo_pages.order_photos(place_of(found), found)


@blueprint.get(ONE)
@requires("listing.revise", load=product_at)
def photo(found: Product) -> Any:
    """One photograph of a product."""
    return photo_pages.photo_page(place_of(found), found, photo_pages.found_photo(found, _file_id()))


@blueprint.post(ONE)
@requires("listing.revise", load=product_at)
def arrange_photo(found: Product) -> Any:
    """Turn, frame and describe one photograph."""
    return photo_pages.arrange_photo(place_of(found), found, _file_id())


@blueprint.post(f"{ONE}/anew")
@requires("listing.revise", load=product_at)
def take_photo_anew(found: Product) -> Any:
    """Another photograph in the place of this one."""
    return photo_pages.take_photo_anew(place_of(found), found, _file_id())


@blueprint.post(f"{ONE}/remove")
@requires("listing.revise", load=product_at)
def remove_photo(found: Product) -> Any:
    """Take a photograph out."""
    place = place_of(found)
    return photo_pages.take_photo_out(place, found, _file_id(), place.url("photos"))


def _file_id() -> str:
    return str((request.view_args or {})["file_id"])
