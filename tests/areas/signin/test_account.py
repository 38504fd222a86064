"""One's own account."""

import pytest
from sqlalchemy import func, select

from catalogue.accounts.models import SignIn
from tests.cast import PASSWORD


def test_a_new_password_ends_other_sessions(visitor, cast, session):
    elsewhere, here = visitor.signed_in_as(cast.noy), visitor.signed_in_as(cast.noy)

    here.post("signin.change_password", {"password_now": PASSWORD, "new_password": "three green baskets"})

    assert session.scalar(select(func.count()).select_from(SignIn)) == 1
    here.get("signin.account")
    elsewhere.get("signin.account", expect=303)
    visitor.post("signin.sign_in", {"email": cast.noy.email, "password": PASSWORD}, expect=422)


def test_a_weak_password_is_explained(visitor, cast):
    page = visitor.signed_in_as(cast.noy).post("signin.change_password", {"new_password": "short"}, expect=422)

    assert "at least 12" in page.select_one("#new_password-error").text


@pytest.mark.parametrize("known", ["password1234", "123456789012", "qwertyuiop!!", "Welcome20262026"])
def test_a_password_that_everybody_knows_is_refused(visitor, cast, known):
    page = visitor.signed_in_as(cast.noy).post("signin.change_password", {"new_password": known}, expect=422)

    assert page.select_one("#new_password-error")


def test_whoever_found_an_open_browser_cannot_change_the_password(visitor, cast):
    typed = {"password_now": "not the password", "new_password": "three green baskets"}
    page = visitor.signed_in_as(cast.noy).post("signin.change_password", typed, expect=422)

    assert "not your password" in page.select_one("#password_now-error").text


def test_the_pages_change_language(visitor, cast, session):
    visitor.signed_in_as(cast.noy).post("signin.change_language", {"language": "lo"})

    session.refresh(cast.noy)
    assert cast.noy.language == "lo"


def test_a_phone_that_speaks_english_shows_its_reader_lao(visitor, cast, make):
    cast.noy.language = "lo"
    make.keep(cast.noy)
    noy = visitor.signed_in_as(cast.noy)

    assert noy.get("signin.account").select_one("html")["lang"] == "lo"
    assert noy.open("/studio/nowhere", expect=404).select_one("html")["lang"] == "lo"


def test_a_session_is_ended_from_afar_and_only_ones_own(visitor, cast, session):
    noy, keo = visitor.signed_in_as(cast.noy), visitor.signed_in_as(cast.keo)
    keos = session.scalar(select(SignIn).where(SignIn.person_id == cast.keo.id))

    noy.post("signin.end_session", {}, sign_in_id=keos.id)

    keo.get("signin.account")
