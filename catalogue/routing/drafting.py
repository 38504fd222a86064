"""A division as it will be written down: an allocation with a share for all who were asked, outside any session."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from catalogue.accounts.models import Person
from catalogue.inquiries.clock import working_time
from catalogue.products.models import Product
from catalogue.routing import allocation as rule
from catalogue.routing.division_models import Allocation, AllocationState, Share, ShareState
from catalogue.routing.models import Call
from catalogue.routing.proposing import Proposal, Proposed

OVERRIDE = "override"
"""The reason of a share that a manager set; its figures are what the rule gave (`by_rule`) and the offer."""

GRAM, KILOGRAM = "GRM", "KGM"
USUAL_DAYS = 30


@dataclass(frozen=True)
class Override:
    """A share set by a manager, and why; all members read it."""

    quantity: int
    reason: str


def drafted(proposal: Proposal, overrides: Mapping[int, Override], *, by: Person | None, at: datetime) -> Allocation:
    """The allocation of a proposal. Nothing is stored: a page that shows it needs no more than this."""
    call, today = proposal.call, working_time().day_of(at)
    allocation = Allocation(
        consortium_id=call.consortium_id,
        call_id=call.id,
        call=call,
        round=proposal.round,
        state=AllocationState.CONFIRMED,
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
    weight_g = _weight(call.line.product)
    allocation.shares = [
        _share(allocation, proposal, each, weight_g, at=at) for each in proposal.shares if each.asked.is_called
    ]
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
        member_id=candidate.member,
        member=proposed.asked.member,
        quantity=proposed.quantity,
        charge=proposed.charge,
        value=proposed.value,
        grams=_grams(proposal.call, proposed.quantity, weight_g),
        reason=OVERRIDE if proposed.is_changed else portion.reason,
        figures=figures,
        state=ShareState.TOLD,
        due_on=_due_on(proposal.call, candidate.days, allocation.held_until),
        handed_back=0,
        objection="",
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
