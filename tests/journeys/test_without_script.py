"""The main path on a phone whose browser runs no script."""

from playwright.sync_api import expect

from tests.browser import PHONE
from tests.journeys.letters import letters_to, private_link
from tests.journeys.scene import Scene
from tests.journeys.visit import Visit
from tests.live import Live
from tests.one_door.private import contacts_of_members

EMAIL = "ben@buyer.example"


def test_a_buyer_asks_and_is_answered_without_script(browser_page, live: Live, scene: Scene):
    private = contacts_of_members(live.settings.var / "sala.db")
    page = browser_page(PHONE, "en", javascript=False, allow=(422,))
    ben = Visit(page, "en", scene.slug, private)

    ben.open(f"/en/{scene.slug}/")
    ben.search("ຂັນ")
    with page.expect_navigation():
        ben.card(scene.bowl).locator(".add-button").click()
    ben.look()
    ben.open_list()
    ben.line(scene.bowl).locator("input[name$=quantity]").fill("30")
    ben.go_on()
    fills_in(ben)
    office = Visit(browser_page(PHONE, "en", javascript=False), "en", scene.slug, private)
    office_answers(office, scene.manager["en"].email)

    letter = letters_to(live, EMAIL, ben.number(), 2)[1]
    ben.open(private_link(letter, live))
    expect(page.locator(".thread")).to_contain_text("Thirty bowls, yes.")


def fills_in(ben: Visit) -> None:
    """Without a country the form comes back whole, with the way to the field; with one it is sent."""
    page = ben.page
    page.locator("#name").fill("Ben Example")
    page.locator("#email").fill(EMAIL)
    ben.send()

    page.locator(".error-summary a[href='#country']").click()
    expect(page.locator("#country:target")).to_be_visible()
    assert page.locator("#email").input_value() == EMAIL
    assert page.locator("#lines-0-quantity").input_value() == "30"

    page.locator("#country").select_option("FR")
    ben.send()


def office_answers(office: Visit, email: str) -> None:
    """The manager's desk, too, needs no script."""
    page = office.page
    office.sign_in(email)
    page.locator(".inbox-office li").filter(has_text="Ben Example").locator("h3 a").click()
    page.locator("#reply textarea").first.fill("Thirty bowls, yes.")
    with page.expect_navigation():
        page.locator("#reply .reply-go button").first.click()
    office.look()
