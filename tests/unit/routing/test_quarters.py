"""Quarters of the calendar."""

from datetime import date

import pytest

from catalogue.routing.quarters import before, finished, last_day, quarter_of


@pytest.mark.parametrize(
    ("day", "begins_on", "ends_on"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2024, 2, 29), date(2024, 1, 1), date(2024, 3, 31)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_every_day_lies_in_its_quarter(day, begins_on, ends_on):
    assert (quarter_of(day), last_day(begins_on)) == (begins_on, ends_on)


def test_before_the_first_comes_the_last_of_another_year():
    assert before(date(2026, 1, 1)) == date(2025, 10, 1)


def test_a_quarter_is_finished_on_the_day_after_it():
    since = date(2025, 11, 20)
    assert finished(date(2026, 6, 30), since, most=8) == [date(2026, 1, 1), date(2025, 10, 1)]
    assert finished(date(2026, 7, 1), since, most=2) == [date(2026, 4, 1), date(2026, 1, 1)]
    assert finished(date(2025, 12, 31), since, most=8) == []
