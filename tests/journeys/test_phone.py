"""Joining and listing on a cheap phone, in Lao, on slow 3G that goes away twice: nothing is lost, nothing doubled."""

import io
import random
import re
import time

import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from catalogue.activity.models import Entry
from catalogue.consortia.cards import token_of
from catalogue.media.upload_models import Upload
from catalogue.products.models import ListingStatus, Product
from catalogue.tokens import TokenMaker
from tests.browser import PHONE, check_screen, check_width, window
from tests.journeys.scene import wait_until_ready
from tests.journeys.slow_line import SlowLine
from tests.live import Live, wait_for

KB = 1000
MOST_FIRST_VIEW, MOST_REQUESTS = 170 * KB, 12
NAME = "ຂັນເງິນ ລາຍດອກຈຳປາ"
ITEMS = "studio.keep.items().then((items) => items.map((item) => `${item.type} ${item.state}`))"
KEPT_PAGE = "caches.open('sala-studio').then((kept) => kept.match('/studio/on-this-phone')).then(Boolean)"


def photograph(seed: int = 1) -> bytes:
    """What the camera of a phone makes: 12 megapixels, held upright (EXIF says so), 3 to 8 MB."""
    chance = random.Random(seed)
    small = Image.frombytes("RGB", (500, 375), chance.randbytes(500 * 375 * 3)).filter(ImageFilter.GaussianBlur(3))
    large = small.resize((4000, 3000), Image.Resampling.BICUBIC)
    grain = Image.frombytes("L", (4000, 3000), chance.randbytes(4000 * 3000)).convert("RGB")
    picture, written = Image.blend(large, grain, 0.09), io.BytesIO()
    exif = picture.getexif()
    exif[0x0112] = 6
    picture.save(written, "JPEG", quality=90, exif=exif)
    return written.getvalue()


def file(data: bytes, name: str = "IMG_1.jpg") -> dict[str, object]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


@pytest.fixture
def firm(make):
    """A firm of a consortium of its own, with somebody who has no password."""
    consortium = make.consortium(sector_key="silver")
    member = make.member(consortium=consortium)
    return member, make.maker(member, language="lo")


@pytest.fixture
def line(browser, live: Live):
    """Opens a phone on a slow line."""
    opened = []

    def open_line(**cookie) -> SlowLine:
        context = window(browser, live.url, width=PHONE, lang="lo", fingers=True)
        opened.append(context)
        if cookie:
            context.add_cookies([cookie])
        return SlowLine(browser, context, context.new_page())

    yield open_line
    for context in opened:
        context.close()


def wait_for_kept_page(phone: Page) -> None:
    """The page that opens without signal is on the phone."""
    wait_for(lambda: phone.evaluate(KEPT_PAGE), 90)


def wait_until_sent(phone: Page) -> None:
    """Nothing waits on the phone any more."""
    wait_for(lambda: phone.evaluate(ITEMS) == [], 120)


def test_from_a_card_to_the_office_with_the_signal_lost_twice(line, firm, make, live: Live, session):
    member, maker = firm
    card = make.card(member, maker)
    link = f"/sign-in/card/{token_of(card, TokenMaker(live.settings.SECRET_KEY))}"
    data = photograph()
    assert 3_000_000 < len(data) < 8_000_000
    road = line()
    phone, began = road.page, time.monotonic()

    joins(phone, link)
    road.slow()  # for the service worker as well
    check_width(phone)
    photographs(road, data)
    answers(road)
    sends(phone)
    took = time.monotonic() - began

    product = arrived(session, member)
    said = product.working
    assert (said.name.lo, said.category) == (NAME, "bowls")
    assert (str(said.net_weight_g), int(said.office_price), said.minimum_order) == ("412.5", 1_250_000, 5)
    (photo,) = said.photos
    ready = wait_until_ready(session, photo.file)
    assert (ready.width, ready.height) == (1200, 1600), "held upright"
    is_once(session, product)
    wait_until_sent(phone)
    small = ready_size(session, product)
    print(f"\nfrom the card to the office: {took:.0f} s; {road.said()}")
    print(f"a photograph of {len(data) / KB:.0f} KB became {small / KB:.0f} KB")
    assert road.sent < len(data) / 4


