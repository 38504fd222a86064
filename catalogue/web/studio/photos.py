"""The photographs of a product: they come as they are; each can be framed, described, ordered and taken back."""

from io import BytesIO
from typing import Any

from flask import Response, abort, request, send_file, url_for

from catalogue.extensions import db
from catalogue.media.keeping import original_key
from catalogue.media.models import StoredFile
from catalogue.media.stores import NotStored
from catalogue.products import arranging
from catalogue.products.models import Product, ProductVersion
from catalogue.products.steps import hold
from catalogue.products.versions import version_to_edit
from catalogue.web import photo_pages
from catalogue.web.access import requires
from catalogue.web.attachments import store
from catalogue.web.clock import now
from catalogue.web.loaders import own_product_at
from catalogue.web.photo_pages import Place
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page
from catalogue.web.zipped import entry_name, zipped

BASE = "/products/<product_id>/photos"
ONE = f"{BASE}/<file_id>"
TEMPLATES = ("studio/photos.html", "studio/photo.html")


def place_of(product: Product) -> Place:
    """These pages in the studio, for one product."""
    name = product.public_id

    def page(template: str, found: Product, **values: Any) -> str:
        return studio_page(template, found.consortium, found.member, "products", product=found, **values)

    return Place("studio", TEMPLATES, "product.edit", {"product_id": name}, lambda: own_product_at(name), page, edited)


def edited(product: Product) -> ProductVersion:
    """The version that the firm may write into: on a published product a proposal begins."""
    hold(db.session, product)
    return version_to_edit(db.session, product, by=signed_in(), at=now())


@blueprint.get(BASE)
@requires("product.read", load=own_product_at)
def photos(found: Product) -> Any:
    """All photographs of a product."""
    return photo_pages.photos_page(place_of(found), found)


@blueprint.post(BASE)
@requires("product.edit", load=own_product_at)
def add_photo(found: Product) -> Any:
    """Put photographs behind the others."""
    return photo_pages.bring_photos(place_of(found), found, _back(found))


@blueprint.post(f"{BASE}/order")
@requires("product.edit", load=own_product_at)
def order_photos(found: Product) -> Any:
    """Put the photographs in another order."""
    return photo_pages.order_photos(place_of(found), found)


@blueprint.get(ONE)
@requires("product.read", load=own_product_at)
def photo(found: Product) -> Any:
    """One photograph of a product."""
    return photo_pages.photo_page(place_of(found), found, photo_pages.found_photo(found, _file_id()))


@blueprint.post(ONE)
@requires("product.edit", load=own_product_at)
def arrange_photo(found: Product) -> Any:
    """Turn, frame and describe one photograph."""
    return photo_pages.arrange_photo(place_of(found), found, _file_id())


@blueprint.post(f"{ONE}/anew")
@requires("product.edit", load=own_product_at)
def take_photo_anew(found: Product) -> Any:
    """Send another photograph in the place of this one."""
    return photo_pages.take_photo_anew(place_of(found), found, _file_id())


@blueprint.post(f"{ONE}/remove")
@requires("product.edit", load=own_product_at)
def remove_photo(found: Product) -> Any:
    """Take a photograph out."""
    return photo_pages.take_photo_out(place_of(found), found, _file_id(), _back(found))


# -- taken back by the firm --


@blueprint.get(f"{ONE}/download")
@requires("product.read", load=own_product_at)
def download_photo(found: Product) -> Response:
    """The photograph as it is shown, or with `?whole=1` as it was sent, to keep: cleaned, at most 2,400 pixels."""
    taken = photo_pages.found_photo(found, _file_id())
    file = arranging.root_of(taken) if "whole" in request.args else taken.file
    if not file.is_ready:
        abort(404)
    name, key = f"{entry_name(found.reference)}-{taken.position}.jpg", original_key(file)
    db.session.rollback()
    try:
        data = store().get(key)
    except NotStored:
        abort(404)
    return _to_keep(send_file(BytesIO(data), mimetype="image/jpeg", download_name=name, as_attachment=True))


@blueprint.get("/products/<product_id>/photos.zip")
@requires("product.read", load=own_product_at)
def download_photos(found: Product) -> Response:
    """Every photograph of a product in one archive, as shown and, where it was cut, as it was sent."""
    stored = _to_take_along(found)
    if not stored:
        abort(404)
    name = f"{entry_name(found.reference)}.zip"
    db.session.rollback()
    answer = Response(zipped(store(), (), stored), mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return _to_keep(answer)


def _to_take_along(found: Product) -> list[tuple[str, str]]:
    stored = []
    for at, each in enumerate(arranging.photos_of(db.session, found.working) if found.working else (), start=1):
        files: dict[str, StoredFile] = {"": each.file, "-whole": arranging.root_of(each)}
        if each.file.source_id is None:
            del files["-whole"]
        stored += [
            (f"{entry_name(found.reference)}-{at}{end}.jpg", original_key(file))
            for end, file in files.items()
            if file.is_ready
        ]
    return stored


def _to_keep(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _file_id() -> str:
    return str((request.view_args or {})["file_id"])


def _back(found: Product) -> str:
    """To the page that the form stood on: that of the photographs, or that of the product."""
    if request.form.get("page") == "photos":
        return url_for("studio.photos", product_id=found.public_id)
    return url_for("studio.product", product_id=found.public_id)
