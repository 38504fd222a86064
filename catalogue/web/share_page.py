"""A member's page of its share, by link or signed in: how much, why, and what the member says to it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import flash, request
from flask_babel import format_date
from flask_babel import gettext as _

from catalogue.accounts.models import Person
from catalogue.extensions import db
from catalogue.routing import shares
from catalogue.routing.division_models import Share
from catalogue.routing.share_lists import is_to_answer
from catalogue.web.clock import now
from catalogue.web.figures import day, money, number, pieces
from catalogue.web.share_form import BackForm, ObjectionForm
from catalogue.web.share_words import why


@dataclass(frozen=True)
class Bar:
    """The member's own work as a bar: where each part begins and ends, in hundredths of its width."""

    earlier: Decimal
    share: Decimal
    free: Decimal
    level: Decimal


@dataclass(frozen=True)
class Sums:
    """Earlier work and this share as they are counted, each in words; `label` reads the bar aloud."""

    earlier: str
    product: str
    value: str
    together: str
    level: str
    is_at_level: bool
    label: str
    bar: Bar


def share_values(share: Share, back: BackForm | None = None, objection: ObjectionForm | None = None) -> dict[str, Any]:
    """All that the page shows."""
    call, given = share.allocation.call, share.quantity + share.handed_back
    in_pieces = {name: pieces(count, call, call.consortium) for name, count in _counts(share).items()}
    return {
        "share": share,
        "call": call,
        "given": given,
        "pieces": in_pieces,
        "offered": share.figures.get("offered"),
        "reasons": why(share),
        "sums": _sums(share) if "start" in share.figures else None,
        "due": format_date(share.due_on, "d MMMM"),
        "held_until": day(share.allocation.held_until),
        "made_on": day(share.made_on),
        "can_take": is_to_answer(share),
        "can_hand_back": share.state in shares.OPEN and share.quantity > 0,
        "back": back or BackForm(quantity=share.quantity),
        "objection": objection or ObjectionForm(),
        "lot_hint": _lot_hint(share),
    }


def answered(share: Share, *, by: Person | None = None) -> dict[str, Any] | None:
    """Do what the member sent; None once it is done, else what the page shows instead, to be sent with 422."""
    acts = {"take": _take, "back": _hand_back, "object": _object}
    act = acts.get(request.form.get("act", ""))
    try:
        return act(share, by) if act else share_values(share)
    except shares.SettledAlready:
        db.session.rollback()
        flash(_("This share was answered before, or its time is over. This is how it stands now."), "error")
        return None


def _take(share: Share, by: Person | None) -> None:
    shares.take(db.session, share, at=now(), by=by)
    flash(_("You have taken the share. The office knows."), "success")


def _hand_back(share: Share, by: Person | None) -> dict[str, Any] | None:
    form = BackForm(request.form)
    if not form.is_right_for(share):
        return share_values(share, back=form)
    shares.hand_back(db.session, share, form.pieces_back, form.reason.data, at=now(), by=by)
    flash(_("Given back. It goes to others, and the office knows."), "success")
    return None


def _object(share: Share, by: Person | None) -> dict[str, Any] | None:
    form = ObjectionForm(request.form)
    if not form.validate():
        return share_values(share, objection=form)
    shares.object_to(db.session, share, form.words.data or "", at=now(), by=by)
    flash(_("The office has what you wrote, and answers you here."), "success")
    return None


def _counts(share: Share) -> dict[str, int]:
    call = share.allocation.call
    return {
        "wanted": call.quantity,
        "again": share.allocation.quantity,
        "given": share.quantity + share.handed_back,
        "share": share.quantity,
        "back": share.handed_back,
    }


def _lot_hint(share: Share) -> str:
    call = share.allocation.call
    if call.lot == 1:
        return ""
    return _("In whole lots of %(lot)s, or all.", lot=pieces(call.lot, call, call.consortium))


def _sums(share: Share) -> Sums:
    """Earlier work, this share and the level, by unit of weight, as the division counted them."""
    currency = share.allocation.call.consortium.currency
    figure = {key: Decimal(str(share.figures[key])) for key in ("start", "step", "level", "charge", "weight")}
    given = share.quantity + share.handed_back
    value = figure["step"] * given
    together = figure["start"] + value
    room = max(0, int(share.figures["offered"]) - int(share.figures["held"]) - given)
    said = {
        "earlier": money(figure["start"], currency),
        "value": money(value, currency),
        "together": money(together, currency),
        "level": money(figure["level"], currency),
    }
    return Sums(
        **said,
        product=_product(given, figure["charge"], figure["weight"], currency),
        is_at_level=together == figure["level"],
        label=_label(said, is_at_level=together == figure["level"]),
        bar=_bar(figure["start"], value, figure["step"] * room, figure["level"]),
    )


def _product(given: int, charge: Decimal, weight: Decimal, currency: str) -> str:
    times = f"{number(given)}\u00a0×\u00a0{money(charge, currency)}"
    return times if weight == 1 else f"{times}\u00a0÷\u00a0{number(weight)}"


def _label(said: dict[str, str], *, is_at_level: bool) -> str:
    if is_at_level:
        return _("Earlier work %(earlier)s, this share %(value)s, together %(together)s, which is the level.", **said)
    return _("Earlier work %(earlier)s, this share %(value)s, together %(together)s. The level is %(level)s.", **said)


def _bar(earlier: Decimal, value: Decimal, free: Decimal, level: Decimal) -> Bar:
    whole = max(earlier + value + free, level) * Decimal("1.02") or Decimal(1)
    parts = [round(part * 100 / whole, 1) for part in (earlier, value, free, level)]
    return Bar(*parts)
