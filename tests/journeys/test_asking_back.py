"""The office asks a buyer for more, and the buyer answers on a phone, from the letter to the last field."""

import re

from tests.browser import PHONE, check_screen
from tests.journeys.letters import letters_to, private_link


def test_the_office_asks_and_the_buyer_answers(browser_page, live, make, cast):
    ana = make.buyer()
    inquiry = make.inquiry(products=[make.product(member=cast.firm_a)], buyer=ana)
    desk = browser_page(signed_in_as=cast.noy)
    desk.goto(f"/desk/{cast.silver.slug}/inquiries/{inquiry.public_id}")
    desk.get_by_role("link", name="Ask for more information").click()
    desk.get_by_label(re.compile("How many do you need")).check()
    desk.get_by_label(re.compile("To which country")).check()
    check_screen(desk)
    desk.get_by_role("button", name="Send the questions").click()
    desk.get_by_text("The questions are on their way").wait_for()

    phone = browser_page(width=PHONE, allow=(422,))
    _confirmed, asked = letters_to(live, ana.email, inquiry.number, 2)
    phone.goto(private_link(asked, live))
    check_screen(phone)
    number = phone.get_by_label("How many do you need?")
    number.fill("1.250")
    phone.get_by_role("button", name="Send the answers").click()
    phone.get_by_role("alert").get_by_role("link").click()
    number.fill("1250")
    phone.get_by_label("Country").select_option("SE")
    phone.get_by_role("button", name="Send the answers").click()
    phone.get_by_text("The office has your answers").wait_for()

    check_screen(phone)
    desk.reload()
    assert "1,250\u00a0pieces" in desk.inner_text("main")
    assert "Sweden" in desk.inner_text("main")
