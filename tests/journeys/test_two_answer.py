"""Two managers answer the same buyer at once, each in a browser of their own: nobody speaks over the other unseen."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from catalogue.inquiries.models import Message
from tests.browser import DESKTOP, PHONE, check_screen


@pytest.fixture
def bowls(make):
    """An inquiry to a consortium of its own."""
    here = make.consortium(sector_key="silver")
    return make.inquiry(consortium=here, message="Sixty bowls by March, please.")


@pytest.fixture
def desk(make, bowls, browser_page):
    """Opens the inquiry for a manager; `fast_forward` of its clock spares the wait for the next question."""

    def desk(name: str, **how) -> Page:
        person = make.person(name=name, language=how.get("lang", "en"))
        make.role(person, "manager", consortium=bowls.consortium)
        page = browser_page(how.pop("width", DESKTOP), how.pop("lang", "en"), signed_in_as=person, allow=(409,), **how)
        page.clock.install()
        page.goto(f"/desk/{bowls.consortium.slug}/inquiries/{bowls.public_id}")
        return page

    return desk


def send(page: Page) -> None:
    with page.expect_navigation():
        page.locator(".reply button.button-accent").click()


def test_two_managers_see_one_another_and_neither_answers_unseen(desk, session, bowls):
    noy, mali = desk("Noy"), desk("Mali", width=PHONE, lang="lo")
    noy.clock.fast_forward("00:05")
    with noy.expect_response("**/here"):
        noy.locator("#answer-text").press_sequentially("We can make sixty.")
    noy.clock.fast_forward("00:02")
    expect(noy.locator("[data-draft-said]")).to_contain_text("Draft kept")
    mali.clock.fast_forward("00:16")
    expect(mali.locator(".here")).to_contain_text("Noy ກຳລັງຂຽນຄຳຕອບຢູ່")

    mali.locator("#answer-text").fill("We make forty by March.")
    mali.locator("#answer-translation").fill("ພວກເຮົາເຮັດ 40 ໜ່ວຍທັນເດືອນມີນາ.")
    send(mali)
    expect(mali.locator(".undo")).to_be_visible()
    check_screen(mali)

    noy.clock.fast_forward("00:16")
    expect(noy.locator(".here")).to_contain_text("Mali answered while you wrote:")
    expect(noy.locator(".here")).to_contain_text("We make forty by March.")
    expect(noy.locator("#answer-text")).to_have_value("We can make sixty.")
    send(noy)
    expect(noy.locator(".notice-warning")).to_contain_text("Not sent yet")
    check_screen(noy)
    send(noy)

    with noy.expect_navigation():
        noy.locator(".undo button").click()
    expect(noy.locator("#answer-text")).to_have_value("We can make sixty.")
    answers = session.scalars(select(Message).where(Message.inquiry_id == bowls.id).order_by(Message.id)).all()
    assert [(each.text, each.withdrawn_at is None) for each in answers] == [
        ("We make forty by March.", True),
        ("We can make sixty.", False),
    ]


def test_without_script_a_collision_is_met_when_sending(desk):
    noy, mali = desk("Noy", javascript=False), desk("Mali")
    mali.locator("#answer-text").fill("We make forty by March.")
    send(mali)

    noy.locator("#answer-text").fill("We can make sixty.")
    send(noy)

    expect(noy.locator(".here")).to_contain_text("We make forty by March.")
    expect(noy.locator("#answer-text")).to_have_value("We can make sixty.")
    send(noy)
    with noy.expect_navigation():
        noy.locator(".undo button").click()
    expect(noy.locator("#answer-text")).to_have_value("We can make sixty.")
