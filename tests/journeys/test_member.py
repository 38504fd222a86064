"""A member with a phone, in Lao: from a photograph to the public page, and from a reason back to the field."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, check_width
from tests.cast import Cast
from tests.journeys.scene import photograph
from tests.live import Live, wait_for

TYPED = {
    "name_lo": "ຂັນເງິນ ລາຍດອກຈຳປາ",
    "net_weight_g": "412,5",
    "amount": "190",
    "minimum_order": "໕",
    "lead_time_days": "30",
    "fineness": "925",
    "diameter_cm": "22.5",
    "summary_lo": "ຂັນເງິນຕີດ້ວຍມື ມີລາຍດອກຈຳປາ",
}
IN_ENGLISH = {"name_en": "Silver bowl with champa flowers", "summary_en": "A bowl beaten by hand, with champa flowers"}


@pytest.fixture
def firm_phone(browser_page, cast: Cast) -> Page:
    """The telephone of somebody of firm A."""
    return browser_page(PHONE, "lo", signed_in_as=cast.bounmy)


@pytest.fixture
def desk(browser_page, cast: Cast) -> Page:
    """The manager's browser."""
    return browser_page(1280, "en", signed_in_as=cast.noy)


def test_a_product_goes_from_a_phone_into_the_catalogue(firm_phone: Page, desk: Page, browser_page, live: Live, cast):
    describes_a_product(firm_phone)
    adds_a_photograph(firm_phone)
    sends_it(firm_phone)

    desk.goto(f"/desk/{cast.silver.slug}/review")
    desk.locator("main h3 a").first.click()
    expect(desk.locator("main")).to_contain_text(TYPED["name_lo"])
    with desk.expect_navigation():
        desk.locator("[data-decide]").click()
    desk.goto(f"/desk/{cast.silver.slug}/review")
    expect(desk.locator("main h3 a")).to_have_count(0)

    reader = browser_page(PHONE, "en")
    reader.goto(f"/en/{cast.silver.slug}/products")
    reader.locator(".card h3 a").filter(has_text=IN_ENGLISH["name_en"]).click()
    expect(reader.locator("h1")).to_contain_text(IN_ENGLISH["name_en"])
    check_width(reader)
    has_every_size(reader)


def test_a_product_comes_back_with_its_reason_beside_the_field(firm_phone: Page, desk: Page, make, cast):
    sent = make.submitted_product(member=cast.firm_a)

    desk.goto(f"/desk/{cast.silver.slug}/review/{sent.public_id}")
    desk.locator("input[name=verdict-name][value=return]").check()
    desk.locator("#reason-name").fill("ຂຽນຊື່ລາຍໃຫ້ຄົບ")
    with desk.expect_navigation():
        desk.locator("[data-decide]").click()

    firm_phone.goto("/studio/")
    firm_phone.locator(".todo-urgent h3 a").click()
    expect(firm_phone.locator(".fix").first).to_contain_text("ຂຽນຊື່ລາຍໃຫ້ຄົບ")
    expect(firm_phone.locator(".fix + .field:has(#name_lo)")).to_be_visible()
    check_width(firm_phone)


def describes_a_product(phone: Page) -> None:
    """Begin a product and say everything that the public page needs."""
    phone.goto("/studio/")
    phone.locator("a.shoot").click()
    phone.locator("#category").select_option("bowls")
    phone.locator("input[name=materials]").first.check()
    phone.locator("input[name=techniques]").first.check()
    phone.locator("details:has(#name_en) summary").click()
    for field, said in (TYPED | IN_ENGLISH).items():
        phone.locator(f"#{field}").fill(said)
    check_width(phone)
    with phone.expect_navigation():
        phone.locator("main form .button-wide").last.click()
    expect(phone.locator("h1")).to_contain_text(TYPED["name_lo"])


def adds_a_photograph(phone: Page) -> None:
    """Send a photograph and look again until its sizes are made."""
    phone.locator("#photo").set_input_files({"name": "khan.jpg", "mimeType": "image/jpeg", "buffer": photograph()})
    with phone.expect_navigation():
        phone.locator("form[action$='/photos'] button").click()

    def is_shown() -> bool:
        phone.reload()
        return phone.locator(".shot picture img").count() == 1

    wait_for(is_shown, 90)
    check_width(phone)


def sends_it(phone: Page) -> None:
    """Send the product to the office."""
    with phone.expect_navigation():
        phone.locator("form[action$='/submit'] button").click()
    expect(phone.locator(".notice-success")).to_be_visible()
    check_width(phone)


def has_every_size(page: Page) -> None:
    """The big photograph is offered in three formats and every width, and each of them opens."""
    picture = page.locator(".gallery-big picture")
    sets = [picture.locator(f"source[type='image/{kind}']").get_attribute("srcset") for kind in ("avif", "webp")]
    sets.append(picture.locator("img").get_attribute("srcset"))
    for offered in sets:
        files = re.findall(r"(\S+) (\d+)w", offered or "")
        assert [int(width) for _file, width in files] == [400, 800, 900]
        for file, _width in files:
            answer = page.request.get(file)
            assert answer.ok
            assert answer.headers["content-type"].startswith("image/")
