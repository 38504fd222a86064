"""Noy at the desk imports the sheet that a member's nephew made in Excel, with pictures in its cells."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from xlsxwriter import Workbook

from tests.browser import BOTH_WAYS, check_screen
from tests.live import wait_for

HEADINGS = ["ລະຫັດ", "ຊື່ພາສາລາວ", "ຊື່ພາສາອັງກິດ", "ນ້ຳໜັກ (ກຣາມ)", "ຮູບ"]
ROWS = [["{}-1", "ຂັນເງິນ", "Silver bowl", 412], ["{}-2", "แหวน", "Ring", "abc"], ["{}-3", "ແອບໝາກ", "Betel box", 250]]
SECONDS = 60_000


def workbook(code: str) -> bytes:
    """Three rows, one of them wrong in two cells, the last with a picture in its cell."""
    shown, written = BytesIO(), BytesIO()
    Image.new("RGB", (600, 750), "#8a8078").save(shown, "JPEG")
    with Workbook(written) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for number, row in enumerate(ROWS, start=1):
            sheet.set_row(number, 90)
            sheet.write_row(number, 0, [row[0].format(code), *row[1:]])
        sheet.embed_image(3, 4, "box.jpg", {"image_data": shown})
    return written.getvalue()


def brings(page: Page, slug: str, firm: str, data: bytes, name: str = "nephew.xlsx") -> None:
    """Choose the firm and the file, and send them."""
    page.goto(f"/desk/{slug}/sheets")
    page.locator("#member").select_option(firm)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("#file").set_input_files({"name": name, "mimeType": kind, "buffer": data})
    page.locator("form[enctype] button").click()


def comes_by_itself(page: Page) -> None:
    """The page that waited shows what came of it."""
    expect(page.locator("[data-waiting]")).to_have_count(0, timeout=SECONDS)


def comes_when_pressed(page: Page) -> bool:
    """Press the button of a page that waits; whether it waits no more."""
    button = page.locator("[data-waiting] a")
    if button.count():
        button.click()
    return button.count() == 0


@BOTH_WAYS
def test_a_sheet_with_pictures_comes_in_and_goes_again(browser_page, cast, width, lang):
    code = f"{lang}{width}"
    cast.noy.language = lang
    page: Page = browser_page(width, lang, signed_in_as=cast.noy)
    page.goto(f"/desk/{cast.silver.slug}/sheets")
    check_screen(page)
    brings(page, cast.silver.slug, cast.firm_a.public_id, workbook(code))
    comes_by_itself(page)

    expect(page.locator(".sheet-bad b")).to_have_text("1")
    expect(page.locator(".sheet-rows")).to_contain_text("B3")
    expect(page.locator(".sheet-rows")).to_contain_text("D3")
    check_screen(page)
    page.locator(".tabs a").nth(1).click()
    expect(page.locator(".sheet-rows > li")).to_have_count(1)

    page.locator("form[action$='/import'] button").click()
    expect(page.locator("form[action$='/undo'] button")).to_be_visible(timeout=SECONDS)
    check_screen(page)
    expect(page.locator(".sheet-rows a")).to_have_count(2)
    with page.expect_download() as rest:
        page.locator("a[download]").first.click()
    assert rest.value.suggested_filename == "nephew-rest.xlsx"

    page.locator("form[action$='/undo'] button").click()
    expect(page.locator(".notice-info")).to_contain_text("2", timeout=SECONDS)
    expect(page.locator(".sheet-rows a")).to_have_count(0)


def test_columns_that_nobody_knows_are_explained_once(browser_page, cast):
    page: Page = browser_page(390, "en", signed_in_as=cast.noy)
    firm, slug = cast.firm_a.public_id, cast.silver.slug
    brings(page, slug, firm, b"Nr,Chose,Poids\nN-7,Bowl,412\nN-8,Cup,80\n", "unknown.csv")
    comes_by_itself(page)

    expect(page).to_have_url(re.compile("/columns$"))
    check_screen(page)
    page.locator("#column-1").select_option("reference")
    page.locator("#column-2").select_option("name")
    page.locator("#column-3").select_option("net_weight_g")
    page.locator("#unit-3").select_option("g")
    page.locator(".form-send button").click()
    expect(page.locator(".sheet-figures")).to_be_visible(timeout=SECONDS)

    brings(page, slug, firm, b"Nr,Chose,Poids\nN-9,Box,99\n", "again.csv")
    comes_by_itself(page)
    expect(page.locator(".sheet-figures")).to_be_visible(timeout=SECONDS)


def test_without_script_a_button_looks_whether_it_is_ready(browser_page, cast):
    page: Page = browser_page(390, "lo", signed_in_as=cast.noy, javascript=False)
    brings(page, cast.silver.slug, cast.firm_a.public_id, workbook("plain"))
    wait_for(lambda: comes_when_pressed(page), 60)
    expect(page.locator(".sheet-figures")).to_be_visible(timeout=SECONDS)


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_products_are_taken_along_as_a_sheet(browser_page, make, cast, lang):
    make.draft_product(member=cast.firm_a)
    page: Page = browser_page(390, lang, signed_in_as=cast.bounmy)
    page.goto("/studio/sheets")
    check_screen(page)
    page.locator("form[action$='/exports'] button[value=xlsx]").last.click()
    expect(page.locator("a[download]")).to_be_visible(timeout=SECONDS)
    with page.expect_download() as sheet:
        page.locator("a[download]").click()
    assert sheet.value.suggested_filename.endswith(".xlsx")
