"""A manager works through the list by single keys; they rest while one types, and where they are switched off."""

from playwright.sync_api import Page, expect

from catalogue.inquiries.intake import Buyer


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.closest('[data-row]')?.querySelector('.strong').textContent ?? ''")


def test_a_manager_works_by_single_keys(browser_page, session, make):
    silver = make.consortium()
    noy = make.manager(silver)
    noy.language = "en"
    make.keep(noy)
    first, second = (
        make.inquiry(consortium=silver, buyer=Buyer(name, "b@x.example", "FR")) for name in ("First", "Second")
    )
    page = browser_page(1280, "en", signed_in_as=noy)
    page.goto(f"/desk/{silver.slug}/")

    page.keyboard.press("j")
    assert focused(page) == "First"
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert focused(page) == "First"
    with page.expect_navigation():
        page.keyboard.press("a")
    expect(page.locator(".initials-mine")).to_have_count(1)

    page.keyboard.press("/")
    page.keyboard.type("kjar?")
    expect(page.locator("#desk-search")).to_have_value("kjar?")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("dialog.keyboard")).to_be_visible()
    page.keyboard.press("Escape")

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.wait_for_url(f"**/inquiries/{second.public_id}*")
    expect(page.locator("textarea[data-key~=r]")).to_be_focused()
    page.keyboard.type("ea")
    expect(page.locator("textarea[data-key~=r]")).to_have_value("ea")
    session.refresh(first)
    session.refresh(second)
    assert (first.assigned_to_id, second.assigned_to_id) == (noy.id, None)

    noy.uses_keys = False
    make.keep(noy)
    page.goto(f"/desk/{silver.slug}/")
    page.keyboard.press("j")
    assert focused(page) == ""
