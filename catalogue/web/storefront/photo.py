"""Photographs: to everybody those that the public is shown, to the people of a product its others."""

from flask import abort, current_app, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from catalogue import policy
from catalogue.extensions import db
from catalogue.media.models import FileKind, FileState, StoredFile
from catalogue.media.stores import NotStored, store_for
from catalogue.products import shown
from catalogue.web.access import public
from catalogue.web.signed_in import actor, must_confirm_second_factor
from catalogue.web.storefront import blueprint

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
PAGES = ("maker_page.edit", "maker_page.review")
# Whoever has seen it may keep it; a cache that many share asks again within minutes, and hears when it was withdrawn.
FOREVER = "public, max-age=31536000, s-maxage=300, immutable"


@blueprint.get("/media/<string(length=10):public_id>/<int:width>.<any(avif, webp, jpg):ending>")
@public
def photo(public_id: str, width: int, ending: str) -> Response:
    """One size of a photograph. What nobody may see and what is not there answer alike."""
    query = select(StoredFile, shown.is_shown(StoredFile.id)).where(
        StoredFile.public_id == public_id, StoredFile.kind == FileKind.PHOTO, StoredFile.state == FileState.READY
    )
    file, is_shown = db.session.execute(query).first() or abort(404)
    if width not in file.widths or not (is_shown or may_see(file)):
        abort(404)
    return sent(file, width, ending, is_shown)


def may_see(file: StoredFile) -> bool:
    """Whether the person who is signed in may read a product or write a maker's page that shows this file."""
    someone = actor()
    if someone is None or must_confirm_second_factor():
        return False
    if any(policy.allows(someone, "product.read", each) for each in shown.products_with(db.session, file)):
        return True
    firms = shown.makers_with(db.session, file)
    return any(policy.allows(someone, action, each) for each in firms for action in PAGES)


def sent(file: StoredFile, width: int, ending: str, is_shown: bool) -> Response:
    """The bytes; kept by browsers for a year where the public is shown them, by nobody otherwise."""
    key, etag = f"{file.key}/{width}.{ending}", f"{file.sha256[:20]}-{width}-{ending}"
    db.session.rollback()
    try:
        body = store_for(current_app.config["SETTINGS"].media_url).get(key)
    except NotStored:
        abort(404)
    response = Response(body, mimetype=TYPES[ending])
    response.headers["Cache-Control"] = FOREVER if is_shown else "no-store"
    response.set_etag(etag)
    return response.make_conditional(request.environ)
