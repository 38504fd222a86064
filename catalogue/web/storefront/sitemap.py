"""For search engines: what there is in both languages, and where they need not look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, abort, render_template
from sqlalchemy import select

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.media.models import FileState, StoredFile
from catalogue.notices.addresses import site_address
from catalogue.products import shown
from catalogue.products.models import ListingStatus, Product, ProductPhoto, ProductVersion
from catalogue.products.shelf import shelf_of, shelves
from catalogue.products.shown import Photo
from catalogue.text import slug as words_of
from catalogue.web.access import public
from catalogue.web.clock import in_vientiane
from catalogue.web.content import whole_address
from catalogue.web.kept import kept
from catalogue.web.language import LANGUAGES
from catalogue.web.loaders import consortium_at
from catalogue.web.photographs import photo_address
from catalogue.web.storefront import blueprint

# With both languages and up to five photographs each, a list stays far below 50,000 addresses and 50 MB.
AT_ONCE = 2_000
NOT_FOR_ROBOTS = ("/desk/", "/studio/", "/operator/", "/sign-in", "/account", "/api/", "/*/i/", "/*/o/", "/*/l/")
NO_PAGES = ("/*/inquiry-list", "/*/line-sheet")


@dataclass(frozen=True)
class Entry:
    """A page with its address in each language, the day it last changed, and the addresses of its photographs."""

    addresses: dict[str, str]
    changed_on: date | None = None
    images: tuple[str, ...] = ()


@blueprint.get("/robots.txt")
@public
def robots() -> Response:
    """Everything public may be read; private pages are not looked for."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in (*NOT_FOR_ROBOTS, *NO_PAGES)),
        "",
        f"Sitemap: {address('storefront.sitemap')}",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
@public
@kept("network")
def sitemap() -> Response:
    """The list of lists: the pages, then the products of each consortium, two thousand at a time."""
    consortia = shown.consortia(db.session)
    standing = shelves(db.session, consortia)
    parts = [address("storefront.sitemap_of_pages")]
    for each in consortia:
        numbers = range(1, 1 + -(-len(standing[each.id]) // AT_ONCE))
        parts += [address("storefront.sitemap_of_products", slug=each.slug, number=number) for number in numbers]
    return as_xml("storefront/sitemap_index.xml", parts=parts)


@blueprint.get("/sitemap/pages.xml")
@public
@kept("network")
def sitemap_of_pages() -> Response:
    """Every page that is no product."""
    return as_xml("storefront/sitemap.xml", pages=list(pages(shown.consortia(db.session))))


@blueprint.get("/sitemap/<slug>-<int:number>.xml")
@public
@kept("consortium")
def sitemap_of_products(slug: str, number: int) -> Response:
    """Two thousand products of a consortium, each with its photographs."""
    consortium = consortium_at(slug) or abort(404)
    start = (min(max(number, 1), 100_000) - 1) * AT_ONCE
    ids = shelf_of(db.session, consortium).ids[start : start + AT_ONCE]
    return as_xml("storefront/sitemap.xml", pages=list(products(consortium, ids)) or abort(404))


def pages(consortia: list[Consortium]) -> Iterator[Entry]:
    """Every page that is no product."""
    for name in ("network", "about", "privacy"):
        yield in_both(f"storefront.{name}")
    heroes = shown.heroes(db.session, consortia)
    for each in consortia:
        yield in_both("storefront.home", heroes.get(each.id), slug=each.slug)
        for name in ("products", "makers", "how_to_order"):
            yield in_both(f"storefront.{name}", slug=each.slug)
        for maker in shown.makers(db.session, each):
            yield in_both("storefront.maker", maker.photo, slug=each.slug, maker_slug=maker.slug)


def products(consortium: Consortium, ids: Sequence[int]) -> Iterator[Entry]:
    """These products; two queries for any number."""
    query = (
        select(Product.public_id, Product.published_at, ProductVersion.id, ProductVersion.name)
        .join(ProductVersion, ProductVersion.id == Product.published_id)
        .where(Product.id.in_(ids), Product.status == ListingStatus.PUBLISHED)
        .order_by(Product.id)
    )
    rows = db.session.execute(query).all()
    images = photographs([row.id for row in rows])
    place = in_both("storefront.product", slug=consortium.slug, product_id=SAMPLE).addresses
    for row in rows:
        name = "-".join(filter(None, (row.public_id, words_of(row.name.en))))
        addresses = {lang: known.replace(SAMPLE, name) for lang, known in place.items()}
        changed_on = in_vientiane(row.published_at).date() if row.published_at else None
        yield Entry(addresses, changed_on, tuple(images.get(row.id, ())))


SAMPLE = "0000000000"


def photographs(version_ids: list[int]) -> dict[int, list[str]]:
    """The whole addresses of every photograph that is ready, by the version that shows it."""
    query = (
        select(ProductPhoto.version_id, StoredFile.public_id, StoredFile.widths)
        .join(StoredFile, StoredFile.id == ProductPhoto.file_id)
        .where(ProductPhoto.version_id.in_(version_ids), StoredFile.state == FileState.READY)
        .order_by(ProductPhoto.version_id, ProductPhoto.position)
    )
    found: dict[int, list[str]] = {}
    for version_id, public_id, widths in db.session.execute(query):
        if widths:
            found.setdefault(version_id, []).append(whole_address(photo_address(public_id, widths[-1])))
    return found


def address(endpoint: str, **values: Any) -> str:
    """A whole address that carries no language."""
    return site_address(endpoint, **values)


def in_both(endpoint: str, photo: Photo | None = None, **values: Any) -> Entry:
    """A page with its address in each language."""
    addresses = {lang: site_address(endpoint, **values, lang=lang) for lang in LANGUAGES}
    images = (whole_address(photo_address(photo.public_id, photo.widths[-1])),) if photo else ()
    return Entry(addresses, images=images)


def as_xml(template: str, **values: Any) -> Response:
    """A document for machines."""
    return Response(render_template(template, **values), mimetype="application/xml")
