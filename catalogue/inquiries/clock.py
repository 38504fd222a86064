"""The answer clock: until when an inquiry has to be answered, counted in working days of offices in Vientiane."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from catalogue.text import Bilingual

FILE = Path(__file__).parent / "working_time.toml"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
A_DAY = timedelta(days=1)

# By-law: two working days. A buyer abroad asks several sources at once and hears from most within two; one day would be
# missed whenever the only manager travels to the villages.
ANSWER_WITHIN_DAYS = 2

Span = tuple[time, time]


@dataclass(frozen=True)
class WorkingTime:
    """The hours of each weekday (0 is Monday) in one time zone, and the dated days of rest. Known until a day."""

    zone: ZoneInfo
    hours: Mapping[int, tuple[Span, ...]]
    holidays: Mapping[date, Bilingual]
    known_until: date

    def day_of(self, at: datetime) -> date:
        """The date that calendars there show at this time."""
        return at.astimezone(self.zone).date()

    def is_working_day(self, day: date) -> bool:
        """Whether the office works at all that day."""
        return bool(self.hours.get(day.weekday())) and day not in self.holidays

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """When the office works that day: nothing on a day of rest."""
        if not self.is_working_day(day):
            return []
        return [(self._at(day, opens), self._at(day, closes)) for opens, closes in self.hours[day.weekday()]]

    def begins_at(self, day: date) -> datetime:
        """The first moment of a date there."""
        return self._at(day, time.min)

    def closes_at(self, day: date) -> datetime:
        """When a working day ends."""
        return self.spans(day)[-1][1]

    def working_days_after(self, day: date) -> Iterator[date]:
        """The working days after a date, the next first."""
        return self._working_days(day, A_DAY)

    def working_days_before(self, day: date) -> Iterator[date]:
        """The working days before a date, the last first."""
        return self._working_days(day, -A_DAY)

    def is_open(self, at: datetime) -> bool:
        """Whether the office works at this moment."""
        return any(opens <= at < closes for opens, closes in self.spans(self.day_of(at)))

    def _working_days(self, day: date, step: timedelta) -> Iterator[date]:
        while True:
            day += step
            if self.is_working_day(day):
                yield day

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.zone)


def due_at(since: datetime, working: WorkingTime | None = None) -> datetime:
    """Until when what waits since then has to be answered: the end of the second working day after that date.

    The day on which it came is not counted, however early: what came on a Friday is due on Tuesday at 16:00.
    """
    working = working or working_time()
    days = working.working_days_after(working.day_of(since))
    return working.closes_at([next(days) for _ in range(ANSWER_WITHIN_DAYS)][-1])


def overdue_before(at: datetime, working: WorkingTime | None = None) -> datetime:
    """What waits since before this moment is overdue at `at`: `due_at` turned round, for queries."""
    working = working or working_time()
    today = working.day_of(at)
    over = working.working_days_before(today)
    closed_today = working.is_working_day(today) and working.closes_at(today) <= at
    needed = ANSWER_WITHIN_DAYS - 1 if closed_today else ANSWER_WITHIN_DAYS
    return working.begins_at([today, *(next(over) for _ in range(needed))][-1])


def working_time_between(start: datetime, end: datetime, working: WorkingTime | None = None) -> timedelta:
    """How long the office worked between two moments: how long an answer took, nights and days of rest left out."""
    working = working or working_time()
    day, last, total = working.day_of(start), working.day_of(end), timedelta()
    while day <= last:
        for opens, closes in working.spans(day):
            total += max(min(closes, end) - max(opens, start), timedelta())
        day += A_DAY
    return total


def working_days_late(due: datetime, at: datetime, working: WorkingTime | None = None) -> int:
    """How many working days have begun since something was due; 0 while it is not late or was due today."""
    working = working or working_time()
    day, today, days = working.day_of(due), working.day_of(at), 0
    while day < today:
        day += A_DAY
        days += working.is_working_day(day)
    return days


def next_working_day(at: datetime, working: WorkingTime | None = None) -> datetime:
    """The opening hour of the next working day after this date."""
    working = working or working_time()
    return working.spans(next(working.working_days_after(working.day_of(at))))[0][0]


@cache
def working_time() -> WorkingTime:
    """The working time of every consortium, from `working_time.toml`."""
    return read_working_time(tomllib.loads(FILE.read_text(encoding="utf-8")))


def read_working_time(data: Mapping[str, Any]) -> WorkingTime:
    """Working time as its data file tells it. Raises `KeyError` or `ValueError` where it cannot be used."""
    return WorkingTime(
        zone=ZoneInfo(data["zone"]),
        hours={DAYS.index(day): tuple(map(_span, spans)) for day, spans in data["hours"].items()},
        holidays={day: Bilingual(lo=row["lo"], en=row["en"]) for row in data["holiday"] for day in row["days"]},
        known_until=data["known_until"],
    )


def _span(words: str) -> Span:
    opens, closes = map(time.fromisoformat, words.split("-"))
    if opens >= closes:
        raise ValueError(words)
    return opens, closes
