"""Kept pages of the real site: nothing private among them, the same for everybody, no change of public data missed."""

from decimal import Decimal
from urllib.parse import urlsplit

import brotli
import pytest
from sqlalchemy import select
from werkzeug.routing.converters import NumberConverter

from catalogue.app import create_app
from catalogue.consortia.founding import (
    Charter,
    Contact,
    Firm,
    admit_member,
    end_membership,
    found_consortium,
    set_metal_reference,
)
from catalogue.consortia.models import Consortium, Member, Network
from catalogue.consortia.showing import show_hero, show_maker
from catalogue.database import writing
from catalogue.extensions import db
from catalogue.media.keeping import check_file, keep, park
from catalogue.media.models import FileKind, FileState, StoredFile
from catalogue.media.stores import store_for
from catalogue.products import editing, listing
from catalogue.products.models import ListingStatus, Product
from catalogue.products.photographed import show_anew
from catalogue.text import Bilingual
from catalogue.web.content import today
from catalogue.web.headers import ALWAYS
from catalogue.web.kept import CONTROL
from tests.unit.media import hostile

KEPT = {
    *("storefront.network", "storefront.about", "storefront.privacy"),
    *("storefront.home", "storefront.products", "storefront.product", "storefront.makers", "storefront.maker"),
    *("storefront.how_to_order", "storefront.sitemap", "storefront.sitemap_of_pages", "storefront.sitemap_of_products"),
}
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def site(make):
    """Two consortia, two firms, published products and one that waits for the office."""
    silver = make.consortium(slug="silver", sector_key="silver")
    silk = make.consortium(slug="silk", sector_key="silk")
    make.metal_reference(silver)
    firm = make.member(consortium=silver, slug="workshop-a", name=Bilingual("ໂຮງຊ່າງ ກ", "Workshop A"))
    for _each in range(3):
        make.product(member=firm, category="bowls", name=Bilingual("ຂັນລາຍບົວ", "Lotus bowl"))
    make.product(consortium=silk)
    make.submitted_product(member=firm, name=Bilingual("ຂັນໃໝ່", "Waiting bowl"))
    return silver


@pytest.fixture
def front(app):
    """The application in front of the site."""
    return app.extensions["pagecache"]


def kept_by(front):
    """The addresses that are kept."""
    return {key.rpartition("|")[2] for key in front.store._pages}


def endpoint_of(app, address):
    return app.url_map.bind("sala.example").match(urlsplit(address).path, method="GET")[0]


# -- nothing private --


def addresses(app, make, cast, visitor):
    """An address that really opens for every route that answers a GET."""
    product = make.product(member=cast.firm_a)
    inquiry = make.inquiry(consortium=cast.silver, products=[product])
    photo = make.photo(product)
    values = {
        "lang": "en",
        "slug": cast.silver.slug,
        "product_id": product.public_id,
        "words": "silver-bowl",
        "maker_slug": cast.firm_a.slug,
        "inquiry_id": inquiry.public_id,
        "public_id": photo.file.public_id,
        "width": 320,
        "ending": "webp",
        "number": 1,
    }
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            parts = {name: values.get(name) or _some(rule._converters[name]) for name in rule.arguments}
            yield rule.endpoint, visitor.address_of(rule.endpoint, **parts)


def _some(converter):
    return 1 if isinstance(converter, NumberConverter) else "x" * 10


def test_no_page_is_kept_but_those_that_say_so(app, make, cast, visitor, front):
    people = [cast.noy, cast.bounmy, cast.observer, cast.operator]
    everybody = [visitor, *(visitor.signed_in_as(person) for person in people)]
    routes = list(addresses(app, make, cast, visitor))
    assert len({endpoint for endpoint, _address in routes}) > 40
    for browser in everybody:
        for endpoint, address in routes:
            front.store.close()
            for method in ("GET", "HEAD"):
                answer = browser.client.open(address, method=method, base_url=visitor.site, headers=BROWSER)
            if kept_by(front):
                assert endpoint in KEPT, address
                assert answer.status_code == 200
                assert answer.headers["Cache-Control"] == CONTROL
            elif endpoint not in KEPT:
                assert "s-maxage" not in answer.headers.get("Cache-Control", ""), address
                assert answer.status_code >= 300 or "ETag" not in answer.headers or "/media/" in address


