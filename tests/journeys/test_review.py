"""Two managers at two desks: review, return, proposal, restore and conflict, in a real browser."""

from dataclasses import replace
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from catalogue.products import editing, listing
from catalogue.products.models import Product
from catalogue.text import Bilingual
from tests.browser import BOTH_WAYS, DESKTOP, check_screen

PHONE_NUMBER = "020 5555 0188"


@pytest.fixture
def here(make):
    """A consortium of its own: what is decided here is seen nowhere else."""
    return make.consortium(sector_key="silver")


@pytest.fixture
def firm(make, here):
    return make.member(consortium=here, name=Bilingual("ໂຮງຊ່າງບົວ", "Bua workshop"))


@pytest.fixture
def bua(make, firm):
    return make.maker(firm)


@pytest.fixture
def propose(make, session, bua):
    """A change to a published listing, sent to the office by its maker."""

    def propose(product: Product, **said) -> Product:
        content = replace(editing.content_of(product.working), **said)
        editing.edit(session, product, content, opened_version=product.version, by=bua, at=make.later())
        listing.submit(session, product, by=bua, at=make.later())
        session.commit()
        return product

    return propose


@pytest.fixture
def proposal(make, firm, propose):
    """Five things changed: one of them tells a telephone number."""
    name, description = Bilingual("ແອບໝາກເງິນ", "Betel box"), Bilingual("ແອບໃສ່ໝາກ ຕີຂຶ້ນຮູບດ້ວຍມື.", "Raised by hand.")
    product = make.product(member=firm, name=name, description=description, net_weight_g=Decimal(250))
    return propose(
        product,
        name=Bilingual("ແອບໝາກເງິນ ຝາດອກບົວ", "Betel box, lotus-bud lid"),
        description=Bilingual(f"ແອບໃສ່ໝາກ ຕີຂຶ້ນຮູບດ້ວຍມື. ສົນໃຈໂທ {PHONE_NUMBER}.", "Raised by hand."),
        net_weight_g=Decimal(264),
        care=Bilingual("ເຊັດດ້ວຍຜ້າແຫ້ງ", "Wipe with a dry cloth"),
        minimum_order=7,
    )


@pytest.fixture
def managers(make, here, browser_page):
    """Opens the desk of one manager after the other, in a browser of their own."""

    def managers(*names: str, width: int = DESKTOP, lang: str = "en", javascript: bool = True) -> list[Page]:
        people = [make.person(name=name, language=lang) for name in names]
        for person in people:
            make.role(person, "manager", consortium=here)
        return [
            browser_page(width, lang, signed_in_as=person, allow=(409, 422), javascript=javascript) for person in people
        ]

    return managers


def review(page: Page, product: Product) -> None:
    page.goto(f"/desk/{product.consortium.slug}/review/{product.public_id}")


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).click()


@BOTH_WAYS
def test_what_is_taken_is_published_and_the_rest_goes_back(
    managers, browser_page, proposal, here, bua, session, width, lang
):
    (noy,) = managers("Noy", width=width, lang=lang)
    noy.goto(f"/desk/{here.slug}/review")
    check_screen(noy)
    press(noy, "main h3 a")
    check_screen(noy)
    expect(noy.locator("#part-name ins").first).to_have_text("ຝາດອກບົວ")
    expect(noy.locator("#part-net_weight_g del")).to_have_text("250")
    expect(noy.locator("#part-description mark.contact")).to_have_text(PHONE_NUMBER)
    expect(noy.locator("#reason-description")).to_have_value("ກະລຸນາເອົາເບີໂທອອກ. ຜູ້ຊື້ຕິດຕໍ່ຜ່ານຫ້ອງການ.")
    button = noy.locator("[data-decide]")
    expect(button).to_have_text("Publish 4, send back 1" if lang == "en" else "ເຜີຍແຜ່ 4, ສົ່ງຄືນ 1")
    noy.locator("input[name=verdict-care][value=return]").check()
    expect(button).to_have_text("Publish 3, send back 2" if lang == "en" else "ເຜີຍແຜ່ 3, ສົ່ງຄືນ 2")
    noy.locator("input[name=verdict-care][value=take]").check()
    press(noy, "[data-decide]")
    expect(noy.locator(".notice-success")).to_be_visible()

    reader = browser_page(width, lang)
    reader.goto(f"/{lang}/{here.slug}/products/{proposal.public_id}")
    expect(reader.locator("h1")).to_contain_text("Betel box, lotus-bud lid" if lang == "en" else "ຝາດອກບົວ")
    expect(reader.locator("main")).not_to_contain_text(PHONE_NUMBER)

    phone = browser_page(390, "lo", signed_in_as=bua)
    phone.goto(f"/studio/products/{proposal.public_id}")
    expect(phone.locator("main")).to_contain_text("ກະລຸນາເອົາເບີໂທອອກ")


