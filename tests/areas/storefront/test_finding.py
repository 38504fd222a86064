"""Finding in the catalogue: nine filters, what was meant, pages that hold still, and any text at all."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.products import listing
from catalogue.text import Bilingual


@pytest.fixture
def silver(make):
    return make.consortium(slug="silver", sector_key="silver")


@pytest.fixture
def four(make, silver):
    """Four bowls that differ in everything one can filter by."""
    assay = {"assay_result": 926}
    rows = [(20, 999, 1, True, assay), (80, 950, 5, True, {}), (400, 925, 10, False, {}), (1500, 925, 60, False, {})]
    return [
        make.product(
            consortium=silver,
            name=Bilingual(f"ຂັນ {number}", f"Bowl number {number}"),
            net_weight_g=Decimal(weight),
            fineness=fineness,
            minimum_order=minimum,
            sample_available=sample,
            details=details,
        )
        for number, (weight, fineness, minimum, sample, details) in enumerate(rows)
    ]


def names(page):
    return sorted(heading.get_text(" ", strip=True) for heading in page.select(".cards h3"))


def facet(page, title):
    section = next(each for each in page.select(".facet") if each.h3.get_text() == title)
    return {link.span.get_text(): (int(link.small.get_text()), link["href"]) for link in section.select("a")}


@pytest.mark.parametrize(
    ("title", "words", "expected"),
    [
        ("Fineness", "999\u00a0‰", ["Bowl number 0"]),
        ("Weight", "Up to 25\u00a0g", ["Bowl number 0"]),
        ("Weight", "Over 1\u00a0kg", ["Bowl number 3"]),
        ("Minimum order", "Up to 5", ["Bowl number 0", "Bowl number 1"]),
        ("Sample", "Can be asked for", ["Bowl number 0", "Bowl number 1"]),
        ("Certificate", "Assay of a sample", ["Bowl number 0"]),
    ],
)
def test_a_filter_leads_to_as_many_as_it_says(visitor, four, title, words, expected):
    count, href = facet(visitor.get("storefront.products", slug="silver"), title)[words]
    page = visitor.open(href)
    assert names(page) == expected
    assert count == len(expected)
    assert page.select_one(".chips a").get_text(" ", strip=True).endswith(words)


def test_an_address_has_one_order_of_parameters(visitor, four):
    page = visitor.open("/en/silver/products?certificate=assay&sample=yes&fineness=999&minimum=5&weight=0-25")
    href = page.select_one(".sorts a[rel]")["href"]
    asked = [part.partition("=")[0] for part in urlsplit(href).query.split("&")]
    assert [name for name in asked if name != "sort"] == ["fineness", "weight", "minimum", "sample", "certificate"]
    assert names(page) == ["Bowl number 0"]


@pytest.mark.parametrize(
    "wrong", ["fineness=12", "fineness=x", "weight=1-2", "minimum=7", "sample=no", "certificate=x"]
)
def test_values_that_nobody_knows_are_dropped(visitor, four, wrong):
    assert len(names(visitor.open(f"/en/silver/products?{wrong}"))) == 4


def test_several_bands_of_one_filter_are_added(visitor, four):
    page = visitor.open("/en/silver/products?weight=0-25&weight=1000-")
    assert names(page) == ["Bowl number 0", "Bowl number 3"]


# -- what was meant --


def test_nothing_found_says_what_was_meant(visitor, make, silver):
    make.product(consortium=silver, name=Bilingual("ຕຸ້ມຫູ", "Filigree earrings"))
    page = visitor.get("storefront.products", slug="silver", q="filigre")
    link = page.select_one("a.meant")
    assert "Did you mean “filigree”? (1 product)" in " ".join(link.get_text().split())
    assert names(visitor.open(link["href"])) == ["Filigree earrings"]


def test_a_lao_word_on_an_english_page_has_its_language(visitor, make, silver):
    make.product(consortium=silver, name=Bilingual("ຕຸ້ມຫູ", "Filigree earrings"))
    page = visitor.get("storefront.products", slug="silver", q="ຕຸມຫູ")
    assert page.select_one("a.meant b")["lang"] == "lo"
    assert page.select_one("input[name=q]")["value"] == "ຕຸມຫູ"


def test_all_catalogues_say_what_was_meant(visitor, make, silver):
    make.product(consortium=silver, name=Bilingual("ຕຸ້ມຫູ", "Filigree earrings"))
    page = visitor.get("storefront.network", q="filigre")
    assert parse_qs(urlsplit(page.select_one("a.meant")["href"]).query) == {"q": ["filigree"]}


# -- pages --


@pytest.mark.parametrize("sort", ["", "new", "lead", "minimum"])
def test_what_is_published_meanwhile_moves_nothing(visitor, make, session, silver, sort):
    members = [make.member(consortium=silver) for _each in range(3)]
    for number in range(50):
        member = members[number % 3]
        make.product(member=member, name=Bilingual("ຂັນ", f"Old {number}"), lead_time_days=9 + number % 2)
    page = visitor.get("storefront.products", slug="silver", **({"sort": sort} if sort else {}))
    seen = list(names(page))
    for member in members:
        new = make.submitted_product(member=member, name=Bilingual("ຂັນ", "New"), lead_time_days=1, minimum_order=1)
        listing.publish(session, new, by=None, at=make.later() + timedelta(days=1))
        session.commit()
    while following := page.select_one("a[rel=next]"):
        page = visitor.open(following["href"])
        seen += names(page)
    assert sorted(seen) == sorted(f"Old {n}" for n in range(50))


# -- anything may be typed --


SIGNS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=60)
OPERATORS = st.lists(
    st.sampled_from([*'"*^:()-+&|!<>~{}[]\\/%_', "NEAR", "AND", "OR", "NOT", "<->", "ຂັນ", "bowl", "\x00"])
)


@pytest.mark.parametrize("place", ["/en/silver/products", "/lo/", "/en/silver/suggestions"])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(typed=st.one_of(SIGNS, OPERATORS.map(" ".join)))
def test_any_text_is_a_search(visitor, four, place, typed):
    assert visitor.client.get(place, query_string={"q": typed}).status_code == 200


@pytest.mark.parametrize(
    "typed", ["bowl " * 2000, "ກ" * 10_000, "\u202e\u2066bowl", "\ufffe\uffff", "🙂" * 50, '"' * 99]
)
def test_a_calm_answer_to_strange_text(visitor, four, typed):
    assert visitor.client.get("/en/silver/products", query_string={"q": typed}).status_code == 200


@pytest.mark.parametrize("raw", ["%ff%fe", "%00", "%ed%a0%80", "a%0d%0aSet-Cookie:x", "%u0041", "+" * 300])
def test_broken_bytes_are_no_fault(visitor, four, raw):
    answer = visitor.client.get(f"/en/silver/products?q={raw}")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
