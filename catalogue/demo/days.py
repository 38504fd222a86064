"""The days of the demonstration: all lie before the day on which it is played, counted back from it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

VIENTIANE = ZoneInfo("Asia/Vientiane")
OPENS, CLOSES = time(8, 0), time(16, 0)
SATURDAY = 5


@dataclass(frozen=True)
class Days:
    """`day` is the first day of which nothing is told, in Vientiane."""

    day: date

    @property
    def end(self) -> datetime:
        """The last moment of which something may be told."""
        return datetime.combine(self.day, time(), VIENTIANE) - timedelta(minutes=1)

    def ago(self, days: int) -> date:
        """The date so many days before."""
        return self.day - timedelta(days=days)

    def at(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """A moment as clocks in Vientiane showed it."""
        return self.on(self.ago(days_ago), hour, minute)

    def on(self, day: date, hour: int, minute: int = 0) -> datetime:
        """The same of a date."""
        return datetime.combine(day, time(hour, minute), VIENTIANE)

    def date_of(self, moment: datetime) -> date:
        """The date that calendars in Vientiane showed."""
        return moment.astimezone(VIENTIANE).date()

    def in_office(self, moment: datetime) -> datetime:
        """The moment, or the next in office hours."""
        local = moment.astimezone(VIENTIANE)
        if local.time() >= CLOSES:
            local = _morning_after(local)
        elif local.time() < OPENS:
            local = _morning_after(local - timedelta(days=1))
        while local.weekday() >= SATURDAY:
            local = _morning_after(local)
        return local

    def later(self, moment: datetime, after: timedelta, *, in_office: bool) -> datetime:
        """A moment so much later, or the next in office hours; where that is past the end, halfway to it."""
        moved = self.in_office(moment + after) if in_office else moment + after
        return moved if moved <= self.end else moment + (self.end - moment) / 2


def month_of(day: date, language: str) -> str:
    """The name of a day's month."""
    return format_date(day, "LLLL", locale=language)


def _morning_after(moment: datetime) -> datetime:
    """The next morning, some minutes after opening, so that not everything happens at the same minute."""
    opening = datetime.combine(moment.date() + timedelta(days=1), OPENS, VIENTIANE)
    return opening + timedelta(minutes=moment.minute)
