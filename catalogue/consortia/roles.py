"""Who is what in which consortium."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Consortium, Member, Role, RoleName


class RolesConflict(Exception):
    """One person holds no member role and manager or deputy role in the same consortium (design, interests)."""


APART = {
    RoleName.MANAGER: (RoleName.MEMBER,),
    RoleName.DEPUTY: (RoleName.MEMBER,),
    RoleName.MEMBER: (RoleName.MANAGER, RoleName.DEPUTY),
}
"""Roles that exclude others in the same consortium: who decides is no member, and who is a member does not decide."""


def roles_of(session: Session, person: Person) -> Sequence[Role]:
    """The roles of a person that hold today, with their consortium and firm."""
    query = (
        select(Role)
        .where(Role.person_id == person.id, Role.ended_at.is_(None))
        .options(joinedload(Role.consortium), joinedload(Role.member))
        .order_by(Role.id)
    )
    return session.scalars(query).all()


def grant(
    session: Session,
    person: Person,
    name: RoleName,
    *,
    at: datetime,
    consortium: Consortium | None = None,
    member: Member | None = None,
) -> Role:
    """Give a person a role. Raises `RolesConflict` when a manager or deputy would also be a member, or a member one."""
    consortium_id = member.consortium_id if member else consortium.id if consortium else None
    _refuse_both(session, person, name, consortium_id)
    role = Role(
        person=person, name=name, consortium_id=consortium_id, member_id=member.id if member else None, granted_at=at
    )
    session.add(role)
    session.flush()
    log.record(
        session,
        "role.granted",
        role,
        at=at,
        chain=consortium_id or log.NETWORK,
        data={"person": person.id, "role": name},
    )
    return role


def end(session: Session, role: Role, *, by: Person | None, at: datetime) -> None:
    """Take a role away."""
    role.ended_at = at
    session.flush()
    data = {"person": role.person_id, "role": role.name}
    chain = role.consortium_id or log.NETWORK
    log.record(session, "role.ended", role, at=at, chain=chain, actor=log.actor_name(by), data=data)


def _refuse_both(session: Session, person: Person, name: RoleName, consortium_id: int | None) -> None:
    if name not in APART:
        return
    # Two grants to one person wait for each other, so that neither overlooks the other.
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    query = select(Role.id).where(
        Role.person_id == person.id,
        Role.consortium_id == consortium_id,
        Role.name.in_(APART[name]),
        Role.ended_at.is_(None),
    )
    if session.scalar(query.limit(1)) is not None:
        raise RolesConflict
