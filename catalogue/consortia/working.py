"""For which firm a session works: one of a person's own, or, for two hours, one that its manager acts on behalf of."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.accounts.models import SignIn
from catalogue.activity import log
from catalogue.consortia.card_models import Card
from catalogue.consortia.cards import NotOfThisFirm
from catalogue.consortia.models import Member, Role, RoleName
from catalogue.consortia.roles import roles_of

ON_BEHALF_LASTS = timedelta(hours=2)


def roles_in(session: Session, row: SignIn) -> tuple[Role, ...]:
    """What the person of a session may act as in it.

    A phone that joined by card opens firms alone, and only in consortia that gave it a card: whoever makes a card
    cannot come by it to what the same person is elsewhere.
    """
    found = roles_of(session, row.person)
    if not row.is_by_card:
        return tuple(found)
    given = set(session.scalars(select(Card.consortium_id).where(Card.sign_in_id == row.id)))
    return tuple(role for role in found if role.name is RoleName.MEMBER and role.consortium_id in given)


def own_firms(roles: Sequence[Role]) -> list[Member]:
    """The firms that these roles work for, each once."""
    firms = {role.member.id: role.member for role in roles if role.name is RoleName.MEMBER and role.member}
    return list(firms.values())


def firm_of(session: Session, row: SignIn, roles: Sequence[Role], *, at: datetime) -> Member | None:
    """The firm that the session works for now: on whose behalf, else the one chosen, else the first of its own."""
    acted_for = firm_acted_for(session, row, roles, at=at)
    if acted_for:
        return acted_for
    firms = own_firms(roles)
    return next((firm for firm in firms if firm.id == row.member_id), firms[0] if firms else None)


def firm_acted_for(session: Session, row: SignIn, roles: Sequence[Role], *, at: datetime) -> Member | None:
    """The firm on whose behalf the session acts, while its time runs and its person manages that consortium."""
    if row.on_behalf_until is None or row.on_behalf_until <= at or row.member_id is None:
        return None
    member = session.get_one(Member, row.member_id)
    manages = any(role.name is RoleName.MANAGER and role.consortium_id == member.consortium_id for role in roles)
    return member if manages and member.is_active else None


def choose_firm(session: Session, row: SignIn, member: Member, *, at: datetime) -> None:
    """From now on the session works for another of its person's own firms. Raises `NotOfThisFirm`."""
    if member.id not in {firm.id for firm in own_firms(roles_in(session, row))}:
        raise NotOfThisFirm
    data = {"from": row.member_id, "to": member.id, "sign_in": row.id}
    row.member_id = member.id
    session.flush()
    actor = log.actor_name(row.person)
    log.record(session, "firm.chosen", member, at=at, chain=log.NETWORK, actor=actor, data=data)


def begin_on_behalf(session: Session, row: SignIn, member: Member, *, at: datetime) -> None:
    """A manager works for a firm of the own consortium for two hours. Raises `NotOfThisFirm` for one that left."""
    if not member.is_active:
        raise NotOfThisFirm
    row.member_id, row.on_behalf_until = member.id, at + ON_BEHALF_LASTS
    log.act_on_behalf(session, member.id)
    session.flush()
    _log(session, "on_behalf.begun", row, member, at)


def end_on_behalf(session: Session, row: SignIn, *, at: datetime) -> Member | None:
    """The manager is the manager again; the firm that was worked for, None when there was none."""
    if row.on_behalf_until is None or row.member_id is None:
        return None
    member = session.get_one(Member, row.member_id)
    log.act_on_behalf(session, member.id)
    _log(session, "on_behalf.ended", row, member, at)
    row.member_id = row.on_behalf_until = None
    session.flush()
    log.act_on_behalf(session, None)
    return member


def _log(session: Session, action: str, row: SignIn, member: Member, at: datetime) -> None:
    actor = log.actor_name(row.person)
    log.record(session, action, member, at=at, chain=member.consortium_id, actor=actor, data={"sign_in": row.id})
