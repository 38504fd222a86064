"""The private links: a buyer's page, the page of a whole sending, a saved list, and where answers by mail come to."""

from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.inquiries.models import Inquiry, ListLink, Sending, SendingPart
from catalogue.tokens import TokenMaker

BUYER_PAGE = "buyer"
SENDING_PAGE = "sending"
SAVED_LIST = "list"
NOT_ME = "not-me"
REPLY_BUYER = "reply-buyer"
REPLY_OFFICE = "reply-office"
BOUNCE = "bounce"
NO_DIGEST = "no-digest"

# Links of an inquiry that became part of another lead to where the talk goes on.
TALK = (BUYER_PAGE, REPLY_BUYER, REPLY_OFFICE)


class LinkIsOver(Exception):
    """The link was right once, and was replaced by a newer one."""


class Linked(Protocol):
    """Anything with a private link."""

    @property
    def link_key(self) -> str: ...
    @property
    def link_generation(self) -> int: ...


def token_of(linked: Linked, tokens: TokenMaker, purpose: str = BUYER_PAGE) -> str:
    """What the address of the private page holds, or (`REPLY_...`) the address that one party's answers go to."""
    return tokens.make(purpose, linked.link_key, linked.link_generation)


def inquiry_of_token(session: Session, token: str, tokens: TokenMaker, purpose: str = BUYER_PAGE) -> Inquiry | None:
    """The inquiry that a token opens, in any letter case. Raises `LinkIsOver` for a link that was replaced."""
    query = select(Inquiry).where(Inquiry.link_key == tokens.key_of(token))
    inquiry = session.scalar(query.options(joinedload(Inquiry.consortium), joinedload(Inquiry.buyer_contact)))
    if inquiry is None or not is_opened_by(inquiry, token, tokens, purpose):
        return None
    return living(session, inquiry) if purpose in TALK else inquiry


def living(session: Session, inquiry: Inquiry) -> Inquiry:
    """The inquiry that goes on: itself, or the one of the same buyer that it was merged into."""
    while inquiry.merged_into_id is not None:
        inquiry = session.get_one(Inquiry, inquiry.merged_into_id)
    return inquiry


def merged_into(session: Session, inquiry: Inquiry) -> list[Inquiry]:
    """The inquiries that became part of this one, also by way of another."""
    found: list[Inquiry] = []
    looked_at = [inquiry.id]
    while looked_at:
        query = select(Inquiry).where(
            Inquiry.consortium_id == inquiry.consortium_id, Inquiry.merged_into_id.in_(looked_at)
        )
        parts = session.scalars(query.order_by(Inquiry.id)).all()
        found += parts
        looked_at = [part.id for part in parts]
    return found


def sending_of_token(session: Session, token: str, tokens: TokenMaker, purpose: str = SENDING_PAGE) -> Sending | None:
    """The sending that a token opens, with its inquiries. Raises `LinkIsOver` for a link that was replaced."""
    inquiries = selectinload(Sending.parts).joinedload(SendingPart.inquiry)
    query = (
        select(Sending)
        .where(Sending.link_key == tokens.key_of(token))
        .options(inquiries.joinedload(Inquiry.consortium), inquiries.joinedload(Inquiry.buyer_contact))
    )
    sending = session.scalar(query)
    return sending if sending and is_opened_by(sending, token, tokens, purpose) else None


def list_of_token(session: Session, token: str, tokens: TokenMaker) -> ListLink | None:
    """The saved list that a token opens. Raises `LinkIsOver` for a link that its owner took back."""
    query = select(ListLink).where(ListLink.link_key == tokens.key_of(token))
    link = session.scalar(query.options(joinedload(ListLink.inquiry_list)))
    if link is None or not is_opened_by(link, token, tokens, SAVED_LIST):
        return None
    if not link.is_open:
        raise LinkIsOver
    return link


def is_opened_by(linked: Linked, token: str, tokens: TokenMaker, purpose: str) -> bool:
    """Whether the token is this thing's, for this purpose. Raises `LinkIsOver` for one of an earlier generation."""
    if tokens.is_valid(purpose, token, linked.link_generation):
        return True
    if any(tokens.is_valid(purpose, token, earlier) for earlier in range(linked.link_generation)):
        raise LinkIsOver
    return False