def joins(phone: Page, link: str) -> None:
    """Open the card and press the one button."""
    phone.goto(link, timeout=90_000)
    with phone.expect_navigation(timeout=90_000):
        phone.locator("main form button").first.click()
    expect(phone).to_have_url(re.compile(r"/studio/$"))
    wait_for_kept_page(phone)


def photographs(road: SlowLine, data: bytes) -> None:
    """Take a photograph; in the middle of its way the signal goes, and comes back."""
    phone = road.page
    with phone.expect_navigation(timeout=90_000):
        phone.locator("form[data-camera] input[type=file]").set_input_files(file(data))
    tile = phone.locator("[data-shot=beauty]")
    expect(tile.locator("img")).to_be_visible()
    wait_for(lambda: phone.evaluate("parseInt(document.querySelector('.shot-up .badge')?.textContent) >= 20"), 90)
    expect(phone.locator("#phone-line")).to_have_text("ກຳລັງສົ່ງໜຶ່ງຢ່າງ.")
    road.cut()
    expect(tile.locator(".badge")).to_have_text("ເກັບໄວ້ໃນໂທລະສັບ", timeout=90_000)
    check_screen(phone)
    assert phone.evaluate(ITEMS) == ["photo waiting"]
    road.slow()
    expect(tile).to_have_attribute("data-state", "sent", timeout=90_000)
    wait_until_sent(phone)


def answers(road: SlowLine) -> None:
    """The four questions; after the second one was typed the signal goes, and the third is answered without it."""
    phone = road.page
    press(phone, "button[name=next]")
    phone.locator("input[name=category][value=bowls]").check(force=True)
    phone.locator("input[name=name_lo]").fill(NAME)
    press(phone, "#question button.button-accent")
    phone.locator("#net_weight_g").fill("412,5")
    road.cut()
    phone.locator("#question button.button-accent").click(no_wait_after=True)
    price = phone.locator("[data-part=question][data-question=price]")
    expect(price).to_be_visible(timeout=90_000)
    assert phone.evaluate(ITEMS) == ["answer waiting"]
    price.locator("input").fill("1.250.000")
    expect(price.locator("[data-echo] b")).to_have_text("1.250.000\u00a0ກີບ")
    check_screen(phone)
    price.locator("button").first.click()
    expect(phone.locator("[data-part=question][data-question=least]")).to_be_visible()
    assert phone.evaluate(ITEMS) == ["answer waiting", "answer waiting"]
    road.slow()
    wait_until_sent(phone)
    phone.goto("/studio/", timeout=90_000)
    press(phone, "#begun h3 a")
    phone.locator("#minimum_order").fill("໕")
    press(phone, "#question button.button-accent")


def sends(phone: Page) -> None:
    """Read it once more and send it."""
    expect(phone).to_have_url(re.compile(r"/told"))
    press(phone, "#send button")
    phone.wait_for_load_state()


def press(phone: Page, selector: str) -> None:
    """Press and wait for the next page."""
    with phone.expect_navigation(timeout=90_000):
        phone.locator(selector).first.click()


def arrived(session, member) -> Product:
    """The one product of the firm, at the office."""
    session.commit()
    product = session.scalars(select(Product).filter_by(member_id=member.id)).one()
    assert product.status is ListingStatus.SUBMITTED
    return product


def is_once(session, product: Product) -> None:
    """Nothing was doubled on the way."""
    subject = f"product:{product.id}"
    for action in ("product.created", "photo.added", "listing.submitted"):
        count = select(func.count()).select_from(Entry).filter_by(subject=subject, action=action)
        assert session.scalar(count) == 1, action
    assert session.scalar(select(func.count()).select_from(Upload).filter_by(member_id=product.member_id)) == 1
    session.commit()


def ready_size(session, product: Product) -> int:
    """The bytes of the photograph that were sent."""
    size = session.scalar(select(Upload.size).filter_by(member_id=product.member_id))
    session.commit()
    return size


