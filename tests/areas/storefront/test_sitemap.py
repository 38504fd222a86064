"""What search engines are told."""

from xml.etree import ElementTree

import pytest

from catalogue.products import listing
from catalogue.web.clock import in_vientiane
from catalogue.web.storefront import sitemap

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
LOC = ".//{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LINK = ".//{http://www.w3.org/1999/xhtml}link"


def addresses(response):
    assert response.mimetype == "application/xml"
    return [element.text for element in ElementTree.fromstring(response.text).iterfind(LOC)]


def test_the_list_of_lists_leads_to_every_public_page(visitor, make, settings):
    bowl = make.product(consortium=make.consortium(slug="silver"))
    parts = addresses(visitor.open("/sitemap.xml"))
    assert all(part.startswith(settings.SITE_URL) for part in parts)
    found = {each for part in parts for each in addresses(visitor.open(part.removeprefix(settings.SITE_URL)))}
    for path in (
        *("/en/", "/lo/about", "/en/silver/", "/lo/silver/products", f"/en/silver/makers/{bowl.member.slug}"),
        *(f"/{lang}/silver/products/{bowl.public_id}-silver-bowl" for lang in ("en", "lo")),
    ):
        assert settings.SITE_URL + path in found
    for address in found:
        visitor.open(address.removeprefix(settings.SITE_URL))


def test_each_address_names_its_other_language(visitor, make):
    make.consortium(slug="silver")
    page = ElementTree.fromstring(visitor.open("/sitemap/pages.xml").text)
    languages = {link.get("hreflang") for link in page.iterfind(LINK)}
    assert languages == {"en", "lo", "x-default"}


def test_drafts_are_in_no_list(visitor, make):
    draft = make.submitted_product(consortium=make.consortium(slug="silver"))
    visitor.open("/sitemap/silver-1.xml", expect=404)
    assert draft.public_id not in visitor.open("/sitemap/pages.xml").text


@pytest.mark.parametrize("path", ["/sitemap/silver-2.xml", "/sitemap/nobody-1.xml", "/sitemap/silver-99999999999.xml"])
def test_there_are_no_other_lists(visitor, make, path):
    make.product(consortium=make.consortium(slug="silver"))
    visitor.open(path, expect=404)


def test_robots_are_told_where_not_to_look(visitor, settings):
    text = visitor.open("/robots.txt").text
    assert "Disallow: /desk/" in text
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text


def test_products_carry_their_photographs_and_their_day(visitor, make, session, settings, at):
    product = make.submitted_product(consortium=make.consortium(slug="silver"))
    photos = [make.photo(product) for _each in range(2)]
    listing.publish(session, product, by=None, at=at)
    page = ElementTree.fromstring(visitor.open("/sitemap/silver-1.xml").text)
    first = page.find(f"{SITEMAP}url")
    images = [each.text for each in first.iterfind(f".//{IMAGE}loc")]
    assert images == [f"{settings.SITE_URL}/media/{photo.file.public_id}/1280.jpg" for photo in photos]
    assert first.find(f"{SITEMAP}lastmod").text == in_vientiane(at).date().isoformat()


def test_long_catalogues_are_split(visitor, make, monkeypatch):
    monkeypatch.setattr(sitemap, "AT_ONCE", 2)
    house = make.consortium(slug="silver")
    for _each in range(3):
        make.product(consortium=house)
    assert [part for part in addresses(visitor.open("/sitemap.xml")) if "silver" in part][1].endswith("silver-2.xml")
    assert len(addresses(visitor.open("/sitemap/silver-1.xml"))) == 4
    assert len(addresses(visitor.open("/sitemap/silver-2.xml"))) == 2


def test_no_line_sheet_is_looked_for(visitor):
    assert "Disallow: /*/line-sheet" in visitor.open("/robots.txt").text
