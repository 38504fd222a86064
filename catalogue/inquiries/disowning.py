"""Somebody whose address a stranger gave says "this was not me": the address is erased, and the inquiry ends."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.activity import log
from catalogue.inquiries import conversation
from catalogue.inquiries.conversation import ClosedReason
from catalogue.inquiries.models import BuyerContact, Inquiry, MessageChannel, MessageKind

BUYER = "buyer"


def disown(session: Session, inquiries: Iterable[Inquiry], *, at: datetime) -> None:
    """Erase who asked, and close: no letter can go to that address for these inquiries any more; twice is as once.

    What was asked stays for the office to see, with the reason; an inquiry that was closed before stays closed as it
    was, without the contact.
    """
    for inquiry in sorted(inquiries, key=lambda each: each.id):
        session.execute(select(Inquiry.id).where(Inquiry.id == inquiry.id).with_for_update())
        contact = session.get(BuyerContact, inquiry.id)
        if contact is None or not contact.email:
            continue
        contact.email = contact.phone = contact.company = ""
        contact.name = "—"
        conversation.end(session, inquiry, ClosedReason.NOT_THEIRS, at=at)
        log.record(session, "inquiry.disowned", inquiry, at=at, chain=inquiry.consortium_id, actor=BUYER)


def is_theirs(inquiries: Iterable[Inquiry]) -> bool:
    """Whether the buyer went on writing, by mail or after the office answered: then it was no stranger's.

    A confirmation that was forwarded could otherwise erase the buyer of a deal in work. What was written on the page
    before any answer proves nothing: whoever filled in the form has the page, with whatever address was typed there.
    """
    return any(_went_on(inquiry) for inquiry in inquiries)


def _went_on(inquiry: Inquiry) -> bool:
    is_answered = False
    for message in inquiry.messages:
        is_answered = is_answered or message.kind is MessageKind.ANSWER
        is_by_mail = message.channel is MessageChannel.MAIL and not message.is_unverified
        if message.kind is MessageKind.BUYER and (is_answered or is_by_mail):
            return True
    return False
