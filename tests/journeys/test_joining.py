"""Joining, in Lao, on a phone: a card from the desk, one phone, a second one too late, the first one lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import BOTH_WAYS, DESKTOP, PHONE, check_screen
from tests.cast import Cast

NAME = "ນາງ ຄຳຫຼ້າ"


@pytest.fixture
def desk(browser_page, cast: Cast) -> Page:
    """The manager's browser."""
    return browser_page(DESKTOP, "en", signed_in_as=cast.noy)


def press(page: Page, selector: str) -> None:
    """Press and wait for the next page."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def test_from_the_desk_to_a_phone_and_out_again(browser_page, desk: Page, cast: Cast):
    address = f"/desk/{cast.silver.slug}/members/{cast.firm_a.public_id}"
    link = makes_a_card(desk, address)
    phone, other = browser_page(PHONE, "lo", allow=(401,)), browser_page(PHONE, "lo", allow=(410,))
    late = browser_page(PHONE, "lo", javascript=False, allow=(410,))

    for each in (phone, other, late):
        each.goto(link)
    check_screen(phone)
    press(phone, "main form button")
    expect(phone).to_have_url(re.compile(r"/studio/$"))
    check_screen(phone)

    for each in (other, late):
        press(each, "main form button")
        expect(each.locator("main a.button")).to_contain_text(cast.silver.shared_contact_phone)
    check_screen(other)

    desk.goto(address)
    press(desk, f"article.someone:has(h3:text-is('{NAME}')) form[action$='/cut-off'] button")
    expect(desk.locator(".notice-success")).to_be_visible()

    phone.goto("/studio/")
    expect(phone.locator("main a.button")).to_contain_text(cast.silver.shared_contact_phone)
    expect(phone.locator("main form")).to_have_count(0)
    check_screen(phone)


def makes_a_card(desk: Page, address: str) -> str:
    """Add a person and get the card; the link that its square holds."""
    desk.goto(address)
    desk.locator("#name").fill(NAME)
    press(desk, ".member-add .button-accent")
    check_screen(desk)
    return desk.locator(".cards-link code").inner_text()


def test_two_phones_press_at_once(browser_page, desk: Page, cast: Cast):
    link = makes_a_card(desk, f"/desk/{cast.silver.slug}/members/{cast.firm_b.public_id}")
    phones = [browser_page(PHONE, "lo", allow=(410,)) for _each in range(2)]
    for phone in phones:
        phone.goto(link)
    for phone in phones:
        phone.locator("main form button").click(no_wait_after=True)

    for phone in phones:
        expect(phone.locator("main form button.button-accent")).to_have_count(0)
    where = sorted("/studio/" in phone.url for phone in phones)
    assert where == [False, True]


def test_a_manager_works_on_behalf_and_ends_it(desk: Page, cast: Cast):
    desk.goto(f"/desk/{cast.silver.slug}/members/{cast.firm_a.public_id}")
    press(desk, "form[action$='/on-behalf'] button")
    expect(desk.locator(".on-behalf")).to_contain_text(cast.firm_a.name.en)
    for width in (PHONE, DESKTOP):
        desk.set_viewport_size({"width": width, "height": 844})
        check_screen(desk)
    press(desk, ".on-behalf button")
    expect(desk.locator(".on-behalf")).to_have_count(0)


@BOTH_WAYS
def test_pages_of_the_desk_fit_every_screen(browser_page, make, cast: Cast, width: int, lang: str):
    make.card(cast.firm_a, cast.bounmy)
    cast.noy.language = lang
    make.keep(cast.noy)
    page = browser_page(width, lang, signed_in_as=cast.noy)
    members = f"/desk/{cast.silver.slug}/members"
    for path in (members, f"{members}/new", f"{members}/{cast.firm_a.public_id}", f"/desk/{cast.silver.slug}/cards"):
        page.goto(path)
        check_screen(page)


@BOTH_WAYS
def test_pages_of_a_phone_fit_every_screen(browser_page, cast: Cast, width: int, lang: str):
    assert cast.silver
    page = browser_page(width, lang, allow=(410,))
    for path in ("/sign-in/card", f"/sign-in/card/{'a' * 42}"):
        page.goto(f"{path}?lang={lang}")
        check_screen(page)
