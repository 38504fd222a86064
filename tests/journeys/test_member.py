"""A member with a phone, in Lao: from a photograph to the public page, and from a reason back to the field."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, check_width
from tests.cast import Cast
from tests.journeys.scene import photograph
from tests.live import Live, wait_for

NAME = "ຂັນເງິນ ລາຍດອກຈຳປາ"
ANSWERS = {"net_weight_g": "412,5", "office_price": "1.250.000", "minimum_order": "໕"}
BY_THE_OFFICE = {
    "name_en": "Silver bowl with champa flowers",
    "summary_lo": "ຂັນເງິນຕີດ້ວຍມື ມີລາຍດອກຈຳປາ",
    "summary_en": "A bowl beaten by hand, with champa flowers",
    "lead_time_days": "30",
    "fineness": "925",
    "tiers-0-quantity": "5",
    "tiers-0-amount": "190",
}
CHOSEN = {"details.fineness_state": "declared", "details.antique": "no"}


@pytest.fixture
def firm_phone(browser_page, cast: Cast) -> Page:
    """The telephone of somebody of firm A."""
    return browser_page(PHONE, "lo", signed_in_as=cast.bounmy)


@pytest.fixture
def desk(browser_page, cast: Cast) -> Page:
    """The manager's browser."""
    return browser_page(1280, "en", signed_in_as=cast.noy)


def test_a_product_goes_from_a_phone_into_the_catalogue(firm_phone: Page, desk: Page, browser_page, live: Live, cast):
    product = photographs_and_tells(firm_phone)
    sends_it(firm_phone)

    desk.goto(f"/desk/{cast.silver.slug}/review")
    desk.locator("main h3 a").first.click()
    expect(desk.locator("main")).to_contain_text(NAME)
    completes_and_publishes(desk, f"/desk/{cast.silver.slug}/products/{product}/revise")
    desk.goto(f"/desk/{cast.silver.slug}/review")
    expect(desk.locator("main h3 a")).to_have_count(0)

    reader = browser_page(PHONE, "en")
    reader.goto(f"/en/{cast.silver.slug}/products")
    reader.locator(".card h3 a").filter(has_text=BY_THE_OFFICE["name_en"]).click()
    expect(reader.locator("h1")).to_contain_text(BY_THE_OFFICE["name_en"])
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
    expect(firm_phone.locator(".fix:has(#name_lo)")).to_be_visible()
    check_width(firm_phone)


def photographs_and_tells(phone: Page) -> str:
    """Take the photograph and answer the four questions; the product's public id."""
    phone.goto("/studio/")
    picture = {"name": "khan.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    phone.set_input_files("[data-camera] input[type=file]", picture)
    phone.locator("#shot-beauty img").wait_for()
    phone.locator("button[name=next]").click()
    phone.locator(".pictured label").first.click()
    phone.locator("#name_lo").fill(NAME)
    for field, said in ANSWERS.items():
        with phone.expect_navigation():
            phone.locator("#question > p button").first.click()
        phone.locator(f"#{field}").fill(said)
        check_width(phone)
    with phone.expect_navigation():
        phone.locator("#question > p button").first.click()
    phone.wait_for_url(re.compile("/told$"))
    expect(phone.locator(".told")).to_contain_text(NAME)
    is_shown(phone)
    return phone.url.split("/")[-2]


def is_shown(phone: Page) -> None:
    """Look again until the sizes of the photograph are made."""

    def is_there() -> bool:
        phone.reload()
        return phone.locator(".told-pictures picture img").count() == 1

    wait_for(is_there, 90)
    check_width(phone)


def completes_and_publishes(desk: Page, address: str) -> None:
    """The office says the rest, in both languages, and shows it."""
    desk.goto(address)
    desk.locator("input[name=materials]").first.check()
    desk.locator("input[name=techniques]").first.check()
    for field, said in BY_THE_OFFICE.items():
        desk.locator(f"[name='{field}']").fill(said)
    for field, said in CHOSEN.items():
        desk.locator(f"[name='{field}']").select_option(said)
    with desk.expect_navigation():
        desk.locator("button[value=publish]").click()


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
