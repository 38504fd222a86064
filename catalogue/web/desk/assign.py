"""Taking an inquiry, giving it to a colleague, leaving it, and putting it off until a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from flask import abort, flash, redirect, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.accounts.models import Person
from catalogue.extensions import db
from catalogue.inquiries import assigning, clock
from catalogue.inquiries.assigning import NotAhead, NotOfTheOffice, TakenMeanwhile
from catalogue.inquiries.inbox import waiting_since
from catalogue.inquiries.models import Inquiry
from catalogue.web.access import requires
from catalogue.web.clock import in_vientiane, now
from catalogue.web.days import day_meant
from catalogue.web.desk import blueprint
from catalogue.web.desk.inbox import inbox_url
from catalogue.web.due_words import DueWords, answer_by
from catalogue.web.loaders import inquiry_at
from catalogue.web.signed_in import signed_in


@dataclass(frozen=True)
class InHand:
    """Who has an inquiry in hand, who else could, until when it has to be answered or is put off."""

    holder: Person | None
    is_mine: bool
    others: Sequence[Person]
    due: DueWords | None
    put_off_until: str
    days: list[tuple[str, str]]


@blueprint.app_template_global("in_hand")
def in_hand(inquiry: Inquiry) -> InHand:
    """What the macro `in_hand` says of an inquiry, for whoever is signed in."""
    myself, at, holder = signed_in(), now(), inquiry.assigned_to
    since = waiting_since(inquiry) if inquiry.is_open and not inquiry.is_held else None
    until = inquiry.snoozed_until
    managers = assigning.managers_of(db.session, inquiry.consortium)
    return InHand(
        holder=holder,
        is_mine=holder is not None and holder.id == myself.id,
        others=[each for each in managers if each.id not in {myself.id, holder.id if holder else None}],
        due=answer_by(clock.due_at(since), at) if since else None,
        put_off_until=format_date(in_vientiane(until).date(), "EEEE, d MMMM") if until and until > at else "",
        days=_days_ahead(),
    )


@blueprint.post("/<slug>/inquiries/<inquiry_id>/assign")
@requires("inquiry.assign", load=inquiry_at)
def assign(found: Inquiry) -> Response:
    """Take it, give it, or leave it; the form says who had it, so that nobody takes it from anybody unseen."""
    to, was = _person(found, "to"), _person(found, "was")
    try:
        assigning.assign(db.session, found, to, was=was, by=signed_in(), at=now())
    except TakenMeanwhile as meanwhile:
        name = meanwhile.by.name if meanwhile.by else ""
        db.session.rollback()
        words = _("%(name)s took it a moment ago.", name=name) if name else _("It was left a moment ago. Take it anew.")
        flash(words, "error")
    except NotOfTheOffice:
        abort(400)
    else:
        flash(_words(to), "success")
    return _back(found)


@blueprint.post("/<slug>/inquiries/<inquiry_id>/put-off")
@requires("inquiry.put_off", load=inquiry_at)
def put_off(found: Inquiry) -> Response:
    """Out of sight until a day, or until the buyer writes; a form without a field for the day has it back."""
    typed = request.form.get("day") or request.form.get("until", "")
    try:
        if typed or "day" in request.form:
            day = day_meant(typed)
            assigning.snooze(db.session, found, day, by=signed_in(), at=now())
            flash(
                _("Put off until %(day)s. It comes back by itself, or when the buyer writes.", day=_long(day)),
                "success",
            )
        else:
            assigning.wake(db.session, found, by=signed_in(), at=now())
            flash(_("It is back in the list."), "success")
    except (ValueError, OverflowError):
        flash(_("Write the day like 2027-01-15 or 15 January 2027"), "error")
    except NotAhead:
        db.session.rollback()
        flash(_("Choose a day that is still to come."), "error")
    return _back(found)


def _person(found: Inquiry, field: str) -> Person | None:
    """The manager whom a field names, None where it is empty; who is no manager any more may still have had it."""
    key = request.form.get(field, "")
    if not key:
        return None
    known = [*assigning.managers_of(db.session, found.consortium), *([found.assigned_to] if found.assigned_to else [])]
    person = next((each for each in known if each.public_id == key), None)
    if person is None:
        abort(400)
    return person


def _words(to: Person | None) -> str:
    if to is None:
        return _("It is nobody's now: whoever comes can take it.")
    return _("You have it in hand.") if to.id == signed_in().id else _("%(name)s has it in hand.", name=to.name)


def _days_ahead() -> list[tuple[str, str]]:
    """The next working days, as choices."""
    days = clock.working_time().working_days_after(in_vientiane(now()).date())
    return [(day.isoformat(), _long(day)) for day in islice(days, 5)]


def _long(day: date) -> str:
    return format_date(day, "EEEE, d MMMM")


def _back(found: Inquiry) -> Response:
    if request.form.get("back") == "list":
        return redirect(inbox_url(found.consortium, request.form), 303)
    return redirect(url_for("desk.inquiry", slug=found.consortium.slug, inquiry_id=found.public_id), 303)
