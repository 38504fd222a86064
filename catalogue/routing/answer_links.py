"""The private link by which a member answers a call without signing in: it opens that call and nothing else."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.inquiries.links import is_opened_by
from catalogue.routing.models import Call, Candidate
from catalogue.tokens import TokenMaker

OFFER = "offer"


def token_of(candidate: Candidate, tokens: TokenMaker) -> str:
    """What the address of the answer page holds."""
    return tokens.make(OFFER, candidate.link_key, candidate.link_generation)


def candidate_of_token(session: Session, token: str, tokens: TokenMaker) -> Candidate | None:
    """The member beside a call that a token opens, in any letter case; None where the firm no longer takes part.

    Raises `LinkIsOver` for a link that was replaced.
    """
    call = joinedload(Candidate.call)
    query = (
        select(Candidate)
        .where(Candidate.link_key == tokens.key_of(token), Candidate.is_called)
        .options(call.joinedload(Call.consortium), joinedload(Candidate.member))
    )
    candidate = session.scalar(query)
    if candidate is None or not is_opened_by(candidate, token, tokens, OFFER) or not candidate.member.is_active:
        return None
    return candidate


def replace_link(session: Session, candidate: Candidate, *, by: Person, at: datetime) -> None:
    """End the link that was given out, because it got into other hands; the next one told is new."""
    candidate.link_generation += 1
    session.flush()
    log.record(
        session,
        "candidate.link_replaced",
        candidate.call,
        at=at,
        chain=candidate.consortium_id,
        actor=log.actor_name(by),
        data={"candidate": candidate.id},
    )
