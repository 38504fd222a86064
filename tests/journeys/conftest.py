"""The fixtures of journeys: one running site and one browser for each process of the run.

What a journey makes stays until the end of the run: a journey that changes more than `scene` allows makes its own
consortium.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from tests.browser import chromium, faults_of, window
from tests.databases import Sqlite
from tests.factories import Make
from tests.journeys.scene import Scene, furnish
from tests.live import Live, beside, running
from tests.shown_anew import show_changes

expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def live(sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A running site: web server and worker."""
    folder = tmp_path_factory.mktemp("live")
    with sqlite.empty(folder) as url, running(url, folder) as site:
        yield site


@pytest.fixture(scope="session")
def scene(live: Live) -> Iterator[Scene]:
    """A consortium with products, for the journeys that only look at it or ask it for something."""
    with beside(live) as session:
        show_changes(session)
        yield furnish(Make(session), live)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def session(live: Live) -> Iterator[Session]:
    """A session beside those of the running site: `beside(live)`."""
    with beside(live) as session:
        show_changes(session)
        yield session


@pytest.fixture
def browser_page(browser: Browser, live: Live, make: Make) -> Iterator[Callable[..., Page]]:
    """Opens a window: `browser_page(width=390, lang="lo", signed_in_as=cast.noy)`; faults behind it fail the test.

    `allow=(422,)` names statuses that the journey means to meet; `javascript=False` is a browser without script.
    """
    opened: list[tuple[Page, list[str]]] = []

    def open_window(
        width: int = 390,
        lang: str = "en",
        *,
        signed_in_as: Person | None = None,
        javascript: bool = True,
        allow: tuple[int, ...] = (),
    ) -> Page:
        context = window(browser, live.url, width=width, lang=lang, javascript=javascript)
        if signed_in_as:
            context.add_cookies([live.cookie_of(make.session_key(signed_in_as))])
        page = context.new_page()
        opened.append((page, faults_of(page, live.url, allow)))
        return page

    yield open_window
    faults = [fault for _page, faults in opened for fault in faults]
    for page, _faults in opened:
        page.context.close()
    assert not faults, "behind the screen:\n- " + "\n- ".join(faults)
