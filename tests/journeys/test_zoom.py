"""The photographs of a product on the whole screen: by keyboard, by mouse, by fingers, and without script."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from catalogue.products import listing
from catalogue.products.models import PhotoKind
from catalogue.text import Bilingual
from tests.browser import check_accessibility, faults_of, window
from tests.journeys.scene import offer, photograph, store_of, wait_until_ready
from tests.live import beside, wait_for

WIDEST = 1600
TRANSFORM = """image => { const m = new DOMMatrix(getComputedStyle(image).transform); return [m.a, m.e, m.f]; }"""


@dataclass(frozen=True)
class Zoomed:
    """The dialog of a page."""

    page: Page

    @property
    def dialog(self) -> Locator:
        return self.page.locator("dialog.zoom")

    @property
    def image(self) -> Locator:
        return self.dialog.locator(".zoom-picture img")

    @property
    def said(self) -> str:
        return self.dialog.locator(".zoom-words").inner_text()

    def lies(self) -> tuple[float, float, float]:
        """How near the picture is, and how far it was pushed aside and down."""
        scale, x, y = self.image.evaluate(TRANSFORM)
        return round(scale, 2), round(x), round(y)

    def scale(self) -> float:
        return self.lies()[0]


@pytest.fixture(scope="module")
def address(live):
    """A product with two photographs, as wide as a camera's."""
    from catalogue.media.keeping import keep, park
    from catalogue.media.models import FileKind
    from tests.factories import Make

    with beside(live) as session:
        make = Make(session)
        firm = make.member(consortium=make.consortium(slug="zoomed"))
        draft = offer(make, live, firm, Bilingual("ຂັນເງິນ", "Silver bowl"), "silver-khan-1.jpg", "bowls")
        parked = park(store_of(live), photograph("silver-khan-1.jpg", width=WIDEST), "wide.jpg", photo_only=True)
        file = keep(session, parked, consortium_id=firm.consortium_id, kind=FileKind.PHOTO, at=make.at)
        make.photo(draft, file=file, alt=Bilingual("ລາຍໃກ້", "Close view"), kind=PhotoKind.DETAIL)
        for photo in list(draft.working.photos):
            wait_until_ready(session, photo.file)
        listing.submit(session, draft, by=None, at=make.later())
        listing.publish(session, draft, by=None, at=make.later())
        return f"zoomed/products/{make.keep(draft).public_id}-silver-bowl"


def enlarged(page: Page, lang: str, address: str) -> Zoomed:
    page.goto(f"/{lang}/{address}")
    page.locator(".gallery-big a").focus()
    page.keyboard.press("Enter")
    zoomed = Zoomed(page)
    expect(zoomed.dialog).to_be_visible()
    return zoomed


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_keys_do_everything(browser_page, address, lang):
    page = browser_page(1280, lang)
    zoomed = enlarged(page, lang, address)
    assert zoomed.scale() == 1
    check_accessibility(page)

    page.keyboard.press("+")
    near = zoomed.scale()
    page.keyboard.press("ArrowDown")
    assert near > 1
    assert zoomed.lies()[2] < 0
    page.keyboard.press("0")
    assert zoomed.lies() == (1, 0, 0)

    first = zoomed.said
    page.keyboard.press("ArrowRight")
    assert zoomed.said != first
    assert zoomed.said.endswith("Close view" if lang == "en" else "ລາຍໃກ້")
    page.keyboard.press("Home")
    assert zoomed.said == first
    page.keyboard.press("Enter")
    assert zoomed.scale() > 1
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert zoomed.scale() == 1

    page.keyboard.press("Escape")
    expect(zoomed.dialog).to_be_hidden()
    expect(page.locator(".gallery-big a")).to_be_focused()


def test_the_keyboard_stays_inside_and_every_button_has_a_name(browser_page, address):
    page = browser_page(390, "en")
    zoomed = enlarged(page, "en", address)
    names = [button.get_attribute("aria-label") for button in zoomed.dialog.locator("button").all()]
    assert names == ["Close", "Farther away", "Nearer", "Previous photograph", "Next photograph"]
    for _step in range(9):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('main, header, footer')")


