"""Silver and silk in one list: one form, one sending, one page that shows both; and no office learns of another."""

import re
from dataclasses import dataclass
from email.message import EmailMessage

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from catalogue.consortia.models import Consortium
from catalogue.inquiries import conversation
from catalogue.inquiries.models import Inquiry
from catalogue.products.models import Product
from catalogue.text import Bilingual
from tests.browser import DESKTOP, PHONE, check_accessibility, check_width
from tests.factories import Make
from tests.journeys.letters import text_of
from tests.live import Live, beside, wait_for

NUMBER = re.compile(r"[A-Z0-9]+-\d{4}-\d{4,}")
ANSWER = {"en": "Yes, twelve scarves by March.", "lo": "ໄດ້, ຜ້າສິບສອງຜືນ ພາຍໃນເດືອນມີນາ."}
WORDS = {"en": "A shawl in indigo", "lo": "ຜ້າຄຸມສີຄາມ"}


@dataclass(frozen=True)
class Fair:
    """Two consortia with a product each."""

    silver: Consortium
    silk: Consortium
    bowl: Product
    scarf: Product


@pytest.fixture(scope="module")
def fair(live: Live) -> Fair:
    with beside(live) as session:
        make = Make(session)
        silver = make.consortium(name=Bilingual("ກຸ່ມເງິນທົດລອງ", "Trial Silversmiths"), sector_key="silver")
        silk = make.consortium(name=Bilingual("ກຸ່ມໄໝທົດລອງ", "Trial Weavers"), sector_key="silk")
        bowl = make.product(consortium=silver, minimum_order=12)
        scarf = make.product(consortium=silk, minimum_order=5, name=Bilingual("ຜ້າພັນຄໍ", "Silk scarf"))
        session.commit()
        return Fair(silver, silk, bowl, scarf)


@pytest.mark.parametrize(
    ("width", "lang", "script"),
    [
        pytest.param(PHONE, "lo", True, id="390-lo-script"),
        pytest.param(DESKTOP, "en", True, id="1280-en-script"),
        pytest.param(PHONE, "lo", False, id="390-lo-no script"),
    ],
)
def test_several_consortia_are_asked_with_one_form(
    browser_page, live: Live, make: Make, fair: Fair, width, lang, script
):
    page = browser_page(width, lang, javascript=script, allow=(422,))
    email = f"ana-{lang}-{script}@buyer.example"

    gathers(page, fair, lang)
    edits(page, fair, script=script)
    colleague = browser_page(width, lang, javascript=script)
    shares(page, colleague, fair)
    sends(page, fair, email, lang)
    silver, silk = numbers(page)
    confirmed = wait_for(lambda: letter(live, email, silver))
    assert silk in text_of(confirmed)

    office_answers(live, make, silk, lang)
    page.reload()
    expect(part(page, silk).locator(".thread")).to_contain_text(ANSWER[lang])
    expect(part(page, silver).locator(".thread")).not_to_contain_text(ANSWER[lang])
    answered = wait_for(lambda: letter(live, email, silk, but=confirmed["Message-ID"]))
    assert silver not in text_of(answered)
    writes_to(page, silver)
    look(page)


def gathers(page: Page, fair: Fair, lang: str) -> None:
    """A bowl, a scarf, and something in words for the weavers."""
    for product in (fair.bowl, fair.scarf):
        page.goto(f"/{lang}/{product.consortium.slug}/products/{product.public_id}")
        page.locator("button[form=ask]:visible, #ask button:visible").first.click()
        page.wait_for_url("**#added")
    page.goto(f"/{lang}/inquiry-list")
    if not page.locator("#words-description").is_visible():
        page.locator("#words summary").click()
    page.locator("#words-consortium").select_option(fair.silk.slug)
    page.locator("#words-description").fill(WORDS[lang])
    page.locator("#words-quantity").fill("໓" if lang == "lo" else "3")
    with page.expect_navigation():
        page.locator("#words form button").click()
    expect(page.locator("li.line")).to_have_count(3)
    look(page)


