"""Hashes over what a call asked and what a division gave: the log gets them, so that a row changed later shows.

The random keys of the members' links are in them. Without those keys nobody finds the figures by trying.
"""

import hashlib
import json
from decimal import Decimal
from typing import Any

from catalogue.routing.division_models import Allocation, Share
from catalogue.routing.models import Call, Candidate

MONEY, RATE = Decimal("0.0001"), Decimal("0.0000000001")  # as they are kept


def seal_of_call(call: Call) -> str:
    """SHA-256 over the terms of a call, who was asked and who was left out and why: nothing of it changes later."""
    terms = [
        call.inquiry_id,
        call.line_id,
        call.category,
        call.technique,
        call.quantity,
        call.unit,
        call.lot,
        call.is_one_hand,
        call.needed_by.isoformat() if call.needed_by else None,
        call.price_rule,
        call.currency,
        _kept(call.agreed_charge, MONEY),
        _kept(call.rate, RATE),
        call.by_laws.seal,
        call.seed,
        call.short_reason,
    ]
    return _hash([terms, [_beside(each) for each in sorted(call.candidates, key=lambda each: each.member_id)]])


def seal_of_division(allocation: Allocation) -> str:
    """SHA-256 over the inputs, the result, the changes by hand and every share as it was told."""
    division = [
        allocation.call_id,
        allocation.round,
        allocation.quantity,
        allocation.unfilled,
        allocation.algorithm,
        allocation.inputs,
        allocation.result,
        allocation.overrides,
        _kept(allocation.level, MONEY),
        allocation.held_until.isoformat(),
    ]
    return _hash([division, [_told(each) for each in sorted(allocation.shares, key=lambda each: each.member_id)]])


def _beside(candidate: Candidate) -> list[Any]:
    return [
        candidate.member_id,
        candidate.is_called,
        candidate.is_maker,
        candidate.left_out_reason,
        candidate.link_key,
    ]


def _told(share: Share) -> list[Any]:
    """A share as it was told, whatever was handed back of it since."""
    return [
        share.member_id,
        share.quantity + share.handed_back,
        _kept(share.charge, MONEY),
        share.reason,
        share.figures,
        share.due_on.isoformat(),
        share.link_key,
    ]


def _kept(figure: Decimal | None, to: Decimal) -> str | None:
    return None if figure is None else str(Decimal(figure).quantize(to))


def _hash(parts: list[Any]) -> str:
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
