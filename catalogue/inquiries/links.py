"""The private links of an inquiry: the buyer's page, and the addresses that answers by mail come back to."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.inquiries.models import Inquiry
from catalogue.tokens import TokenMaker

BUYER_PAGE = "buyer"
REPLY_BUYER = "reply-buyer"
REPLY_OFFICE = "reply-office"


class LinkIsOver(Exception):
    """The link was right once, and was replaced by a newer one."""


def token_of(inquiry: Inquiry, tokens: TokenMaker, purpose: str = BUYER_PAGE) -> str:
    """What the address of the buyer's page holds, or (`REPLY_...`) the address that one party's answers go to."""
    return tokens.make(purpose, inquiry.link_key, inquiry.link_generation)


def inquiry_of_token(session: Session, token: str, tokens: TokenMaker, purpose: str = BUYER_PAGE) -> Inquiry | None:
    """The inquiry that a token opens, in any letter case. Raises `LinkIsOver` for a link that was replaced."""
    key = tokens.key_of(token)
    if key is None:
        return None
    query = select(Inquiry).where(Inquiry.link_key == key)
    inquiry = session.scalar(query.options(joinedload(Inquiry.consortium), joinedload(Inquiry.buyer_contact)))
    if inquiry is None:
        return None
    if tokens.is_valid(purpose, token, inquiry.link_generation):
        return inquiry
    if any(tokens.is_valid(purpose, token, earlier) for earlier in range(inquiry.link_generation)):
        raise LinkIsOver
    return None
