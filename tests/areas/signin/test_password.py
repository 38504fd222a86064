"""Signing in by e-mail and password, and signing out."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from catalogue.accounts.models import SignIn
from tests.cast import PASSWORD


def session_cookie(browser):
    host = urlsplit(browser.site).hostname
    return browser.client.get_cookie("session", domain=host).value


def test_manager_comes_to_the_desk(visitor, cast):
    page = visitor.post("signin.sign_in", {"email": cast.noy.email, "password": PASSWORD})

    assert visitor.address == f"/desk/{cast.silver.slug}/"
    assert page.select_one("h1")


def test_member_comes_to_the_studio(visitor, cast):
    visitor.post("signin.sign_in", {"email": cast.bounmy.email.upper(), "password": PASSWORD})

    assert visitor.address == "/studio/"


@pytest.mark.parametrize("email", ["nobody@example.example", None])
def test_wrong_password_and_unknown_account_get_one_answer(visitor, cast, email):
    page = visitor.post(
        "signin.sign_in", {"email": email or cast.noy.email, "password": "not the password"}, expect=422
    )

    assert "e-mail address or the password is not right" in page.text


def test_disabled_person_stays_outside(visitor, cast, session, at):
    cast.noy.disabled_at = at
    session.commit()

    visitor.post("signin.sign_in", {"email": cast.noy.email, "password": PASSWORD}, expect=422)


def test_after_ten_tries_even_the_right_password_waits(visitor, cast):
    for _try in range(10):
        visitor.post("signin.sign_in", {"email": cast.noy.email, "password": "wrong"}, expect=422)

    page = visitor.post("signin.sign_in", {"email": cast.noy.email, "password": PASSWORD}, expect=429)

    assert "Too many tries" in page.text


def test_signing_out_ends_the_session_in_the_database(visitor, cast, session):
    noy = visitor.signed_in_as(cast.noy)
    stolen = session_cookie(noy)

    noy.post("signin.sign_out", {})

    assert session.scalar(select(func.count()).select_from(SignIn)) == 0
    visitor.client.set_cookie("session", stolen, domain=urlsplit(visitor.site).hostname)
    visitor.get("desk.inbox", slug=cast.silver.slug, expect=303)


@pytest.mark.parametrize(
    "away", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/\r\nX: y"]
)
def test_next_never_leads_away(visitor, cast, away):
    visitor.post("signin.sign_in", {"email": cast.noy.email, "password": PASSWORD}, next=away)

    assert visitor.address == f"/desk/{cast.silver.slug}/"


def test_next_leads_back_to_the_page_that_was_asked_for(visitor, cast):
    asked = f"/desk/{cast.silver.slug}/letters"

    visitor.post("signin.sign_in", {"email": cast.noy.email, "password": PASSWORD}, next=asked)

    assert visitor.address == asked


def test_a_new_session_drops_what_the_cookie_held(visitor, cast):
    visitor.get("signin.sign_in")
    before = session_cookie(visitor)

    visitor.post("signin.sign_in", {"email": cast.noy.email, "password": PASSWORD})

    assert session_cookie(visitor) != before


def test_a_right_password_begins_the_count_anew(visitor, cast):
    for _time in range(3):
        for _try in range(4):
            visitor.post("signin.sign_in", {"email": cast.noy.email, "password": "wrong"}, expect=422)
        visitor.post("signin.sign_in", {"email": cast.noy.email, "password": PASSWORD})
