"""How much can be made by a day: a figure a month, less the days of rest, less what is promised already; pure.

Quantities are exact fractions in one unit until the last step. What a firm says of a month is of an ordinary month,
with its Sundays and public holidays: only days of rest that somebody wrote down lower it.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, lcm

GRAMS = {"GRM": 1, "KGM": 1000, "TNE": 1_000_000}
A_DAY = timedelta(days=1)
PARTS = lcm(28, 29, 30, 31)  # whole parts of a month, however many days it has: sums stay exact and quick


@dataclass(frozen=True)
class Span:
    """Days from `begins_on` to `ends_on`, both counted. One that ends before it begins has none."""

    begins_on: date
    ends_on: date

    @property
    def days(self) -> int:
        """How many."""
        return max(0, (self.ends_on - self.begins_on).days + 1)

    def within(self, other: "Span") -> "Span":
        """The days that both have."""
        return Span(max(self.begins_on, other.begins_on), min(self.ends_on, other.ends_on))


@dataclass(frozen=True)
class Booking:
    """So much is promised, to be made in these days, evenly."""

    quantity: Fraction
    span: Span


@dataclass(frozen=True)
class Free:
    """What one member can still make in a window, in whole units of what was asked for, rounded down.

    `pieces` is None where nothing limits it: no figure was stated (then `stated` is None too), or no day was named to
    make it by. Who rests on all days of the window can make 0, stated or not. `stated` is the figure a month.
    """

    pieces: int | None
    stated: int | None
    booked: int
    rest_days: int
    days: int = 0

    @property
    def rests_throughout(self) -> bool:
        """Whether no working day is left."""
        return 0 < self.days <= self.rest_days


def free_in(window: Span | None, a_month: Fraction | None, rests: Iterable[Span], bookings: Iterable[Booking]) -> Free:
    """What is free in the days of `window`: never below 0. None as window: nobody said by when."""
    stated = None if a_month is None else floor(a_month)
    if window is None:
        return Free(None, stated, 0, 0)
    resting = rest_days(window, rests)
    booked = sum((booked_in(window, each) for each in bookings), Fraction())
    free = Free(None, stated, ceil(booked), len(resting), window.days)
    if a_month is None:
        return Free(0, None, free.booked, free.rest_days, free.days) if free.rests_throughout else free
    pieces = max(0, floor(made_in(window, a_month, resting) - booked))
    return Free(pieces, stated, free.booked, free.rest_days, free.days)


def made_in(window: Span, a_month: Fraction, resting: set[date]) -> Fraction:
    """What a whole month's figure comes to in these days without the days of rest: each month by its own days."""
    parts = sum((part.days - _count(resting, part)) * (PARTS // length) for part, length in months_of(window))
    return a_month * Fraction(parts, PARTS)


def rest_days(window: Span, rests: Iterable[Span]) -> set[date]:
    """The days of the window on which nobody works; a day of two rests counts once."""
    shared = (rest.within(window) for rest in rests)
    return {part.begins_on + each * A_DAY for part in shared for each in range(part.days)}


def booked_in(window: Span, booking: Booking) -> Fraction:
    """The part of a promise that falls into the window, spread evenly over all of its days."""
    return booking.quantity * booking.span.within(window).days / max(1, booking.span.days)


def days_to_make(begins_on: date, due_on: date, today: date) -> Span:
    """The days in which a promise is made; what is late has still to be made, first of all: tomorrow."""
    tomorrow = today + A_DAY
    return Span(tomorrow, tomorrow) if due_on < tomorrow else Span(min(begins_on, due_on), due_on)


@lru_cache(maxsize=64)
def months_of(window: Span) -> tuple[tuple[Span, int], ...]:
    """The window cut where months change, with the days of each whole month."""
    parts, day = [], window.begins_on
    while day <= window.ends_on:
        length = monthrange(day.year, day.month)[1]
        last = day.replace(day=length)
        parts.append((Span(day, min(last, window.ends_on)), length))
        day = last + A_DAY
    return tuple(parts)


def in_unit(quantity: int | Fraction, said: str, asked: str, weight_g: Decimal | None = None) -> Fraction | None:
    """A quantity in unit `said` as one of `asked` (UN/ECE Rec 20); None where one cannot be told from the other.

    Weights are turned into one another; pieces and weights too where one piece is known to weigh `weight_g` grams.
    """
    if said == asked:
        return Fraction(quantity)
    said_g, asked_g = GRAMS.get(said), GRAMS.get(asked)
    if said_g and asked_g:
        return Fraction(quantity) * said_g / asked_g
    if not weight_g or not (said_g or asked_g):
        return None
    of_one = Fraction(weight_g)
    return Fraction(quantity) * said_g / of_one if said_g else Fraction(quantity) * of_one / (asked_g or 1)


def _count(resting: set[date], part: Span) -> int:
    return sum(part.begins_on <= day <= part.ends_on for day in resting) if resting else 0
