"""Proving a call: whether offers, divisions, shares and log, as they are kept, agree with one another and the rule."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.activity.models import Entry
from catalogue.inquiries.models import Inquiry
from catalogue.routing.division_models import Allocation
from catalogue.routing.ledger import allocations_of, disagreements
from catalogue.routing.models import Call, Offer
from catalogue.routing.offers import Sealed, is_intact, opened
from catalogue.routing.traces import call_faults, division_faults, missing_divisions

RECEIVED = ("offer.received", "offer.recorded")


def calls_named(session: Session, number: str) -> Sequence[Call]:
    """The call of this number, or all calls of the inquiry of this number, the first sent first."""
    query = select(Call).join(Inquiry, Inquiry.id == Call.inquiry_id)
    return session.scalars(query.where((Call.number == number) | (Inquiry.number == number)).order_by(Call.id)).all()


def entries_of(session: Session, call: Call) -> Sequence[Entry]:
    """What the log says of a call, of who was asked, of its divisions and its shares, in its order."""
    found = allocations_of(session, [call.id])
    names = [f"call:{call.id}", *(f"candidate:{each.id}" for each in call.candidates)]
    for allocation in found:
        names += [f"allocation:{allocation.id}", *(f"share:{share.id}" for share in allocation.shares)]
    query = select(Entry).where(Entry.chain == call.consortium_id, Entry.subject.in_(names))
    return session.scalars(query.order_by(Entry.seq)).all()


def offers_of(session: Session, call: Call, at: datetime) -> Sequence[Offer] | None:
    """The offers of a call; None while they are sealed."""
    try:
        return opened(session, call, at)
    except Sealed:
        return None


def faults_of(session: Session, call: Call, at: datetime) -> list[str]:
    """What does not agree, a sentence each; empty where everything does."""
    entries = entries_of(session, call)
    opened_offers = offers_of(session, call, at)
    offers = opened_offers or ()
    found = allocations_of(session, [call.id])
    faults = [*_seed_faults(session, call), *call_faults(call, entries), *missing_divisions(session, call, found)]
    faults += _offer_faults(offers, entries)
    faults += _gone_offers(call, offers, entries) if opened_offers is not None else []
    for allocation in found:
        faults += [f"round {allocation.round}: {what} does not agree" for what in disagreements(allocation)]
        faults += _input_faults(allocation, offers)
        faults += _log_faults(allocation, entries)
        faults += division_faults(allocation, entries)
    return faults


def _seed_faults(session: Session, call: Call) -> list[str]:
    """The seed is the head of the log when the first call for this line was sent: an entry older than that call."""
    first = session.scalar(select(Call).where(Call.line_id == call.line_id).order_by(Call.id).limit(1)) or call
    entries = select(Entry.seq).where(Entry.chain == call.consortium_id)
    sent = session.scalar(entries.where(Entry.subject == f"call:{first.id}", Entry.action == "call.sent"))
    if sent is None:
        return ["the log does not tell of the call"]
    seed = session.scalar(entries.where(Entry.hash == call.seed)) if call.seed else 0
    return [] if seed is not None and seed < sent else ["the seed is no head of the log from before the call"]


def _offer_faults(offers: Sequence[Offer], entries: Sequence[Entry]) -> list[str]:
    """Each offer is what its seal was made over, and the log has that seal from when it came in last."""
    last = {entry.data["candidate"]: entry.data["seal"] for entry in entries if entry.action in RECEIVED}
    broken = [offer for offer in offers if not is_intact(offer) or last.get(offer.candidate_id) != offer.seal]
    return [f"the offer of member {offer.candidate.member_id} was changed after it was received" for offer in broken]


def _gone_offers(call: Call, offers: Sequence[Offer], entries: Sequence[Entry]) -> list[str]:
    """Every offer that the log tells of is there."""
    told = {entry.data["candidate"] for entry in entries if entry.action in RECEIVED}
    gone = told - {offer.candidate_id for offer in offers}
    return [f"the offer of member {each.member_id} is gone" for each in call.candidates if each.id in gone]


def _input_faults(allocation: Allocation, offers: Sequence[Offer]) -> list[str]:
    """The division was made from the offers as they came."""
    offered = {offer.candidate.member_id: (offer.quantity, offer.days) for offer in offers}
    wrong = [
        row["member"]
        for row in allocation.inputs.get("candidates", [])
        if (row["offered"], row["days"]) != offered.get(row["member"], (0, None))
    ]
    return [f"round {allocation.round}: member {member} offered something else" for member in wrong]


def _log_faults(allocation: Allocation, entries: Sequence[Entry]) -> list[str]:
    """The log tells of the confirmation and of every share that was changed."""
    name = f"allocation:{allocation.id}"
    told = [entry for entry in entries if entry.subject == name and entry.action == "allocation.confirmed"]
    if len(told) != 1:
        return [f"round {allocation.round}: the log tells {len(told)} times that it was confirmed"]
    members = {share.id: share.member_id for share in allocation.shares}
    logged = {members.get(key) for key in told[0].data.get("overrides", [])}
    kept = {each["member"] for each in allocation.overrides}
    return [] if logged == kept else [f"round {allocation.round}: the log tells of other changes than are kept"]
