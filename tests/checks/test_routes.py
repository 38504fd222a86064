"""Addresses that others may have kept: none is lost without a redirect."""

from pathlib import Path

import pytest
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import RequestRedirect

from catalogue.consortia.founding import RESERVED, SLUG

KEPT = Path(__file__).with_name("addresses.txt")
PROMISED = [
    "/",
    "/en/",
    "/lo/about",
    "/en/privacy",
    "/en/silver/",
    "/en/silver/products",
    "/en/silver/products/0123456789-silver-bowl",
    "/en/silver/makers",
    "/en/silver/makers/workshop-a",
    "/en/silver/how-to-order",
    "/en/inquiry-list",
    "/en/silver/inquiry-list",
    "/en/silver/inquiry",
    "/en/i/token",
    "/studio/",
    "/desk/silver/",
    "/operator/",
    "/sign-in",
    "/health",
    "/sitemap.xml",
    "/robots.txt",
]


def test_every_address_that_was_public_once_still_answers(app):
    """When an address has to go, a redirect takes its place. New ones are added to `addresses.txt`, one a line."""
    rules = {str(rule) for rule in app.url_map.iter_rules()}
    assert set(KEPT.read_text("utf-8").splitlines()) == rules


@pytest.mark.parametrize("address", PROMISED)
def test_promised_address_leads_to_a_view(app, address):
    adapter = app.url_map.bind("sala.example")
    try:
        adapter.match(address, method="GET")
    except (RequestRedirect, MethodNotAllowed):
        pytest.fail(f"{address} does not answer a GET itself")


def test_no_consortium_can_take_an_address_of_ours(app):
    """A slug is a consortium's second word: other words there are forbidden to slugs (rule 4)."""
    seconds = {str(rule).split("/")[2] for rule in app.url_map.iter_rules() if str(rule).startswith("/<lang>/")}
    ours = {word for word in seconds if word and "<" not in word}
    assert {word for word in ours if SLUG.fullmatch(word) and not RESERVED.fullmatch(word)} == set()
