"""What is free by a day: the arithmetic, and what must hold of it whatever the figures."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.routing.capacity import Booking, Free, Span, booked_in, days_to_make, free_in, in_unit

MARCH = Span(date(2027, 3, 1), date(2027, 3, 31))


def booking(quantity: int, begins_on: date, ends_on: date) -> Booking:
    return Booking(Fraction(quantity), Span(begins_on, ends_on))


def test_a_whole_month_is_what_was_said_of_a_month():
    assert free_in(MARCH, Fraction(40), [], []) == Free(40, 40, 0, 0, 31)


def test_days_of_several_months_count_by_the_days_of_each():
    window = Span(date(2027, 1, 17), date(2027, 2, 14))  # 15 of 31 days, and 14 of 28
    assert free_in(window, Fraction(62), [], []).pieces == 30 + 31


def test_days_of_rest_count_once_and_only_within_the_window():
    rests = [Span(date(2027, 2, 20), date(2027, 3, 10)), Span(date(2027, 3, 5), date(2027, 3, 12))]

    found = free_in(MARCH, Fraction(62), rests, [])

    assert (found.pieces, found.rest_days) == (62 - 24, 12)


def test_a_promise_takes_the_part_of_it_that_falls_into_the_window():
    promised = booking(60, date(2027, 2, 20), date(2027, 3, 11))  # 20 days, 11 of them in March
    assert free_in(MARCH, Fraction(100), [], [promised]) == Free(67, 100, 33, 0, 31)


def test_what_is_late_has_still_to_be_made_and_once():
    today = date(2027, 2, 28)
    late = Booking(Fraction(25), days_to_make(date(2027, 1, 1), date(2027, 2, 15), today))
    assert free_in(MARCH, Fraction(40), [], [late]).pieces == 15
    assert free_in(Span(date(2027, 4, 1), date(2027, 4, 30)), Fraction(40), [], [late]).pieces == 40


def test_without_a_figure_or_a_day_nothing_limits_it():
    assert free_in(MARCH, None, [], []).pieces is None
    assert free_in(None, Fraction(40), [], []) == Free(None, 40, 0, 0)


def test_who_rests_on_all_days_makes_nothing_stated_or_not():
    found = free_in(MARCH, None, [MARCH], [])
    assert (found.pieces, found.rests_throughout) == (0, True)


def test_a_day_that_has_passed_leaves_nothing():
    assert free_in(Span(date(2027, 3, 2), date(2027, 3, 1)), Fraction(40), [], []).pieces == 0


@pytest.mark.parametrize(
    ("said", "asked", "weight_g", "found"),
    [
        ("C62", "C62", None, 700),
        ("GRM", "C62", "350", 2),
        ("C62", "GRM", "350", 245_000),
        ("GRM", "KGM", None, Fraction(7, 10)),
        ("KGM", "C62", "350", 2000),
        ("GRM", "C62", None, None),
        ("C62", "PR", "350", None),
    ],
)
def test_grams_and_pieces_are_turned_into_one_another_by_what_one_weighs(said, asked, weight_g, found):
    assert in_unit(700, said, asked, weight_g and Decimal(weight_g)) == found


days = st.integers(0, 400).map(lambda number: date(2027, 1, 1) + timedelta(days=number))
spans = st.tuples(days, days).map(lambda pair: Span(min(pair), max(pair)))
bookings = st.builds(Booking, st.integers(0, 500).map(Fraction), spans)
figures = st.integers(0, 500).map(Fraction)


@settings(max_examples=60, deadline=None)
@given(spans, figures, st.lists(spans, max_size=3), st.lists(bookings, max_size=3), spans, bookings)
def test_never_below_nothing_and_neither_rest_nor_promise_makes_more(window, a_month, rests, promised, rest, another):
    found = free_in(window, a_month, rests, promised).pieces
    assert found is not None
    assert 0 <= free_in(window, a_month, [*rests, rest], promised).pieces <= found
    assert 0 <= free_in(window, a_month, rests, [*promised, another]).pieces <= found


@settings(max_examples=60, deadline=None)
@given(spans, st.lists(bookings, max_size=4), st.lists(bookings, max_size=4))
def test_promises_add_and_no_part_of_one_counts_twice(window, some, more):
    def booked(these):
        return sum(booked_in(window, each) for each in these)

    assert booked(some) + booked(more) == booked([*some, *more])
    assert booked(some) <= sum(each.quantity for each in some)
