"""Opening a joining card on a phone, and being told whom to call when it opens nothing."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from sqlalchemy import func, select

from catalogue.accounts.models import SignIn
from catalogue.consortia import cards
from catalogue.consortia.founding import end_membership
from catalogue.consortia.models import Role
from catalogue.tokens import TokenMaker
from tests.cast import PASSWORD

TELEPHONE = "+856 21 555 0100"
FROM_A_MESSENGER = {"User-Agent": "Mozilla/5.0 (Linux; Android 9; wv) Chrome/90.0 WhatsApp/2"}


@pytest.fixture
def bounmy(make, cast):
    """Has neither e-mail nor password."""
    return make.maker(cast.firm_a, name="Bounmy", email=None, password_hash=None)


@pytest.fixture
def card(make, cast, bounmy):
    return make.card(cast.firm_a, bounmy)


@pytest.fixture
def token(card, settings):
    return cards.token_of(card, TokenMaker(settings.SECRET_KEY))


@pytest.fixture
def phone(visitor):
    """A browser of its own."""
    return lambda: type(visitor)(visitor.app, visitor.make, "lo")


def signed_in(session):
    return session.scalar(select(func.count()).select_from(SignIn))


def test_looking_spends_nothing_and_the_button_signs_in(phone, token, session):
    ours = phone()
    for _look in range(3):
        page = ours.get("signin.use_card", token=token)
    assert page.html["lang"] == "lo"
    assert len(page.select("main form button")) == 1
    assert signed_in(session) == 0

    ours.post("signin.use_card", {}, token=token.upper())

    assert ours.address == "/studio/"
    assert signed_in(session) == 1


def test_a_second_phone_is_told_calmly_whom_to_call(phone, token, session):
    ours, other = phone(), phone()
    other.get("signin.use_card", token=token)
    ours.post("signin.use_card", {}, token=token)

    for page in (
        other.post("signin.use_card", {}, token=token, expect=410),
        phone().get("signin.use_card", token=token, expect=410),
    ):
        assert page.html["lang"] == "lo"
        assert TELEPHONE in page.select_one("main a.button").text
    other.get("studio.products", expect=303, follow=False)
    assert signed_in(session) == 1


def test_the_same_phone_opens_its_card_again_and_goes_on(phone, token):
    ours = phone()
    ours.post("signin.use_card", {}, token=token)

    page = ours.get("signin.use_card", token=token)

    assert page.select_one("main a.button")["href"] == "/studio/"


@pytest.mark.parametrize("end", ["too old", "revoked", "firm left", "disabled", "no longer there"])
def test_a_card_that_is_over_says_whom_to_call(phone, token, card, cast, session, at, end):
    opened = phone()
    opened.get("signin.use_card", token=token)
    if end == "too old":
        card.ends_at -= timedelta(days=15)
    elif end == "revoked":
        cards.revoke(session, card, by=cast.noy, at=at)
    elif end == "firm left":
        end_membership(session, cast.firm_a, by=None, at=at)
    elif end == "disabled":
        card.person.disabled_at = at
    else:
        session.scalars(select(Role).where(Role.person_id == card.person_id)).one().ended_at = at
    session.commit()

    for page in (
        phone().get("signin.use_card", token=token, expect=410),
        opened.post("signin.use_card", {}, token=token, expect=410, hidden=False),
    ):
        assert page.html["lang"] == "lo"
        assert TELEPHONE in page.select_one("main").text
        assert not page.select("main form")
    assert signed_in(session) == 0


def test_a_card_that_was_never_made_tells_nothing_but_the_offices(phone, card, token, cast):
    made_up = card.key + token[16:][::-1]
    one = phone().get("signin.use_card", token=made_up, expect=410).select_one("main").text
    other = phone().get("signin.use_card", token="a" * 42, expect=410).select_one("main").text

    assert one == other
    assert TELEPHONE in one
    assert cast.firm_a.name.lo not in one


def test_guessing_is_slowed_down(phone, token):
    ours = phone()
    for _try in range(100):
        ours.get("signin.use_card", token="b" * 42, expect=410, check=False)

    ours.get("signin.use_card", token="b" * 42, expect=429)
    phone().get("signin.use_card", token=token)
    page = phone().post("signin.use_card", {}, token=token, expect=429)
    assert TELEPHONE in page.select_one("main").text


def test_the_address_is_told_to_nobody(phone, token):
    for address in (token, "a" * 42):
        ours = phone()
        ours.open(f"/sign-in/card/{address}", expect=200 if address == token else 410)
        assert ours.response.headers["Referrer-Policy"] == "no-referrer"
        assert ours.response.headers["Cache-Control"] == "no-store"


def test_a_form_from_elsewhere_spends_nothing(phone, token, session):
    phone().post("signin.use_card", {}, token=token, csrf=False, expect=400)
    assert signed_in(session) == 0


def test_it_warns_inside_a_messenger(phone, token):
    ours = phone()
    assert not ours.get("signin.use_card", token=token).select(".notice-warning")
    page = ours.open(f"/sign-in/card/{token}", headers=FROM_A_MESSENGER)
    assert page.select(".notice-warning")


def test_in_english_for_whoever_reads_english(phone, make, card, token):
    card.person.language = "en"
    make.keep(card)
    assert phone().get("signin.use_card", token=token).html["lang"] == "en"


def test_a_manager_cannot_use_the_card_of_a_member(visitor, cast, token, session):
    noy = visitor.signed_in_as(cast.noy)

    page = noy.get("signin.use_card", token=token, expect=403)
    assert page.select_one("main a.button")["href"].endswith(f"/members/{cast.firm_a.public_id}")
    noy.post("signin.use_card", {"how": "as_well"}, token=token, expect=403)

    roles = session.scalars(select(Role).where(Role.person_id == cast.noy.id)).all()
    assert [role.name.value for role in roles] == ["manager"]


# -- two firms on one phone --


def test_another_card_adds_its_firm_to_a_phone(phone, make, cast, bounmy, token, settings):
    ours = phone()
    ours.post("signin.use_card", {}, token=token)
    elsewhere = make.member(consortium=cast.silk)
    named = make.maker(elsewhere, name="The daughter", email=None, password_hash=None)
    second = cards.token_of(make.card(elsewhere, named), TokenMaker(settings.SECRET_KEY))

    page = ours.get("signin.use_card", token=second)
    assert [button["value"] for button in page.select("main form button")] == ["as_well", "instead"]
    page = ours.post("signin.use_card", {"how": "as_well"}, token=second)

    assert elsewhere.name.lo in page.select_one("header").text
    assert page.select_one("a.firm-switch")


def test_another_card_signs_in_somebody_else_instead(phone, make, cast, token, settings, session):
    ours = phone()
    ours.post("signin.use_card", {}, token=token)
    second = cards.token_of(make.card(cast.firm_b, cast.somchan), TokenMaker(settings.SECRET_KEY))

    ours.post("signin.use_card", {"how": "instead"}, token=second)

    assert [row.person_id for row in session.scalars(select(SignIn))] == [cast.somchan.id]


# -- a phone that is cut off --


@pytest.fixture
def joined(phone, token):
    ours = phone()
    ours.post("signin.use_card", {}, token=token)
    return ours


@pytest.mark.parametrize("end", ["cut off", "half a year", "firm left"])
def test_the_next_page_says_whom_to_call(joined, session, cast, at, end):
    row = session.scalars(select(SignIn)).one()
    if end == "cut off":
        session.delete(row)
    elif end == "half a year":
        row.ends_at -= timedelta(days=181)
    else:
        end_membership(session, cast.firm_a, by=None, at=at)
    session.commit()

    page = joined.get("studio.products", expect=401)

    assert page.html["lang"] == "lo"
    assert TELEPHONE in page.select_one("main a.button").text
    assert not page.select("main form")


def test_a_card_gives_no_password_and_no_second_factor(joined, session):
    page = joined.get("signin.account")
    assert not page.select("[name=new_password]")
    joined.post("signin.change_password", {"new_password": "three green baskets"}, expect=403)
    joined.get("signin.set_up_second_factor", expect=303, follow=False)


def test_signing_out_says_how_to_come_back(joined, session):
    page = joined.post("signin.sign_out", {})

    assert joined.address == "/sign-in/card"
    assert TELEPHONE in page.select_one("main").text
    assert signed_in(session) == 0


def test_a_card_signs_out_no_other_kind_of_session(joined, session, make, bounmy):
    make.session_key(bounmy)
    by_password = session.scalar(select(SignIn.id).where(~SignIn.is_by_card))

    page = joined.get("signin.account")
    assert len(page.select("main .plain-list li")) == 1
    joined.post("signin.end_session", {}, sign_in_id=by_password)

    assert session.get(SignIn, by_password) is not None


def test_a_phone_is_seen_once_an_hour(joined, session):
    row = session.scalars(select(SignIn)).one()
    before = row.seen_at
    joined.get("studio.products")
    session.refresh(row)
    assert row.seen_at == before

    row.seen_at = before - timedelta(hours=2)
    session.commit()
    joined.get("studio.products")
    session.refresh(row)
    assert row.seen_at >= before


def test_a_password_still_lasts_a_month(visitor, cast, session):
    visitor.post("signin.sign_in", {"email": cast.bounmy.email, "password": PASSWORD})
    row = session.scalars(select(SignIn)).one()
    assert row.ends_at - row.created_at == timedelta(days=30)
    assert not row.is_by_card


def test_the_cookie_lives_as_long_as_the_session(phone, token):
    ours = phone()
    ours.post("signin.use_card", {}, token=token, follow=False)

    cookie = next(each for each in ours.response.headers.getlist("Set-Cookie") if each.startswith("session="))
    expires = parsedate_to_datetime(cookie.partition("Expires=")[2].partition(";")[0])
    assert expires - datetime.now(UTC) > timedelta(days=179)


def test_whoever_lost_the_way_is_told_whom_to_call(phone, cast, card):
    page = phone().get("signin.ask_for_card")
    assert TELEPHONE in page.select_one("main").text
