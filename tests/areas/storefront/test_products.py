"""The catalogue as a list: filters, searches, orders, pages."""

from urllib.parse import parse_qs, urlsplit

import pytest

from catalogue.products import listing
from catalogue.text import Bilingual


@pytest.fixture
def silver(make):
    return make.consortium(slug="silver")


@pytest.fixture
def catalogue(visitor):
    """Opens the list of the silver consortium."""
    return lambda **asked: visitor.get("storefront.products", slug="silver", **asked)


def references(page):
    return [" ".join(card.h3.get_text().split()) for card in page.select(".card")]


def named(make, consortium, name, **given):
    return make.product(consortium=consortium, name=Bilingual(name, name), **given)


def test_all_published_products_are_listed_and_no_others(make, silver, catalogue):
    named(make, silver, "Bowl")
    make.submitted_product(consortium=silver)
    make.withdrawn_product(consortium=silver)
    named(make, make.consortium(), "Stranger")
    assert references(catalogue()) == ["Bowl"]


def test_filters_narrow_and_can_be_removed(make, silver, catalogue):
    named(make, silver, "Bowl", category="bowls", lead_time_days=10)
    named(make, silver, "Slow bowl", category="bowls", lead_time_days=50)
    named(make, silver, "Box", category="boxes", lead_time_days=10)
    page = catalogue(category="bowls", lead="15")
    assert references(page) == ["Bowl"]
    assert "1 product of 3" in " ".join(page.select_one(".result p").get_text(" ").split())
    chips = [parse_qs(urlsplit(link["href"]).query) for link in page.select(".chips a:not(.chips-clear)")]
    assert chips == [{"lead": ["15"]}, {"category": ["bowls"]}]


def test_keys_of_one_filter_add_up(make, silver, catalogue):
    for name, category in (("Bowl", "bowls"), ("Box", "boxes"), ("Tray", "trays")):
        named(make, silver, name, category=category)
    assert sorted(references(catalogue(category=["bowls", "boxes"]))) == ["Bowl", "Box"]


def test_only_filters_that_split_the_list_are_links(make, silver, catalogue):
    named(make, silver, "Bowl", category="bowls", materials=["silver"])
    named(make, silver, "Box", category="boxes", materials=["silver", "wood"])
    page = catalogue()
    links = {link.span.get_text(): link.small.get_text() for link in page.select(".facet a")}
    assert links["Bowls"] == "1"
    assert links["Wood"] == "1"
    assert "Silver" not in links
    assert "Jewellery" not in links


def test_unknown_parameters_and_keys_are_dropped(make, silver, catalogue):
    named(make, silver, "Bowl")
    page = catalogue(category="zeppelins", sort="price", colour="red", lead="7")
    assert references(page) == ["Bowl"]
    assert not page.select(".chips")
    assert "colour" not in page.decode()
    assert page.select_one("link[rel=canonical]")["href"].endswith("/en/silver/products")


def test_options_of_links_stay_out_of_the_address(make, silver, visitor):
    named(make, silver, "Bowl")
    page = visitor.open("/en/silver/products?_scheme=javascript&_external=1&_anchor=a&slug=x&lang=xx")
    assert page.select_one(".language-switch")["href"] == "/lo/silver/products"


def test_no_parameter_of_an_address_is_taken_for_a_part_of_the_link_function(visitor):
    page = visitor.open("/en/inquiry-list?endpoint=x&_scheme=javascript&self=y")
    assert page.select_one(".language-switch")["href"] == "/lo/inquiry-list?self=y"


def test_a_search_marks_its_words_and_is_not_for_robots(make, silver, catalogue):
    named(make, silver, "Lotus bowl")
    named(make, silver, "Plain tray", category="trays")
    page = catalogue(q="lotus")
    assert references(page) == ["Lotus bowl"]
    assert page.select_one(".card mark").get_text() == "Lotus"
    assert "noindex" in page.select_one("meta[name=robots]")["content"]
    assert page.select_one("input[name=q]")["value"] == "lotus"


