"""Signing in by a one-time link."""

from datetime import timedelta

from sqlalchemy import func, select

from catalogue.accounts import links
from catalogue.accounts.models import SignIn, SignInLink
from catalogue.outbox.models import Due
from catalogue.tokens import TokenMaker


def token_of(settings, link):
    return links.token_of(link, TokenMaker(settings.SECRET_KEY, settings.old_secrets))


def test_asking_writes_the_same_rows_for_a_known_and_an_unknown_address(visitor, cast, session):
    known = visitor.post("signin.ask_for_link", {"email": cast.noy.email}).text
    unknown = visitor.post("signin.ask_for_link", {"email": "nobody@example.example"}).text

    assert known == unknown
    first, second = session.scalars(select(SignInLink).order_by(SignInLink.id)).all()
    assert (first.person, second.person) == (cast.noy, None)
    assert session.scalar(select(func.count()).select_from(Due)) == 2


def test_opening_the_link_spends_nothing_and_the_button_signs_in_once(visitor, cast, session, settings):
    visitor.post("signin.ask_for_link", {"email": cast.noy.email})
    token = token_of(settings, session.scalar(select(SignInLink)))

    visitor.get("signin.use_link", token=token)
    visitor.post("signin.use_link", {}, token=token.upper())

    assert visitor.address == f"/desk/{cast.silver.slug}/"
    assert session.scalar(select(func.count()).select_from(SignIn)) == 1
    visitor.get("signin.use_link", token=token, expect=410)


def test_an_old_link_is_over(visitor, cast, session, settings):
    visitor.post("signin.ask_for_link", {"email": cast.noy.email})
    link = session.scalar(select(SignInLink))
    link.ends_at -= timedelta(minutes=20)
    session.commit()

    visitor.get("signin.use_link", token=token_of(settings, link), expect=410)


def test_a_made_up_link_is_over(visitor):
    visitor.get("signin.use_link", token="a" * 42, expect=410)
