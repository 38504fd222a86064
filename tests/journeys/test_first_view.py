"""The first view on a cheap phone and a slow link: nothing moves, little is fetched, and what counts is said."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser import window
from tests.journeys.scene import Scene
from tests.live import Live, wait_for

KB = 1000
MOST_BYTES = {"en": 120 * KB, "lo": 170 * KB}
MOST_REQUESTS = 12
MOST_SHIFT = 0.01
SLOWER = 4
# Latency in ms, bits a second down and up.
LINES = {"slow 4G": (150, 1_600_000, 750_000), "slow 3G": (300, 700_000, 256_000)}
WATCH = """
    window.largest = 0; window.shifted = 0;
    const watch = (type, note) => new PerformanceObserver(
        (list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
    watch("largest-contentful-paint", (entry) => { window.largest = entry.startTime; });
    watch("layout-shift", (entry) => { if (!entry.hadRecentInput) window.shifted += entry.value; });
"""


@pytest.fixture
def slow_phone(browser: Browser, live: Live):
    """Opens a phone with a slowed processor on a slow line."""
    opened = []

    def open_phone(line: str, lang: str) -> Page:
        context = window(browser, live.url, width=390, lang=lang, fingers=True)
        opened.append(context)
        page = context.new_page()
        latency, down, up = LINES[line]
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        speed = {"latency": latency, "downloadThroughput": down / 8, "uploadThroughput": up / 8}
        wire.send("Network.emulateNetworkConditions", {"offline": False, **speed})
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.add_init_script(WATCH)
        return page

    yield open_phone
    for context in opened:
        context.close()


@pytest.mark.parametrize(("line", "lang"), [("slow 4G", "en"), ("slow 3G", "lo")])
@pytest.mark.parametrize(
    "place", ["", "products", "products/{bowl}-hammered-silver-bowl"], ids=["home", "list", "product"]
)
def test_nothing_moves_and_little_is_fetched(slow_phone, scene: Scene, line, lang, place):
    page = slow_phone(line, lang)
    loaded: list[Request] = []
    page.on("requestfinished", lambda request: loaded.append(request))

    page.goto(
        f"/{lang}/{scene.slug}/{place.format(bowl=scene.bowl.public_id)}", wait_until="networkidle", timeout=90_000
    )

    wait_for(lambda: page.evaluate("window.largest > 0"), 90)
    page.wait_for_load_state("networkidle")

    light = [request for request in loaded if not urlsplit(request.url).path.startswith("/media/")]
    largest, shifted = page.evaluate("[window.largest, window.shifted]")
    size = sum(map(transferred, light))
    print(
        f"\n{line}, {lang}, {place[:8] or 'home'}: largest {largest:.0f} ms, {size / KB:.0f} KB, {len(light)} requests"
    )
    assert shifted <= MOST_SHIFT
    assert size <= MOST_BYTES[lang]
    assert len(light) <= MOST_REQUESTS, [request.url for request in light]


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_what_a_buyer_asks_first_stands_in_the_first_view(slow_phone, scene: Scene, lang):
    page = slow_phone("slow 4G", lang)
    page.goto(f"/{lang}/{scene.slug}/products/{scene.bowl.public_id}-hammered-silver-bowl")
    ends = page.evaluate(
        """[".gallery-big img", "h1", ".label-other", ".key-line"].map(
            (each) => document.querySelector(each).getBoundingClientRect().bottom)"""
    )
    free = page.evaluate("document.querySelector('.ask-bar').getBoundingClientRect().top")
    assert ends == sorted(ends)
    assert ends[-1] <= free


def test_the_largest_picture_is_fetched_first(slow_phone, scene: Scene):
    page = slow_phone("slow 4G", "en")
    page.goto(f"/en/{scene.slug}/products/{scene.bowl.public_id}-hammered-silver-bowl")
    first = page.locator("main img").first
    assert first.get_attribute("fetchpriority") == "high"
    assert first.get_attribute("loading") is None
    assert page.locator("main img[fetchpriority]").count() == 1


def transferred(request: Request) -> int:
    """How many bytes came over the line."""
    sizes = request.sizes()
    return int(sizes["responseHeadersSize"] + sizes["responseBodySize"])


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_a_product_is_printed_on_one_sheet(slow_phone, scene: Scene, lang):
    page = slow_phone("slow 4G", lang)
    page.goto(f"/{lang}/{scene.slug}/products/{scene.bowl.public_id}-hammered-silver-bowl", wait_until="networkidle")
    sheet = page.pdf(format="A4")
    assert sheet.count(b"/Type /Page\n") + sheet.count(b"/Type /Page ") == 1
