"""Calls in words: why a member cannot be asked, where a call stands, how it ended, and how members were told."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import LazyString, format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.consortia.models import Consortium
from catalogue.inquiries.telling_models import ToldBy
from catalogue.routing.closing import is_over
from catalogue.routing.makers import No
from catalogue.routing.models import Call, CallState, ClosedBy
from catalogue.web.clock import in_vientiane
from catalogue.web.content import term
from catalogue.web.figures import day, number

TOLD_HOW: Mapping[ToldBy, LazyString] = {
    ToldBy.WHATSAPP: _l("by WhatsApp"),
    ToldBy.TELEPHONE: _l("by telephone"),
    ToldBy.SLIP: _l("on paper"),
    ToldBy.VISIT: _l("in person"),
    ToldBy.OTHER: _l("another way"),
}

CALL_STATES: Mapping[CallState, LazyString] = {
    CallState.OPEN: _l("Members answer"),
    CallState.CLOSED: _l("To divide"),
    CallState.DIVIDED: _l("Divided"),
    CallState.CANCELLED: _l("Given up"),
}

CLOSED_HOW: Mapping[ClosedBy, LazyString] = {
    ClosedBy.TIME: _l("Closed at its time"),
    ClosedBy.ALL_ANSWERED: _l("Closed: all have answered"),
    ClosedBy.EARLY: _l("Closed before its time"),
}


def state_of(call: Call, at: datetime) -> CallState:
    """Where a call stands for its reader: closed once its time is past, written down or not."""
    return CallState.CLOSED if call.state is CallState.OPEN and is_over(call, at) else call.state


def reason_words(consortium: Consortium, reason: Mapping[str, Any]) -> str:
    """Why a member cannot be asked, in one sentence with its figures; a code nobody named stays as it is."""
    said = NOT_ASKED.get(reason["code"])
    return said(consortium, reason.get("figures", {})) if said else str(reason["code"])


def closing_words(at: datetime) -> str:
    """A moment to answer by: "Tuesday 24 November, 16:00"."""
    local = in_vientiane(at)
    return f"{format_date(local.date(), 'EEEE d MMMM')}, {local.hour}:{local.minute:02}"


def _own_design(_consortium: Consortium, _figures: Mapping[str, Any]) -> str:
    return _("The design is another member's own: it alone makes it.")


def _other_kind(consortium: Consortium, figures: Mapping[str, Any]) -> str:
    kind = term(consortium.sector_key, "category", str(figures["category"]))
    return _("It makes nothing of this kind: %(kind)s.", kind=kind)


def _no_sample(consortium: Consortium, figures: Mapping[str, Any]) -> str:
    technique = term(consortium.sector_key, "technique", str(figures["technique"]))
    return _("No sample of its work in this technique has passed: %(technique)s.", technique=technique)


def _rests(_consortium: Consortium, figures: Mapping[str, Any]) -> str:
    return _("It rests on every day until %(day)s.", day=_day(figures["until"]))


def _no_capacity(_consortium: Consortium, figures: Mapping[str, Any]) -> str:
    stated, booked = number(figures.get("stated")), number(figures.get("booked"))
    if not figures.get("until"):
        return _("It has no time: %(stated)s a month, %(booked)s of other orders.", stated=stated, booked=booked)
    return _(
        "It has no time until %(day)s: %(stated)s a month, %(booked)s of other orders.",
        day=_day(figures["until"]),
        stated=stated,
        booked=booked,
    )


def _day(iso: Any) -> str:
    return day(date.fromisoformat(str(iso)))


NOT_ASKED: Mapping[str, Callable[[Consortium, Mapping[str, Any]], str]] = {
    No.OWN_DESIGN: _own_design,
    No.OTHER_KIND: _other_kind,
    No.NO_SAMPLE: _no_sample,
    No.RESTS: _rests,
    No.NO_CAPACITY: _no_capacity,
}
