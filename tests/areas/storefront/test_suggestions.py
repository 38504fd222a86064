"""Suggestions while one types: words, kinds and products of what is published, in the reader's language."""

import pytest

from catalogue.text import Bilingual


@pytest.fixture
def silver(make):
    return make.consortium(slug="silver", sector_key="silver")


@pytest.fixture
def earrings(make, silver):
    return make.product(
        consortium=silver,
        category="jewellery",
        reference="MS-0142",
        name=Bilingual("ຕຸ້ມຫູເງິນ", "Filigree earrings"),
        summary=Bilingual("ສານດ້ວຍມື", "Light to wear"),
        techniques=[],
    )


def suggested(visitor, typed, slug="silver", lang="en"):
    place = f"/{lang}/{slug}/suggestions" if slug else f"/{lang}/suggestions"
    answer = visitor.client.get(place, query_string={"q": typed})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    return {group["title"]: group["options"] for group in answer.json["groups"]}


def test_words_are_completed_and_products_named(visitor, earrings):
    found = suggested(visitor, "fili")
    assert found["Words"] == [{"words": "filigree", "lang": "en", "href": "/en/silver/products?q=filigree", "note": ""}]
    (product,) = found["Products"]
    assert (product["words"], product["note"]) == ("Filigree earrings", "MS-0142")
    assert product["href"].startswith(f"/en/silver/products/{earrings.public_id}")


def test_the_words_before_the_last_stay(visitor, earrings):
    assert [each["words"] for each in suggested(visitor, "light fil")["Words"]] == ["light filigree"]


def test_lao_is_completed_inside_a_run(visitor, earrings):
    found = suggested(visitor, "ຕຸ້ມ", lang="lo")
    assert found["ຄຳ"][0]["words"].startswith("ຕຸ້ມຫູ")
    assert found["ຄຳ"][0]["lang"] == "lo"


def test_a_kind_of_product_is_named_with_its_count(visitor, earrings):
    (kind,) = suggested(visitor, "jew")["Kinds"]
    assert kind == {"words": "Jewellery", "lang": "en", "href": "/en/silver/products?category=jewellery", "note": "1"}


def test_all_catalogues_are_searched_from_the_network(visitor, earrings):
    found = suggested(visitor, "fili", slug="")
    assert found["Words"][0]["href"] == "/en/?q=filigree"
    assert found["Products"][0]["href"].startswith("/en/silver/products/")


def test_what_is_not_public_is_not_suggested(visitor, make, silver, earrings):
    make.submitted_product(consortium=silver, name=Bilingual("ລັບ", "Secretive"))
    make.withdrawn_product(consortium=silver, name=Bilingual("ເກົ່າ", "Secretary desk"))
    assert suggested(visitor, "secret") == {}


@pytest.mark.parametrize("typed", ["", "f", " ", "\x00", "((", "🙂", "ກ" * 5000, "zzzz", "%_", '"'])
def test_anything_may_be_typed(visitor, earrings, typed):
    assert suggested(visitor, typed) == {}


def test_it_says_how_many_there_are(visitor, earrings):
    ask = visitor.client.get
    assert ask("/en/silver/suggestions?q=fili").json["says"] == "2 suggestions"
    assert ask("/en/silver/suggestions?q=zzzz").json["says"] == "No suggestions"
    assert ask("/en/nobody/suggestions?q=fili").status_code == 404
