"""A silversmith with an old phone puts a piece in the catalogue: photograph, four questions, sent."""

import re
from decimal import Decimal
from random import Random

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from catalogue.demo.content import PHOTOS
from catalogue.money import NumberNotUnderstood, format_number, in_words_en, in_words_lo, parse_number
from catalogue.products.models import ListingStatus, Product
from catalogue.web.assets import STATIC, Assets
from tests.browser import BOTH_WAYS, LANGUAGES, PHONE, check_screen, check_width

LADLE = PHOTOS / "silver-ladle-1.jpg"


@pytest.fixture
def smith(make):
    """The one person of a firm of its own; the firm."""

    def smith(lang: str):
        member = make.member(consortium=make.consortium(shared_contact_phone="+856 21 555 0100"))
        person = make.maker(member)
        person.language = lang
        return make.keep(person), member

    return smith


def product_of(session, member) -> Product:
    """The firm's one product as it stands, read in a transaction that ends here: the site must be able to write."""
    session.expire_all()
    product = session.scalars(select(Product).where(Product.member_id == member.id)).one()
    assert product.working.photos is not None
    session.expunge_all()
    session.commit()
    return product


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.locator("#question > p button").first.click()


@BOTH_WAYS
def test_a_piece_is_photographed_told_and_sent(browser_page, smith, session, width, lang):
    person, member = smith(lang)
    page = browser_page(width, lang, signed_in_as=person)
    page.goto("/studio/")
    check_screen(page)

    page.set_input_files("[data-camera] input[type=file]", LADLE)

    page.wait_for_url(re.compile("/studio/products/"))
    expect(page.locator("#shot-beauty img")).to_be_visible()
    check_screen(page)
    page.locator("button[name=next]").click()
    page.wait_for_url(re.compile("/questions/what"))
    check_screen(page)
    page.locator(".pictured label").nth(5).click()
    page.locator("#name_lo").fill("ບວຍເງິນ ດ້າມໄມ້")
    go_on(page)
    page.locator("#net_weight_g").fill("໒໑໐")
    go_on(page)

    reads_prices_back(page, lang)
    check_screen(page)
    go_on(page)
    page.locator("#minimum_order").fill("10")
    go_on(page)

    page.wait_for_url(re.compile("/told"))
    expect(page.locator(".told")).to_contain_text(re.compile(r"1[.,]250[.,]000"))
    check_screen(page)
    with page.expect_navigation():
        page.locator("#send button").click()
    product = product_of(session, member)
    said = product.working
    assert product.status is ListingStatus.SUBMITTED
    assert (said.net_weight_g, said.office_price, said.minimum_order) == (Decimal(210), Decimal(1250000), 10)
    assert len(said.photos) == 1


def reads_prices_back(page: Page, lang: str) -> None:
    """While it is typed: what is unclear as two buttons, what is small with what was meant, and the words."""
    price, echo = page.locator("#office_price"), page.locator("[data-echo=office_price]")
    price.fill("1.250")
    expect(page.locator(".readings button")).to_have_count(2)
    expect(echo).to_be_hidden()
    price.fill("350")
    page.locator(".instead button").click()
    expect(price).to_have_value("350000")
    price.fill("໑໒໕໐໐໐໐")
    expect(page.locator(".readings button")).to_have_count(0)
    figure, words = {
        "lo": ("1.250.000\u00a0ກີບ", "ໜຶ່ງລ້ານສອງແສນຫ້າໝື່ນກີບ"),
        "en": ("1,250,000\u00a0kip", "one million two hundred and fifty thousand kip"),
    }[lang]
    expect(echo.locator("b")).to_have_text(figure)
    expect(echo.locator("[data-words]")).to_have_text(words)


def test_what_is_typed_is_kept_without_a_press(browser_page, smith, make, session):
    person, member = smith("lo")
    draft = make.draft_product(member=member, office_price=None)
    page = browser_page(PHONE, "lo", signed_in_as=person)
    page.goto(f"/studio/products/{draft.public_id}/questions/price")

    with page.expect_response(re.compile("/studio/answers")):
        page.locator("#office_price").fill("1250000")

    expect(page.locator("[data-kept-line]")).to_contain_text(re.compile(r"\d\d:\d\d"))
    assert product_of(session, member).working.office_price == Decimal(1250000)
    with page.expect_response(re.compile("/studio/answers")):
        page.locator("#office_price").fill("1.250")
    page.reload()
    expect(page.locator("#office_price")).to_have_value("1.250")
    expect(page.locator(".readings button")).to_have_count(2)