def edits(page: Page, fair: Fair, *, script: bool) -> None:
    """A quantity below the minimum is taken, with a word that helps; without a button where script runs."""
    field = line(page, fair.bowl).locator("input[name$=quantity]")
    field.fill("3")
    if script:
        field.blur()
        expect(page.locator("[data-kept]")).not_to_be_empty()
    else:
        with page.expect_navigation():
            page.locator(".form-page aside button:not([name])").first.click()
    expect(line(page, fair.bowl).locator(".field-hint")).to_contain_text("12")
    if script:
        page.reload()
    expect(field).to_have_value("3")
    look(page)


def shares(page: Page, colleague: Page, fair: Fair) -> None:
    """A colleague reads the list by its link, without the words, and takes the products over."""
    with page.expect_navigation():
        page.locator("button[name=open_link]").click()
    look(page)
    colleague.goto(page.locator("#link-address").input_value())
    expect(colleague.locator("li.line")).to_have_count(2)
    look(colleague)
    with colleague.expect_navigation():
        colleague.locator("main form button").click()
    expect(line(colleague, fair.bowl).locator("input[name$=quantity]")).to_have_value("3")


def sends(page: Page, fair: Fair, email: str, lang: str) -> None:
    """Wrong once; then one sending."""
    with page.expect_navigation():
        page.locator("button[name=go_on]").click()
    for consortium in (fair.silver, fair.silk):
        expect(page.locator("[aria-labelledby=sending-title]")).to_contain_text(consortium.name.in_(lang))
    look(page)
    page.locator("#name").fill("Ana Example")
    page.locator("#email").fill("ana at home")
    page.locator("#country").select_option("DE")
    page.locator("#message").fill("We open a shop in spring.")
    press_send(page)
    expect(page.locator(".error-summary a[href='#email']")).to_be_visible()
    expect(page.locator(".asked-lines li.line")).to_have_count(3)
    look(page)
    page.locator("#email").fill(email)
    press_send(page)
    expect(page).to_have_url(re.compile(rf"/{lang}/i/[a-z2-7]+$"))
    expect(page.locator(".sent-part")).to_have_count(2)
    look(page)


def press_send(page: Page) -> None:
    with page.expect_navigation():
        page.locator(".form-send button").click()


def numbers(page: Page) -> list[str]:
    """The numbers of the inquiries that the page shows, the silversmiths' first."""
    return [NUMBER.search(each.inner_text())[0] for each in page.locator(".sent-parts li").all()]


def part(page: Page, number: str) -> Locator:
    return page.locator(".sent-part").filter(has_text=number)


def line(page: Page, product: Product) -> Locator:
    return page.locator("li.line").filter(has=page.locator(f"h3 a[href*='{product.public_id}']"))


def letter(live: Live, email: str, number: str, but: str = "") -> EmailMessage | None:
    """A letter to this buyer that names this inquiry."""
    mine = [each for each in live.letters() if email in str(each["To"]) and number in str(each["Subject"])]
    return next((each for each in mine if each["Message-ID"] != but), None)


def office_answers(live: Live, make: Make, number: str, lang: str) -> None:
    """The weavers' office answers its own inquiry."""
    inquiry = make.session.scalars(select(Inquiry).where(Inquiry.number == number)).one()
    manager = make.manager(inquiry.consortium)
    conversation.answer(make.session, inquiry, ANSWER[lang], by=manager, at=make.later())
    make.session.commit()


def writes_to(page: Page, number: str) -> None:
    """The buyer writes to the silversmiths alone."""
    form = part(page, number).locator("form.reply")
    form.locator("textarea").fill("One sample is fine.")
    with page.expect_navigation():
        form.locator("button").click()
    expect(part(page, number).locator(".thread")).to_contain_text("One sample is fine.")
    expect(page.locator(".message", has_text="One sample is fine.")).to_have_count(1)


def look(page: Page) -> None:
    """No wider than the window, and open to everyone; without script, axe cannot run either."""
    check_width(page)
    if page.evaluate("matchMedia('(scripting: enabled)').matches"):
        check_accessibility(page)
