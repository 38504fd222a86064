"""What the picture of a page says: composed by the worker, with the language of the picture in `g`."""

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.printing.contents import House, Picture, Said
from catalogue.printing.sharing import NETWORK, Page
from catalogue.products import shown
from catalogue.products.models import Product
from catalogue.web.language import language
from catalogue.web.photographs import ready
from catalogue.web.storefront import label
from catalogue.web.storefront.on_paper import INK, emblem_of, house, other, photo_key, photo_keys, said

WIDTH = 1200


def share_content(page: Page) -> Picture | None:
    """The picture of a page as it stands now; None where the page is gone."""
    if page.about == NETWORK:
        return of_network()
    consortium = db.session.get_one(Consortium, page.consortium_id)
    return of_product(consortium, page.product_id) if page.product_id else of_house(consortium)


def of_product(consortium: Consortium, product_id: int) -> Picture | None:
    """The photograph, both names, what it is made of and how."""
    query = select(Product).where(Product.id == product_id).options(joinedload(Product.published))
    product = db.session.scalar(query)
    if product is None or not product.is_visible or product.published is None:
        return None
    version = product.published
    photos = ready(version.photos)[:1]
    first = label.materials(consortium, version)
    return Picture(
        language=language(),
        title=said(version.name),
        other_title=other(version.name),
        lines=tuple(filter(None, (first, label.techniques(consortium, version)))),
        house=house(consortium),
        photo=photo_key(photos[0], photo_keys(photos), WIDTH) if photos else "",
    )


def of_house(consortium: Consortium) -> Picture:
    """The name of a consortium, beside its large photograph where it has one."""
    photo = shown.heroes(db.session, [consortium]).get(consortium.id)
    return Picture(
        language=language(),
        title=said(consortium.tagline if consortium.tagline else consortium.name),
        other_title=None,
        lines=(consortium.place.in_(language()),) if consortium.place else (),
        house=house(consortium),
        photo=photo_key(photo, photo_keys([photo]), WIDTH),
        wide=photo is not None and photo.width > photo.height,
    )


def of_network() -> Picture:
    """The hall itself, with the emblems of all that are in it."""
    lang = language()
    hall = House(name=Said(_("Sala"), lang), other_name=None, tagline=None, emblem=emblem_of(None), accent=INK)
    return Picture(
        language=lang,
        title=Said(_("Sala, export consortia of Laos"), lang),
        other_title=None,
        lines=(_("Many small firms, one catalogue, one door."),),
        house=hall,
        marks=tuple(emblem_of(consortium) for consortium in shown.consortia(db.session)[:8]),
    )
