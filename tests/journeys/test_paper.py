"""The public pages on paper: words and small photographs, no chrome, and the address of the page."""

import pytest

from tests.browser import DESKTOP
from tests.journeys.scene import Scene

ENDS = ("/", "/about", "/privacy", "/{slug}/", "/{slug}/makers", "/{slug}/makers/{firm}", "/{slug}/how-to-order")
A4_POINTS = 794

DARK = """() => [...document.querySelectorAll("body, main, main *, footer")].filter((each) => {
    const [red, green, blue, alpha = 1] = getComputedStyle(each).backgroundColor.match(/[\\d.]+/g).map(Number);
    const box = each.getBoundingClientRect();
    return each.tagName !== "IMG" && alpha > 0.5 && red + green + blue < 300 && box.width * box.height > 4000;
}).map((each) => each.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_paper_is_white_and_says_where_it_came_from(browser_page, scene: Scene, lang):
    page = browser_page(DESKTOP, lang)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4_POINTS, "height": 1123})
    for end in ENDS:
        path = f"/{lang}" + end.format(slug=scene.slug, firm=scene.firm.slug)
        page.goto(path)
        assert page.locator("h1").is_visible(), path
        assert page.locator(".print-address").inner_text().endswith(path)
        for hidden in (".masthead nav", ".search", ".add", ".band", ".skip"):
            assert page.locator(f"{hidden} >> visible=true").count() == 0, f"{path}: {hidden} is printed"
        assert page.evaluate(DARK) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= A4_POINTS, path
