"""What changed between two wordings."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catalogue.products.wording import changed_words

TEXT = some.text(alphabet="ຂັນເງິນດອກບົວ 12.,\nabc-\u00a0", max_size=60)


def said(before, after):
    return [(run.kind, run.text) for run in changed_words(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("Betel box", "Betel box, lotus-bud lid", [("same", "Betel box"), ("new", ", lotus-bud lid")]),
        ("ແອບໝາກເງິນ", "ແອບໝາກທອງ", [("same", "ແອບໝາກ"), ("gone", "ເງິນ"), ("new", "ທອງ")]),
        ("250\u00a0g", "264\u00a0g", [("gone", "250"), ("new", "264"), ("same", "\u00a0g")]),
        ("1.250.000 kip", "1.350.000 kip", [("gone", "1.250.000"), ("new", "1.350.000"), ("same", " kip")]),
        ("", "new", [("new", "new")]),
        ("gone", "", [("gone", "gone")]),
        ("same", "same", [("same", "same")]),
    ],
)
def test_syllables_words_and_figures_are_compared_whole(before, after, runs):
    assert said(before, after) == runs


def test_a_phrase_is_shown_as_a_phrase_and_not_in_crumbs():
    before, after = "raised by hand, with a scroll band.", "raised by hand, with scroll and lozenge bands."

    assert said(before, after) == [
        ("same", "raised by hand, with "),
        ("gone", "a scroll band"),
        ("new", "scroll and lozenge bands"),
        ("same", "."),
    ]


@given(TEXT, TEXT)
def test_both_wordings_can_be_read_from_it(before, after):
    runs = changed_words(before, after)

    assert "".join(run.text for run in runs if run.kind != "new") == before
    assert "".join(run.text for run in runs if run.kind != "gone") == after
    assert all(run.text for run in runs)


def test_a_hostile_text_takes_no_time():
    before, after = "a b " * 1000, "b a c " * 660
    began = time.perf_counter()

    changed_words(before, after)

    assert time.perf_counter() - began < 1
