"""The hall of all consortia, its search, and the pages of the office."""

import pytest

from catalogue.text import Bilingual


@pytest.mark.parametrize(
    ("accepted", "lang"), [("lo,en;q=0.5", "lo"), ("en-GB", "en"), ("fr", "en"), ("", "en"), ("th, lo;q=0.9", "lo")]
)
def test_the_front_leads_to_the_language_of_the_browser(visitor, accepted, lang):
    response = visitor.open("/", expect=302, headers={"Accept-Language": accepted})
    assert response.location == f"/{lang}/"
    assert "Accept-Language" in response.headers["Vary"]
    assert "Set-Cookie" not in response.headers


def test_every_consortium_stands_in_the_hall(visitor, make):
    make.product(consortium=make.consortium(slug="silver", sector_key="silver"))
    make.consortium(slug="silk", sector_key="silk")
    page = visitor.get("storefront.network")
    assert [link["href"] for link in page.select(".sector h3 a")] == ["/en/silver/", "/en/silk/"]
    assert "1 product, 1 member" in page.select_one(".sector").get_text(" ", strip=True)


def test_two_consortia_of_one_trade_go_by_their_names(visitor, make):
    make.consortium(name=Bilingual("ກ", "Silver of the North"))
    make.consortium(name=Bilingual("ຂ", "Silver of the South"))
    names = [link.get_text(strip=True) for link in visitor.get("storefront.network").select(".sector h3")]
    assert names == ["Silver of the North", "Silver of the South"]


def words_of(tag):
    return " ".join(tag.get_text().split())


def test_one_search_finds_in_all_catalogues(visitor, make):
    silver, silk = make.consortium(slug="silver"), make.consortium(slug="silk", sector_key="silk")
    bowl = make.product(consortium=silver, name=Bilingual("ຂັນລາຍບົວ", "Lotus bowl"))
    make.product(consortium=silk, name=Bilingual("ຜ້າລາຍບົວ", "Lotus scarf"))
    make.product(consortium=silk, name=Bilingual("ຜ້າ", "Plain scarf"))
    page = visitor.get("storefront.network", q="lotus")
    found = {words_of(card.h3): card.select_one(".card-from").get_text(strip=True) for card in page.select(".card")}
    assert found == {"Lotus bowl": "Silver", "Lotus scarf": "Silk"}
    assert page.select_one(f'a[href="/en/silver/products/{bowl.public_id}-lotus-bowl"] mark').get_text() == "Lotus"
    assert {link["href"] for link in page.select(".chips a")} == {
        "/en/silver/products?q=lotus",
        "/en/silk/products?q=lotus",
    }


def test_a_search_that_finds_nothing_shows_ways_on(visitor, make):
    make.consortium(slug="silver")
    page = visitor.get("storefront.network", q="zeppelin")
    assert page.select_one(".empty h2").get_text() == "Nothing was found in any catalogue"
    assert page.select_one('.empty a[href="/en/silver/products"]')


@pytest.mark.parametrize("query", ['"', "a" * 10_000, "AND OR NOT", "\x00", "<script>alert(1)</script>"])
def test_odd_searches_are_answered_calmly(visitor, make, query):
    make.product()
    page = visitor.get("storefront.network", q=query)
    assert "alert(1)" not in [script.get_text() for script in page.select("script")]


def test_the_demonstration_says_so_when_one_consortium_is_one(visitor, make):
    make.consortium()
    assert not visitor.get("storefront.network").select(".demo")
    make.consortium(is_demo=True)
    assert visitor.get("storefront.network").select(".demo")


@pytest.mark.parametrize("endpoint", ["storefront.about", "storefront.privacy"])
@pytest.mark.parametrize("lang", ["en", "lo"])
def test_the_office_and_privacy(visitor, make, endpoint, lang):
    consortium = make.consortium()
    page = visitor.speaking(lang).get(endpoint)
    assert consortium.shared_contact_email in page.get_text()


def test_other_languages_are_not_found(visitor, make):
    visitor.open("/fr/", expect=404)
    visitor.open("/fr/about", expect=404)
