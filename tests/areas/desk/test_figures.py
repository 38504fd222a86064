"""The consortium in figures."""

import pytest

from catalogue.inquiries import conversation
from tests.cast import PASSWORD


@pytest.mark.parametrize("who", ["noy", "observer"])
def test_manager_and_observer_read_them(visitor, make, cast, session, at, who):
    asked = make.inquiry(consortium=cast.silver, buyer=cast.ana, message="A private question")
    conversation.answer(session, asked, "Yes.", by=cast.noy, at=at)
    session.commit()

    page = visitor.signed_in_as(getattr(cast, who)).get("desk.figures", slug=cast.silver.slug)

    assert "Germany" in page.text
    assert cast.ana.name not in page.text
    assert "A private question" not in page.text


@pytest.mark.parametrize("who", ["keo", "bounmy", "operator"])
def test_nobody_else_does(visitor, cast, who):
    visitor.signed_in_as(getattr(cast, who)).get("desk.figures", expect=403, slug=cast.silver.slug)


def test_an_observer_is_led_here_and_to_nothing_that_is_closed(visitor, cast):
    page = visitor.post("signin.sign_in", {"email": cast.observer.email, "password": PASSWORD})

    assert visitor.address == f"/desk/{cast.silver.slug}/figures"
    assert not page.select("nav a[href$='/members']")