def test_every_page_that_may_be_kept_is(app, make, cast, visitor, front):
    for _endpoint, address in addresses(app, make, cast, visitor):
        visitor.client.get(address, base_url=visitor.site)
    assert {endpoint_of(app, address) for address in kept_by(front)} == KEPT


def test_views_that_are_kept_are_public(app):
    marked = {endpoint for endpoint, view in app.view_functions.items() if hasattr(view, "kept")}
    assert marked == KEPT
    assert {app.view_functions[endpoint].access for endpoint in marked} == {"public"}


# -- the same for everybody --

PATHS = ("/en/", "/lo/silver/", "/en/silver/products?sort=new", "/lo/silver/makers/workshop-a", "/sitemap/pages.xml")


@pytest.mark.parametrize("path", PATHS)
def test_cookies_make_no_difference(visitor, site, cast, make, path):
    """Whoever comes first, with whatever cookies, the page that is kept is that of a stranger."""
    noy = visitor.signed_in_as(make.manager(site))
    gatherer = visitor.speaking("en")
    gatherer.client.set_cookie("list", "mine")
    gatherer.client.set_cookie("list_count", "7")
    first = noy.client.get(path, base_url=visitor.site, headers=BROWSER)
    for browser in (gatherer, noy, visitor):
        answer = browser.client.get(path, base_url=visitor.site, headers=BROWSER)
        assert (answer.status_code, answer.data) == (200, first.data)
        assert answer.headers.to_wsgi_list() == first.headers.to_wsgi_list()
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_what_a_request_claims_makes_no_difference(app, site, front, visitor, path):
    honest = visitor.client.get(path, base_url=visitor.site, headers=BROWSER)
    front.store.close()
    claims = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Prefix": "/evil",
        "Forwarded": "host=evil.example;proto=https",
        "X-HTTP-Method-Override": "POST",
        "Accept-Language": "lo",
        "User-Agent": "<script>",
        "Referer": "https://evil.example/",
        **BROWSER,
    }
    extra = "&" if "?" in path else "?"
    for _time in range(2):
        answer = visitor.client.get(
            f"{path}{extra}lang=lo&_external=1&x=evil", base_url="https://evil.example", headers=claims
        )
        assert answer.data == honest.data
        assert answer.headers.to_wsgi_list() == honest.headers.to_wsgi_list()
    assert len(kept_by(front)) == 1


def test_behind_a_proxy_pages_are_the_same(settings, site, session):
    from dataclasses import replace

    session.commit()
    answers = []
    for proxies in ("", "1"):
        app = create_app(replace(settings, TRUSTED_PROXIES=proxies))
        headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.1.1.1", "X-Forwarded-Host": "evil.example"}
        answers.append(app.test_client().get("/en/silver/", headers=headers).data)
        close(app)
    assert answers[0] == answers[1]


# -- headers, encodings, unchanged pages --


@pytest.mark.parametrize("path", [*PATHS, "/sitemap.xml", "/en/silver/how-to-order"])
def test_kept_pages_have_the_headers_of_all_others(visitor, site, path):
    for _time in ("rendered", "kept"):
        answer = visitor.client.get(path, base_url=visitor.site, headers=BROWSER)
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
        assert len(answer.headers.getlist("X-Content-Type-Options")) == 1
        assert answer.headers["Cache-Control"] == CONTROL
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        unchanged = visitor.client.get(
            path, base_url=visitor.site, headers={**BROWSER, "If-None-Match": answer.headers["ETag"]}
        )
        assert (unchanged.status_code, unchanged.data) == (304, b"")
        assert {name: unchanged.headers.get(name) for name in ALWAYS} == ALWAYS


