"""A table tells what is over its budget, and how figures grow."""

import pytest

from tests.bench.figures import Budget, Figure, median, part
from tests.bench.table import as_json, as_markdown, as_text, with_growth


def figure(value=4.0, **given):
    return Figure(**{"case": "pages", "what": "list", "value": value, "unit": "ms", **given})


@pytest.mark.parametrize(("value", "is_over"), [(6, False), (6.1, True)])
def test_figure_is_held_against_its_budget(value, is_over):
    assert figure(value, budget=Budget(6)).is_over is is_over


@pytest.mark.parametrize(("ratio", "is_over"), [(0.4, False), (0.6, True)])
def test_budget_may_be_one_of_the_ratio(ratio, is_over):
    assert figure(90, ratio=ratio, budget=Budget(0.5, of="ratio")).is_over is is_over


def test_figure_without_budget_is_never_over():
    assert figure(9e9).is_over is None


def test_growth_is_told_beside_the_smallest_size():
    small, large = with_growth([figure(10, size=1000), figure(25, size=20_000)])
    assert (small.ratio, large.ratio, large.beside) == (None, 2.5, "1,000 products")


def test_ratio_that_a_case_gave_stays():
    _small, large = with_growth([figure(size=1000), figure(size=20_000, ratio=0.4, beside="bare view")])
    assert (large.ratio, large.beside) == (0.4, "bare view")


def test_table_says_which_figures_are_over():
    lines = as_text([figure(7, budget=Budget(6)), figure(5, budget=Budget(6))]).splitlines()
    assert ["OVER" in line for line in lines[2:]] == [True, False]


def test_table_is_written_in_three_ways():
    figures = [figure(1234.5, size=1000)]
    assert "1,234 ms" in as_text(figures)
    assert "| 1,234 ms |" in as_markdown(figures)
    assert '"value": 1234.5' in as_json(figures, "this machine")


def test_parts_of_what_was_measured():
    assert median([9, 1, 5]) == 5
    assert part([float(each) for each in range(100)], 0.95) == 95
