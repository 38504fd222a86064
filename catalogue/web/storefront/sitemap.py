"""For search engines: what there is in both languages, and where they need not look."""

from collections.abc import Iterator
from typing import Any

from flask import Response, abort, render_template
from sqlalchemy import select

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.notices.addresses import site_address
from catalogue.products import shown
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.products.shelf import shelves
from catalogue.text import slug as words_of
from catalogue.web.access import public
from catalogue.web.kept import kept
from catalogue.web.language import LANGUAGES
from catalogue.web.loaders import consortium_at
from catalogue.web.storefront import blueprint

AT_ONCE = 10_000
NOT_FOR_ROBOTS = ("/desk/", "/studio/", "/operator/", "/sign-in", "/account", "/api/", "/*/i/", "/*/o/", "/*/l/")


@blueprint.get("/robots.txt")
@public
def robots() -> Response:
    """Everything public may be read; private pages are not looked for."""
    closed = [*NOT_FOR_ROBOTS, "/*/inquiry-list", "/*/inquiry$"]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        f"Sitemap: {address('storefront.sitemap')}",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
@public
@kept("network")
def sitemap() -> Response:
    """The list of lists: the pages, then the products of each consortium, ten thousand at a time."""
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
    return as_xml("storefront/sitemap.xml", pages=[in_both(*page) for page in pages(shown.consortia(db.session))])


@blueprint.get("/sitemap/<slug>-<int:number>.xml")
@public
@kept("consortium")
def sitemap_of_products(slug: str, number: int) -> Response:
    """Ten thousand products of a consortium."""
    consortium = consortium_at(slug) or abort(404)
    query = (
        select(Product.public_id, ProductVersion.name)
        .join(ProductVersion, ProductVersion.id == Product.published_id)
        .where(Product.consortium_id == consortium.id, Product.status == ListingStatus.PUBLISHED)
        .order_by(Product.id)
        .limit(AT_ONCE)
        .offset((min(max(number, 1), 1000) - 1) * AT_ONCE)
    )
    rows = db.session.execute(query).all()
    found = [("storefront.product", {"slug": slug, "product_id": each, **words(name.en)}) for each, name in rows]
    return as_xml("storefront/sitemap.xml", pages=[in_both(*page) for page in found] or abort(404))


def pages(consortia: list[Consortium]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Endpoints with their values."""
    for name in ("network", "about", "privacy"):
        yield f"storefront.{name}", {}
    for each in consortia:
        for name in ("home", "products", "makers", "how_to_order"):
            yield f"storefront.{name}", {"slug": each.slug}
        for maker in shown.makers(db.session, each):
            yield "storefront.maker", {"slug": each.slug, "maker_slug": maker.slug}


def words(name: str) -> dict[str, str]:
    """The words of an address, if there are any."""
    return {"words": words_of(name)} if words_of(name) else {}


def address(endpoint: str, **values: Any) -> str:
    """A whole address that carries no language."""
    return site_address(endpoint, **values)


def in_both(endpoint: str, values: dict[str, Any]) -> dict[str, str]:
    """A page's address in each language."""
    return {lang: site_address(endpoint, **values, lang=lang) for lang in LANGUAGES}


def as_xml(template: str, **values: Any) -> Response:
    """A document for machines."""
    return Response(render_template(template, **values), mimetype="application/xml")
