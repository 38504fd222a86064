"""The whole story: a buyer asks once, the office answers, the buyer writes back; no contact passes the door."""

from email.message import EmailMessage

from playwright.sync_api import expect

from catalogue.inquiries.intake import Buyer
from tests.browser import BOTH_WAYS
from tests.journeys.letters import letters_to, private_link, text_of
from tests.journeys.scene import Scene, photograph
from tests.journeys.visit import Visit
from tests.live import Live
from tests.one_door.letters import found_in_letters
from tests.one_door.private import contacts_of_members

BOWL_WORDS = {"lo": "ຂັນ", "en": "bowl"}
NAMES = {"en": "Ana Example", "lo": "ອານາ ຕົວຢ່າງ"}
MESSAGE = {"en": "We open a shop in spring.", "lo": "ພວກເຮົາຈະເປີດຮ້ານໃນລະດູໃບໄມ້ປົ່ງ."}
ANSWER = {"en": "Yes, twenty-five bowls by March.", "lo": "ໄດ້, ຊາວຫ້າໜ່ວຍ ພາຍໃນເດືອນມີນາ."}
REPLY = {"en": "Good. Please send a sample.", "lo": "ດີ. ກະລຸນາສົ່ງຕົວຢ່າງມາ."}
WORDS = {"en": "A ladle for the bowl", "lo": "ບ່ວງສຳລັບຂັນ"}


@BOTH_WAYS
def test_a_buyer_asks_once_and_the_office_answers(browser_page, live: Live, scene: Scene, width, lang):
    private = contacts_of_members(live.settings.var / "sala.db")
    person = Buyer(f"{NAMES[lang]} {width}", f"ana-{lang}-{width}@buyer.example", "DE")
    ana, office, later = (Visit(browser_page(width, lang, allow=(422,)), lang, scene.slug, private) for _ in range(3))

    gathers(ana, scene)
    fills_in_the_form(ana, person)
    number = ana.number()
    confirmed = two_letters_leave(live, scene, person, number, lang)

    office_finds_and_answers(office, scene, person, number)
    answered = letters_to(live, person.email, number, 2)[1]
    assert ANSWER[lang] in text_of(answered)
    assert private_link(answered, live) == private_link(confirmed, live)

    later.open(private_link(answered, live))
    writes_back(later)
    assert REPLY[lang] in text_of(letters_to(live, scene.office, number, 2)[1])
    office.page.reload()
    expect(office.page.locator(".thread")).to_contain_text(REPLY[lang])
    office.look()
    assert found_in_letters(live.settings.var / "outtray", private)[1] == []


def gathers(ana: Visit, scene: Scene) -> None:
    """Two products of two makers and one thing in words, by every way that leads into the list."""
    ana.enter()
    for words in BOWL_WORDS.values():
        ana.search(words)
        expect(ana.card(scene.bowl)).to_be_visible()
        expect(ana.card(scene.belt)).to_have_count(0)
    ana.open_product(scene.bowl)
    ana.gather("20")
    ana.card(scene.belt).locator(".add-button").click()
    expect(ana.page.locator("a.list-link b")).to_have_text("2")
    ana.open_list()
    ana.line(scene.bowl).locator("input[name$=quantity]").fill("25")
    ana.keep_changes()
    expect(ana.line(scene.bowl).locator("input[name$=quantity]")).to_have_value("25")
    ana.add_words(WORDS[ana.lang], "5")
    expect(ana.page.locator("li.line")).to_have_count(3)


def fills_in_the_form(ana: Visit, person: Buyer) -> None:
    """Wrong once: what is wrong is said first and is in focus, and everything typed is still there; then right."""
    page = ana.page
    ana.go_on()
    page.locator("#name").fill(person.name)
    page.locator("#email").fill("ana at home")
    page.locator("#message").fill(MESSAGE[ana.lang])
    page.locator("#attachments").set_input_files({"name": "idea.jpg", "mimeType": "image/jpeg", "buffer": photograph()})
    ana.send()

    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary a[href='#email']")).to_be_visible()
    expect(page.locator(".error-summary a[href='#country']")).to_be_visible()
    assert page.locator("#name").input_value() == person.name
    assert page.locator("#message").input_value() == MESSAGE[ana.lang]
    expect(page.locator(".asked-lines li.line")).to_have_count(3)
    expect(page.locator(".file-kept")).to_contain_text("idea.jpg")

    page.locator("#email").fill(person.email)
    page.locator("#country").select_option(person.country)
    ana.send()
    expect(page.locator(".buyer")).to_contain_text(MESSAGE[ana.lang])
    expect(page.locator("a.list-link b")).to_be_hidden()


def two_letters_leave(live: Live, scene: Scene, person: Buyer, number: str, lang: str) -> EmailMessage:
    """One tells the office everything; the other, the buyer's, says neither who asked nor what. It is given back."""
    (to_office,) = letters_to(live, scene.office, number, 1)
    (to_buyer,) = letters_to(live, person.email, number, 1)
    for said in (person.name, person.email, MESSAGE[lang], WORDS[lang], scene.bowl.reference, scene.belt.reference):
        assert said in text_of(to_office)
    for said in (person.name, MESSAGE[lang], WORDS[lang]):
        assert said not in text_of(to_buyer)
    return to_buyer


def office_finds_and_answers(office: Visit, scene: Scene, person: Buyer, number: str) -> None:
    """The manager signs in, finds the inquiry among those that wait for the office, reads and answers it."""
    page, lang = office.page, office.lang
    office.sign_in(scene.manager[lang].email)
    page.locator(".inbox-office li").filter(has_text=person.name).locator("h3 a").click()
    page.wait_for_url("**/inquiries/*")
    office.look()
    expect(page.locator("main")).to_contain_text(number)
    for said in (MESSAGE[lang], WORDS[lang], person.email, scene.bowl.reference):
        expect(page.locator("main")).to_contain_text(said)
    page.locator("#reply textarea").first.fill(ANSWER[lang])
    with page.expect_navigation():
        page.locator("#reply .reply-go button").first.click()
    office.look()
    expect(page.locator(".thread")).to_contain_text(ANSWER[lang])


def writes_back(ana: Visit) -> None:
    """The buyer reads the answer on the private page, and writes there."""
    expect(ana.page.locator(".thread")).to_contain_text(ANSWER[ana.lang])
    ana.page.locator("#text").fill(REPLY[ana.lang])
    with ana.page.expect_navigation():
        ana.page.locator("form.reply button").click()
    ana.look()
    expect(ana.page.locator(".thread")).to_contain_text(REPLY[ana.lang])
