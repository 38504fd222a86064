"""What members offer: taken under seal, replaced while the call is open, read by nobody before it is closed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.by_law_models import PriceRule
from catalogue.routing.closing import close_if_answered
from catalogue.routing.models import Answer, Call, CallState, Candidate, MetalFrom, Offer
from catalogue.tokens import new_key

READABLE = (CallState.CLOSED, CallState.DIVIDED)
"""A call that was given up stays sealed, or giving it up would be a way to look."""

REASONS = ("no_time", "no_metal", "not_ours", "too_soon", "too_little", "other")
"""Why a firm cannot make it: choices, so that nobody has to write."""

MOST_DAYS = 730


class Sealed(Exception):
    """The call is open, or was given up: nobody reads its offers."""


class TooLate(Exception):
    """The call no longer takes answers."""


class NotAsked(Exception):
    """The firm stands beside the call, but was not asked."""


class Locked(Exception):
    """The firm answered already, and the office may not change what it said."""


class Incomplete(Exception):
    """Something in the answer is missing or cannot be: `field` says what."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a firm says: pieces (or the call's unit), days of work, the least it makes at a time, charge of one."""

    answer: Answer
    quantity: int = 0
    days: int | None = None
    own_lot: int = 1
    metal_from: MetalFrom | None = None
    charge: Decimal | None = None
    declined_for: str = ""
    note: str = ""


@dataclass(frozen=True)
class Receipt:
    """That an answer arrived, when, and how often the firm has answered. Never what it says."""

    received_at: datetime
    times: int
    is_by_telephone: bool


def is_taking_offers(call: Call, at: datetime) -> bool:
    """Whether members may still answer."""
    return call.state is CallState.OPEN and at < call.closes_at


def take_offer(
    session: Session,
    candidate: Candidate,
    said: Said,
    *,
    at: datetime,
    by: Person | None = None,
    recorded_by: Person | None = None,
) -> Receipt:
    """Take a firm's answer, in place of what it said before. `by` is who of the firm signed in; by link nobody did.

    `recorded_by` wrote it down for a firm that telephoned: once only, and never over the firm's own words. The call
    closes with the last answer. Raises `NotAsked`, `TooLate`, `Incomplete`, `Locked`.
    """
    call = _locked_call(session, candidate)
    if not candidate.is_called:
        raise NotAsked
    if not is_taking_offers(call, at):
        raise TooLate
    whole = _whole(said, call)
    offer = session.get(Offer, candidate.id, populate_existing=True)
    if offer is not None and recorded_by is not None:
        raise Locked
    if offer is None:
        offer = Offer(consortium_id=call.consortium_id, candidate_id=candidate.id, call_id=call.id, times=0)
    _write(offer, whole, at, recorded_by)
    session.add(offer)
    candidate.answered_at = at
    session.flush()
    _log(session, candidate, offer, at=at, by=by, recorded_by=recorded_by)
    receipt = Receipt(at, offer.times, recorded_by is not None)
    close_if_answered(session, call, at=at)
    return receipt


def receipt_of(session: Session, candidate: Candidate) -> Receipt | None:
    """When a firm's answer arrived, for itself and the office; None before it answered."""
    columns = select(Offer.received_at, Offer.times, Offer.recorded_by_id).where(Offer.candidate_id == candidate.id)
    row = session.execute(columns).one_or_none()
    return Receipt(row.received_at, row.times, row.recorded_by_id is not None) if row else None


def opened(session: Session, call: Call, at: datetime) -> Sequence[Offer]:
    """All offers of a call, the only way in which anything reads one. Raises `Sealed` until the call is closed."""
    if call.state not in READABLE and (call.state is CallState.CANCELLED or at < call.closes_at):
        raise Sealed
    query = select(Offer).where(Offer.consortium_id == call.consortium_id, Offer.call_id == call.id)
    candidate = joinedload(Offer.candidate).joinedload(Candidate.member)
    return session.scalars(query.options(candidate).order_by(Offer.candidate_id)).all()


def is_intact(offer: Offer) -> bool:
    """Whether an opened offer is what its seal was made over when it arrived."""
    return offer.seal == _seal(offer)


def _locked_call(session: Session, candidate: Candidate) -> Call:
    """The call as it is now. Its row stays locked, so that it is not closed, nor another answer counted, meanwhile."""
    query = select(Call).where(Call.consortium_id == candidate.consortium_id, Call.id == candidate.call_id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()


def _whole(said: Said, call: Call) -> Said:
    """The answer with nothing in it that its kind has not. Raises `Incomplete`."""
    if said.answer is Answer.NONE:
        if said.declined_for not in REASONS:
            raise Incomplete("declined_for")
        return Said(answer=Answer.NONE, declined_for=said.declined_for, note=said.note)
    quantity = call.quantity if said.answer is Answer.ALL else said.quantity
    is_asked_charge = call.price_rule is PriceRule.SEALED
    wrong = {
        "quantity": not 1 <= quantity <= call.quantity,
        "days": said.days is None or not 1 <= said.days <= MOST_DAYS,
        "own_lot": not 1 <= said.own_lot <= max(quantity, 1),
        "charge": is_asked_charge and (said.charge is None or said.charge <= 0),
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            raise Incomplete(field)
    return Said(
        answer=said.answer,
        quantity=quantity,
        days=said.days,
        own_lot=said.own_lot,
        metal_from=said.metal_from,
        charge=said.charge if is_asked_charge else None,
        note=said.note,
    )


def _write(offer: Offer, said: Said, at: datetime, recorded_by: Person | None) -> None:
    offer.answer, offer.quantity, offer.days, offer.own_lot = said.answer, said.quantity, said.days, said.own_lot
    offer.metal_from, offer.charge = said.metal_from, said.charge
    offer.declined_for, offer.note = said.declined_for, said.note
    offer.received_at, offer.times = at, offer.times + 1
    offer.recorded_by_id = recorded_by.id if recorded_by else None
    offer.salt = new_key()
    offer.seal = _seal(offer)


def _seal(offer: Offer) -> str:
    """The hash over the figures and a random salt: without the salt nobody finds the figures by trying."""
    parts = [
        offer.candidate_id,
        offer.answer,
        offer.quantity,
        offer.days,
        offer.own_lot,
        offer.metal_from or "",
        "" if offer.charge is None else format(offer.charge.normalize(), "f"),
        offer.declined_for,
        offer.note,
        offer.salt,
    ]
    canonical = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _log(
    session: Session, candidate: Candidate, offer: Offer, *, at: datetime, by: Person | None, recorded_by: Person | None
) -> None:
    """The log gets the seal alone: it proves later that nothing was changed, and tells nothing now."""
    someone = recorded_by or by
    log.record(
        session,
        "offer.recorded" if recorded_by else "offer.received",
        candidate.call,
        at=at,
        chain=candidate.consortium_id,
        actor=log.actor_name(someone) if someone else f"member:{candidate.member_id}",
        data={"call": candidate.call_id, "candidate": candidate.id, "seal": offer.seal},
    )
