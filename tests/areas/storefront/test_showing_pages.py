"""Promises of every page that only shows: no cookie, few queries, no contact, both languages known to machines."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from catalogue.consortia.models import MemberContact
from catalogue.extensions import db
from catalogue.products import listing
from catalogue.text import Bilingual

SHOWING = {
    "network": ("storefront.network", {}),
    "found": ("storefront.network", {"q": "bowl"}),
    "about": ("storefront.about", {}),
    "privacy": ("storefront.privacy", {}),
    "home": ("storefront.home", {"slug": "silver"}),
    "products": ("storefront.products", {"slug": "silver"}),
    "filtered": ("storefront.products", {"slug": "silver", "category": "bowls", "sort": "lead"}),
    "searched": ("storefront.products", {"slug": "silver", "q": "bowl lotus"}),
    "nothing": ("storefront.products", {"slug": "silver", "q": "bowl zeppelin", "lead": "15"}),
    "makers": ("storefront.makers", {"slug": "silver"}),
    "maker": ("storefront.maker", {"slug": "silver", "maker_slug": "workshop-a"}),
    "guide": ("storefront.how_to_order", {"slug": "silver"}),
    "product": ("storefront.product", {"slug": "silver", "words": "lotus-bowl"}),
}
MOST_QUERIES = 8


@pytest.fixture
def site(make):
    """Fills a catalogue with so many products; the first product is the one whose page is opened."""

    def fill(count):
        silver = make.consortium(slug="silver", sector_key="silver")
        make.metal_reference(silver)
        make.consortium(slug="silk", sector_key="silk")
        firms = [make.member(consortium=silver, slug=f"workshop-{letter}", contact=SECRETS) for letter in "abcdefghij"]
        return [published(make, firms[number % 10]) for number in range(count)]

    return fill


SECRETS = {"name": "Quillfeather", "email": "quill@hidden.example", "phone": "+856 20 9999 8877", "address": "House 77"}


def published(make, member):
    product = make.submitted_product(member=member, category="bowls", name=Bilingual("ຂັນລາຍບົວ", "Lotus bowl"))
    make.photo(product)
    make.photo(product)
    listing.publish(make.session, product, by=None, at=make.later())
    return make.keep(product)


def opened(visitor, name, products, **options):
    endpoint, values = SHOWING[name]
    if name == "product":
        values = {**values, "product_id": products[0].public_id}
    return visitor.get(endpoint, **{**values, **options})


@pytest.mark.parametrize("count", [5, 60])
def test_a_page_needs_few_queries_at_any_size(visitor, site, app, count):
    products = site(count)
    for name in SHOWING:
        with statements(app) as ran:
            opened(visitor, name, products)
        assert len(ran) <= MOST_QUERIES, f"{name}: {len(ran)} queries\n" + "\n".join(ran)


@contextmanager
def statements(app):
    """The queries that the site runs in a block; beginning a transaction does not count."""
    ran = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            ran.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield ran
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_no_page_sets_a_cookie_or_differs_by_visitor(visitor, site, cast, lang):
    products = site(3)
    reader, manager = visitor.speaking(lang), visitor.signed_in_as(cast.noy).speaking(lang)
    for name in SHOWING:
        page = opened(reader, name, products)
        assert "Set-Cookie" not in reader.response.headers
        assert "Cookie" not in reader.response.headers.get("Vary", "")
        assert not page.select("[name=csrf_token]")
        opened(manager, name, products)
        assert manager.response.text == reader.response.text


def test_no_page_shows_how_to_reach_a_member(visitor, site, session):
    products = site(3)
    contacts = session.query(MemberContact).all()
    secrets = {value for each in contacts for value in (each.name, each.email, each.phone, each.address) if value}
    secrets |= {"2099998877", "99998877", "hidden.example"}
    for name in SHOWING:
        opened(visitor, name, products)
        for secret in secrets:
            assert secret not in visitor.response.text, f"{name} shows {secret}"


def test_every_page_names_both_languages_and_its_right_address(visitor, site, settings):
    products = site(3)
    for name in SHOWING:
        page = opened(visitor, name, products)
        links = {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate]")}
        assert links.keys() == {"en", "lo", "x-default"}, name
        assert links["en"] == links["x-default"] == page.select_one("link[rel=canonical]")["href"]
        assert links["lo"] == links["en"].replace("/en/", "/lo/")
        other = page.select_one(".language-switch")["href"]
        assert opened(visitor.speaking("lo"), name, products).select_one("link[rel=canonical]")["href"] == links["lo"]
        assert visitor.open(other).html["lang"] == "lo"


def test_pages_have_titles_of_their_own(visitor, site):
    products = site(3)
    titles = [opened(visitor, name, products).title.get_text(strip=True) for name in SHOWING if name != "filtered"]
    assert len(set(titles)) == len(titles)


def test_pages_of_another_consortium_are_not_found_here(visitor, site):
    products = site(3)
    visitor.get("storefront.product", expect=404, slug="silk", product_id=products[0].public_id, words="lotus-bowl")
    visitor.get("storefront.maker", expect=404, slug="silk", maker_slug="workshop-a")
    assert not visitor.get("storefront.products", slug="silk").select(".card")