def test_a_site_on_https_says_so_on_kept_pages(settings, site, session):
    from dataclasses import replace

    session.commit()
    app = create_app(replace(settings, SITE_URL="https://sala.example", SECRET_KEY="k" * 32))
    for _time in range(2):
        answer = app.test_client().get("/en/silver/", base_url="https://sala.example")
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
        assert 'rel="canonical" href="https://sala.example/en/silver/"' in answer.text
    close(app)


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("identity", None),
        ("*", "br"),
        ("*;q=0", None),
        ("", None),
        ("BR", "br"),
        (";;;,,q=,", None),
        ("x" * 5000, None),
    ],
)
def test_each_client_gets_what_it_takes(visitor, site, accepts, encoding):
    plain = visitor.client.get("/en/silver/", base_url=visitor.site)
    for _time in range(2):
        answer = visitor.client.get("/en/silver/", base_url=visitor.site, headers={"Accept-Encoding": accepts})
        assert answer.headers.get("Content-Encoding") == encoding
    if encoding == "br":
        assert brotli.decompress(answer.data) == plain.data


# -- no more pages than there are --


@pytest.mark.parametrize(
    "query",
    [
        "q=bowl",
        "category=bowls&material=silver-925",
        "category=nonsense",
        "sort=nonsense",
        "lead=16",
        "page=nonsense",
        "page=NzM5OTIyLjI0Lnh4eHh4eHh4eHg",
        "page=%00",
    ],
)
def test_searches_and_what_nobody_offers_are_not_kept(visitor, site, front, query):
    answer = visitor.client.get(f"/en/silver/products?{query}", base_url=visitor.site)
    assert answer.status_code == 200
    assert kept_by(front) == set()
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_pages_of_a_list_are_kept_and_invented_ones_are_not(visitor, site, front, make, session):
    member = session.scalar(select(Member).where(Member.slug == "workshop-a"))
    for _each in range(25):
        make.product(member=member, category="bowls")
    page = visitor.open("/en/silver/products")
    forward = page.select_one("a[rel=next]")["href"]
    visitor.open(forward)
    assert len(kept_by(front)) == 2
    known = front.store.bytes
    for number in range(5):
        visitor.client.get(f"{forward}{number}", base_url=visitor.site)
    assert front.store.bytes == known


@pytest.mark.parametrize(
    "path",
    [
        "/en/silver//products",
        "/en//silver/",
        "/en/silver/products/",
        "/en/silver/makers/workshop-a;x=1",
        "/en/silver/makers/workshop%2Da%00",
        "/en/./silver/",
        "/en/silver/../silver/",
        "/sitemap/silver-01.xml",
        "/sitemap/silver-99999999999.xml",
        "/xx/silver/",
        "/en/nobody/",
        "/en/\u0e82\u0eb1\u0e99/",
    ],
)
def test_odd_paths_are_the_sites_own_matter(visitor, site, front, path):
    answer = visitor.client.get(path, base_url=visitor.site)
    assert answer.status_code in {200, 301, 308, 400, 404}
    assert kept_by(front) == set()


def test_withdrawn_and_misnamed_products_are_not_kept(visitor, site, front, make):
    gone = make.withdrawn_product(consortium=site)
    here = make.product(consortium=site)
    for product, words, status in ((gone, "silver-bowl", 410), (here, "other-words", 301), (here, "", 301)):
        path = f"/en/silver/products/{product.public_id}{'-' if words else ''}{words}"
        assert visitor.client.get(path, base_url=visitor.site).status_code == status
    assert kept_by(front) == set()


# -- whatever changes is shown --


def publish(session, at):
    product = session.scalars(select(Product).where(Product.status == ListingStatus.SUBMITTED)).one()
    listing.publish(session, product, by=None, at=at)


def withdraw(session, at):
    product = session.scalars(select(Product).where(Product.status == ListingStatus.PUBLISHED)).first()
    listing.withdraw(session, product, by=None, at=at)


def admit(session, at):
    firm = Firm("new-firm", Bilingual("ໂຮງຊ່າງໃໝ່", "New Workshop"))
    admit_member(session, silver_of(session), firm, Contact(), by=None, at=at)


def let_go(session, at):
    end_membership(session, session.scalar(select(Member).where(Member.slug == "workshop-a")), by=None, at=at)


def price_metal(session, at):
    said = {"metal": "silver", "on": today(), "price_per_gram": Decimal("2.22"), "currency": "USD"}
    set_metal_reference(session, silver_of(session), **said, source=Bilingual("ຕົວຢ່າງ", "Example"), by=None, at=at)


