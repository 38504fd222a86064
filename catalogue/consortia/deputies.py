"""The deputy of a consortium's managers: who stands in where all of them have an interest."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia import roles
from catalogue.consortia.models import Consortium, Role, RoleName


class CannotDeputise(Exception):
    """Not among those who may stand in: they run another consortium or the machine, and have no part in this one."""


def deputy_of(session: Session, consortium: Consortium) -> Role | None:
    """The deputy's role, where one is named."""
    query = (
        select(Role)
        .where(Role.consortium_id == consortium.id, Role.name == RoleName.DEPUTY, Role.ended_at.is_(None))
        .options(joinedload(Role.person))
    )
    return session.scalar(query.order_by(Role.id.desc()).limit(1))


def who_may_deputise(session: Session, consortium: Consortium) -> Sequence[Role]:
    """Managers of other consortia, and operators, who have no part in this one: one role of each person."""
    here = select(Role.person_id).where(
        Role.consortium_id == consortium.id, Role.ended_at.is_(None), Role.name != RoleName.DEPUTY
    )
    runs = Role.name.in_([RoleName.MANAGER, RoleName.OPERATOR])
    query = (
        select(Role)
        .join(Role.person)
        .where(runs, Role.ended_at.is_(None), Role.person_id.not_in(here), Person.disabled_at.is_(None))
        .options(joinedload(Role.person), joinedload(Role.consortium))
        .order_by(Role.name, Role.id)
    )
    return list({role.person_id: role for role in reversed(session.scalars(query).all())}.values())[::-1]


def name_deputy(
    session: Session, consortium: Consortium, person: Person | None, *, by: Person | None, at: datetime
) -> Role | None:
    """Have somebody stand in from now on; who did before does no longer (None: nobody does).

    Raises `CannotDeputise`; `roles.RolesConflict` for somebody of a member here.
    """
    former = deputy_of(session, consortium)
    if former and person and former.person_id == person.id:
        return former
    if person and person.id not in {role.person_id for role in who_may_deputise(session, consortium)}:
        raise CannotDeputise
    if former:
        roles.end(session, former, by=by, at=at)
    role = roles.grant(session, person, RoleName.DEPUTY, consortium=consortium, at=at) if person else None
    data = {"person": person.id if person else None, "instead_of": former.person_id if former else None}
    chain, actor = consortium.id, log.actor_name(by)
    log.record(session, "deputy.named", role or consortium, at=at, chain=chain, actor=actor, data=data)
    return role
