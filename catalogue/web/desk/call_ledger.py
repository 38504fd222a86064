"""The ledger on a page: how each call was divided, on what grounds, and whether it all still agrees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.routing import handing_over, looking, proving
from catalogue.routing.allocation import Candidate, Portion
from catalogue.routing.division_models import Allocation
from catalogue.routing.ledger import allocations_of, recorded
from catalogue.routing.models import Call, CallState
from catalogue.routing.naming import letter
from catalogue.routing.proposing import counted
from catalogue.web.access import may, requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.figures import days, money, number, pieces
from catalogue.web.language import language
from catalogue.web.loaders import call_at, consortium_at
from catalogue.web.moments import moment
from catalogue.web.signed_in import signed_in

MOST_CALLS = 100

ACTS = {
    "call.sent": _l("the makers were asked"),
    "call.closed": _l("the call closed"),
    "call.cancelled": _l("the call was given up"),
    "candidate.told": _l("a member was told"),
    "candidate.link_replaced": _l("a member's link was replaced"),
    "offer.received": _l("an answer came, under seal"),
    "offer.recorded": _l("an answer was written down by telephone"),
    "allocation.confirmed": _l("the division was confirmed"),
    "allocation.awarded": _l("the work was awarded"),
    "allocation.lapsed": _l("shares lapsed unanswered"),
    "share.taken": _l("a share was taken"),
    "share.handed_back": _l("a part was handed back"),
    "share.objected": _l("a member does not agree"),
    "share.objection_answered": _l("the office answered a member"),
    "share.made": _l("a share is made"),
}

REASONS = {
    "declined": _l("cannot make it"),
    "no_answer": _l("no answer"),
    "handed_back": _l("gave back a part"),
    "left_out": _l("not asked"),
    "late": _l("too late"),
    "band": _l("charge above the band"),
    "no_capacity": _l("no free days"),
    "offer": _l("all that it offered"),
    "capacity": _l("all that it has free"),
    "lots": _l("whole lots"),
    "first_claim": _l("the maker comes first"),
    "one_hand": _l("one hand only"),
    "turn": _l("goes whole, in turn"),
    "level": _l("the fair level"),
    "own_lot": _l("its own least lot"),
    "smallest": _l("the smallest share"),
    "makers": _l("enough makers"),
}


@dataclass(frozen=True)
class Round:
    """One division as it is kept: a row a member, and what a manager changed."""

    allocation: Allocation
    rows: Sequence[Sequence[Any]]
    changes: Sequence[str]


@blueprint.get("/<slug>/ledger", endpoint="ledger")
@requires("ledger.read", load=consortium_at)
def show_ledger(consortium: Consortium) -> Any:
    """The calls that were divided, the newest first; a deputy sees those that were handed over."""
    if away := _to_the_operators_page(consortium):
        return away
    query = select(Call).where(Call.consortium_id == consortium.id, Call.state == CallState.DIVIDED)
    query = query.options(joinedload(Call.consortium)).order_by(Call.id.desc()).limit(MOST_CALLS)
    if not handing_over.is_manager(db.session, consortium.id, signed_in()) and may("call.list", consortium):
        query = query.where(Call.inquiry_id.in_(handing_over.inquiries_taken_by(db.session, consortium, signed_in())))
    divided = db.session.scalars(query).all()
    return desk_page("desk/ledger.html", consortium, _place(consortium), calls=divided, amount=_amount)


@blueprint.get("/<slug>/calls/<number>/ledger", endpoint="call_ledger")
@requires("ledger.read", load=call_at)
def show_call_ledger(call: Call) -> Any:
    """One call, worked out again. Who may not read names reads letters."""
    if away := _to_the_operators_page(call.consortium):
        return away
    at = now()
    if may("allocation.read", call):
        handing_over.check(db.session, call.inquiry, signed_in())
    names = _names(call)
    return desk_page(
        "desk/call_ledger.html",
        call.consortium,
        _place(call.consortium),
        call=call,
        amount=_amount,
        reads_reasons=_reads_names(call),
        rounds=[_round(call, each, names) for each in allocations_of(db.session, [call.id])],
        entries=[(each.seq, moment(each.at), _act(each.action), each.hash[:12]) for each in _entries(call)],
        faults=proving.faults_of(db.session, call, at) if call.state is CallState.DIVIDED else None,
    )


def _entries(call: Call) -> Sequence[Any]:
    return proving.entries_of(db.session, call)


def _place(consortium: Consortium) -> str:
    """Who divides finds it beside the calls; who only reads has a place of its own for it."""
    return "calls" if may("call.list", consortium) else "ledger"


def _act(action: str) -> str:
    return str(ACTS.get(action, action))


def _amount(call: Call) -> str:
    return pieces(call.quantity, call, call.consortium)


def _to_the_operators_page(consortium: Consortium) -> Any:
    """The operator reads it within the hour after a look was written down, which the members read; None for others."""
    if may("desk.read", consortium) or may("call.list", consortium):
        return None
    if looking.is_noted(db.session, consortium, by=signed_in(), at=now()):
        return None
    return redirect(url_for("operator.fairness_of", slug=consortium.slug), 303)


def _reads_names(call: Call) -> bool:
    """Whoever divides does; who only reads, where the members decided so. Reasons are words that may name a firm."""
    return may("allocation.read", call) or call.by_laws.observers_read_names


def _names(call: Call) -> Mapping[int, str]:
    """Names for whoever divides; letters for who only reads, unless the members decided on names."""
    beside = sorted(call.candidates, key=lambda each: each.link_key)  # an order that tells of no firm
    if _reads_names(call):
        return {each.member_id: each.member.name.in_(language()) for each in beside}
    return {each.member_id: _("Member %(letter)s", letter=letter(place)) for place, each in enumerate(beside)}


def _round(call: Call, allocation: Allocation, names: Mapping[int, str]) -> Round:
    kept = recorded(allocation)
    changed = {each["member"]: each["to"] for each in allocation.overrides}
    pairs = zip(kept.candidates, kept.division.portions, strict=True)
    # All may read in the by-laws which firm has which weight: beside a letter it would be that firm's name.
    has_weights = _reads_names(call) or len({each.weight for each in kept.candidates}) <= 1
    rows = [
        _row(
            call,
            names,
            candidate,
            portion,
            changed,
            earlier=_earlier(call, candidate, counted(kept.rules, kept.division, candidate)),
            has_weight=has_weights,
        )
        for candidate, portion in pairs
    ]
    changes = [_change(each, names[each["member"]], has_reason=_reads_names(call)) for each in allocation.overrides]
    return Round(allocation, sorted(rows, key=lambda row: str(row[0])), changes)


def _change(override: Mapping[str, Any], name: str, *, has_reason: bool) -> str:
    said = {"name": name, "before": number(override["from"]), "after": number(override["to"])}
    if not has_reason:
        return _("%(name)s: %(before)s by the rule, set to %(after)s.", **said)
    return _("%(name)s: %(before)s by the rule, set to %(after)s. “%(reason)s”", reason=override["reason"], **said)


def _earlier(call: Call, candidate: Candidate, counts: Decimal) -> str:
    """Earlier work; and, where the by-laws let only a part of it count, the amount that counts."""
    currency = call.consortium.currency
    own = _("new") if candidate.history is None else money(candidate.history, currency)
    counts_as = money(counts * candidate.weight, currency)
    if own == counts_as:
        return own
    return Markup("%s<br><small>%s</small>") % (own, _("counts as %(amount)s", amount=counts_as))


def _row(
    call: Call,
    names: Mapping[int, str],
    candidate: Candidate,
    portion: Portion,
    changed: Mapping[int, int],
    *,
    earlier: str,
    has_weight: bool,
) -> Sequence[Any]:
    currency = call.consortium.currency
    share = changed.get(candidate.member, portion.quantity)
    return (
        names[candidate.member],
        number(candidate.weight) if has_weight else "–",
        earlier,
        number(candidate.offered),
        days(candidate.days),
        number(candidate.capacity) if candidate.capacity is not None else "–",
        money(candidate.charge, currency),
        Markup("<b>%s</b>") % escape(number(share)),
        str(REASONS.get(portion.reason, portion.reason)),
    )