def test_it_comes_as_near_as_the_largest_file(browser_page, address):
    page = browser_page(390, "en")
    zoomed = enlarged(page, "en", address)
    page.keyboard.press("ArrowRight")
    for _step in range(8):
        page.keyboard.press("+")
    expect(zoomed.dialog.locator(".zoom-nearer")).to_be_disabled()
    widest = page.locator(".gallery-small a").nth(1).get_attribute("data-large")
    assert zoomed.scale() * page.viewport_size["width"] == pytest.approx(int(widest), abs=4)
    wait_for(lambda: zoomed.image.evaluate("it => it.currentSrc").endswith(f"/{widest}.avif"))


def test_a_mouse_presses_drags_and_turns_the_wheel(browser_page, address):
    page = browser_page(1280, "en")
    page.goto(f"/en/{address}")
    page.locator(".gallery-small a").nth(1).click()
    zoomed = Zoomed(page)
    expect(zoomed.dialog).to_be_visible()
    assert zoomed.said.startswith("Photograph 2 of 2")

    page.mouse.click(640, 400)
    assert zoomed.scale() > 1
    page.mouse.move(640, 400)
    page.mouse.down()
    page.mouse.move(560, 400, steps=4)
    page.mouse.up()
    assert zoomed.lies()[1] == pytest.approx(-80, abs=2)
    page.mouse.click(640, 400)
    assert zoomed.scale() == 1
    page.mouse.wheel(0, -400)
    wait_for(lambda: zoomed.scale() > 1.5)
    zoomed.dialog.locator(".zoom-close").click()
    expect(page.locator(".gallery-small a").nth(1)).to_be_focused()


@pytest.fixture
def phone(browser, live):
    """A phone with fingers."""
    context = window(browser, live.url, width=390, lang="lo", fingers=True)
    page = context.new_page()
    faults = faults_of(page, live.url, ())
    yield page
    context.close()
    assert not faults


def touch(page: Page, *moments: list[tuple[int, int]]) -> None:
    """Fingers laid on the first of the moments, moved through the others, and lifted."""
    line = page.context.new_cdp_session(page)
    for number, fingers in enumerate(moments):
        points = [{"x": x, "y": y, "id": place} for place, (x, y) in enumerate(fingers)]
        line.send("Input.dispatchTouchEvent", {"type": "touchMove" if number else "touchStart", "touchPoints": points})
    line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_fingers_pinch_push_swipe_and_tap_twice(phone, address):
    phone.goto(f"/lo/{address}")
    phone.locator(".gallery-big a").tap()
    zoomed = Zoomed(phone)
    expect(zoomed.dialog).to_be_visible()

    first = zoomed.said
    touch(phone, [(320, 420)], [(250, 420)], [(120, 424)])
    assert zoomed.said != first
    touch(phone, [(80, 420)], [(150, 420)], [(300, 424)])
    assert zoomed.said == first
    touch(phone, [(320, 420)], [(120, 424)])

    touch(phone, [(150, 420), (240, 420)], [(120, 420), (270, 420)], [(60, 420), (330, 420)])
    assert zoomed.scale() == pytest.approx(3, abs=0.2)
    left = zoomed.lies()[1]
    touch(phone, [(200, 420)], [(170, 420)], [(140, 420)])
    assert zoomed.lies()[1] == pytest.approx(left - 60, abs=2)
    touch(phone, [(60, 420), (330, 420)], [(100, 420), (290, 420)], [(180, 420), (210, 420)])
    assert zoomed.lies() == (1, 0, 0)

    for _tap in range(2):
        touch(phone, [(200, 420)])
    assert zoomed.scale() == 2.5
    for _tap in range(2):
        touch(phone, [(200, 420)])
    assert zoomed.scale() == 1

    touch(phone, [(200, 300)], [(200, 380)], [(204, 520)])
    expect(zoomed.dialog).to_be_hidden()


def test_without_script_the_large_file_opens(browser_page, address):
    page = browser_page(390, "en", javascript=False)
    page.goto(f"/en/{address}")
    answer = page.request.get(page.locator(".gallery-big a").get_attribute("href"))
    assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")


def test_what_moves_photographs_is_fetched_when_somebody_reaches_for_one(browser_page, address):
    page = browser_page(390, "en")
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"/en/{address}", wait_until="networkidle")
    assert not [url for url in loaded if "magnifier" in url]
    page.locator(".gallery-big a").focus()
    wait_for(lambda: page.evaluate("performance.getEntriesByType('resource').some(e => e.name.includes('magnifier'))"))
