"""The public pages by keyboard: past the navigation at once, a ring on everything, nothing too small to touch."""

from tests.browser import BOTH_WAYS
from tests.journeys.scene import Scene

TAP = 44
MOST_STOPS = 80
ENDS = (
    "/",
    "/about",
    "/privacy",
    "/{slug}/",
    "/{slug}/makers",
    "/{slug}/makers/{firm}",
    "/{slug}/how-to-order",
    "/{slug}/x",
)

STOP = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    const ring = (element) => {
        const style = getComputedStyle(element);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    };
    const card = here.closest(".card, .maker, .sector");
    const area = getComputedStyle(here, "::after");
    const box = (area.position === "absolute" && area.inset === "0px" ? card ?? here : here).getBoundingClientRect();
    return {
        said: (here.getAttribute("aria-label") || here.innerText || here.name || "").trim().slice(0, 60),
        hash: here.hash ?? "",
        hasRing: ring(here) || (card !== null && ring(card)),
        width: Math.round(box.width),
        height: Math.round(box.height),
    };
}"""


@BOTH_WAYS
def test_every_stop_shows_where_one_is_and_is_large_enough(browser_page, scene: Scene, width, lang):
    page = browser_page(width, lang, allow=(404,))
    for end in ENDS:
        address = f"/{lang}" + end.format(slug=scene.slug, firm=scene.firm.slug)
        page.goto(address)
        stops = walk(page)
        assert stops[0]["hash"] == "#main", address
        assert len(stops) > 5, address
        for stop in stops:
            assert stop["said"], f"{address}: something without a name"
            assert stop["hasRing"], f"{address}: no ring on {stop['said']!r}"
            assert min(stop["width"], stop["height"]) >= TAP, f"{address}: {stop}"


def walk(page):
    """What the Tab key meets, until it leaves the page or comes round."""
    stops = []
    for _each in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (stops and stop["hash"] == "#main"):
            break
        stops.append(stop)
    return stops
