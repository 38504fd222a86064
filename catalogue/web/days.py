"""A day as people write it: read in English and Lao, refused where it could be two."""

import re
from datetime import date
from functools import cache
from typing import Any

from babel import Locale
from flask_babel import gettext as _

from catalogue import lao

ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
SHORT_DAY = re.compile(r"(\d{1,2})[-/. ]{1,2}(\d{1,2})[-/. ]{1,2}(\d{4})")
DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.]*(?:of )?([^\d\s.,]+)[\s.,]*(\d{4})")
MONTH_DAY = re.compile(r"([^\d\s.,]+)[\s.]*(\d{1,2})(?:st|nd|rd|th)?[\s,]*(\d{4})")


def day_meant(typed: str) -> date:
    """The day typed: 2027-01-15, 15 January 2027, January 15, 2027, 15/1/2027, in Lao too. Raises `ValueError`."""
    text = lao.digits_to_ascii(typed).strip().casefold()
    if found := ISO_DAY.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := SHORT_DAY.fullmatch(text):
        return _short_day(int(found[1]), int(found[2]), found[3], typed)
    if found := DAY_MONTH.fullmatch(text):
        return _day(found[3], _months().get(found[2]), found[1])
    if found := MONTH_DAY.fullmatch(text):
        return _day(found[3], _months().get(found[1]), found[2])
    raise ValueError(_not_a_day())


def _short_day(first: int, second: int, year: str, typed: str) -> date:
    if first != second and first <= 12 and second <= 12:
        one, other = _day(year, second, first), _day(year, first, second)
        words = _("“%(typed)s” can be %(one)s or %(other)s. Write one of these.", typed=typed, one=one, other=other)
        raise ValueError(words)
    day, month = (first, second) if second <= 12 else (second, first)
    return _day(year, month, day)


def _day(year: Any, month: Any, day: Any) -> date:
    try:
        return date(int(year), int(month), int(day))
    except (TypeError, ValueError):
        raise ValueError(_not_a_day()) from None


def _not_a_day() -> str:
    return _("Write the day like 2027-01-15 or 15 January 2027")


@cache
def _months() -> dict[str, int]:
    months: dict[str, int] = {}
    for code in ("en", "lo"):
        for width in ("wide", "abbreviated"):
            names = Locale(code).months["format"][width]
            months |= {name.casefold().rstrip("."): number for number, name in names.items()}
    return months
