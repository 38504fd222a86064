"""How the work was shared, as a page shows it to a reader: figures, pictures, the table, what was decided otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from catalogue.consortia import by_laws
from catalogue.consortia.models import Consortium, Member
from catalogue.extensions import db
from catalogue.routing import fairness
from catalogue.routing.departures import What
from catalogue.routing.fairness import Record
from catalogue.routing.naming import FEW, Named, Reader, rows_for
from catalogue.web.access import may
from catalogue.web.clock import in_vientiane, now
from catalogue.web.departure_words import Case, Reading, cases_between
from catalogue.web.fairness_picture import amount, columns_of, curve_of
from catalogue.web.figures import day, held, number
from catalogue.web.language import language
from catalogue.web.reading import reading_as, reading_of

WINDOWS = (365, 90)
DECIDED = frozenset({What.CHANGED, What.LEFT_OUT, What.EARLY, What.SHORT, What.GIVEN_UP})
"""What was decided otherwise than the rule. Who has a tie keeps to the rule; who was refused decided nothing."""


@dataclass(frozen=True)
class Eyes:
    """Who reads the record, and what that reader may see of names and reasons."""

    reader: Reader
    reading: Reading

    @property
    def own(self) -> int | None:
        """The key of the reader's own firm."""
        return self.reading.own


def eyes_here(consortium: Consortium) -> Eyes:
    """A manager reads names; whoever else may open the record (an observer, the operator) reads letters."""
    reader = Reader.MANAGER if may("allocation.read", consortium) else Reader.OBSERVER
    return Eyes(reader, reading_of(consortium))


def eyes_of(member: Member) -> Eyes:
    """A member reads itself named, and the others under letters where nothing else was decided."""
    return Eyes(Reader.MEMBER, reading_as(member.consortium, member.id))


def asked_window() -> int:
    """How many days the address asks for: 365 where it asks for none that there are."""
    asked = request.args.get("days", "")
    return int(asked) if asked.isdecimal() and asked.isascii() and int(asked) in WINDOWS else WINDOWS[0]


@dataclass(frozen=True)
class Shown:
    """A record with the rows of it that the reader may see."""

    consortium: Consortium
    record: Record
    rows: tuple[Named, ...]
    cases: tuple[Case, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every member has a row: what would give away the others' figures is left out otherwise."""
        return len(self.rows) == len(self.record.rows)

    @property
    def has_names(self) -> bool:
        """Whether every row has its name."""
        return self.is_whole and all(each.is_named for each in self.rows)

    @property
    def has_curve(self) -> bool:
        """Whether Lorenz's curve may be drawn: where weights differ, its steps tell them one by one."""
        return self.is_whole and (self.has_names or self._has_one_weight)

    def shows_part(self, each: Named) -> bool:
        """Whether a row may tell its fair part. All members read whose weight is which: it would name a letter."""
        return each.is_named or self._has_one_weight

    @property
    def _has_one_weight(self) -> bool:
        return len({row.weight for row in self.record.rows}) <= 1

    @property
    def own(self) -> Named | None:
        """The reader's own row."""
        return next((each for each in self.rows if each.is_own), None)


def shown(consortium: Consortium, eyes: Eyes, *, days: int, at: datetime) -> Shown:
    """The record of the last so many days, for this reader."""
    return shown_of(consortium, eyes, fairness.record_of(db.session, consortium, days=days, at=at))


def shown_of(consortium: Consortium, eyes: Eyes, record: Record) -> Shown:
    """A record for this reader."""
    laws = by_laws.in_force(db.session, consortium, in_vientiane(now()).date())
    begin, end = fairness.span_of(record.since, record.until)
    return Shown(
        consortium,
        record,
        rows_for(record.rows, laws, eyes.reader, eyes.own),
        tuple(cases_between(consortium, begin, end, eyes.reading, of=DECIDED)),
    )


def page_values(found: Shown) -> dict[str, Any]:
    """What the templates need."""
    return {
        "shown": found,
        "record": found.record,
        "under": under(found),
        "figures": figures(found),
        "columns": columns_of(found.rows, found.record),
        "curve": curve_of(found.record.rows) if found.has_curve else None,
        "head": head(found),
        "rows": [cells(each, found) for each in found.rows],
        "led": days_led(found),
        "decided": [(in_vientiane(each.at).date(), each) for each in found.cases],
        "few": FEW,
        "windows": WINDOWS,
    }


# -- words --


def under(found: Shown) -> str:
    """The line under the title: which days, how many members, under what names, and what is counted."""
    members = ngettext("%(num)s member", "%(num)s members", len(found.record.rows))
    names = _("with their names") if found.has_names else _("shown as letters")
    days = _("%(since)s to %(until)s", since=day(found.record.since), until=day(found.record.until))
    return " · ".join((days, f"{members}, {names}", _("making charge given out, not handed back")))


def figures(found: Shown) -> list[tuple[str, str]]:
    """The sums at the top."""
    record = found.record
    return [
        (_("Making charge shared"), amount(record.total, record.currency)),
        (_("Orders divided"), number(record.divided)),
        (_("Gini (0 is even)"), two(record.gini)),
        (_("Jain (1 is even)"), two(record.jain)),
        (_("Beside the rule"), number(len(found.cases))),
    ]


def two(value: Any) -> str:
    """A measure of evenness with two places."""
    return format_decimal(value, "0.00")


def head(found: Shown) -> list[str]:
    """The heads of the table. Who leads the catalogue is public: it stands beside names alone, never beside letters."""
    heads = [
        _("Member"),
        _("Called"),
        _("Answered"),
        _("Usual time to answer"),
        _("Making charge"),
        _("Against equal share"),
        _("Handed back"),
        _("Late"),
    ]
    return [*heads, _("Days first in the catalogue")] if found.has_names else heads


def cells(each: Named, found: Shown) -> list[str]:
    """One row of the table."""
    row = each.row
    said = [
        name_of(each),
        number(row.called),
        number(row.answered),
        hours(row.answer_hours),
        amount(row.value, found.record.currency),
        percent(row.against_fair_part if found.shows_part(each) else None),
        number(row.handed_back),
        number(row.late),
    ]
    return [*said, number(row.days_led)] if found.has_names else said


def name_of(each: Named) -> str:
    """The letter, with the name where it may be read."""
    name = each.row.member.name.in_(language())
    return f"{each.letter} · {name}" if each.is_named else each.letter


def hours(count: float | None) -> str:
    """How long an answer took: hours, from two days up days."""
    if count is None:
        return "–"
    if count >= 48:
        return held(ngettext("%(num)s day", "%(num)s days", round(count / 24)))
    return held(_("%(number)s h", number=number(max(1, round(count)))))


def percent(part: Any) -> str:
    """A part of one as per cent."""
    return "–" if part is None else held(_("%(number)s %%", number=number(round(part * 100))))


def days_led(found: Shown) -> str:
    """How often members stand first in the public catalogue, for those who read letters."""
    led = [row.days_led for row in found.record.rows]
    if found.has_names or not any(led):
        return ""
    shown_ones = [count for count in led if count]
    return _("Each member that shows products stood first in the catalogue on %(days)s days.", days=_range(shown_ones))


def _range(counts: Sequence[int]) -> str:
    least, most = min(counts), max(counts)
    return number(least) if least == most else _("%(least)s to %(most)s", least=number(least), most=number(most))
