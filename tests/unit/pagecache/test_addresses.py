"""One page, one address: known parameters in their order, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.pagecache.addresses import LONGEST_QUERY, Place

LIST = Place("silver", ("category", "material", "sort", "page"), frozenset({"category", "material"}), frozenset({"q"}))


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("sort=new&category=bowls", "category=bowls&sort=new"),
        ("utm_source=mail&category=bowls&fbclid=1", "category=bowls"),
        ("utm_source=mail", ""),
        ("category=&sort=", ""),
        ("q=", ""),
        ("q=+", ""),
        ("q=%20%20&sort=new", "sort=new"),
        ("sort=new&sort=lead", "sort=new"),
        ("%63ategory=bowls", "category=bowls"),
        ("category=%62owls", "category=bowls"),
        ("category=a%26b%3Dc", "category=a%26b%3Dc"),
        ("&&&", ""),
        ("=", ""),
        ("sort", ""),
        ("category=bowls;material=silver", "category=bowls%3Bmaterial%3Dsilver"),
    ],
)
def test_what_is_asked_is_said_in_one_way(query, canonical):
    assert LIST.canonical(query) == canonical


@pytest.mark.parametrize(
    "query",
    [
        "q=bowl",
        "sort=new&q=%E0%BA%82",
        "q=&q=bowl",
        "category=bowls&material=silver",
        "category=bowls&category=cups",
        f"category={'x' * LONGEST_QUERY}",
        "&".join(f"a{number}=1" for number in range(30)),
        "category=\xe0\xba\x82",
    ],
)
def test_what_is_not_kept_is_left_to_the_site(query):
    assert LIST.canonical(query) is None


def test_a_page_without_parameters_has_one_address():
    assert Place("silver").canonical("q=bowl&category=bowls&page=2") == ""


@given(st.text(max_size=80))
def test_any_query_is_read_and_says_itself(query):
    canonical = LIST.canonical(query)
    assert canonical is None or LIST.canonical(canonical) == canonical
