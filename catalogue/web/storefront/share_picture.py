"""The picture that a link to a page shows in messages and on other sites; its photograph until it is made."""

from typing import Any

from flask import abort, redirect
from flask.blueprints import BlueprintSetupState
from sqlalchemy import select
from werkzeug.wrappers import Response

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.media.stores import NotStored
from catalogue.notices.addresses import site_address
from catalogue.printing import sharing
from catalogue.printing.models import SharePicture
from catalogue.printing.sharing import Page
from catalogue.products import shown
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.products.shown import Photo
from catalogue.web.access import public
from catalogue.web.attachments import store
from catalogue.web.language import language
from catalogue.web.photographs import photo_address
from catalogue.web.storefront import blueprint

WIDTH = 1200
FOREVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=300"


@blueprint.get("/media/share/<lang>/<about>-<string(length=12):mark>.jpg")
@public
def share_picture(about: str, mark: str) -> Any:
    """The picture. The address changes with what it shows; an older address gets what there is now, for a while."""
    query = select(SharePicture).where(SharePicture.about == about, SharePicture.language == language())
    picture = db.session.scalar(query)
    if picture is None or not is_shown(picture):
        return instead(about)
    key, now_mark = picture.stored_key, picture.mark
    db.session.rollback()
    try:
        answer = Response(store().get(key), mimetype="image/jpeg")
    except NotStored:
        return instead(about)
    answer.headers["Cache-Control"] = FOREVER if now_mark == mark else A_WHILE
    # Messengers and other sites show it on pages of their own.
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def is_shown(picture: SharePicture) -> bool:
    """Whether the page is still there."""
    if picture.product_id is None:
        return True
    status = db.session.scalar(select(Product.status).where(Product.id == picture.product_id))
    return status is ListingStatus.PUBLISHED


def instead(about: str) -> Response:
    """Until the picture is made: the photograph of the product or of the consortium."""
    photo = photo_of(about) or abort(404)
    width = min(photo.widths, key=lambda each: abs(each - WIDTH))
    answer = redirect(photo_address(photo.public_id, width))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def photo_of(about: str) -> Photo | None:
    """The first photograph of a product that the public sees, or the large one of a consortium."""
    version_id = db.session.scalar(
        select(ProductVersion.id)
        .join(Product, Product.published_id == ProductVersion.id)
        .where(Product.public_id == about, Product.status == ListingStatus.PUBLISHED)
    )
    if version_id:
        return shown.first_photos(db.session, [version_id]).get(version_id)
    consortium = db.session.scalar(select(Consortium).where(Consortium.public_id == about))
    return shown.heroes(db.session, [consortium]).get(consortium.id) if consortium else None


# -- for templates --


def product_card(product: Product, photos: list[Photo], consortium: Consortium) -> str:
    """The whole address of a product's picture."""
    photo_id = photos[0].public_id if photos else ""
    mark = sharing.product_mark(product.published_id or 0, photo_id, consortium)
    return card_address(Page(product.public_id, mark))


def house_card(consortium: Consortium | None) -> str:
    """The whole address of a consortium's picture; of the network's without one."""
    return card_address(sharing.house_page(consortium) if consortium else sharing.network_page())


def card_address(page: Page) -> str:
    """Where the picture of a page is served."""
    return site_address("storefront.share_picture", lang=language(), about=page.about, mark=page.mark)


@blueprint.record_once
def give_templates(state: BlueprintSetupState) -> None:
    """Give templates the addresses of the pictures."""
    state.app.jinja_env.globals.update(product_card=product_card, house_card=house_card)
