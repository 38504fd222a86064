"""A room where mail comes in, and a conversation that it belongs to."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.inquiries.bouncing import bounce_token
from catalogue.inquiries.incoming import Rules
from catalogue.inquiries.links import REPLY_BUYER, REPLY_OFFICE, token_of
from catalogue.inquiries.mail_room import MailRoom
from catalogue.inquiries.models import Inquiry
from catalogue.media.stores import FileStore
from catalogue.outbox.models import Due, DueState
from catalogue.tokens import TokenMaker
from tests.factories import NOW
from tests.mails import Party
from tests.mails.case import DOMAIN

TOKENS = TokenMaker("a secret of these tests alone")


@dataclass
class Clock:
    """Goes on by three hours with every mail, so that no limit on one hour is met."""

    now = NOW + timedelta(days=1)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def room(engine, tmp_path, clock):
    return MailRoom(engine, FileStore(tmp_path / "media"), Rules(DOMAIN, TOKENS), clock)


@pytest.fixture
def inquiry(make, cast, session):
    found = make.inquiry(consortium=cast.silver, buyer=cast.ana)
    for letter in session.scalars(select(Due)):
        letter.state, letter.done_at = DueState.DONE, NOW
    session.commit()
    return found


@pytest.fixture
def party(inquiry, session):
    return party_of(session, inquiry)


def party_of(session: Session, inquiry: Inquiry) -> Party:
    letter = session.scalars(select(Due).where(Due.kind == "inquiry_confirmed")).first()
    buyer = inquiry.buyer_contact.email
    return Party(
        buyer=buyer,
        to_buyer=f"inquiry+{token_of(inquiry, TOKENS, REPLY_BUYER)}@{DOMAIN}",
        to_office=f"inquiry+{token_of(inquiry, TOKENS, REPLY_OFFICE)}@{DOMAIN}",
        letter=f"{letter.message_id}@{DOMAIN}",
        shared=inquiry.consortium.shared_contact_email,
        bounces=f"bounce+{bounce_token(letter.message_id, buyer, TOKENS)}@{DOMAIN}",
        slug=inquiry.consortium.slug,
    )
