"""Saying when the workshop rests: first the first day, then the last, by pressing days of a calendar."""

from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.routing import stating
from catalogue.routing.capacity import Span, rest_days
from catalogue.routing.capacity_models import Rest
from catalogue.routing.free_time import rests_of
from catalogue.web.access import requires
from catalogue.web.clock import in_vientiane, now
from catalogue.web.loaders import own_member
from catalogue.web.months import last_of, month_of, months_from, weekdays
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page

SHOWN = 2
FARTHEST_MONTHS = 24


def own_rest_at(rest_id: str, **_others: Any) -> Rest | None:
    """A rest of one's own firm; those of all together are the office's."""
    member = own_member()
    if member is None:
        return None
    query = select(Rest).where(
        Rest.public_id == rest_id, Rest.consortium_id == member.consortium_id, Rest.member_id == member.id
    )
    return db.session.scalar(query)


@blueprint.get("/calendar/rest")
@requires("capacity.keep", load=own_member)
def rest(member: Member) -> Any:
    """Months whose days can be pressed: the first day of the rest, and with it known the last one."""
    return _page(member, _day(request.args.get("first")))


@blueprint.post("/calendar/rest")
@requires("capacity.keep", load=own_member)
def say_rest(member: Member) -> Any:
    """Keep the days from the first to the last."""
    first, last = _day(request.form.get("first")), _day(request.form.get("last"))
    if first is None or last is None:
        return _page(member, first, _("Press a day of the calendar."))
    try:
        stating.say_rest(db.session, member.consortium, member, Span(first, last), by=signed_in(), at=now())
    except stating.NotThatLong:
        return _page(member, None, _("These days cannot be kept. Choose a first day, then a last day after it."))
    flash(_("Kept. The office sees that you rest then."), "success")
    return redirect(url_for("studio.calendar", _anchor="rests"), 303)


@blueprint.post("/calendar/rest/<string(length=10):rest_id>/take-back")
@requires("capacity.keep", load=own_rest_at)
def take_back_rest(found: Rest) -> Response:
    """Work on these days after all."""
    member = db.session.get_one(Member, found.member_id)
    stating.take_back_rest(db.session, member.consortium, found, by=signed_in(), at=now())
    flash(_("Taken away: you work on these days."), "success")
    return redirect(url_for("studio.calendar", _anchor="rests"), 303)


def _page(member: Member, first: date | None, problem: str = "") -> Any:
    today = in_vientiane(now()).date()
    first = first if first and first >= today else None
    asked = _day(f"{request.args.get('month', '')}-01")
    months = months_from(today, FARTHEST_MONTHS)
    begin = max(asked or first or today, today).replace(day=1)
    at = min(months.index(begin) if begin in months else 0, FARTHEST_MONTHS - SHOWN)
    shown = months[at : at + SHOWN]
    window = Span(shown[0], last_of(shown[-1]))
    rests = rests_of(db.session, member.consortium, [member.id], since=window.begins_on)[member.id]
    page = studio_page(
        "studio/calendar_rest.html",
        member.consortium,
        member,
        "calendar",
        first=first,
        problem=problem,
        months=[month_of(each, today, rests=rest_days(window, rests)) for each in shown],
        earlier=months[max(0, at - SHOWN)] if at else None,
        later=months[at + SHOWN] if at + SHOWN < FARTHEST_MONTHS else None,
        weekdays=weekdays(),
    )
    return page, 422 if problem else 200


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        return None
