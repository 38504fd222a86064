"""A buyer without a mouse: from finding a piece to the sent inquiry by keys alone, in either language."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.scene import Scene

MOST_STEPS = 90


def reach(page: Page, selector: str) -> None:
    """Press Tab until what is wanted has the focus; whatever has it on the way is seen and named."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """(wanted) => {
                const at = document.activeElement, box = at.getBoundingClientRect();
                const seen = box.width > 0 && box.height > 0;
                return { is: at.matches(wanted), seen, what: at.outerHTML.slice(0, 120) };
            }""",
            selector,
        )
        assert found["seen"], f"the focus is where nobody sees it: {found['what']}"
        if found["is"]:
            return
    raise AssertionError(f"{selector} was not reached on {page.url}")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    reach(page, selector)
    page.keyboard.press(key)


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_a_buyer_asks_by_keyboard_alone(browser_page, scene: Scene, lang):
    page = browser_page(1280, lang)
    page.goto(f"/{lang}/{scene.slug}/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")

    reach(page, "input[type=search]")
    page.keyboard.type("bowl")
    page.keyboard.press("Enter")
    page.wait_for_url("**/products?q=*")
    press(page, f"h3 a[href*='{scene.bowl.public_id}']")
    page.wait_for_url(f"**/products/{scene.bowl.public_id}-*")

    press(page, ".gallery-big a")
    expect(page.locator("dialog.zoom")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".gallery-big a")).to_be_focused()

    reach(page, "#ask-quantity")
    page.keyboard.press("Control+A")
    page.keyboard.type("25")
    press(page, ".ask-sample")
    page.wait_for_url("**#added")
    press(page, "a[href$='/inquiry-list']")
    page.wait_for_url("**/inquiry-list")
    line = page.locator("li.line").first
    expect(line.locator("input[name$=quantity]")).to_have_value("25")
    expect(line.locator("input[type=checkbox]")).to_be_checked()

    press(page, "button[name=go_on]")
    page.wait_for_url("**/inquiry")
    for field, typed in {"#name": "Example Buyer", "#email": f"keys-{lang}@buyer.example"}.items():
        reach(page, field)
        page.keyboard.type(typed)
    reach(page, "#country")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#country")).not_to_have_value("")
    press(page, ".form-send button")
    expect(page).to_have_url(re.compile(rf"/{lang}/i/[a-z2-7]+$"))


@pytest.mark.parametrize(("lang", "words"), [("en", re.compile("[A-Za-z]")), ("lo", re.compile("[\u0e80-\u0eff]"))])
def test_names_for_screen_readers_speak_the_language_of_the_page(browser_page, scene: Scene, lang, words):
    page = browser_page(390, lang)
    for place in ("", "products", f"products/{scene.bowl.public_id}-hammered-silver-bowl"):
        page.goto(f"/{lang}/{scene.slug}/{place}")
        names = page.eval_on_selector_all(
            "[aria-label]:not(:lang(en) :lang(lo)):not(:lang(lo) :lang(en))",
            "all => all.map((each) => each.getAttribute('aria-label'))",
        )
        assert names
        assert [name for name in names if not words.search(name)] == [], page.url