def test_the_second_manager_sees_what_the_first_decided(managers, proposal):
    noy, vone = managers("Noy", "Vone")
    for page in (noy, vone):
        review(page, proposal)
    vone.locator("input[name=verdict-name][value=return]").check()
    vone.locator("#reason-name").fill("ຊື່ຍາວໂພດ")
    press(noy, "[data-decide]")

    press(vone, "[data-decide]")

    expect(vone.locator(".notice")).to_contain_text("Noy was a moment before you")
    expect(vone.locator("main")).to_contain_text("ຊື່ຍາວໂພດ")
    check_screen(vone)


@BOTH_WAYS
def test_two_who_write_at_once_choose_field_by_field(managers, make, firm, session, width, lang):
    product = make.submitted_product(member=firm)
    noy, vone = managers("Noy", "Vone", width=width, lang=lang)
    for page in (noy, vone):
        page.goto(f"/desk/{product.consortium.slug}/products/{product.public_id}/revise")
    check_screen(noy)
    noy.locator("#name_en").fill("Noy's bowl")
    noy.locator("#lead_time_days").fill("12")
    press(noy, "button[name=then][value=keep]")
    vone.locator("#name_en").fill("Vone's bowl")
    press(vone, "button[name=then][value=keep]")

    check_screen(vone)
    expect(vone.locator("input[name=keep-name][value=mine]")).to_be_checked()
    expect(vone.locator("input[name=keep-lead_time_days][value=saved]")).to_be_checked()
    expect(vone.locator(".clash")).to_contain_text("Noy's bowl")
    vone.locator("input[name=keep-name][value=saved]").check()
    press(vone, ".review-foot button")

    session.refresh(product)
    assert (product.working.name.en, product.working.lead_time_days) == ("Noy's bowl", 12)


def test_what_is_no_contact_is_cleared_and_published_without_script(managers, proposal, session):
    (noy,) = managers("Noy", javascript=False)
    review(noy, proposal)
    noy.locator("input[name=verdict-name][value=return]").check()
    noy.locator("#reason-name").fill("ຊື່ຍາວໂພດ")
    press(noy, "button[name=clear]")
    expect(noy.locator("mark.contact")).to_have_count(0)
    expect(noy.locator("#reason-name")).to_have_value("ຊື່ຍາວໂພດ")

    press(noy, "[data-decide]")

    expect(noy.locator(".notice-success")).to_be_visible()
    session.refresh(proposal)
    assert PHONE_NUMBER in proposal.published.description.lo
    noy.goto(f"/desk/{proposal.consortium.slug}/products/{proposal.public_id}/history")
    expect(noy.locator(".panel mark")).to_have_text(PHONE_NUMBER)


@BOTH_WAYS
def test_an_earlier_version_is_brought_back(managers, browser_page, make, firm, propose, here, session, width, lang):
    product = make.product(member=firm, name=Bilingual("ຂັນເງິນ", "First bowl"))
    propose(product, name=Bilingual("ຂັນໃໝ່", "Second bowl"))
    listing.publish(session, product, by=None, at=make.later())
    session.commit()
    (noy,) = managers("Noy", width=width, lang=lang)
    noy.goto(f"/desk/{here.slug}/products/{product.public_id}/history")
    check_screen(noy)
    press(noy, ".history-version:last-child h2 a")
    check_screen(noy)

    press(noy, "button[name=then][value=publish]")

    expect(noy.locator(".notice-success")).to_be_visible()
    reader = browser_page(width, lang)
    reader.goto(f"/{lang}/{here.slug}/products/{product.public_id}")
    expect(reader.locator("h1")).to_contain_text("First bowl" if lang == "en" else "ຂັນເງິນ")


def test_a_member_takes_back_what_the_manager_has_open(managers, browser_page, proposal, bua):
    (noy,) = managers("Noy")
    review(noy, proposal)
    phone = browser_page(390, "lo", signed_in_as=bua)
    phone.goto(f"/studio/products/{proposal.public_id}")
    press(phone, "form[action$='/take-back'] button")

    press(noy, "[data-decide]")

    expect(noy.locator(".notice").first).to_contain_text("taken back by the member")
    noy.goto(f"/en/{proposal.consortium.slug}/products/{proposal.public_id}")
    expect(noy.locator("h1")).to_have_text("Betel box")
