"""How well the contact detector does on texts written by somebody who has not seen it."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from catalogue.leaks import find_leaks

HERE = Path(__file__).parent
SHARED = ("office@sala.example", "+856 21 212 345")
LEAST_FOUND, MOST_FALSE = 0.95, 0.03


def cases(name: str) -> list[dict[str, str]]:
    file, _, part = name.partition("/")
    return tomllib.loads((HERE / f"{file}.toml").read_text("utf-8"))[part or "cases"]


def flagged(name: str) -> tuple[Counter[str], Counter[str], list[str]]:
    """For each language how many texts there are and how many are flagged; and how each text was judged."""
    all_of, found, lines = Counter(), Counter(), []
    for case in cases(name):
        leaks = find_leaks(case["text"], SHARED)
        all_of[case["language"]] += 1
        found[case["language"]] += bool(leaks)
        lines.append(f"{'x' if leaks else '-'} {case['language']} {case['note']}: {case['text']!r}")
    return all_of, found, lines


@pytest.mark.parametrize(
    ("name", "least"),
    [("positives", 150), ("negatives", 150), ("second/positives", 100), ("second/negatives", 100)],
)
def test_figures_hold(name, least, capsys):
    all_of, found, lines = flagged(name)
    share = found.total() / all_of.total()
    with capsys.disabled():
        by_language = ", ".join(f"{language} {found[language]}/{all_of[language]}" for language in sorted(all_of))
        print(f"\n{name}: {found.total()} of {all_of.total()} flagged ({share:.1%}); {by_language}")

    assert all_of.total() >= least
    if name.endswith("positives"):
        assert share >= LEAST_FOUND, "\n".join(line for line in lines if line.startswith("-"))
    else:
        assert share <= MOST_FALSE, "\n".join(line for line in lines if line.startswith("x"))
