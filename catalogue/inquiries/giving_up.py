"""A buyer who no longer wants what was asked for closes the inquiry."""

from datetime import datetime

from sqlalchemy.orm import Session

from catalogue.activity import log
from catalogue.inquiries import conversation
from catalogue.inquiries.conversation import ClosedReason
from catalogue.inquiries.models import Inquiry, InquiryStatus, Message
from catalogue.inquiries.terms import Word

BUYER = "buyer"
# From an accepted quotation on, members are at work: that ends by talking with the office.
MAY_BE_GIVEN_UP = (InquiryStatus.RECEIVED, InquiryStatus.IN_WORK, InquiryStatus.CALLED, InquiryStatus.QUOTED)


class CannotBeGivenUp(Exception):
    """The inquiry has ended before, or its quotation was accepted meanwhile."""


def may_be_given_up(inquiry: Inquiry) -> bool:
    """Whether its buyer may close it alone."""
    return inquiry.status in MAY_BE_GIVEN_UP


def give_up(session: Session, inquiry: Inquiry, why: Word, words: str = "", *, at: datetime) -> Message:
    """Close the inquiry as its buyer wishes; the office reads why in the thread and by letter.

    The reason stands there in both languages, the buyer's own `words` as they are. Raises `CannotBeGivenUp`.
    """
    sides = {side: "\n".join(filter(None, (why.name.in_(side), words))) for side in ("lo", "en")}
    other = "en" if inquiry.language == "lo" else "lo"
    said = conversation.write_as_buyer(session, inquiry, sides[inquiry.language], at=at)
    if not may_be_given_up(inquiry):
        raise CannotBeGivenUp
    said.translation = sides[other]
    conversation.end(session, inquiry, ClosedReason.WITHDRAWN, sides[inquiry.language].replace("\n", ": "), at=at)
    log.record(
        session,
        "inquiry.closed",
        inquiry,
        at=at,
        chain=inquiry.consortium_id,
        actor=BUYER,
        data={"reason": ClosedReason.WITHDRAWN, "why": why.code},
        text=words or None,
    )
    return said
