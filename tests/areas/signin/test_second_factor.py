"""The code from a telephone."""

import pyotp
import pytest

from tests.cast import PASSWORD


def code_now(person):
    return pyotp.TOTP(person.totp_secret).now()


@pytest.fixture
def noy_with_code(cast, session, at):
    cast.noy.totp_secret, cast.noy.totp_confirmed_at = pyotp.random_base32(), at
    session.commit()
    return cast.noy


def test_setting_up_and_confirming(visitor, cast, session):
    noy = visitor.signed_in_as(cast.noy)
    noy.get("signin.set_up_second_factor")
    page = noy.post("signin.set_up_second_factor", {})
    session.refresh(cast.noy)

    assert page.select_one(".qr svg")
    noy.post("signin.set_up_second_factor", {"code": code_now(cast.noy)})

    session.refresh(cast.noy)
    assert cast.noy.has_second_factor


def test_the_password_alone_opens_nothing(visitor, noy_with_code, cast):
    visitor.post("signin.sign_in", {"email": noy_with_code.email, "password": PASSWORD})

    visitor.get("desk.inbox", slug=cast.silver.slug, expect=303)
    assert "/sign-in/code" in visitor.response.headers["Location"]


def test_a_right_code_opens_and_is_used_up(visitor, noy_with_code, cast):
    visitor.post("signin.sign_in", {"email": noy_with_code.email, "password": PASSWORD})
    code = code_now(noy_with_code)
    visitor.post("signin.second_factor", {"code": code})
    visitor.get("desk.inbox", slug=cast.silver.slug)

    visitor.post("signin.sign_out", {})
    visitor.post("signin.sign_in", {"email": noy_with_code.email, "password": PASSWORD})

    visitor.post("signin.second_factor", {"code": code}, expect=422)


def test_five_wrong_codes_and_the_sixth_waits(visitor, noy_with_code):
    visitor.post("signin.sign_in", {"email": noy_with_code.email, "password": PASSWORD})
    for _try in range(5):
        visitor.post("signin.second_factor", {"code": "000000"}, expect=422)

    visitor.post("signin.second_factor", {"code": code_now(noy_with_code)}, expect=429)


def test_a_new_session_gives_no_new_tries(visitor, noy_with_code):
    sessions = [visitor.signed_in_as(noy_with_code, second_factor=False) for _each in range(6)]
    for session in sessions[:5]:
        session.post("signin.second_factor", {"code": "000000"}, expect=422)

    sessions[5].post("signin.second_factor", {"code": code_now(noy_with_code)}, expect=429)
