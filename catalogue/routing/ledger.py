"""The ledger: what a division was made from, and whether making it again from the same figures gives the same."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.routing import allocation as rule
from catalogue.routing.allocation import Candidate, Division, Rules
from catalogue.routing.division_models import Allocation


@dataclass(frozen=True)
class Recorded:
    """What `allocation.divide` was given, and what it answered then."""

    rules: Rules
    candidates: tuple[Candidate, ...]
    division: Division


def recorded(allocation: Allocation) -> Recorded:
    """What the ledger keeps of a division. KeyError, TypeError or ValueError where it was made unreadable."""
    rules, candidates = rule.from_json(json.dumps(allocation.inputs))
    return Recorded(rules, candidates, rule.division_from_json(json.dumps(allocation.result)))


def disagreements(allocation: Allocation) -> list[str]:
    """What does not fit when a division is made again; empty where it all agrees.

    `algorithm`: another version of the rule made it. `inputs`: they cannot be read. `result`: the rule gives other
    shares. `shares`: those of the members are neither the rule's nor a recorded override. `quantity`: they do not add
    up with what stayed unfilled.
    """
    try:
        kept = recorded(allocation)
        again = rule.divide(kept.rules, kept.candidates)
    except (KeyError, TypeError, ValueError):
        return ["inputs"]
    found = {
        "algorithm": allocation.algorithm != rule.VERSION,
        "result": again != kept.division,
        "shares": _differ(allocation, again),
        "quantity": allocation.quantity - allocation.unfilled != sum(_given(allocation).values()),
    }
    return [name for name, is_wrong in found.items() if is_wrong]


def allocations_of(session: Session, calls: Sequence[int]) -> Sequence[Allocation]:
    """Every round of these calls (keys), in the order in which they were confirmed."""
    query = select(Allocation).where(Allocation.call_id.in_(calls)).order_by(Allocation.id)
    return session.scalars(query).all()


def _differ(allocation: Allocation, division: Division) -> bool:
    """A member that was not called has no share: the rule gives it none either."""
    by_hand = {each["member"]: each["to"] for each in allocation.overrides}
    right = {part.member: by_hand.get(part.member, part.quantity) for part in division.portions}
    given = _given(allocation)
    return (
        any(quantity != given.get(member, 0) for member, quantity in right.items()) or not given.keys() <= right.keys()
    )


def _given(allocation: Allocation) -> dict[int, int]:
    return {share.member_id: share.quantity + share.handed_back for share in allocation.shares}
