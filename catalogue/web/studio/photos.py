"""The photographs of a product: one comes as it is, the worker cleans it and makes its sizes."""

from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.media.keeping import Parked, keep, park
from catalogue.media.models import FileKind
from catalogue.media.recognise import FileRefused
from catalogue.products import editing
from catalogue.products.models import Product
from catalogue.web.access import requires
from catalogue.web.attachments import REFUSED, store
from catalogue.web.clock import now
from catalogue.web.loaders import own_product_at
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.product import product_page
from catalogue.web.studio.product_form import ProductForm


@blueprint.post("/products/<product_id>/photos")
@requires("product.edit", load=own_product_at)
def add_photo(found: Product) -> Any:
    """Put a photograph behind the others."""
    given = request.files.get("photo")
    if given is None or not given.filename:
        return _refused(found, _("Choose a photograph first"))
    product_id = found.public_id
    db.session.rollback()
    try:
        parked = park(store(), given.read(), given.filename, photo_only=True)
    except FileRefused as refusal:
        return _refused(_again(product_id), str(REFUSED.get(refusal.reason, REFUSED["not a picture"])))
    return _keep(_again(product_id), parked)


@blueprint.post("/products/<product_id>/photos/<file_id>/remove")
@requires("product.edit", load=own_product_at)
def remove_photo(found: Product) -> Any:
    """Take a photograph out."""
    file_id = (request.view_args or {})["file_id"]
    editing.remove_photo(db.session, found, file_id, by=signed_in(), at=now())
    return redirect(url_for("studio.product", product_id=found.public_id), 303)


def _keep(found: Product, parked: Parked) -> Any:
    file = keep(db.session, parked, consortium_id=found.consortium_id, kind=FileKind.PHOTO, at=now())
    try:
        editing.add_photo(db.session, found, file, by=signed_in(), at=now())
    except editing.TooManyPhotos:
        return _refused(found, _("Twelve photographs are the most. Take one out first."))
    return redirect(url_for("studio.product", product_id=found.public_id), 303)


def _again(product_id: str) -> Product:
    """The same product in a new transaction: the file was stored outside of one."""
    found = own_product_at(product_id)
    if found is None:
        raise LookupError("the product went away")
    return found


def _refused(found: Product, words: str) -> Any:
    form = ProductForm.of(sector(found.consortium.sector_key), found, is_fresh=True)
    return product_page(found, form, status=422, problem=words)
