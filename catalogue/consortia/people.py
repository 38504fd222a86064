"""The people of a firm, with their phones and cards: adding one, cutting off a lost phone, letting one go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person, SignIn
from catalogue.accounts.people import add_person
from catalogue.activity import log
from catalogue.consortia import cards, roles
from catalogue.consortia.card_models import Card
from catalogue.consortia.models import Consortium, Member, MemberStatus, Role, RoleName


@dataclass(frozen=True)
class PersonOfFirm:
    """Somebody of a firm, as its manager sees them: where they are signed in for it, the card that waits for them."""

    role: Role
    person: Person
    phones: Sequence[SignIn]
    card: Card | None
    spent: Sequence[Card]


def people_of(session: Session, member: Member, *, at: datetime) -> list[PersonOfFirm]:
    """The people who work for a firm today, the longest there first."""
    waiting = {card.person_id: card for card in reversed(cards.open_cards(session, member, at=at))}
    spent = session.scalars(
        select(Card).where(Card.member_id == member.id, Card.used_at.is_not(None)).order_by(Card.used_at.desc())
    ).all()
    return [
        PersonOfFirm(
            role=role,
            person=role.person,
            phones=phones_of(session, member, role.person, at=at),
            card=waiting.get(role.person_id),
            spent=[card for card in spent if card.person_id == role.person_id],
        )
        for role in _roles_at(session, member)
    ]


def phones_of(session: Session, member: Member, person: Person, *, at: datetime) -> Sequence[SignIn]:
    """Where a person is signed in for this firm, the newest first.

    By a card of this consortium; where the person is nothing outside it, by password or link as well.
    """
    by_its_card = SignIn.id.in_(select(Card.sign_in_id).where(Card.consortium_id == member.consortium_id))
    query = select(SignIn).where(SignIn.person_id == person.id, SignIn.ends_at > at)
    if _is_something_outside(session, member, person):
        query = query.where(by_its_card)
    return session.scalars(query.order_by(SignIn.id.desc())).all()


def person_at(session: Session, member: Member, public_id: str) -> Role | None:
    """The role of one of the people of a firm."""
    return next((role for role in _roles_at(session, member) if role.person.public_id == public_id), None)


def add_to_firm(
    session: Session, member: Member, name: str, *, language: str = "lo", by: Person | None, at: datetime
) -> Person:
    """Somebody new at a firm, known by name alone; a card lets them in. Raises `NotOfThisFirm` for one that left."""
    if not member.is_active:
        raise cards.NotOfThisFirm
    person = add_person(session, name=name, email=None, at=at, language=language)
    roles.grant(session, person, RoleName.MEMBER, member=member, at=at)
    data = {"person": person.id}
    actor = log.actor_name(by)
    log.record(session, "member.person_added", member, at=at, chain=member.consortium_id, actor=actor, data=data)
    return person


def cut_off(session: Session, member: Member, person: Person, sign_in_id: int, *, by: Person, at: datetime) -> bool:
    """End a lost phone's session at once; whether it was one of this person's for this firm."""
    if sign_in_id not in {row.id for row in phones_of(session, member, person, at=at)}:
        return False
    _end(session, [sign_in_id])
    data = {"sign_in": sign_in_id, "member": member.id}
    actor = log.actor_name(by)
    log.record(session, "phone.cut_off", person, at=at, chain=member.consortium_id, actor=actor, data=data)
    return True


def let_go(session: Session, member: Member, role: Role, *, by: Person | None, at: datetime) -> None:
    """Somebody no longer works for a firm: the role ends, open cards are void, phones that open nothing else too."""
    person = role.person
    for card in cards.open_cards(session, member, at=at):
        if card.person_id == person.id:
            cards.revoke(session, card, by=by, at=at)
    phones = {row.id for row in phones_of(session, member, person, at=at)}
    roles.end(session, role, by=by, at=at)
    left = roles.roles_of(session, person)
    if not any(_works_here(each, member.consortium_id) for each in left):
        _end(session, phones - _opening_others(session, phones, left))


def without_phone(session: Session, consortium: Consortium, *, at: datetime) -> list[Role]:
    """The roles of people of active firms who are signed in nowhere, have no other way in, and no card that waits."""
    has_card = select(Card.id).where(
        Card.person_id == Role.person_id,
        Card.member_id == Role.member_id,
        Card.revoked_at.is_(None),
        Card.used_at.is_(None),
        Card.ends_at > at,
    )
    signed_in = select(SignIn.id).where(SignIn.person_id == Role.person_id, SignIn.ends_at > at)
    query = (
        _at_work(consortium.id)
        .join(Member, Member.id == Role.member_id)
        .where(Member.status == MemberStatus.ACTIVE, Person.password_hash.is_(None), Person.email.is_(None))
        .where(~has_card.exists(), ~signed_in.exists())
    )
    return list(session.scalars(query).all())


def count_people(session: Session, consortium: Consortium) -> dict[int, int]:
    """How many people each firm has that can sign in, by the firm's key."""
    query = (
        select(Role.member_id, func.count())
        .join(Role.person)
        .where(Role.consortium_id == consortium.id, Role.name == RoleName.MEMBER, Role.ended_at.is_(None))
        .where(Person.disabled_at.is_(None))
        .group_by(Role.member_id)
    )
    return {member_id: count for member_id, count in session.execute(query).all() if member_id}


def _roles_at(session: Session, member: Member) -> Sequence[Role]:
    return session.scalars(_at_work(member.consortium_id).where(Role.member_id == member.id)).all()


def _at_work(consortium_id: int) -> Select[Role]:
    return (
        select(Role)
        .join(Role.person)
        .where(Role.consortium_id == consortium_id, Role.name == RoleName.MEMBER, Role.ended_at.is_(None))
        .where(Person.disabled_at.is_(None))
        .options(joinedload(Role.person), joinedload(Role.member))
        .order_by(Role.id)
    )


def _works_here(role: Role, consortium_id: int) -> bool:
    return role.name is RoleName.MEMBER and role.consortium_id == consortium_id


def _is_something_outside(session: Session, member: Member, person: Person) -> bool:
    return any(not _works_here(role, member.consortium_id) for role in roles.roles_of(session, person))


def _opening_others(session: Session, sign_in_ids: Collection[int], left: Sequence[Role]) -> set[int]:
    """Those of these phones that open a firm of another consortium too, by a card of its own."""
    elsewhere = {role.consortium_id for role in left if role.name is RoleName.MEMBER}
    query = select(Card.sign_in_id).where(Card.sign_in_id.in_(sign_in_ids), Card.consortium_id.in_(elsewhere))
    return {sign_in_id for sign_in_id in session.scalars(query) if sign_in_id}


def _end(session: Session, sign_in_ids: Collection[int]) -> None:
    session.execute(delete(SignIn).where(SignIn.id.in_(sign_in_ids)))
