"""What the log tells of a call, its divisions and their shares, compared with the rows that are kept of them."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.activity.models import Entry
from catalogue.consortia.by_law_values import seal_of
from catalogue.routing.division_models import Allocation, Share, ShareState
from catalogue.routing.models import Call
from catalogue.routing.seals import seal_of_call, seal_of_division
from catalogue.routing.shares import value_of

CONFIRMED = "allocation.confirmed"
A_TRIFLE = Decimal("0.001")  # what keeping four decimals may take away
OF_SHARES = {"allocation.lapsed": ShareState.LAPSED, "allocation.awarded": ShareState.AWARDED}
ENDS = ("call.closed", "call.cancelled")
OF_ONE = {"share.taken": ShareState.TAKEN, "share.made": ShareState.MADE}


def call_faults(call: Call, entries: Sequence[Entry]) -> list[str]:
    """The call as it was sent and closed; entries from before calls were sealed hold no seal."""
    sent = _first(entries, f"call:{call.id}", "call.sent")
    if sent is None:
        return []
    called = {each.member_id for each in call.candidates if each.is_called}
    left_out = {each.member_id for each in call.candidates if each.left_out_reason}
    found = {
        "the call was changed after it was sent": sent.data.get("seal", seal_of_call(call)) != seal_of_call(call),
        "other members were asked than the log tells": called != set(sent.data.get("asked", called)),
        "other members were left out than the log tells": left_out != set(sent.data.get("left_out", left_out)),
        "the by-laws of the call were changed": call.by_laws.seal not in ("", seal_of(call.by_laws)),
        "it was closed otherwise than the log tells": not _is_closed_so(call, entries),
    }
    return [words for words, is_wrong in found.items() if is_wrong]


def missing_divisions(session: Session, call: Call, found: Sequence[Allocation]) -> list[str]:
    """Divisions that the log tells of and that are not there any more."""
    query = select(Entry).where(Entry.chain == call.consortium_id, Entry.action == CONFIRMED).order_by(Entry.seq)
    kept = {f"allocation:{each.id}" for each in found}
    gone = [each for each in session.scalars(query) if each.data.get("call") == call.id and each.subject not in kept]
    return [f"round {entry.data.get('round')}: the division that the log tells of is gone" for entry in gone]


def division_faults(allocation: Allocation, entries: Sequence[Entry]) -> list[str]:
    """The division as it was confirmed, and what became of its shares since."""
    told = _first(entries, f"allocation:{allocation.id}", CONFIRMED)
    seal = told.data.get("seal") if told else None
    is_changed = seal is not None and seal != seal_of_division(allocation)
    faults = [f"round {allocation.round}: it was changed after it was confirmed"] if is_changed else []
    shares = [share for share in allocation.shares if not _is_as_told(share, entries)]
    return faults + [f"round {allocation.round}: the log tells otherwise of member {each.member_id}" for each in shares]


def _is_closed_so(call: Call, entries: Sequence[Entry]) -> bool:
    """How it closed, and the reason that stands with its end: giving it up has the last word."""
    closed = _first(entries, f"call:{call.id}", "call.closed")
    ends = [each for each in entries if each.subject == f"call:{call.id}" and each.action in ENDS]
    said = ends[-1].said.text if ends and ends[-1].said else call.closed_reason
    return call.closed_how == (closed.data.get("how") if closed else None) and call.closed_reason == said


def _is_as_told(share: Share, entries: Sequence[Entry]) -> bool:
    """Whether the state of a share, what was handed back, the day it was made and its worth follow from the log."""
    state, back, made_on = ShareState.TOLD, 0, None
    for entry in entries:
        if entry.action in OF_SHARES and share.id in entry.data.get("shares", ()):
            state = OF_SHARES[entry.action]
        elif entry.subject == f"share:{share.id}":
            state = _after(state, entry)
            back += entry.data["quantity"] if entry.action == "share.handed_back" else 0
            made_on = entry.data["on"] if entry.action == "share.made" else made_on
    kept_made_on = share.made_on.isoformat() if share.made_on else None
    is_worth = abs(share.value - value_of(share, share.quantity)) < A_TRIFLE
    return (share.state, share.handed_back, kept_made_on, is_worth) == (state, back, made_on, True)


def _after(state: ShareState, entry: Entry) -> ShareState:
    if entry.action == "share.handed_back":
        return ShareState.TAKEN if entry.data["left"] else ShareState.HANDED_BACK
    return OF_ONE.get(entry.action, state)


def _first(entries: Sequence[Entry], subject: str, action: str) -> Entry | None:
    return next((each for each in entries if each.subject == subject and each.action == action), None)
