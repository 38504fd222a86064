"""An inquiry that a manager may not decide: who may, handing it over, taking it over; the deputy's own list."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from catalogue.accounts.models import Person
from catalogue.consortia import interests
from catalogue.consortia.interest_models import Interest
from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries.models import Inquiry, InquiryLine
from catalogue.routing import handing_over
from catalogue.routing.call_reading import newest_calls
from catalogue.routing.handing_models import HandOver
from catalogue.routing.models import Call
from catalogue.web.access import may, requires
from catalogue.web.clock import now
from catalogue.web.departure_words import tie_words
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.loaders import consortium_at, inquiry_at
from catalogue.web.moments import moment
from catalogue.web.signed_in import signed_in


@dataclass(frozen=True)
class Handed:
    """One inquiry that was handed over, with its lines and their calls, as the list shows it."""

    over: HandOver
    lines: list[tuple[InquiryLine, Call | None]]
    is_mine: bool
    can_take: bool


@blueprint.get("/<slug>/handed-over", endpoint="handed_over")
@requires("call.list", load=consortium_at)
def show_handed_over(consortium: Consortium) -> Any:
    """Every inquiry that was handed over: those that wait for somebody first."""
    found = handing_over.handed_over(db.session, consortium)
    rows = sorted(map(_handed, found), key=lambda row: (row.over.taken_by_id is not None, -row.over.id))
    return desk_page("desk/handed_over.html", consortium, _place(consortium), rows=rows, form=FlaskForm())


@blueprint.get("/<slug>/inquiries/<inquiry_id>/hand-over", endpoint="hand_over")
@requires("routing.take_over", load=inquiry_at)
def show_hand_over(inquiry: Inquiry) -> Any:
    """Why somebody else decides, who can, and from when."""
    consortium, me, over = inquiry.consortium, signed_in(), handing_over.hand_over_of(db.session, inquiry)
    asked_at, besides = (over.asked_at, over.asked_by or me) if over else (now(), me)
    return desk_page(
        "desk/hand_over.html",
        consortium,
        _place(consortium),
        inquiry=inquiry,
        row=_handed(over) if over else None,
        ties=_ties_of(consortium, me),
        tie_words=tie_words,
        stands_in=handing_over.who_stands_in(db.session, consortium, besides, asked_at=asked_at),
        form=FlaskForm(),
    )


@blueprint.post("/<slug>/inquiries/<inquiry_id>/hand-over", endpoint="hand_over_now")
@requires("routing.hand_over", load=inquiry_at)
def hand_over(inquiry: Inquiry) -> Response:
    """Give it out of one's hands: the others are told by letter."""
    over = handing_over.hand_over(db.session, inquiry, by=signed_in(), at=now())
    flash(
        _(
            "Handed over. Another manager may take it at once, the deputy from %(moment)s.",
            moment=moment(over.deputy_at),
        ),
        "success",
    )
    return redirect(_address(inquiry), 303)


@blueprint.post("/<slug>/inquiries/<inquiry_id>/take-over", endpoint="take_over")
@requires("routing.take_over", load=inquiry_at)
def take_over(inquiry: Inquiry) -> Response:
    """Take it into one's hands."""
    over = handing_over.hand_over_of(db.session, inquiry)
    address = _address(inquiry)
    if over is None:
        flash(_("This inquiry was not handed over."), "error")
        return redirect(address, 303)
    try:
        handing_over.take_over(db.session, over, by=signed_in(), at=now())
    except handing_over.OwnHandOver:
        return _refused(address, _("You handed it over yourself: somebody else decides."))
    except handing_over.NotYet as early:
        return _refused(address, _("You may take it from %(moment)s.", moment=moment(early.deputy_at)))
    except handing_over.TakenAlready:
        return _refused(address, _("Somebody else took it over a moment before."))
    flash(_("It is yours now: you decide on the work of this inquiry."), "success")
    return redirect(address, 303)


def _handed(over: HandOver) -> Handed:
    me = signed_in()
    calls = newest_calls(db.session, over.inquiry.lines)
    is_manager = handing_over.is_manager(db.session, over.consortium_id, me)
    is_free = over.taken_by_id is None and over.asked_by_id != me.id
    can_take = is_free and (is_manager or now() >= over.deputy_at)
    return Handed(
        over, [(line, calls.get(line.id)) for line in over.inquiry.lines], over.taken_by_id == me.id, can_take
    )


def _ties_of(consortium: Consortium, person: Person) -> list[Interest]:
    """The ties of one person that hold today."""
    today = interests.day_of(now())
    found = interests.all_interests(db.session, consortium)
    return [each for each in found if each.person_id == person.id and each.holds_on(today)]


def _place(consortium: Consortium) -> str:
    """The place of the desk that is marked: a deputy has one of its own for it."""
    return "rules" if may("by_laws.adopt", consortium) else "handed_over"


def _address(inquiry: Inquiry) -> str:
    return url_for("desk.hand_over", slug=inquiry.consortium.slug, inquiry_id=inquiry.public_id)


def _refused(address: str, words: str) -> Response:
    db.session.rollback()
    flash(words, "error")
    return redirect(address, 303)
