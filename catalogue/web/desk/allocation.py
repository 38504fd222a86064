"""Dividing a call: the proposal as a picture, confirming it, what was confirmed, asking more makers, awarding."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from catalogue.consortia import interests
from catalogue.consortia.interest_models import SHUTTING_OUT, Interest
from catalogue.extensions import db
from catalogue.routing import award, calls, dividing, handing_over, ledger
from catalogue.routing.awarding import AwardedAlready, NotAllTaken, NothingTaken, waiting_shares
from catalogue.routing.call_terms import terms_of
from catalogue.routing.closing import is_over
from catalogue.routing.dividing import DividedAlready, NothingToDivide, Proposal
from catalogue.routing.division_models import Allocation, AllocationState, Share, ShareState
from catalogue.routing.drafting import drafted
from catalogue.routing.makers import Eligibility
from catalogue.routing.models import Call, CallState
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.allocation_page import evenness_of, shown
from catalogue.web.desk.beside import desk_page
from catalogue.web.figures import pieces
from catalogue.web.language import language
from catalogue.web.loaders import call_at
from catalogue.web.moments import moment
from catalogue.web.signed_in import signed_in

SHARE_STATES = {
    ShareState.TOLD: (_l("told"), "wait"),
    ShareState.TAKEN: (_l("takes it"), "ok"),
    ShareState.HANDED_BACK: (_l("handed back"), "new"),
    ShareState.LAPSED: (_l("no answer in time"), "new"),
    ShareState.AWARDED: (_l("awarded"), "ok"),
    ShareState.MADE: (_l("made"), "ok"),
}


@blueprint.get("/<slug>/calls/<number>/shares", endpoint="allocation")
@requires("allocation.read", load=call_at)
def show_allocation(call: Call) -> Any:
    """What is to be divided, as the rule would divide it; else what was confirmed last."""
    at = now()
    handing_over.check(db.session, call.inquiry, signed_in())
    if not is_over(call, at) or call.state is CallState.CANCELLED:
        return _to_call(call)
    try:
        return _proposal_page(call, dividing.propose(db.session, call, at=at), at)
    except NothingToDivide:
        found = dividing.current_round(db.session, call)
        return _confirmed_page(call, found, at) if found else _to_call(call)


@blueprint.post("/<slug>/calls/<number>/shares/confirm", endpoint="confirm_allocation")
@requires("allocation.confirm", load=call_at)
def confirm_allocation(call: Call) -> Response:
    """Confirm what the page showed: if the rule gives something else by now, it is shown anew."""
    try:
        found = dividing.confirm(db.session, call, seen=request.form.get("seen", ""), by=signed_in(), at=now())
    except (DividedAlready, dividing.ChangedMeanwhile) as refusal:
        return refused(call, refusal)
    return confirmed(call, found)


@blueprint.post("/<slug>/calls/<number>/shares/award", endpoint="award_allocation")
@requires("allocation.award", load=call_at)
def award_allocation(call: Call) -> Response:
    """Award what was taken, in every round: of an order that was divided again all is awarded together."""
    address = url_for("desk.allocation", slug=call.consortium.slug, number=call.number)
    rounds = confirmed_rounds(call)
    waiting = [share for each in rounds for share in waiting_shares(each)]
    if waiting:
        return _undone(address, _not_yet(waiting))
    try:
        done = sum(_awarded(each) for each in rounds)
    except NotAllTaken as refusal:
        return _undone(address, _not_yet(refusal.shares))
    except AwardedAlready:
        return _undone(address, _("Somebody was a moment before you. This is how it stands now."))
    if not done:
        return _undone(address, _("Nobody has taken a share, so there is nothing to award."))
    flash(_("Awarded. The workshops can begin."), "success")
    return redirect(address, 303)


def confirmed_rounds(call: Call) -> list[Allocation]:
    """The divisions of a call that are confirmed and not awarded yet."""
    found = ledger.allocations_of(db.session, [call.id])
    return [each for each in found if each.state is AllocationState.CONFIRMED]


def _awarded(allocation: Allocation) -> bool:
    try:
        award(db.session, allocation, now(), by=signed_in())
    except NothingTaken:
        return False
    return True


def _not_yet(shares: Sequence[Share]) -> str:
    names = ", ".join(share.member.name.in_(language()) for share in shares)
    return _("Not yet: %(names)s have not answered.", names=names)


@blueprint.post("/<slug>/calls/<number>/shares/ask-more", endpoint="ask_more_makers")
@requires("call.send", load=call_at)
def ask_more_makers(call: Call) -> Response:
    """Call once more for what nobody makes, on the same terms and under the same by-laws: everybody who can make it."""
    at, quantity = now(), left_over(call)
    address = url_for("desk.allocation", slug=call.consortium.slug, number=call.number)
    can = who_can(call, quantity, at)
    try:
        again = calls.call_again(
            db.session, call, quantity, asked=[each.member.id for each in can], left_out={}, by=signed_in(), at=at
        )
    except (calls.CalledBefore, calls.NobodyAsked, calls.CannotBeCalled, calls.CannotMakeIt):
        return _undone(address, _("This cannot be asked again now. This is how it stands."))
    flash(_("Asked again. Members are told now."), "success")
    return redirect(url_for("desk.call", slug=call.consortium.slug, number=again.number), 303)


def left_over(call: Call) -> int:
    """How many of a divided call nobody makes, in all its rounds; 0 where they were called again."""
    found = db.session.scalars(calls.calls_of_line(call.line)).all()
    if any(each.id > call.id and each.state is not CallState.CANCELLED for each in found):
        return 0
    return sum(each.unfilled for each in ledger.allocations_of(db.session, [call.id]))


def who_can(call: Call, quantity: int, at: datetime) -> list[Eligibility]:
    """Who can be asked for so many more."""
    if not quantity:
        return []
    found = calls.candidates_for(db.session, call.line, terms_of(call, quantity), at=at)
    return [each for each in found if each.is_eligible]


def confirmed(call: Call, allocation: Allocation) -> Response:
    """Lead to what was confirmed."""
    told = sum(1 for share in allocation.shares if share.quantity)
    words = ngettext("Confirmed. %(num)s member has a share.", "Confirmed. %(num)s members have a share.", told)
    flash(words, "success")
    return redirect(url_for("desk.allocation", slug=call.consortium.slug, number=call.number), 303)


def refused(call: Call, refusal: Exception) -> Response:
    """Undo, and say who was first or that the figures have changed."""
    address = url_for("desk.allocation", slug=call.consortium.slug, number=call.number)
    found = refusal.allocation if isinstance(refusal, DividedAlready) else None
    if found is not None:
        who = found.confirmed_by.name if found.confirmed_by else _("the site")
        words = _("%(name)s confirmed it a moment before you, %(when)s.", name=who, when=moment(found.confirmed_at))
    elif isinstance(refusal, DividedAlready):
        words = _("Somebody was a moment before you. This is how it stands now.")
    else:
        words = _("Nothing was confirmed: figures have changed since you opened the page. Look at the shares again.")
    return _undone(address, words)


def ties_of(call: Call, at: datetime) -> list[Interest]:
    """What ties whoever is signed in to those beside the call."""
    keys = [each.member_id for each in call.candidates if each.is_called or each.left_out_reason]
    return interests.holding(
        db.session, call.consortium, signed_in(), keys, day=interests.day_of(at), since=interests.day_of(call.sent_at)
    )


def _undone(address: str, words: str) -> Response:
    db.session.rollback()
    flash(words, "error")
    return redirect(address, 303)


def _to_call(call: Call) -> Response:
    return redirect(url_for("desk.call", slug=call.consortium.slug, number=call.number), 303)


def _proposal_page(call: Call, proposal: Proposal, at: datetime) -> str:
    draft = drafted(proposal, {}, by=signed_in(), at=at)
    ties = ties_of(call, at)
    return desk_page(
        "desk/allocation.html",
        call.consortium,
        "calls",
        proposal=proposal,
        evenness=evenness_of(proposal),
        ties=ties,
        is_shut_out=any(tie.kind in SHUTTING_OUT for tie in ties),
        checked=_checked(draft),
        **shown(call, draft),
    )


def _confirmed_page(call: Call, allocation: Allocation, at: datetime) -> str:
    left = left_over(call)
    ties = ties_of(call, at)
    rounds = confirmed_rounds(call)
    taken = [share for each in rounds for share in each.shares if share.state is ShareState.TAKEN and share.quantity]
    return desk_page(
        "desk/allocation.html",
        call.consortium,
        "calls",
        proposal=None,
        evenness=(),
        ties=ties,
        is_shut_out=any(tie.kind in SHUTTING_OUT for tie in ties),
        checked=_checked(allocation),
        rounds=ledger.allocations_of(db.session, [call.id]),
        waiting=[share for each in rounds for share in waiting_shares(each)],
        can_award=bool(taken),
        left=pieces(left, call, call.consortium) if left else "",
        who_can=", ".join(each.member.name.in_(language()) for each in who_can(call, left, at)),
        share_states=SHARE_STATES,
        **shown(call, allocation),
    )


def _checked(allocation: Allocation) -> list[str] | None:
    """What does not agree when it is worked out again; None until somebody asks for it."""
    return ledger.disagreements(allocation) if request.args.get("again") else None
