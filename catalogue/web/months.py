"""Months as calendars show them: weeks from Sunday, as in Laos, with the days of rest and those when work is due."""

from calendar import SUNDAY, Calendar, monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from babel import Locale
from flask_babel import format_date

from catalogue.web.language import language

WEEKS = Calendar(firstweekday=SUNDAY)


@dataclass(frozen=True)
class Day:
    """One day of a month, and what is to be said of it."""

    on: date
    is_past: bool = False
    is_today: bool = False
    is_rest: bool = False
    is_due: bool = False

    @property
    def look(self) -> str:
        """The classes of its cell."""
        marks = {"past": self.is_past, "today": self.is_today, "rest": self.is_rest, "due": self.is_due}
        return " ".join(f"day-{name}" for name, holds in marks.items() if holds)


@dataclass(frozen=True)
class Month:
    """A month by its first day: its weeks of seven places, None where a day belongs to another month."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]

    @property
    def name(self) -> str:
        """The month and its year in the reader's language."""
        return format_date(self.first, "LLLL y")

    @property
    def last(self) -> date:
        """Its last day."""
        return last_of(self.first)


def month_of(first: date, today: date, *, rests: Collection[date] = (), due: Collection[date] = ()) -> Month:
    """The month that begins on `first`."""
    weeks = WEEKS.monthdatescalendar(first.year, first.month)

    def shown(on: date) -> Day | None:
        if on.month != first.month:
            return None
        return Day(on, is_past=on < today, is_today=on == today, is_rest=on in rests, is_due=on in due)

    return Month(first, tuple(tuple(shown(on) for on in week) for week in weeks))


def months_from(day: date, count: int) -> list[date]:
    """The first days of so many months, that of `day` first."""
    months = (day.year * 12 + day.month - 1 + each for each in range(count))
    return [date(number // 12, number % 12 + 1, 1) for number in months]


def last_of(first: date) -> date:
    """The last day of a month."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def weekdays() -> list[tuple[str, str]]:
    """The short and the whole names of the days of a week, from Sunday."""
    names = Locale(language()).days["stand-alone"]
    order = list(WEEKS.iterweekdays())
    return [(names["abbreviated"][each], names["wide"][each]) for each in order]
