"""A real browser: found on this machine or fetched, with eyes for what a person would not see."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

PHONE, DESKTOP = 390, 1280
LANGUAGES = {"en": "en-GB", "lo": "lo-LA"}
# Each width and each language once: for what a person does. Pages are looked at by test_accessible in both.
BOTH_WAYS = pytest.mark.parametrize(("width", "lang"), [(PHONE, "lo"), (DESKTOP, "en")])
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
INSIDE = ("data:", "blob:")
# What Playwright leaves out of a browser, for the switch counts once, and two pages behind the address line, which a
# browser without a screen draws for every window as well.
PLAYWRIGHT_LEAVES_OUT = (
    "AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,"
    "DestroyProfileOnBrowserClose,HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,"
    "NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch,ThirdPartyStoragePartitioning"
)
UNSEEN = "WebUIOmniboxPopup,WebUIOmniboxAimPopup"
OF_A_STATUS = re.compile(r"Failed to load resource: the server responded with a status of")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, the one that CHROMIUM names, or Playwright's own."""
    with sync_playwright() as playwright:
        found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
        if not found and not os.path.exists(playwright.chromium.executable_path):  # noqa: PTH110
            subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
        arguments = [f"--disable-features={PLAYWRIGHT_LEAVES_OUT},{UNSEEN}"]
        arguments += ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


def window(
    browser: Browser, url: str, *, width: int, lang: str, javascript: bool = True, fingers: bool = False
) -> BrowserContext:
    """A window of this width, of somebody who reads this language; with `fingers` it is a phone's."""
    return browser.new_context(
        base_url=url,
        viewport={"width": width, "height": 844 if width < 700 else 900},
        locale=LANGUAGES[lang],
        timezone_id="Asia/Vientiane",
        java_script_enabled=javascript,
        reduced_motion="reduce",
        has_touch=fingers,
        is_mobile=fingers,
    )


def faults_of(page: Page, url: str, allowed: tuple[int, ...]) -> list[str]:
    """A list that fills with what goes wrong behind the screen: scripts, refused loads, requests to elsewhere."""
    faults: list[str] = []

    def note(is_fault: bool, said: str) -> None:
        if is_fault:
            faults.append(said)

    def is_refused(answer: Response) -> bool:
        return answer.status >= 400 and answer.status not in allowed

    def is_complaint(message: ConsoleMessage) -> bool:
        return message.type == "error" and not OF_A_STATUS.match(message.text)

    page.on("pageerror", lambda error: note(True, f"script: {error}"))
    page.on("console", lambda message: note(is_complaint(message), f"console: {message.text}"))
    page.on("response", lambda answer: note(is_refused(answer), f"{answer.status}: {answer.url}"))
    page.on("request", lambda sent: note(not sent.url.startswith((url, *INSIDE)), f"leaves the site: {sent.url}"))
    return faults


def check_accessibility(page: Page) -> None:
    """Run axe. Raises `AssertionError` with every violation and where it is."""
    only = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    script = "null" if page.evaluate("'axe' in window") else AXE_SCRIPT
    results = Axe(script).run(page, options=only)
    found = [
        f"{violation['id']}: {violation['help']}\n    {node['html'][:160]}\n    {node.get('failureSummary', '')}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
    assert not found, f"{page.url} is not open to everyone:\n- " + "\n- ".join(found)


def check_width(page: Page) -> None:
    """Nothing is wider than the window: no page scrolls sideways."""
    wider = page.evaluate(
        """() => {
            const edge = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= edge) return [];
            return [...document.querySelectorAll("body *")]
                .filter((each) => each.getBoundingClientRect().right > edge + 1)
                .slice(0, 5)
                .map((each) => each.outerHTML.slice(0, 120));
        }"""
    )
    assert not wider, f"{page.url} scrolls sideways because of:\n- " + "\n- ".join(wider)


def check_screen(page: Page) -> None:
    """What every screen must keep: open to everyone, and no wider than the window."""
    check_width(page)
    check_accessibility(page)
