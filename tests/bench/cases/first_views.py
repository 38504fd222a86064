"""The first view of a page on a phone, in a real browser: what travels, when the largest thing shows, what moves."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from tests.bench.asking import final
from tests.bench.bench import Bench, first_product, pages_of
from tests.bench.figures import Budget, Figure, median
from tests.bench.made.catalogues import Catalogue
from tests.bench.made.network import SLUG
from tests.bench.servers import Server, site
from tests.browser import LANGUAGES, chromium

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
KB = 1024
BEFORE_PHOTOS = {"en": Budget(120), "lo": Budget(170)}
REQUESTS = Budget(12)
STILL = Budget(0)
SLOWER_CPU = 4
REST_MS = 400  # after the last byte: what is drawn then still counts
FULL, QUICK = 3, 1
TRIES = 20
PHOTOS = "/media/"
CASE = "first view"

WATCH = """
window.seen = {largest: 0, moved: 0};
new PerformanceObserver(list => { for (const each of list.getEntries()) window.seen.largest = each.startTime; })
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.seen.moved += each.value;
}).observe({type: "layout-shift", buffered: true});
"""


@dataclass(frozen=True)
class Network:
    """A slow connection: round trip in ms, bytes a second each way, and by when the largest thing must show, in s."""

    name: str
    round_trip_ms: int
    down: float
    up: float
    largest_within: Budget


SLOW_4G = Network("slow 4G", 150, 1_600_000 / 8, 750_000 / 8, Budget(1.8))
SLOW_3G = Network("slow 3G", 300, 700_000 / 8, 350_000 / 8, Budget(3))


@dataclass
class Travelled:
    """What one view brought over the network: bytes as they travelled, with their headers."""

    photos: set[str] = field(default_factory=set)
    sizes: dict[str, float] = field(default_factory=dict)

    def watch(self, session: CDPSession) -> None:
        """Have the browser tell of each answer."""
        session.on("Network.requestWillBeSent", self._note)
        session.on(
            "Network.loadingFinished", lambda said: self.sizes.update({said["requestId"]: said["encodedDataLength"]})
        )
        session.send("Network.enable")

    def of_photos(self) -> list[float]:
        """The bytes of each photograph."""
        return [size for request, size in self.sizes.items() if request in self.photos]

    def before_photos(self) -> list[float]:
        """The bytes of each other answer."""
        return [size for request, size in self.sizes.items() if request not in self.photos]

    def _note(self, said: dict[str, Any]) -> None:
        if urlsplit(said["request"]["url"]).path.startswith(PHOTOS):
            self.photos.add(said["requestId"])


class NoPage(Exception):
    """What a page answered instead of 200."""


@dataclass(frozen=True)
class View:
    """A page in one language, to be opened again and again in windows that have kept nothing."""

    browser: Browser
    server: Server
    language: str
    path: str

    def window(self) -> BrowserContext:
        """A telephone of somebody who comes for the first time."""
        where = {"base_url": self.server.url, "locale": LANGUAGES[self.language]}
        return self.browser.new_context(**where, **TELEPHONE)  # type: ignore[arg-type]

    def open(self, page: Page) -> None:
        """Go there, and wait until all is at rest. Raises `NoPage`."""
        answer = page.goto(self.path, wait_until="networkidle")
        if answer is None or answer.status != 200:
            raise NoPage(f"it answers {answer.status if answer else 'nothing'}")
        page.wait_for_timeout(REST_MS)


def first_views(bench: Bench) -> Iterator[Figure]:
    """Home, list, product and inquiry in both languages: bytes and requests, then largest paint and shift when slow."""
    with site(bench.smallest, bench.new_folder()) as server, chromium() as browser:
        for language in LANGUAGES:
            for page, path in _pages(bench.smallest, language).items():
                view = View(browser, server, language, final(server, path))
                try:
                    yield from _figures(bench, view, f"{page}, {language}")
                except NoPage as fault:
                    bench.miss(f"{page}, {language}", str(fault))


def _figures(bench: Bench, view: View, what: str) -> Iterator[Figure]:
    yield from _bytes(view, what)
    for network in (SLOW_4G, SLOW_3G):
        seen = [_slowly(view, network) for _time in range(bench.times(FULL, QUICK))]
        yield from _seen(f"{what}, {network.name}", network, seen)


def _pages(catalogue: Catalogue, language: str) -> dict[str, str]:
    pages = pages_of(catalogue, language)
    form = f"/{language}/{SLUG}/inquiry?product={first_product(catalogue)}"
    return {page: pages[page] for page in ("home", "list", "product")} | {"inquiry": form}


def _bytes(view: View, what: str) -> Iterator[Figure]:
    with view.window() as window:
        page, travelled = window.new_page(), Travelled()
        travelled.watch(window.new_cdp_session(page))
        view.open(page)
    before, photos = travelled.before_photos(), travelled.of_photos()
    yield Figure(CASE, f"{what}: before photos", sum(before) / KB, "KB", budget=BEFORE_PHOTOS[view.language])
    yield Figure(CASE, f"{what}: requests before photos", len(before), "", budget=REQUESTS)
    yield Figure(CASE, f"{what}: {len(photos)} photos", sum(photos) / KB, "KB")


def _slowly(view: View, network: Network) -> dict[str, float]:
    """When the largest thing showed, in ms, and how much moved, on this network with a CPU four times slower."""
    with view.window() as window:
        page = window.new_page()
        page.add_init_script(WATCH)
        session = window.new_cdp_session(page)
        session.send("Network.enable")
        speeds = {"latency": network.round_trip_ms, "downloadThroughput": network.down, "uploadThroughput": network.up}
        session.send("Network.emulateNetworkConditions", {"offline": False, **speeds})
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
        view.open(page)
        return _told(page)


def _told(page: Page) -> dict[str, float]:
    """What the page has seen of itself; the browser tells of the largest paint a moment after it."""
    for _time in range(TRIES):
        seen: dict[str, float] = page.evaluate("window.seen")
        if seen["largest"]:
            return seen
        page.wait_for_timeout(REST_MS)
    raise NoPage("it never said when its largest thing showed")


def _seen(what: str, network: Network, seen: list[dict[str, float]]) -> Iterator[Figure]:
    largest = median([each["largest"] for each in seen]) / 1000
    yield Figure(CASE, f"{what}: largest paint", largest, "s", budget=network.largest_within)
    yield Figure(CASE, f"{what}: layout shift", max(each["moved"] for each in seen), "", budget=STILL)