def test_a_product_is_begun_without_any_signal(line, firm, make, live: Live, session):
    member, maker = firm
    road = line(**live.cookie_of(make.session_key(maker)))
    phone = road.page
    phone.goto("/studio/", timeout=90_000)
    wait_for_kept_page(phone)
    road.cut()

    phone.goto("/studio/")
    phone.locator("a.shoot").click()
    phone.locator("#shot-beauty").set_input_files(file(photograph(2)))
    expect(phone.locator("[data-shot=beauty] .badge")).to_have_text("ເກັບໄວ້ໃນໂທລະສັບ", timeout=90_000)
    phone.locator("[data-go-on]").click()
    what = phone.locator("[data-part=question][data-question=what]")
    what.locator("input[value=bowls]").check(force=True)
    what.locator("input[name=name_lo]").fill(NAME)
    what.locator("button").first.click()
    expect(phone.locator("[data-part=question][data-question=weight]")).to_be_visible()

    phone.goto("/studio/")
    expect(phone.locator("[data-drafts] h3")).to_have_text(NAME)
    check_screen(phone)
    road.slow()
    wait_until_sent(phone)

    session.commit()
    product = session.scalars(select(Product).filter_by(member_id=member.id)).one()
    assert (product.working.name.lo, len(product.working.photos)) == (NAME, 1)
    session.commit()


def test_without_signal_numbers_are_read_as_with_it(line, firm, make, live: Live):
    member, maker = firm
    draft = make.draft_product(member=member, office_price=None)
    road = line(**live.cookie_of(make.session_key(maker)))
    phone = road.page
    phone.goto("/studio/", timeout=90_000)
    wait_for_kept_page(phone)
    road.cut()

    phone.goto(f"/studio/products/{draft.public_id}/questions/weight")
    weight = phone.locator("[data-part=question][data-question=weight]")
    weight.locator("input").fill("ບໍ່ຮູ້")
    weight.locator("form > button").first.click()
    expect(weight.locator(".field-error")).to_contain_text("ຂຽນແຕ່ຕົວເລກ")
    check_screen(phone)
    weight.locator("button[name=unknown]").click()

    price = phone.locator("[data-part=question][data-question=price]")
    price.locator("input").fill("1.250")
    price.locator("form > button").first.click()
    price.locator(".readings button", has_text="1.250").click()
    price.locator(".instead button").click()
    expect(price.locator("[data-echo] b")).to_have_text("1.250.000\u00a0ກີບ")
    check_screen(phone)
    price.locator("form > button").first.click()
    expect(phone.locator("[data-part=question][data-question=least]")).to_be_visible()


def test_a_file_that_is_no_photograph_holds_nothing_up(line, firm, make, live: Live, session):
    member, maker = firm
    draft = make.draft_product(member=member)
    road = line(**live.cookie_of(make.session_key(maker)))
    phone = road.page
    phone.goto(f"/studio/products/{draft.public_id}/capture", timeout=90_000)
    wait_for_kept_page(phone)
    phone.locator("#take-mark").set_input_files(file(b"%PDF-1.4 " * 500))
    expect(phone.locator("#shot-mark")).to_have_attribute("data-state", "refused", timeout=90_000)
    expect(phone.locator("#shot-mark img")).to_have_count(0)
    road.cut()
    phone.goto(f"/studio/products/{draft.public_id}/told")
    phone.locator("[data-send] button").click()
    expect(phone.locator("#phone-line")).to_contain_text("ຈະສົ່ງເມື່ອມີສັນຍານ")

    road.slow()

    wait_for(lambda: phone.evaluate(ITEMS) == ["photo refused"], 90)
    expect(phone.locator("#phone-line")).not_to_contain_text("ຈະສົ່ງເມື່ອມີສັນຍານ")
    session.commit()
    session.refresh(draft)
    assert draft.status is ListingStatus.SUBMITTED
    session.commit()


