"""Days counted back: the office works in its hours, and nothing lies on the day of playing or after it."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.demo.days import VIENTIANE, Days, month_of
from catalogue.demo.player import read_programme

DAYS = Days(date(2026, 11, 21))
DATES = st.dates(date(2025, 1, 1), date(2035, 12, 31))


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=VIENTIANE)


@pytest.mark.parametrize(
    ("moment", "in_office"),
    [
        ("2026-11-19 10:20", "2026-11-19 10:20"),
        ("2026-11-19 05:50", "2026-11-19 08:50"),
        ("2026-11-19 16:00", "2026-11-20 08:00"),
        ("2026-11-20 17:12", "2026-11-23 08:12"),
        ("2026-11-21 11:00", "2026-11-23 08:00"),
        ("2026-11-22 23:59", "2026-11-23 08:59"),
    ],
)
def test_the_office_works_on_weekdays_from_eight_to_four(moment, in_office):
    assert DAYS.in_office(at(moment)) == at(in_office)


@given(day=DATES, hours=st.floats(0.1, 900), back=st.integers(1, 60), in_office=st.booleans())
@settings(max_examples=150, deadline=None)
def test_what_comes_later_is_later_and_over_before_the_day(day, hours, back, in_office):
    days = Days(day)
    moment = days.at(back, 15, 30)
    later = days.later(moment, timedelta(hours=hours), in_office=in_office)
    assert moment < later <= days.end


@given(day=DATES)
@settings(max_examples=12, deadline=None)
def test_whatever_the_day_every_act_lies_before_it(day):
    acts = list(read_programme(day).acts())
    assert max(act.at for act in acts) <= Days(day).end
    assert min(act.at for act in acts) > datetime(day.year - 5, 1, 1, tzinfo=VIENTIANE)


def test_months_are_named_in_both_languages():
    assert (month_of(date(2027, 3, 11), "en"), month_of(date(2027, 3, 11), "lo")) == ("March", "ມີນາ")
