"""Six hundred bowls that no workshop can make alone: called, offered under seal, divided, and each reads why."""

import re

import pytest
from playwright.sync_api import Page, expect

from catalogue.text import Bilingual
from tests.browser import DESKTOP, PHONE, check_screen

NAMES = {"champa": "ໂຮງຊ່າງຈຳປາ", "phai": "ໂຮງຊ່າງໄຜ່", "khoun": "ໂຮງຊ່າງຄູນ"}


@pytest.fixture
def firms(make):
    """Three workshops of a consortium of their own, each with a bowl in the catalogue and somebody who reads Lao."""
    here = make.consortium(sector_key="silver")
    firms = {
        name: make.member(consortium=here, name=Bilingual(lao, name.title()), contact={"email": f"{name}@600.example"})
        for name, lao in NAMES.items()
    }
    for firm in firms.values():
        make.product(member=firm, category="bowls", monthly_capacity=None)
    return firms


@pytest.fixture
def inquiry(make, firms):
    """Somebody abroad asks for six hundred of one of the bowls."""
    bowl = make.product(member=firms["champa"], category="bowls")
    return make.inquiry(consortium=bowl.consortium, products=[bowl])


@pytest.fixture
def manager(make, firms, browser_page) -> Page:
    person = make.manager(firms["champa"].consortium, name="Noy", language="en")
    return browser_page(DESKTOP, "en", signed_in_as=person)


def test_six_hundred_bowls_among_three_workshops(make, live, manager, firms, inquiry, browser_page):
    desk = f"/desk/{inquiry.consortium.slug}"
    ask_makers(manager, f"{desk}/inquiries/{inquiry.public_id}")
    number = manager.url.rsplit("/", 1)[1]

    champa = browser_page(PHONE, "lo", signed_in_as=make.maker(firms["champa"]))
    champa.goto("/studio/")
    champa.locator("#calls a").click()
    offer(champa, "350", "40")

    phai = browser_page(PHONE, "lo")
    phai.goto(link_in(live.letter_to("phai@600.example")))
    offer(phai, "250", "30")
    expect(phai.locator("main")).not_to_contain_text("250")

    by_telephone(manager, "100", "30")
    manager.goto(f"{desk}/calls/{number}/shares")
    check_screen(manager)
    expect(manager.locator(".reasons li")).to_have_count(3)
    manager.locator("form[action$='/shares/confirm'] button").click()
    expect(manager.locator(".notice-success")).to_contain_text("3 members have a share")

    champa.goto("/studio/")
    champa.locator("#shares a").click()
    assert_why(champa, "champa", "250", "350")
    champa.locator("button[value=take]").click()
    expect(champa.locator(".notice-success").first).to_be_visible()

    phai.reload()
    phai.locator("a.button-accent").click()
    assert_why(phai, "phai", "250", "250")
    give_back(phai, "50")

    manager.goto(f"{desk}/calls/{number}/shares/follow")
    check_screen(manager)
    expect(manager.locator(".told-list > li")).to_have_count(3)
    manager.locator(".next a").click()
    expect(manager.locator("h1")).to_contain_text("50")


def ask_makers(page: Page, address: str) -> None:
    """From the inquiry's line to the makers: everybody who can is asked."""
    page.goto(address)
    page.locator("a.line-call").first.click()
    page.locator("#call-quantity").fill("600")
    page.locator("#call-wanted_lo").fill("ຂັນເງິນ")
    page.locator("details:has(#call-lot) summary").click()
    page.locator("#call-lot").fill("10")
    page.locator("#call-agreed_charge").fill("22")
    page.locator(".call-closing button").click()
    expect(page).to_have_url(re.compile(r"/calls/[^/]+-C\d+$"))
    check_screen(page)


def offer(page: Page, quantity: str, in_days: str) -> None:
    """A part of it, on a phone in Lao; the page reads it back while it is typed."""
    page.locator("label.part").click()
    page.locator("[name=quantity]").fill(quantity)
    page.locator("[name=days]").fill(in_days)
    page.locator("[name=metal_from]").first.check()
    expect(page.locator("#offer-echo b")).to_contain_text(quantity)
    check_screen(page)
    page.locator("form.offer-form > button").click()
    expect(page.locator(".notice-success")).to_be_visible()


def by_telephone(page: Page, quantity: str, in_days: str) -> None:
    """The third workshop has no phone that shows pages: the office writes down what it says, and reads it back."""
    row = page.locator(".told-list > li", has_text="Khoun")
    row.locator("a[href*='phone'], a:has-text('Answer by telephone')").first.click()
    page.locator("[name=answer][value=part]").check()
    page.locator("[name=quantity]").fill(quantity)
    page.locator("[name=days]").fill(in_days)
    page.locator("[name=metal_from]").first.check()
    page.locator("form.by-phone button").last.click()
    expect(page.locator(".read-aloud")).to_contain_text(quantity)
    page.locator(".by-phone-yes button").first.click()
    expect(page.locator("h1")).to_be_visible()


def assert_why(page: Page, name: str, given: str, offered: str) -> None:
    """The member's own share and figures, and the name of no other."""
    expect(page.locator(".bigshare")).to_contain_text(given)
    expect(page.locator(".bigshare small")).to_contain_text(offered)
    expect(page.locator("ol.plain li").first).to_be_visible()
    said = page.locator("main").inner_text()
    assert not [other for key, other in NAMES.items() if other in said and key != name]
    check_screen(page)


def give_back(page: Page, quantity: str) -> None:
    page.locator("details:has([name=reason]) summary").click()
    page.locator("[name=quantity]").fill(quantity)
    page.locator("[name=reason]").first.check()
    check_screen(page)
    page.locator("button[value=back]").click()
    expect(page.locator(".notice-success").first).to_be_visible()


def link_in(letter) -> str:
    """The one-tap link of a letter, as its reader presses it."""
    text = letter.get_body(("plain",)).get_content()
    return re.search(r"https?://\S+/lo/o/\w+", text)[0]