def found(session, at):
    charter = Charter("furniture", "FUR", "furniture", Bilingual("ກຸ່ມເຟີນີເຈີ", "Joiners"), "office@joiners.example")
    found_consortium(session, charter, by=None, at=at)


def show_picture(session, at):
    show_hero(session, silver_of(session), ready(session, at), Bilingual("ຮູບ", "A picture"), by=None, at=at)


def show_firm(session, at):
    member = session.scalar(select(Member).where(Member.slug == "workshop-a"))
    show_maker(session, member, ready(session, at), by=None, at=at)


def silver_of(session):
    return session.scalars(select(Consortium).where(Consortium.slug == "silver")).one()


def ready(session, at):
    file = StoredFile(
        consortium_id=silver_of(session).id,
        key="1/new",
        kind=FileKind.PHOTO,
        state=FileState.READY,
        sha256="0" * 64,
        media_type="image/jpeg",
        size=1,
        width=1600,
        height=1200,
        widths=[320, 640],
        created_at=at,
    )
    session.add(file)
    session.flush()
    return file


CHANGES = (publish, withdraw, admit, let_go, price_metal, found, show_picture, show_firm)


def every_page(client, more=()):
    """The addresses of all kept pages, as the sitemaps name them, and the bytes of each."""
    documents = ["/sitemap.xml", "/sitemap/pages.xml", "/sitemap/silver-1.xml", "/sitemap/silk-1.xml"]
    found = {}
    for path in documents:
        found[path] = client.get(path).data
        for part in found[path].decode().split("http://127.0.0.1:8000")[1:]:
            address = part.partition("<")[0].partition('"')[0]
            if address.startswith(("/en/", "/lo/")):
                found.setdefault(address, b"")
    pages = [address for address in {**found, **dict.fromkeys(more)} if address not in documents]
    pages += ["/en/silver/products?sort=new", "/en/silver/products?category=bowls"]
    return found | {address: client.get(address).data for address in pages}


def close(app):
    app.extensions["pagecache"].close()
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_change_of_public_data_is_shown_at_once(app, settings, engine, site, session, at, change):
    session.commit()
    before = every_page(app.test_client())
    with app.app_context(), writing(engine) as own:
        change(own, at)
    after = every_page(app.test_client(), more=before)

    fresh = create_app(settings)
    expected = every_page(fresh.test_client(), more=before)
    close(fresh)

    assert {address for address in expected if after.get(address) != expected[address]} == set()
    assert after != before


def test_a_photograph_is_shown_when_it_is_ready(app, settings, engine, site, session, at, make):
    store = store_for(settings.media_url)
    parked = park(store, hostile.photograph(), "bowl.jpg")
    product = session.scalars(select(Product).where(Product.status == ListingStatus.SUBMITTED)).one()
    file = keep(session, parked, consortium_id=product.consortium_id, kind=FileKind.PHOTO, at=at)
    editing.add_photo(session, product, file, by=None, at=at)
    listing.publish(session, product, by=None, at=at, unseen_photos=True)
    session.commit()
    client = app.test_client()
    path = f"/en/silver/products/{product.public_id}-waiting-bowl"
    session.commit()
    assert file.public_id not in client.get(path).text
    session.rollback()
    check_file(engine, store, file.id, changed=show_anew)
    assert file.public_id in client.get(path).text


def test_another_consortiums_change_leaves_pages_in_place(app, engine, site, session, front):
    session.commit()
    client = app.test_client()
    for path in ("/en/silver/makers", "/en/silver/"):
        client.get(path)
    before = set(front.store._pages)
    with writing(engine) as own:
        own.execute(select(Network))
        listing.withdraw(own, own.scalars(products_of(own, "silk")).first(), by=None, at=site.created_at)
    client.get("/en/silver/makers")
    assert set(front.store._pages) == before
    client.get("/en/silver/")
    assert len(front.store) == len(before) + 1


def products_of(session, slug):
    return select(Product).join(Product.consortium).where(Consortium.slug == slug)
