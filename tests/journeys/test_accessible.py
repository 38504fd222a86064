"""The main pages of every area: open to everyone, never wider than the window, without what nobody reads."""

from collections.abc import Iterable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser import DESKTOP, PHONE, check_screen
from tests.journeys.scene import Scene
from tests.journeys.visit import Visit
from tests.one_door.private import Private

BOTH = pytest.mark.parametrize("lang", ["en", "lo"])
MEANT = (404, 422)


@BOTH
def test_pages_of_the_public_site(browser_page, scene: Scene, lang):
    page, home = browser_page(PHONE, lang, allow=MEANT), f"/{lang}/{scene.slug}"
    check_each(page, [f"/{lang}/{end}" for end in ("", "about", "privacy", "inquiry-list", "nothing-here")])
    check_each(page, [home + end for end in ("/", "/products", "/products?q=zzz", "/makers", "/how-to-order")])
    check_each(page, [f"{home}/makers/{scene.firm.slug}", f"{home}/products/{scene.bowl.public_id}"])
    check_each(page, ["/sign-in", "/sign-in/link"])


@BOTH
def test_pages_on_the_way_to_the_office(browser_page, scene: Scene, lang):
    page = browser_page(PHONE, lang, allow=MEANT)
    buyer = Visit(page, lang, scene.slug, Private(frozenset(), frozenset()))
    buyer.open(f"/{lang}/{scene.slug}/products/{scene.bowl.public_id}")
    buyer.gather("20")
    buyer.open_list()
    check_both_widths(page)
    buyer.go_on()
    check_both_widths(page)
    page.locator("#name").fill("Example")
    buyer.send()
    expect(page.locator(".error-summary")).to_be_visible()
    check_both_widths(page)
    page.locator("#email").fill(f"reader-{lang}@buyer.example")
    page.locator("#country").select_option("FR")
    buyer.send()
    assert buyer.number()
    check_both_widths(page)


@BOTH
def test_pages_of_the_office(browser_page, scene: Scene, lang):
    page, desk = browser_page(PHONE, lang, signed_in_as=scene.manager[lang]), f"/desk/{scene.slug}"
    check_each(page, [desk + end for end in ("/", "/?closed=1", "/review", "/products", "/members", "/letters")])
    check_each(page, [f"{desk}/inquiries/by-hand", f"{desk}/inquiries/{scene.asked.public_id}", "/account"])
    check_each(page, [f"{desk}/review/{product.public_id}" for product in (scene.unseen[1], scene.bowl)])


@BOTH
def test_pages_of_a_member(browser_page, scene: Scene, lang):
    page = browser_page(PHONE, lang, signed_in_as=scene.maker[lang])
    ends = ["new", *(product.public_id for product in (*scene.unseen, scene.bowl))]
    check_each(page, ["/studio/", *(f"/studio/products/{end}" for end in ends)])


@BOTH
def test_pages_of_the_operator(browser_page, make, lang):
    page = browser_page(PHONE, lang, signed_in_as=make.operator(language=lang))
    check_each(page, ["/operator/"])


@pytest.mark.parametrize("path", ["/sign-in", "/en/about", "/en/{slug}/makers", "/en/{slug}/products?q=ຂັນເງິນ"])
def test_english_pages_fetch_no_lao_font(browser_page, scene: Scene, path):
    page = browser_page(DESKTOP, "en")
    loaded = listen(page)

    page.goto(path.format(slug=scene.slug), wait_until="networkidle")

    fonts = [each.url.rpartition("/")[2] for each in loaded if each.resource_type == "font"]
    assert fonts
    assert [font for font in fonts if "lao" in font.lower()] == []


def check_each(page: Page, addresses: Iterable[str]) -> None:
    """Open each and look at it, narrow and wide."""
    for address in addresses:
        page.goto(address)
        check_both_widths(page)


def check_both_widths(page: Page) -> None:
    """Look at the page on a phone and on a wide screen."""
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": 844})
        check_screen(page)
    page.set_viewport_size({"width": PHONE, "height": 844})


def listen(page: Page) -> list[Request]:
    """A list that fills with all that the page has loaded."""
    loaded: list[Request] = []
    page.on("requestfinished", lambda request: loaded.append(request))
    return loaded
