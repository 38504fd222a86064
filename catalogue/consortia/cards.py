"""Joining cards: made for one person of one firm, opened once, on one phone, within two weeks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.card_models import Card
from catalogue.consortia.models import Consortium, Member, MemberStatus, Role, RoleName
from catalogue.tokens import TokenMaker, new_key

PURPOSE = "joining-card"
LASTS = timedelta(days=14)


class NotOfThisFirm(Exception):
    """The person does not work for the firm, or the firm has left."""


class CardState(StrEnum):
    """What a phone that opens a card can do with it."""

    OPEN = "open"
    USED = "used"
    TOO_OLD = "too old"
    REVOKED = "revoked"
    CLOSED = "closed"


def make_card(session: Session, member: Member, person: Person, *, by: Person | None, at: datetime) -> Card:
    """A new card; an earlier one that nobody opened is void from now on. Raises `NotOfThisFirm`."""
    if not member.is_active or not works_for(session, member, person) or person.is_disabled:
        raise NotOfThisFirm
    for earlier in open_cards(session, member, at=at):
        if earlier.person_id == person.id:
            revoke(session, earlier, by=by, at=at)
    card = Card(
        consortium=member.consortium,
        member=member,
        person=person,
        key=new_key(),
        made_by_id=by.id if by else None,
        created_at=at,
        ends_at=at + LASTS,
    )
    session.add(card)
    session.flush()
    _log(session, "card.made", card, by, at)
    return card


def token_of(card: Card, tokens: TokenMaker) -> str:
    """What the card's address holds."""
    return tokens.make(PURPOSE, card.key, card.generation)


def card_of(session: Session, token: str, tokens: TokenMaker) -> Card | None:
    """The card that a token opens, or opened before it was made void; None for a token that was never ours."""
    key = tokens.key_of(token)
    if key is None:
        return None
    query = select(Card).where(Card.key == key).options(joinedload(Card.member), joinedload(Card.consortium))
    card = session.scalar(query)
    if card is None:
        return None
    is_ours = any(tokens.is_valid(PURPOSE, token, number) for number in range(card.generation + 1))
    return card if is_ours else None


def state_of(session: Session, card: Card, *, at: datetime) -> CardState:
    """What can still be done with a card."""
    if card.revoked_at is not None:
        return CardState.REVOKED
    if not card.member.is_active or card.person.is_disabled or not works_for(session, card.member, card.person):
        return CardState.CLOSED
    if card.used_at is not None:
        return CardState.USED
    return CardState.OPEN if card.ends_at > at else CardState.TOO_OLD


def spend(session: Session, card: Card, *, at: datetime) -> bool:
    """Use the card up, when no other phone did a moment ago and it is still open."""
    if state_of(session, card, at=at) is not CardState.OPEN:
        return False
    step = (
        update(Card)
        .where(Card.id == card.id, Card.used_at.is_(None), Card.revoked_at.is_(None), Card.ends_at > at)
        .values(used_at=at)
        .execution_options(synchronize_session=False)
    )
    if session.connection().execute(step).rowcount != 1:
        return False
    session.refresh(card)
    return True


def revoke(session: Session, card: Card, *, by: Person | None, at: datetime) -> None:
    """Make a card void; one that was opened, or is void already, stays as it is."""
    step = (
        update(Card)
        .where(Card.id == card.id, Card.used_at.is_(None), Card.revoked_at.is_(None))
        .values(revoked_at=at, generation=Card.generation + 1)
        .execution_options(synchronize_session=False)
    )
    if session.connection().execute(step).rowcount == 1:
        session.refresh(card)
        _log(session, "card.revoked", card, by, at)


def open_cards(session: Session, member: Member, *, at: datetime) -> Sequence[Card]:
    """The cards of a firm that a phone could open now, the newest first."""
    return session.scalars(_open(at).where(Card.member_id == member.id)).all()


def open_cards_of_all(session: Session, consortium: Consortium, *, at: datetime) -> Sequence[Card]:
    """The cards of all firms of a consortium that a phone could open now, firm by firm."""
    query = _open(at).where(Card.consortium_id == consortium.id).order_by(None)
    return session.scalars(query.order_by(Card.member_id, Card.id)).all()


def works_for(session: Session, member: Member, person: Person) -> bool:
    """Whether this is one of the people of the firm today."""
    query = select(Role.id).where(
        Role.person_id == person.id,
        Role.member_id == member.id,
        Role.name == RoleName.MEMBER,
        Role.ended_at.is_(None),
    )
    return session.scalar(query.limit(1)) is not None


def _open(at: datetime) -> Select[Card]:
    """Open cards of people who still work for a firm that takes part, as a select."""
    return (
        select(Card)
        .join(Card.member)
        .join(Card.person)
        .join(Role, (Role.person_id == Card.person_id) & (Role.member_id == Card.member_id) & Role.ended_at.is_(None))
        .where(Card.used_at.is_(None), Card.revoked_at.is_(None), Card.ends_at > at)
        .where(Member.status == MemberStatus.ACTIVE, Person.disabled_at.is_(None))
        .options(joinedload(Card.member), joinedload(Card.person), joinedload(Card.consortium))
        .order_by(Card.id.desc())
    )


def _log(session: Session, action: str, card: Card, by: Person | None, at: datetime) -> None:
    data = {"person": card.person_id, "member": card.member_id}
    log.record(session, action, card, at=at, chain=card.consortium_id, actor=log.actor_name(by), data=data)
