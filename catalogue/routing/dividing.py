"""Confirming a division: its shares are written down with their reasons, days are held, and members are told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia import interests
from catalogue.consortia.interest_models import Interest
from catalogue.consortia.models import Consortium
from catalogue.outbox import queue
from catalogue.routing import handing_over
from catalogue.routing.closing import close_if_due
from catalogue.routing.division_models import Allocation
from catalogue.routing.drafting import OVERRIDE, Override, drafted
from catalogue.routing.models import Call, CallState
from catalogue.routing.proposing import NothingToDivide, Proposal, Proposed, propose, to_divide_again
from catalogue.routing.seals import seal_of_division

__all__ = [
    "OVERRIDE",
    "CannotOverride",
    "ChangedMeanwhile",
    "DividedAlready",
    "NothingToDivide",
    "Override",
    "Proposal",
    "Proposed",
    "check_overrides",
    "confirm",
    "current_round",
    "propose",
    "to_divide_again",
]


class DividedAlready(Exception):
    """Somebody confirmed a division of this call a moment before; `allocation` is theirs."""

    def __init__(self, allocation: Allocation | None) -> None:
        super().__init__(allocation.public_id if allocation else "")
        self.allocation = allocation


class ChangedMeanwhile(Exception):
    """The rule gives other shares by now than those that were looked at."""


class CannotOverride(Exception):
    """A share cannot be set so. `code`: unknown, reason, negative, offer, quantity; `member` (a key) if it is one's."""

    def __init__(self, code: str, member: int | None = None, most: int = 0) -> None:
        super().__init__(code)
        self.code, self.member, self.most = code, member, most


def confirm(
    session: Session,
    call: Call,
    *,
    overrides: Mapping[int, Override] | None = None,
    seen: str | None = None,
    by: Person | None,
    at: datetime,
) -> Allocation:
    """Write down the division of a closed call as `propose` gives it, with `overrides` (by the member's key) on top.

    Everybody who was asked gets a share, of 0 too, and is told. `seen` is the `Proposal.mark` of what was looked at.
    Raises `offers.Sealed`, `DividedAlready`, `ChangedMeanwhile`, `CannotOverride`, and what `interests.check` and
    `handing_over.check` raise.
    """
    overrides = overrides or {}
    kin = _check(session, call, by, unchanged=not overrides, at=at)
    _hold_days(session, call)
    close_if_due(session, call, at=at)
    version = call.version
    proposal = _proposed(session, call, {member: each.quantity for member, each in overrides.items()}, at)
    if seen is not None and seen != proposal.mark:
        raise ChangedMeanwhile
    check_overrides(proposal, overrides)
    _claim(session, call, version)
    allocation = _written(session, proposal, overrides, by=by, at=at)
    _tell(session, allocation, at)
    _log(session, allocation, overrides, kin, by=by, at=at)
    return allocation


def check_overrides(proposal: Proposal, overrides: Mapping[int, Override]) -> None:
    """Whether shares can be set so: with a reason, never over an offer nor the quantity. Raises `CannotOverride`."""
    offered = {each.candidate.member: each.candidate.unused_offer for each in proposal.shares}
    for member, override in overrides.items():
        if member not in offered:
            raise CannotOverride("unknown", member)
        if override.quantity < 0:
            raise CannotOverride("negative", member)
        if override.quantity > offered[member]:
            raise CannotOverride("offer", member, offered[member])
        if not override.reason.strip():
            raise CannotOverride("reason", member)
    if proposal.unfilled < 0:
        raise CannotOverride("quantity", most=proposal.quantity)


def current_round(session: Session, call: Call) -> Allocation | None:
    """The division of a call that was confirmed last."""
    query = select(Allocation).where(Allocation.consortium_id == call.consortium_id, Allocation.call_id == call.id)
    return session.scalar(query.order_by(Allocation.round.desc()).limit(1))


def _check(session: Session, call: Call, by: Person | None, *, unchanged: bool, at: datetime) -> list[Interest]:
    handing_over.check(session, call.inquiry, by)
    beside = [each.member_id for each in call.candidates if each.is_called or each.left_out_reason]
    return interests.check(session, call.consortium, by, beside, unchanged=unchanged, at=at, since=call.sent_at)


def _proposed(session: Session, call: Call, overrides: Mapping[int, int], at: datetime) -> Proposal:
    try:
        return propose(session, call, overrides=overrides, at=at)
    except NothingToDivide:
        raise DividedAlready(current_round(session, call)) from None


def _hold_days(session: Session, call: Call) -> None:
    """Of two calls of a consortium that are confirmed at once the second reads which days the first has promised."""
    lock = select(Consortium.id).where(Consortium.id == call.consortium_id).with_for_update(key_share=True)
    session.execute(lock)


def _claim(session: Session, call: Call, version: int) -> None:
    """Of two who confirm at once one goes on: the call is as it was read (its version), or it was divided meanwhile."""
    session.flush()
    is_ready = Call.state.in_([CallState.CLOSED, CallState.DIVIDED])
    step = update(Call).where(Call.id == call.id, Call.version == version, is_ready)
    values = {"state": CallState.DIVIDED, "version": version + 1}
    was_first = session.connection().execute(step.values(**values)).rowcount == 1
    session.refresh(call)
    if not was_first:
        raise DividedAlready(current_round(session, call))


def _written(
    session: Session, proposal: Proposal, overrides: Mapping[int, Override], *, by: Person | None, at: datetime
) -> Allocation:
    allocation = drafted(proposal, overrides, by=by, at=at)
    session.add(allocation)
    session.flush()
    return allocation


def _tell(session: Session, allocation: Allocation, at: datetime) -> None:
    """A letter to each; of what was divided again to those alone who gained."""
    for share in allocation.shares:
        if allocation.round == 1 or share.quantity:
            share.told_at = at
            about, owner = log.name_of(share), share.consortium_id
            queue.letter(session, "share_told", at=at, consortium_id=owner, about=about, share_id=share.id)
    session.flush()


def _log(
    session: Session,
    allocation: Allocation,
    overrides: Mapping[int, Override],
    kin: list[Interest],
    *,
    by: Person | None,
    at: datetime,
) -> None:
    """Shares by their keys and the seal over all of it, never figures: who may read those reads the allocation."""
    data: dict[str, Any] = {
        "call": allocation.call_id,
        "round": allocation.round,
        "algorithm": allocation.algorithm,
        "overrides": [share.id for share in allocation.shares if share.member_id in overrides],
        "kinship": [tie.id for tie in kin],
        "seal": seal_of_division(allocation),
    }
    log.record(
        session,
        "allocation.confirmed",
        allocation,
        at=at,
        chain=allocation.consortium_id,
        actor=log.actor_name(by),
        data=data,
        text="\n".join(override.reason.strip() for override in overrides.values()) or None,
    )
