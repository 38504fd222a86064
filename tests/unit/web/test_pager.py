"""Cursors: opaque, dated, and harmless whatever is put into an address."""

from datetime import date, timedelta

import pytest

from catalogue.web.pager import Cursor, read_cursor

TODAY = date(2026, 11, 21)


def test_a_cursor_says_the_same_when_it_is_read():
    cursor = Cursor(TODAY - timedelta(days=2), 48, "0123456789", 1_795_305_600_123_456)
    assert read_cursor(str(cursor), TODAY) == cursor


@pytest.mark.parametrize(
    "text",
    ["", "x", "////", "ບໍ່", "A" * 5000, "MS4xLng", str(Cursor(TODAY + timedelta(days=1), 5)), str(Cursor(TODAY, -4))],
)
def test_what_is_no_cursor_is_the_first_page_of_today(text):
    assert read_cursor(text, TODAY) == Cursor(TODAY)


def test_an_old_cursor_begins_anew():
    assert read_cursor(str(Cursor(TODAY - timedelta(days=8), 24)), TODAY) == Cursor(TODAY)
