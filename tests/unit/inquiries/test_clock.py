"""The answer clock: working days of Vientiane, its days of rest, and what is overdue."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.inquiries.clock import (
    due_at,
    next_working_day,
    overdue_before,
    working_days_late,
    working_time,
    working_time_between,
)
from catalogue.lao import THAI

VIENTIANE = working_time().zone
FIRST, LAST = (datetime.fromisoformat(day) for day in ("2026-01-05", "2028-12-01"))
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIENTIANE)


@pytest.mark.parametrize(
    ("came", "due"),
    [
        ("2026-11-20 09:12", "2026-11-24 16:00"),  # a Friday: Monday and Tuesday
        ("2026-11-20 23:50", "2026-11-24 16:00"),
        ("2026-11-21 11:00", "2026-11-24 16:00"),  # a Saturday
        ("2026-11-23 00:00", "2026-11-25 16:00"),  # a Monday
        ("2026-12-01 10:00", "2026-12-04 16:00"),  # 2 December is National Day
        ("2026-04-13 10:00", "2026-04-20 16:00"),  # the New Year takes three days, then comes a weekend
        ("2028-04-13 10:00", "2028-04-20 16:00"),  # of which two are given back on Monday and Tuesday
    ],
)
def test_an_answer_is_due_when_the_second_working_day_closes(came, due):
    assert due_at(local(came)) == local(due)


def test_what_comes_late_at_night_in_utc_counts_from_the_day_in_vientiane():
    assert due_at(datetime(2026, 11, 22, 18, tzinfo=UTC)) == local("2026-11-25 16:00")


@given(MOMENTS, MOMENTS)
def test_queries_and_rows_agree_on_what_is_overdue(came, at):
    assert (came < overdue_before(at)) == (due_at(came) <= at)


@given(MOMENTS)
def test_an_answer_is_due_within_the_office_s_time_and_never_at_once(came):
    due = due_at(came)

    assert due > came + timedelta(hours=24)
    assert working_time().is_open(due - timedelta(seconds=1))
    assert not working_time().is_open(due)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-20 09:00", "2026-11-20 11:30", 2.5),
        ("2026-11-20 11:00", "2026-11-20 14:00", 2),  # noon is free
        ("2026-11-20 15:00", "2026-11-23 09:00", 2),  # so is the weekend
        ("2026-12-01 15:00", "2026-12-03 08:30", 1.5),  # and National Day
        ("2026-11-21 09:00", "2026-11-22 09:00", 0),
        ("2026-11-20 11:00", "2026-11-20 10:00", 0),
    ],
)
def test_nights_and_days_of_rest_do_not_count(start, end, hours):
    assert working_time_between(local(start), local(end)) == timedelta(hours=hours)


def test_lateness_is_counted_in_working_days():
    due = local("2026-11-20 16:00")
    assert [working_days_late(due, local(f"2026-11-{day} 17:00")) for day in (20, 21, 22, 23, 24)] == [0, 0, 0, 1, 2]


def test_the_next_working_day_opens_at_eight():
    assert next_working_day(local("2026-12-01 17:00")) == local("2026-12-03 08:00")


def test_every_day_of_rest_stands_on_a_day_that_would_be_worked():
    working = working_time()
    assert working.known_until == date(2028, 12, 31)
    assert {day.year for day in working.holidays} == {2026, 2027, 2028}
    assert all(day.weekday() in working.hours and name.is_complete for day, name in working.holidays.items())
    assert not any(THAI.search(name.lo) for name in working.holidays.values())
