"""A photograph framed by mouse and by keys, and put in order by dragging, in a real browser."""

import pytest
from playwright.sync_api import expect

from catalogue.media.cuts import WHOLE, Cut
from catalogue.media.keeping import keep, park
from catalogue.media.models import FileKind
from catalogue.products import editing
from catalogue.products.arranging import root_of
from catalogue.text import Bilingual
from tests.browser import BOTH_WAYS, check_screen
from tests.journeys.scene import PICTURE_SECONDS, offer, photograph, store_of, wait_until_ready
from tests.live import wait_for


@pytest.fixture
def product(make, cast, live):
    """A draft of Bounmy's firm with two real photographs in the store."""
    product = offer(make, live, cast.firm_a, Bilingual("ຂັນເງິນ", "Silver bowl"), "silver-khan-1.jpg", "bowls")
    add(make, live, product, "silver-khan-2.jpg")
    for file in [photo.file for photo in product.working.photos]:
        wait_until_ready(make.session, file)
    return product


def add(make, live, product, picture):
    """One more photograph, which the worker begins to prepare."""
    parked = park(store_of(live), photograph(picture), picture)
    file = keep(make.session, parked, consortium_id=product.consortium_id, kind=FileKind.PHOTO, at=make.later())
    editing.add_photo(make.session, product, file, by=None, at=make.later())
    make.keep(product)


@BOTH_WAYS
def test_a_frame_is_moved_by_mouse_and_by_keys_and_saved(browser_page, cast, make, product, width, lang):
    cast.bounmy.language = lang
    make.keep(cast.bounmy)
    photo = product.working.photos[0]
    root = root_of(photo).public_id
    make.session.commit()
    page = browser_page(width=width, lang=lang, signed_in_as=cast.bounmy)
    page.goto(f"/studio/products/{product.public_id}/photos/{root}")
    check_screen(page)
    picture = page.locator(".framing-picture")
    picture.focus()
    for key in ("-", "-", "-", "-", "-", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    assert page.locator("#size").input_value() == "80"
    expect(page.locator("[name=shape][value=frame]")).to_be_checked()
    before = int(page.locator("#across").input_value())
    picture.scroll_into_view_if_needed()
    lies = picture.bounding_box()
    middle = lies["x"] + lies["width"] / 2, lies["y"] + lies["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 400, middle[1] + 600, steps=4)
    page.mouse.up()
    assert (before, page.locator("#across").input_value(), page.locator("#down").input_value()) == (48, "100", "100")
    with page.expect_navigation():
        page.locator("button.button-accent").click()
    expect(page.locator("#size")).to_have_value("80")

    def is_made() -> bool:
        make.session.expire_all()
        cut = Cut.of(photo.file.cut)
        make.session.commit()
        return cut.is_framed and cut.left + cut.width == cut.top + cut.height == WHOLE

    wait_for(is_made, PICTURE_SECONDS)


def test_a_photograph_is_dragged_to_the_front(browser_page, cast, make, product):
    first, second = (photo.file.public_id for photo in product.working.photos)
    make.session.commit()
    page = browser_page(width=390, lang="lo", signed_in_as=cast.bounmy)
    page.goto(f"/studio/products/{product.public_id}/photos")
    upper, lower = (page.locator(".arranged-picture").nth(at).bounding_box() for at in (0, 1))
    page.mouse.move(lower["x"] + 40, lower["y"] + 40)
    page.mouse.down()
    page.mouse.move(upper["x"] + 40, upper["y"] + 20, steps=6)
    page.mouse.up()
    expect(page.locator("[data-arranging-says]")).not_to_be_empty()

    def is_first() -> bool:
        make.session.expire_all()
        lie = sorted(product.working.photos, key=lambda photo: photo.position)
        names = [photo.file.public_id for photo in lie]
        make.session.commit()
        return names == [second, first]

    wait_for(is_first)
