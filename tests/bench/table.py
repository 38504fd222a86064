"""The one table of a run: as text for people, as Markdown for a note, as JSON for programs."""

import json
import os
import platform
import time
from collections.abc import Iterable
from dataclasses import asdict, replace

from tests.bench.figures import Figure

HEADS = ("case", "what", "products", "figure", "budget", "", "ratio")
NOTHING = "·"


def with_growth(figures: Iterable[Figure]) -> list[Figure]:
    """The figures; one that was measured at several sizes beside what it was at the smallest."""
    figures = list(figures)
    smallest: dict[tuple[str, str], Figure] = {}
    for each in figures:
        if each.size is not None:
            first = smallest.setdefault((each.case, each.what), each)
            smallest[each.case, each.what] = min(first, each, key=lambda figure: figure.size or 0)
    return [_grown(each, smallest.get((each.case, each.what))) for each in figures]


def _grown(figure: Figure, smallest: Figure | None) -> Figure:
    if figure.ratio is not None or smallest is None or figure.size == smallest.size or not smallest.value:
        return figure
    return replace(figure, ratio=figure.value / smallest.value, beside=f"{smallest.size:,} products")


def head() -> str:
    """On what it is measured."""
    return f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"


def busy() -> str:
    """How busy the machine is now: its load, and the CPU that a fixed piece of work takes, more beside other work."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return f"load {load}; a fixed piece of work takes {yardstick():.0f} ms of CPU"


def yardstick() -> float:
    """Milliseconds of CPU for the same work each time: the least of three, so that runs can be compared."""
    taken = []
    for _time in range(3):
        began = time.thread_time()
        sorted(json.dumps({"number": number, "words": ["silver", "bowl"] * 4}) for number in range(5_000))
        taken.append(1000 * (time.thread_time() - began))
    return min(taken)


def as_text(figures: list[Figure]) -> str:
    """Columns, each as wide as it needs."""
    rows = [HEADS, *_rows(figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def as_markdown(figures: list[Figure]) -> str:
    """A table for a note."""
    rows = [HEADS, ("---",) * len(HEADS), *_rows(figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def as_json(figures: list[Figure], load: str) -> str:
    """Everything, `load` being what `head` and `busy` said."""
    return json.dumps({"measured on": load, "figures": [asdict(each) for each in figures]}, indent=1)


def _rows(figures: list[Figure]) -> list[tuple[str, ...]]:
    rows, before = [], ""
    for each in figures:
        rows.append(_row(each, "" if each.case == before else each.case))
        before = each.case
    return rows


def _row(figure: Figure, case: str) -> tuple[str, ...]:
    size = f"{figure.size:,}" if figure.size is not None else NOTHING
    ratio = f"{_plain(figure.ratio)} x {figure.beside}" if figure.ratio is not None else NOTHING
    verdict = {None: "", True: "OVER", False: "ok"}[figure.is_over]
    return case, figure.what, size, f"{_plain(figure.value)} {figure.unit}".strip(), _budget(figure), verdict, ratio


def _budget(figure: Figure) -> str:
    if figure.budget is None:
        return NOTHING
    most = _plain(figure.budget.at_most)
    return f"{most} x" if figure.budget.of == "ratio" else f"{most} {figure.unit}".strip()


def _plain(value: float) -> str:
    """Three figures are enough."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"
