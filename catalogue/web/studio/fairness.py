"""How the work is shared, for a member: own figures large, the own bar among the others, what the office decided."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.routing.looking import looks
from catalogue.routing.naming import Named
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.fairness_csv import csv_of
from catalogue.web.fairness_page import Shown, asked_window, eyes_of, hours, name_of, page_values, shown
from catalogue.web.fairness_picture import amount
from catalogue.web.figures import number
from catalogue.web.loaders import own_member
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page


@dataclass(frozen=True)
class Own:
    """One's own firm in plain words."""

    value: str
    against: str
    figures: tuple[tuple[str, str], ...]


@blueprint.get("/fairness", endpoint="fairness")
@requires("fairness.own", load=own_member)
def show_fairness(member: Member) -> Any:
    """The record of the last 90 or 365 days."""
    days, at = asked_window(), now()
    found = shown(member.consortium, eyes_of(member), days=days, at=at)
    return studio_page(
        "studio/fairness.html",
        member.consortium,
        member,
        "today",
        values=page_values(found),
        own=_own(found.own, found) if found.own else None,
        others=[(_whose(each), _said(each, found)) for each in found.rows],
        days=days,
        looked=looks(db.session, member.consortium, at=at),
    )


@blueprint.get("/fairness.csv")
@requires("fairness.own", load=own_member)
def fairness_csv(member: Member) -> Any:
    """The figures that the page shows, as a file."""
    return csv_of(shown(member.consortium, eyes_of(member), days=asked_window(), at=now()))


def _own(own: Named, found: Shown) -> Own:
    row, currency = own.row, found.record.currency
    return Own(
        value=amount(row.value, currency),
        against=_against(own, currency),
        figures=(
            (_("You were asked"), _times(row.called)),
            (_("You answered"), _times(row.answered)),
            (_("You usually answer after"), hours(row.answer_hours)),
            (_("You gave back"), _times(row.handed_back)),
            (_("Ready after the day"), _times(row.late)),
            (_("First in the catalogue"), ngettext("%(num)s day", "%(num)s days", row.days_led)),
        ),
    )


def _against(own: Named, currency: str) -> str:
    """What its work is worth beside an equal share, and what follows from it."""
    row = own.row
    if not row.fair_part:
        return _("No work was divided in these days.")
    part = amount(row.fair_part, currency)
    if row.value < row.fair_part:
        return _(
            "That is the making charge of your work. An equal share is %(part)s: you are among the next.", part=part
        )
    return _(
        "That is the making charge of your work. An equal share is %(part)s: others come before you now.", part=part
    )


def _times(count: int) -> str:
    return ngettext("%(num)s time", "%(num)s times", count) if count else _("never")


def _whose(each: Named) -> str:
    return _("Your firm") if each.is_own else name_of(each)


def _said(each: Named, found: Shown) -> str:
    row = each.row
    return _(
        "%(amount)s, asked %(called)s, answered %(answered)s",
        amount=amount(row.value, found.record.currency),
        called=number(row.called),
        answered=number(row.answered),
    )
