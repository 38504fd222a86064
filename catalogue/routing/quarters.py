"""The quarters of a calendar year, each by its first day."""

from datetime import date, timedelta

MONTHS = 3


def quarter_of(day: date) -> date:
    """The first day of the quarter that a day lies in."""
    return date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)


def last_day(begins_on: date) -> date:
    """The last day of the quarter that begins so."""
    return quarter_of(begins_on + timedelta(days=100)) - timedelta(days=1)


def before(begins_on: date) -> date:
    """The first day of the quarter before."""
    return quarter_of(begins_on - timedelta(days=1))


def finished(today: date, since: date, *, most: int) -> list[date]:
    """The quarters that are over, the newest first: at most so many, none that ended before `since`."""
    found: list[date] = []
    begins_on = before(quarter_of(today))
    while len(found) < most and last_day(begins_on) >= since:
        found.append(begins_on)
        begins_on = before(begins_on)
    return found