def test_lao_is_found_on_a_lao_page(visitor, make, silver):
    make.product(consortium=silver, name=Bilingual("ຂັນເງິນລາຍບົວ", "Lotus bowl"))
    page = visitor.speaking("lo").get("storefront.products", slug="silver", q="ບົວ")
    assert page.select_one(".card mark").get_text() == "ບົວ"


def test_nothing_found_shows_what_to_try(make, silver, catalogue):
    silk = make.consortium(slug="silk", sector_key="silk", name=Bilingual("ຜ້າໄໝ", "Silk of the South"))
    named(make, silver, "Lotus bowl", lead_time_days=40)
    named(make, silk, "Lamp")
    page = catalogue(q="lotus lamp", lead="15")
    ways = {link["href"]: " ".join(link.get_text().split()) for link in page.select(".empty li a")}
    assert ways == {
        "/en/silver/products?q=lotus": "Search only “lotus” (1 product)",
        "/en/silk/products?q=lamp": "Look for “lamp” in Silk of the South (1 product)",
    }
    assert page.select_one('.empty a.button[href="/en/silver/inquiry"]')
    assert references(page) == ["Lotus bowl"]


def test_a_filter_to_leave_out_is_offered(make, silver, catalogue):
    named(make, silver, "Lotus bowl", lead_time_days=40)
    page = catalogue(q="lotus", lead="15")
    way = page.select_one(".empty li a")
    assert " ".join(way.get_text().split()) == "Leave out “Up to 15 days” (1 product)"
    assert way["href"] == "/en/silver/products?q=lotus"


def test_an_empty_catalogue_is_no_failed_search(silver, catalogue):
    assert not catalogue().select(".empty")


@pytest.mark.parametrize(
    ("sort", "order"),
    [("new", ["C", "B", "A"]), ("lead", ["B", "C", "A"]), ("minimum", ["C", "A", "B"])],
)
def test_orders(make, silver, catalogue, sort, order):
    for name, lead, minimum in (("A", 50, 5), ("B", 10, 9), ("C", 20, 1)):
        named(make, silver, name, lead_time_days=lead, minimum_order=minimum)
    assert references(catalogue(sort=sort)) == order


# -- pages --


def test_pages_hold_everything_once_in_both_directions(make, silver, catalogue, visitor):
    for number in range(55):
        named(make, silver, f"P{number}")
    first = catalogue()
    second = visitor.open(first.select_one("a[rel=next]")["href"])
    third = visitor.open(second.select_one("a[rel=next]")["href"])
    assert [len(references(page)) for page in (first, second, third)] == [24, 24, 7]
    assert len(set(references(first) + references(second) + references(third))) == 55
    assert third.select_one("a[rel=next]") is None
    assert references(visitor.open(third.select_one("a[rel=prev]")["href"])) == references(second)
    assert references(visitor.open(second.select_one("a[rel=prev]")["href"])) == references(first)
    assert "25–48 of 55" in second.select_one(".pager").get_text()


def test_what_is_withdrawn_meanwhile_moves_no_other_product(make, silver, catalogue, visitor, session, at):
    made = [named(make, silver, f"P{number}") for number in range(30)]
    first = catalogue(sort="new")
    seen = references(first)
    gone = next(product for product in made if product.published.name.en == seen[3])
    listing.withdraw(session, gone, by=None, at=at)
    session.commit()
    second = visitor.open(first.select_one("a[rel=next]")["href"])
    assert sorted(seen + references(second)) == sorted(f"P{number}" for number in range(30))


@pytest.mark.parametrize("cursor", ["x", "../../etc", "A" * 3000, "%00", "ກກ"])
def test_a_bad_cursor_is_the_first_page(make, silver, catalogue, cursor):
    for number in range(30):
        named(make, silver, f"P{number}")
    assert references(catalogue(page=cursor)) == references(catalogue())


def test_the_language_switch_keeps_what_was_asked(make, silver, catalogue):
    for number in range(30):
        named(make, silver, f"Lotus {number}")
    page = catalogue(q="lotus", lead="45")
    assert page.select_one(".language-switch")["href"] == "/lo/silver/products?q=lotus&lead=45"
    following = page.select_one("a[rel=next]")["href"]
    assert parse_qs(urlsplit(following).query).keys() == {"q", "lead", "page"}
