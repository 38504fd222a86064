"""The answer clock in words: until when, and how late."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from catalogue.inquiries.clock import working_days_late
from catalogue.web.clock import in_vientiane
from catalogue.web.figures import held
from catalogue.web.moments import moment

A_WEEK = 7


@dataclass(frozen=True)
class DueWords:
    """What stands over a time, and the time: "Answer by", "Monday 16:00". `presses`: it is today, or over."""

    words: str
    time: str
    presses: bool = False


def answer_by(due: datetime, at: datetime) -> DueWords:
    """Until when the office answers, or how late it is."""
    if due > at:
        return DueWords(_("Answer by"), moment_ahead(due, at), in_vientiane(due).date() == in_vientiane(at).date())
    late = working_days_late(due, at)
    if not late:
        is_today = in_vientiane(due).date() == in_vientiane(at).date()
        return DueWords(_("Late since"), clock_of(due) if is_today else moment(due), presses=True)
    return DueWords(_("Late by"), held(ngettext("%(num)s working day", "%(num)s working days", late)), presses=True)


def moment_ahead(when: datetime, at: datetime) -> str:
    """A time to come: "today 16:00", "Monday 16:00" within a week, else with its date."""
    local, today = in_vientiane(when), in_vientiane(at).date()
    if today < local.date() and (local.date() - today).days < A_WEEK:
        return f"{format_date(local.date(), 'EEEE')} {clock_of(when)}"
    return moment(when)


def clock_of(when: datetime) -> str:
    """The hour on a clock in Vientiane: "16:00"."""
    local = in_vientiane(when)
    return f"{local.hour}:{local.minute:02}"


def silent_for(since: datetime, at: datetime) -> DueWords:
    """How long the buyer has not answered."""
    days = (in_vientiane(at).date() - in_vientiane(since).date()).days
    if days == 0:
        return DueWords(_("Answered"), moment(since))
    return DueWords(_("Silent for"), held(ngettext("%(num)s day", "%(num)s days", days)))
