"""Joining: a phone opens a card and is signed in from then on, or adds another firm to what it is signed in for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from catalogue.accounts import sessions
from catalogue.accounts.models import Person, SignIn
from catalogue.activity import log
from catalogue.consortia import cards, roles
from catalogue.consortia.card_models import Card
from catalogue.consortia.models import Role, RoleName


class SomebodyWasFirst(Exception):
    """Another phone opened the card a moment ago, or it was made void meanwhile."""


@dataclass(frozen=True)
class Joined:
    """A phone that has joined: the key for its cookie."""

    key: str
    sign_in: SignIn


def join(session: Session, card: Card, *, device: str, at: datetime, instead_of: SignIn | None = None) -> Joined:
    """Spend the card and sign its person in on this phone. Raises `SomebodyWasFirst`.

    `instead_of` is the session that the phone had: it ends; what the same person opened by it stays open.
    """
    _spend(session, card, at=at)
    key = sessions.begin(session, card.person, device=device, at=at, is_by_card=True)
    row = session.scalars(select(SignIn).where(SignIn.key_hash == sessions.hash_of(key))).one()
    if instead_of is not None:
        _replace(session, instead_of, row)
    _bind(session, card, row, at=at)
    return Joined(key, row)


def join_as_well(session: Session, card: Card, row: SignIn, *, at: datetime) -> None:
    """Let the person who is signed in by `row` help the card's firm too, and work for it now.

    Whom the card was made for was only a name until then: a person who never came in by any way is put away. Raises
    `SomebodyWasFirst`; `RolesConflict` for somebody who manages the consortium.
    """
    _spend(session, card, at=at)
    made_for, person = card.person, row.person
    if not cards.works_for(session, card.member, person):
        roles.grant(session, person, RoleName.MEMBER, member=card.member, at=at)
    card.person = person
    if made_for.id != person.id and not _ever_came_in(session, made_for):
        _put_away(session, made_for, at=at)
    _bind(session, card, row, at=at)
    session.flush()


def manages(session: Session, person: Person, consortium_id: int) -> bool:
    """Whether this person manages the consortium or is its deputy, and so may never join one of its firms."""
    query = select(Role.id).where(
        Role.person_id == person.id,
        Role.consortium_id == consortium_id,
        Role.name.in_(roles.APART[RoleName.MEMBER]),
        Role.ended_at.is_(None),
    )
    return session.scalar(query.limit(1)) is not None


def _spend(session: Session, card: Card, *, at: datetime) -> None:
    if not cards.spend(session, card, at=at):
        raise SomebodyWasFirst


def _replace(session: Session, before: SignIn, row: SignIn) -> None:
    if before.person_id == row.person_id:
        session.execute(update(Card).where(Card.sign_in_id == before.id).values(sign_in_id=row.id))
    session.delete(before)
    session.flush()


def _bind(session: Session, card: Card, row: SignIn, *, at: datetime) -> None:
    card.sign_in = row
    row.member_id = card.member_id
    session.flush()
    data = {"person": card.person_id, "member": card.member_id, "sign_in": row.id}
    actor = log.actor_name(card.person)
    log.record(session, "card.opened", card, at=at, chain=card.consortium_id, actor=actor, data=data)


def _ever_came_in(session: Session, person: Person) -> bool:
    has_way = person.password_hash is not None or person.email is not None
    has_joined = exists().where(Card.person_id == person.id, Card.used_at.is_not(None))
    is_signed_in = exists().where(SignIn.person_id == person.id)
    return has_way or bool(session.scalar(select(has_joined | is_signed_in)))


def _put_away(session: Session, person: Person, *, at: datetime) -> None:
    for role in roles.roles_of(session, person):
        roles.end(session, role, by=None, at=at)
    person.disabled_at = at
    session.flush()
    log.record(session, "person.put_away", person, at=at, chain=log.NETWORK)
