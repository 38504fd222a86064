"""What members make together: each member counts once, and nothing is made larger than it was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.routing.together import Together, narrowed, rounded_down, summed


@pytest.mark.parametrize(
    ("quantity", "said"), [(7, 7), (66, 66), (99, 99), (100, 100), (388, 380), (1999, 1900), (12_200, 12_000)]
)
def test_two_figures_of_a_large_number_are_said(quantity, said):
    assert rounded_down(quantity) == said


@given(st.integers(min_value=1, max_value=10**9))
def test_no_more_is_said_than_there_is_and_little_is_lost(quantity):
    assert 0.9 * quantity < rounded_down(quantity) <= quantity


def test_what_one_member_alone_states_is_not_together():
    assert summed([("bowls", "C62", 40), ("boxes", "C62", 90), ("bowls", "C62", 30)]) == (
        Together("bowls", "C62", 70, 2),
    )


def test_units_are_not_added_to_one_another():
    assert summed([("bowls", "C62", 40), ("bowls", "SET", 30)]) == ()


def test_what_most_members_make_stands_first():
    stated = [("boxes", "C62", 900), ("boxes", "C62", 900), *[("bowls", "C62", 5)] * 3]
    assert [row.category for row in summed(stated)] == ["bowls", "boxes"]


def test_what_a_member_said_itself_stands_before_what_its_listings_state():
    listed = {(1, "bowls", "C62"): 40, (2, "bowls", "C62"): 30, (2, "boxes", "C62"): 9}
    said = {(1, "bowls", "C62"): 60, (2, "boxes", "C62"): 0}
    assert narrowed(listed, said) == {(1, "bowls", "C62"): 60, (2, "bowls", "C62"): 30}
