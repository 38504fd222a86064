"""Translating and claiming in a real browser: by keys, without script, at both widths and in both languages."""

import pytest

from catalogue.products import rights
from catalogue.text import Bilingual
from catalogue.web.clock import now
from tests.browser import BOTH_WAYS, DESKTOP, check_screen
from tests.cast import Cast


@pytest.fixture
def cast(make):
    """People of their own: what is translated here stays translated."""
    return Cast(make)


@pytest.fixture
def two(make, cast):
    """Two bowls that wait for their English."""
    named = Bilingual(lo="ຂັນເງິນຕີດ້ວຍມື")
    return [make.submitted_product(member=cast.firm_a, name=named, reference=f"T-{each}") for each in (1, 2)]


def reader(make, cast, lang):
    return cast.noy if lang == "en" else make.manager(cast.silver, language="lo")


@BOTH_WAYS
def test_pages_of_translators_are_whole(browser_page, make, cast, two, width, lang):
    claim = make.keep(rights.claim(make.session, two[0], by=cast.bounmy, at=now()))
    rights.object_to(make.session, claim, cast.firm_b, "ພໍ່ກໍເຮັດ", by=cast.somchan, at=now())
    make.keep(claim)
    page = browser_page(width, lang, signed_in_as=reader(make, cast, lang))
    here = f"/desk/{cast.silver.slug}"

    for address in (
        f"{here}/translate",
        f"{here}/translate/{two[0].public_id}",
        f"{here}/products",
        f"{here}/products/edit",
        f"{here}/rights",
        f"{here}/products/{two[0].public_id}/right",
    ):
        page.goto(address)
        check_screen(page)


@BOTH_WAYS
def test_pages_of_claims_are_whole(browser_page, make, cast, two, width, lang):
    make.keep(rights.claim(make.session, two[0], by=cast.bounmy, at=now()))
    page = browser_page(width, lang, signed_in_as=make.maker(cast.firm_b, language=lang))
    page.goto("/studio/claims")
    check_screen(page)

    page.locator("summary.button").click()
    check_screen(page)

    page = browser_page(width, lang, signed_in_as=make.maker(cast.firm_a, language=lang))
    for address in ("/studio/claims", f"/studio/products/{two[0].public_id}/right"):
        page.goto(address)
        check_screen(page)


def test_two_translations_by_keys_alone(browser_page, make, cast, two):
    page = browser_page(DESKTOP, "en", signed_in_as=cast.noy)
    page.goto(f"/desk/{cast.silver.slug}/translate/{two[0].public_id}")

    page.get_by_role("button", name="bowl", exact=True).first.click()
    field = page.locator("#name_en")
    assert field.input_value() == "bowl", "a press puts the glossary's word into the text"
    field.fill("Silver bowl, beaten by hand")
    page.keyboard.press("Control+Enter")

    page.wait_for_url(f"**/translate/{two[1].public_id}")
    page.locator("#name_en:focus").wait_for()
    page.keyboard.type("Another bowl")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    page.locator(".notice", has_text="Saved").wait_for()

    make.session.expire_all()
    assert [each.working.name.en for each in two] == ["Silver bowl, beaten by hand", "Another bowl"]


def test_translating_and_objecting_without_script(browser_page, make, cast, two):
    page = browser_page(DESKTOP, "en", signed_in_as=cast.noy, javascript=False)
    page.goto(f"/desk/{cast.silver.slug}/translate/{two[0].public_id}")
    page.locator("#name_en").fill("Silver bowl")
    page.get_by_role("button", name="Save and next").click()
    page.wait_for_url(f"**/translate/{two[1].public_id}")

    claim = make.keep(rights.claim(make.session, two[1], by=cast.bounmy, at=now()))
    page = browser_page(390, "lo", signed_in_as=cast.somchan, javascript=False)
    page.goto("/studio/claims")
    page.locator("summary.button").click()
    page.locator("textarea").fill("ແມ່ກໍເຮັດແບບນີ້")
    page.locator(".claim form button").click()
    page.locator(".claim-mine").wait_for()

    make.session.expire_all()
    assert [each.reason for each in claim.objections] == ["ແມ່ກໍເຮັດແບບນີ້"]


def test_two_managers_at_once_in_two_browsers(browser_page, make, cast, two):
    windows = [
        browser_page(DESKTOP, "en", signed_in_as=who, allow=(409,))
        for who in (cast.noy, make.manager(cast.silver, language="en"))
    ]
    for window in windows:
        window.goto(f"/desk/{cast.silver.slug}/translate/{two[0].public_id}")
    for window, words in zip(windows, ("Footed bowl", "Silver bowl"), strict=True):
        window.locator("#name_en").fill(words)
        with window.expect_navigation():
            window.get_by_role("button", name="Save", exact=True).click()

    late = windows[1]
    assert late.locator("#name_en").input_value() == "Silver bowl"
    assert "Footed bowl" in late.locator("#name_en-saved").inner_text()
    check_screen(late)
