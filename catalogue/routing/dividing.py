"""Confirming a division: its shares are written down with their reasons, days are held, and members are told."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia import interests
from catalogue.consortia.interest_models import Interest
from catalogue.inquiries.clock import working_time
from catalogue.outbox import queue
from catalogue.products.models import Product
from catalogue.routing import allocation as rule
from catalogue.routing import handing_over
from catalogue.routing.closing import close_if_due
from catalogue.routing.division_models import Allocation, Share, ShareState
from catalogue.routing.models import Call, CallState
from catalogue.routing.proposing import NothingToDivide, Proposal, Proposed, propose, to_divide_again

__all__ = [
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

OVERRIDE = "override"
"""The reason of a share that a manager set; its figures are what the rule gave (`by_rule`) and the offer."""

GRAM, KILOGRAM = "GRM", "KGM"
USUAL_DAYS = 30


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


@dataclass(frozen=True)
class Override:
    """A share set by a manager, and why; all members read it."""

    quantity: int
    reason: str


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
    return interests.check(session, call.consortium, by, beside, unchanged=unchanged, at=at)


def _proposed(session: Session, call: Call, overrides: Mapping[int, int], at: datetime) -> Proposal:
    try:
        return propose(session, call, overrides=overrides, at=at)
    except NothingToDivide:
        raise DividedAlready(current_round(session, call)) from None


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
    call, today = proposal.call, working_time().day_of(at)
    allocation = Allocation(
        consortium_id=call.consortium_id,
        call=call,
        round=proposal.round,
        quantity=proposal.quantity,
        unfilled=proposal.unfilled,
        algorithm=rule.VERSION,
        inputs=json.loads(rule.as_json(proposal.rules, proposal.candidates)),
        result=json.loads(rule.division_as_json(proposal.division)),
        overrides=[_override(each, overrides[each.candidate.member]) for each in _set_by_hand(proposal, overrides)],
        level=proposal.division.level,
        confirmed_at=at,
        confirmed_by=by,
        held_until=today + timedelta(days=call.by_laws.held_days),
    )
    session.add(allocation)
    session.flush()
    weight_g = _weight(call.line.product)
    for each in proposal.shares:
        if each.asked.is_called:
            session.add(_share(allocation, proposal, each, weight_g, at=at))
    session.flush()
    return allocation


def _set_by_hand(proposal: Proposal, overrides: Mapping[int, Override]) -> list[Proposed]:
    return [each for each in proposal.shares if each.candidate.member in overrides]


def _override(proposed: Proposed, override: Override) -> dict[str, Any]:
    return {
        "member": proposed.candidate.member,
        "from": proposed.portion.quantity,
        "to": override.quantity,
        "reason": override.reason.strip(),
    }


def _share(
    allocation: Allocation, proposal: Proposal, proposed: Proposed, weight_g: Decimal | None, *, at: datetime
) -> Share:
    candidate, portion = proposed.candidate, proposed.portion
    figures: dict[str, str | int] = dict(portion.figures)
    if proposed.is_changed:
        figures = {"by_rule": portion.quantity, "offered": candidate.offered, "held": candidate.held}
    return Share(
        consortium_id=allocation.consortium_id,
        allocation=allocation,
        member_id=candidate.member,
        quantity=proposed.quantity,
        charge=proposed.charge,
        value=proposed.value,
        grams=_grams(proposal.call, proposed.quantity, weight_g),
        reason=OVERRIDE if proposed.is_changed else portion.reason,
        figures=figures,
        state=ShareState.TOLD,
        due_on=_due_on(proposal.call, candidate.days, allocation.held_until),
        told_at=at,
    )


def _due_on(call: Call, days: int | None, held_until: date) -> date:
    """The day the buyer named; without one so many days after the capacity is held as the member said it needs."""
    return call.needed_by or held_until + timedelta(days=days or USUAL_DAYS)


def _weight(product: Product | None) -> Decimal | None:
    version = product and (product.published or product.working)
    return version.net_weight_g if version else None


def _grams(call: Call, quantity: int, weight_g: Decimal | None) -> Decimal | None:
    if call.unit == GRAM:
        return Decimal(quantity)
    if call.unit == KILOGRAM:
        return Decimal(quantity * 1000)
    return None if weight_g is None else weight_g * quantity


def _tell(session: Session, allocation: Allocation, at: datetime) -> None:
    session.refresh(allocation, ["shares"])
    for share in allocation.shares:
        queue.letter(
            session,
            "share_told",
            at=at,
            consortium_id=allocation.consortium_id,
            about=log.name_of(share),
            share_id=share.id,
        )


def _log(
    session: Session,
    allocation: Allocation,
    overrides: Mapping[int, Override],
    kin: list[Interest],
    *,
    by: Person | None,
    at: datetime,
) -> None:
    """Shares by their keys, never their figures: who may read those reads them from the allocation."""
    data: dict[str, Any] = {
        "call": allocation.call_id,
        "round": allocation.round,
        "algorithm": allocation.algorithm,
        "overrides": [share.id for share in allocation.shares if share.member_id in overrides],
        "kinship": [tie.id for tie in kin],
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
