"""A line sheet as a buyer gets it: the page tells how far it is, and opens the PDF by itself; or by its link."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import BOTH_WAYS, PHONE, check_screen

PDF = re.compile(r"/line-sheet\.pdf\?.*made=")


@pytest.fixture
def house(make):
    """A consortium with something to print."""
    house = make.consortium()
    make.product(consortium=house)
    return house


@BOTH_WAYS
def test_the_page_of_a_sheet_is_whole_and_opens_it_once_it_is_ready(browser_page, house, width, lang):
    page = browser_page(width, lang)
    # The browser's own reader of PDFs is no part of this site: its page stays in place.
    page.route(PDF, lambda route: route.fulfill(status=204))
    with page.expect_request(PDF, timeout=60_000):
        page.goto(f"/{lang}/{house.slug}/line-sheet.pdf")
        check_screen(page)


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_without_script_a_link_says_whether_it_is_ready(browser_page, house, lang):
    page = browser_page(PHONE, lang, javascript=False)
    page.goto(f"/{lang}/{house.slug}/line-sheet.pdf")
    expect(page.locator("[role=status]")).to_be_visible()
    address = page.locator("a[data-open]").get_attribute("href")
    for _look in range(180):
        answer = page.request.get(address)
        if answer.headers["content-type"] == "application/pdf":
            break
        page.wait_for_timeout(500)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