def test_two_phones_answer_the_same_and_both_answers_are_shown(browser_page, smith, make, session):
    person, member = smith("lo")
    draft = make.draft_product(member=member, office_price=None)
    here, there = (browser_page(PHONE, "lo", signed_in_as=person, allow=(409,)) for _phone in range(2))
    for page in (here, there):
        page.goto(f"/studio/products/{draft.public_id}/questions/price")
    there.locator("#office_price").fill("900000")
    go_on(there)

    here.locator("#office_price").fill("1200000")
    go_on(here)

    expect(here.locator(".two-answer")).to_have_count(2)
    check_screen(here)
    with here.expect_navigation():
        here.locator("#mine-1").click()
    assert product_of(session, member).working.office_price == Decimal(1200000)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_script_the_same_way_goes_page_by_page(browser_page, smith, session, lang):
    person, member = smith(lang)
    page = browser_page(PHONE, lang, signed_in_as=person, javascript=False)
    page.goto("/studio/")
    page.locator("#camera-button").click()
    page.set_input_files("#take-beauty", LADLE)
    page.locator("button[name=next]").click()
    page.locator(".pictured label").nth(5).click()
    page.locator("#name_lo").fill("ບວຍເງິນ")
    page.locator("#question > p button").first.click()
    page.locator("button[name=skip]").click()

    page.locator("#office_price").fill("1.250")
    page.locator("#question > p button").first.click()
    check_width(page)
    page.locator(".readings button").nth(1).click()
    page.locator(".instead button").click()
    expect(page.locator(".echo b")).to_have_text(re.compile(r"1[.,]250[.,]000"))
    check_width(page)
    page.locator("#question > p button").first.click()
    page.locator("#minimum_order").fill("10")
    page.locator("#question > p button").first.click()
    page.locator("#question > p button").first.click()
    page.locator("#send button").click()

    product = product_of(session, member)
    assert product.status is ListingStatus.SUBMITTED
    assert (product.working.office_price, product.working.net_weight_g) == (Decimal(1250000), None)


# -- the script reads numbers as the site does --


def typed_numbers() -> list[str]:
    """Numbers as people type them, and what looks like one."""
    chance = Random("typed")
    pieces = ["0", "1", "25", "250", "000", "1000", ".", ",", " ", "'", "໑", "໒໕໐", "-", "+", "x", "\u200b", "\u00a0"]
    made = ["".join(chance.choices(pieces, k=chance.randint(1, 6))) for _each in range(600)]
    return [
        *made,
        "1.250",
        "1,250",
        "1.250.000",
        "1,250,000.50",
        "1.250.000,5",
        "0.925",
        "1234.567",
        "01.250",
        "",
        " 12,5 ",
    ]


def by_site(text: str) -> dict[str, object]:
    try:
        number = parse_number(text)
    except NumberNotUnderstood as problem:
        return {"readings": [plain(each) for each in problem.readings]} if problem.readings else {}
    return {
        "number": plain(number),
        "figure": {lang: format_number(number, lang) for lang in ("lo", "en")},
        "words": [in_words_lo(int(number)), in_words_en(int(number))] if number == int(number) else ["", ""],
    }


def plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text.lstrip("0") or "0"


def test_the_script_reads_numbers_as_the_site_does(browser_page):
    page = browser_page(PHONE, "en")
    page.goto("/en/")
    texts = typed_numbers()

    by_script = page.evaluate(
        """async ([address, texts]) => {
            const { read, figure, inWords } = await import(address);
            return texts.map((text) => {
                const { number, readings } = read(text);
                if (number === undefined) return readings ? { readings } : {};
                const words = [inWords(number, "", "lo"), inWords(number, "", "en")];
                return { number, figure: { lo: figure(number, "lo"), en: figure(number, "en") }, words };
            });
        }""",
        [Assets(STATIC).address("js/studio-numbers.js"), texts],
    )

    differing = {
        text: (said, by_site(text)) for text, said in zip(texts, by_script, strict=True) if said != by_site(text)
    }
    assert differing == {}
