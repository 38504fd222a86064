"""Changing shares of a proposal: each with its reason, and what it does to fairness, before anything is confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from catalogue.extensions import db
from catalogue.routing import dividing
from catalogue.routing.closing import check, is_over
from catalogue.routing.dividing import CannotOverride, DividedAlready, NothingToDivide, Proposal
from catalogue.routing.drafting import Override, drafted
from catalogue.routing.models import Call, CallState
from catalogue.routing.proposing import Proposed
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.allocation import confirmed, refused
from catalogue.web.desk.allocation_page import evenness_of, shown
from catalogue.web.desk.beside import desk_page
from catalogue.web.fields import AtMost, LineField, QuantityField
from catalogue.web.figures import number, pieces
from catalogue.web.loaders import call_at
from catalogue.web.signed_in import signed_in

LONGEST = 300


class NoneOrMore(QuantityField):
    """How many: a whole number, nought too."""

    def meant(self, typed: str) -> int:
        return 0 if typed.strip() in {"0", "໐"} else super().meant(typed)


class ShareForm(FlaskForm):
    """One member's share, and why it is another one than the rule gives."""

    class Meta:
        """The page's own form carries the token."""

        csrf = False

    quantity = NoneOrMore(_l("Share"))
    reason = LineField(_l("Reason, which all members read"), [AtMost(LONGEST)])


@dataclass(frozen=True)
class Line:
    """A member's share by the rule, and the form in which it can be changed."""

    proposed: Proposed
    form: ShareForm
    by_rule: str
    offered: str

    @property
    def is_changed(self) -> bool:
        """Whether the form says another share than the rule."""
        return self.form.quantity.data is not None and self.form.quantity.data != self.proposed.portion.quantity


@blueprint.get("/<slug>/calls/<number>/shares/change", endpoint="change_shares")
@requires("allocation.override", load=call_at)
def change_shares(call: Call) -> Any:
    """Every share by the rule, to be changed."""
    at = now()
    if not is_over(call, at) or call.state is CallState.CANCELLED:
        return redirect(url_for("desk.call", slug=call.consortium.slug, number=call.number), 303)
    check(db.session, call, signed_in(), unchanged=False, at=at)
    try:
        proposal = dividing.propose(db.session, call, at=at)
    except NothingToDivide:
        return _to_shares(call)
    return _page(call, proposal, _lines(proposal, is_sent=False), {}, at)


@blueprint.post("/<slug>/calls/<number>/shares/change", endpoint="confirm_changed_shares")
@requires("allocation.override", load=call_at)
def confirm_changed_shares(call: Call) -> Any:
    """Show what the changes do, or (button "confirm") confirm them; what cannot be is said beside its field."""
    at, by = now(), signed_in()
    check(db.session, call, by, unchanged=False, at=at)
    try:
        proposal = dividing.propose(db.session, call, at=at)
    except NothingToDivide:
        return refused(call, DividedAlready(dividing.current_round(db.session, call)))
    lines = _lines(proposal, is_sent=True)
    wrong = sum(not line.form.validate() for line in lines)  # each says its own, not the first alone
    overrides = _overrides(lines)
    changed = dividing.propose(
        db.session, call, overrides={key: each.quantity for key, each in overrides.items()}, at=at
    )
    if wrong or not _can_be(changed, overrides, lines):
        return _page(call, changed, lines, overrides, at), 422
    if "confirm" not in request.form:
        return _page(call, changed, lines, overrides, at)
    try:
        seen = request.form.get("seen", "")
        found = dividing.confirm(db.session, call, overrides=overrides, seen=seen, by=by, at=at)
    except (DividedAlready, dividing.ChangedMeanwhile) as refusal:
        return refused(call, refusal)
    return confirmed(call, found)


def _lines(proposal: Proposal, *, is_sent: bool) -> Sequence[Line]:
    call = proposal.call
    return [
        Line(
            proposed=each,
            form=_form(each, is_sent=is_sent),
            by_rule=number(each.portion.quantity),
            offered=pieces(each.candidate.unused_offer, call, call.consortium),
        )
        for each in proposal.shares
        if each.candidate.unused_offer
    ]


def _form(proposed: Proposed, *, is_sent: bool) -> ShareForm:
    prefix = proposed.asked.public_id
    if is_sent:
        return ShareForm(prefix=prefix)
    return ShareForm(prefix=prefix, formdata=None, data={"quantity": proposed.portion.quantity})


def _overrides(lines: Sequence[Line]) -> dict[int, Override]:
    return {
        line.proposed.candidate.member: Override(line.form.quantity.data or 0, line.form.reason.data or "")
        for line in lines
        if line.is_changed
    }


def _can_be(proposal: Proposal, overrides: Mapping[int, Override], lines: Sequence[Line]) -> bool:
    """Whether the changes can be confirmed; else why not stands beside the field."""
    try:
        dividing.check_overrides(proposal, overrides)
    except CannotOverride as refusal:
        line = next((each for each in lines if each.proposed.candidate.member == refusal.member), None)
        line = line or next(each for each in lines if each.is_changed)
        field = line.form.reason if refusal.code == "reason" else line.form.quantity
        field.errors = [_why_not(refusal, proposal.call)]
        return False
    return True


def _why_not(refusal: CannotOverride, call: Call) -> str:
    most = pieces(refusal.most, call, call.consortium)
    if refusal.code == "reason":
        return _("Write why: all members read it")
    if refusal.code == "offer":
        return _("It offered %(most)s: nobody gets more than it offered", most=most)
    return _("All shares together are more than the %(most)s to divide", most=most)


def _page(
    call: Call, proposal: Proposal, lines: Sequence[Line], overrides: Mapping[int, Override], at: datetime
) -> str:
    draft = drafted(proposal, overrides, by=signed_in(), at=at)
    return desk_page(
        "desk/allocation_change.html",
        call.consortium,
        "calls",
        proposal=proposal,
        lines=lines,
        overrides=overrides,
        token=FlaskForm(),
        problems=[(field.id, field.errors[0]) for line in lines for field in line.form if field.errors],
        evenness=evenness_of(proposal),
        **shown(call, draft),
    )


def _to_shares(call: Call) -> Response:
    return redirect(url_for("desk.allocation", slug=call.consortium.slug, number=call.number), 303)
