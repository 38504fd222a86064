"""Pieces of two consortia, which most tests of gathering ask for; an inquiry and a sending with their private links."""

from collections.abc import Callable

import pytest
from flask import Flask

from catalogue.inquiries.intake import Asked
from catalogue.inquiries.links import SENDING_PAGE, token_of
from catalogue.inquiries.models import Inquiry, Sending
from catalogue.inquiries.sending import send_to_each
from catalogue.notices.addresses import token_maker
from tests.factories import Make

Link = Callable[[Inquiry | Sending], str]


@pytest.fixture
def bowl(make: Make, cast):
    return make.product(consortium=cast.silver, minimum_order=12)


@pytest.fixture
def scarf(make: Make, cast):
    return make.product(consortium=cast.silk, minimum_order=5)


@pytest.fixture
def link(app: Flask) -> Link:
    """The token of a private page."""

    def of(found: Inquiry | Sending) -> str:
        with app.app_context():
            return token_of(found, token_maker(), SENDING_PAGE if isinstance(found, Sending) else "buyer")

    return of


@pytest.fixture
def inquiry(make: Make, cast) -> Inquiry:
    """Somebody abroad asked the silversmiths for something."""
    return make.inquiry(products=[make.product(member=cast.firm_a)], buyer=cast.ana)


@pytest.fixture
def sending(make: Make, cast, session) -> Sending:
    """The same buyer asked two consortia at once."""
    asked = Asked(cast.ana, "Hello")
    sent = send_to_each(session, [(cast.silver, asked), (cast.silk, asked)], at=make.later(), submission="both")
    return make.keep(sent)
