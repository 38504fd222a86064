"""Every mail of the sets does what it has to, nothing raises, and each is kept as it came."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.inquiries.mail_room import receive
from catalogue.inquiries.models import BuyerContact, InquiryStatus, Message, MessageKind
from catalogue.mail.arriving import Arrived
from catalogue.mail.models import ReceivedMail, Source
from catalogue.products.models import Product
from tests.mails import SETS


@pytest.mark.parametrize("name", SETS)
def test_every_mail_does_what_it_has_to(room, clock, party, session, inquiry, name):
    wrong = []
    for case in SETS[name]:
        clock.now += timedelta(hours=3, seconds=1)
        raw = case.make(party)
        done = receive(room, Arrived(raw, Source.INPUT))
        is_right = (
            done.action == case.action
            and case.text in {None, done.text}
            and case.reason in {None, done.reason}
            and case.party in {None, done.party}
        )
        if not is_right:
            wrong.append((case.name, done))
        session.rollback()
        row = session.scalars(select(ReceivedMail).order_by(ReceivedMail.id.desc()).limit(1)).one()
        assert room.store.get(row.key) == raw, case.name
    assert wrong == []
    # Nothing that a mail says acts for the office: no answer, no change of what is public or of who the buyer is.
    session.expire_all()
    assert session.scalars(select(Message).where(Message.kind == MessageKind.ANSWER)).all() == []
    assert session.get(BuyerContact, inquiry.id).email == party.buyer
    assert inquiry.status is InquiryStatus.RECEIVED
    assert session.scalars(select(Product)).all() == []
