"""The private link by which a member reads its share and answers without signing in: it opens that share alone."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.inquiries.links import is_opened_by
from catalogue.routing.division_models import Allocation, Share
from catalogue.routing.models import Call
from catalogue.tokens import TokenMaker

SHARE = "share"


def token_of(share: Share, tokens: TokenMaker) -> str:
    """What the address of the share's page holds."""
    return tokens.make(SHARE, share.link_key, share.link_generation)


def share_of_token(session: Session, token: str, tokens: TokenMaker) -> Share | None:
    """The share that a token opens, in any letter case; None where the firm no longer takes part.

    Raises `LinkIsOver` for a link that was replaced.
    """
    allocation = joinedload(Share.allocation).joinedload(Allocation.call)
    query = (
        select(Share)
        .where(Share.link_key == tokens.key_of(token))
        .options(allocation.joinedload(Call.consortium), joinedload(Share.member))
    )
    share = session.scalar(query)
    if share is None or not is_opened_by(share, token, tokens, SHARE) or not share.member.is_active:
        return None
    return share