def test_two_answers_are_both_shown_and_a_person_chooses(line, firm, make, live: Live, session):
    member, maker = firm
    draft = make.draft_product(member=member, minimum_order=10)
    road = line(**live.cookie_of(make.session_key(maker)))
    phone = road.page
    phone.goto("/studio/", timeout=90_000)
    wait_for_kept_page(phone)
    phone.goto(f"/studio/products/{draft.public_id}/questions/least", timeout=90_000)
    road.cut()
    phone.locator("#minimum_order").fill("25")
    phone.locator("#question button.button-accent").click(no_wait_after=True)
    expect(phone.locator("[data-part=send]")).to_be_visible(timeout=90_000)
    draft.working.minimum_order = 12
    make.keep(draft)

    road.slow()
    wait_for(lambda: phone.evaluate(ITEMS) == ["answer refused"], 90)
    assert least_of(session, draft) == 12
    phone.goto("/studio/", timeout=90_000)
    press(phone, "#phone-line a")
    expect(phone.locator("[data-refused-list]")).to_contain_text("25")
    expect(phone.locator("[data-refused-list]")).to_contain_text("12")
    check_screen(phone)
    phone.get_by_role("button", name="ຂອງຂ້ອຍຖືກ").click()
    wait_until_sent(phone)
    assert least_of(session, draft) == 25


def least_of(session, product: Product) -> int | None:
    """The minimum order that stands there now."""
    session.commit()
    session.refresh(product)
    session.refresh(product.working)
    least = product.working.minimum_order
    session.commit()
    return least


def test_what_one_person_keeps_nobody_else_sees_or_sends(line, firm, make, live: Live, session):
    member, maker = firm
    road = line(**live.cookie_of(make.session_key(maker)))
    phone = road.page
    phone.goto("/studio/products/new", timeout=90_000)
    road.cut()
    phone.locator("#choose-mark").set_input_files(file(photograph(3)))
    wait_for(lambda: phone.evaluate(ITEMS) == ["photo waiting"], 90)

    road.context.add_cookies([live.cookie_of(make.session_key(make.maker(member, language="lo")))])
    road.slow()
    phone.goto("/studio/", timeout=90_000)
    wait_for(lambda: phone.evaluate("studio.keep.owner()") != "", 90)
    assert phone.evaluate(ITEMS) == []
    session.commit()
    assert session.scalar(select(Product).filter_by(member_id=member.id)) is None
    session.commit()

    road.context.add_cookies([live.cookie_of(make.session_key(maker))])
    phone.goto("/studio/", timeout=90_000)
    wait_until_sent(phone)
    assert len(session.scalars(select(Product).filter_by(member_id=member.id)).one().working.photos) == 1
    session.commit()


def test_whoever_signs_out_leaves_nothing_to_open(line, firm, make, live: Live):
    _member, maker = firm
    road = line(**live.cookie_of(make.session_key(maker)))
    phone = road.page
    phone.goto("/studio/", timeout=90_000)
    wait_for_kept_page(phone)
    phone.goto("/account", timeout=90_000)
    with phone.expect_navigation(timeout=90_000):
        phone.locator("form[data-leave] button").click()

    assert phone.evaluate("caches.keys()") == []
    road.cut()
    with pytest.raises(Exception, match="ERR_"):
        phone.goto("/studio/")


def test_the_first_view_of_the_studio_is_small(line, firm, make, live: Live):
    _member, maker = firm
    road = line(**live.cookie_of(make.session_key(maker)))
    loaded = []
    road.page.on("requestfinished", lambda request: loaded.append(request))
    began = time.monotonic()
    road.page.goto("/studio/", wait_until="load", timeout=90_000)
    took = time.monotonic() - began
    road.page.wait_for_load_state("networkidle")

    light = [request for request in loaded if "/media/" not in request.url and request.service_worker is None]
    sizes = [request.sizes() for request in light]
    size = sum(each["responseHeadersSize"] + each["responseBodySize"] for each in sizes)
    print(f"\nfirst view of the studio in Lao: {size / KB:.0f} KB, {len(light)} requests, {took:.1f} s")
    assert size <= MOST_FIRST_VIEW
    assert len(light) <= MOST_REQUESTS, [request.url for request in light]
