"""The command line: measure what the site costs, and print one table.

python -m tests.bench [--sizes 1000,20000] [--search 100000] [--quick] [--only NAME...] [--json FILE] [--markdown FILE]
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.bench import table
from tests.bench.bench import KEPT, PHOTOGRAPHS, QUICK_PHOTOGRAPHS, Bench, Options, begun
from tests.bench.figures import Figure
from tests.bench.register import CASES

QUICK_SIZES: tuple[int, ...] = (1_000,)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 1 where a case could not be measured. A figure over its budget is told, and fails nothing."""
    given = parser().parse_args(arguments)
    names = given.only or list(CASES)
    load = f"{table.head()}; at the start {table.busy()}"
    with begun(options_of(given)) as bench:
        figures = table.with_growth(figure for name in names for figure in measured(bench, name))
    load += f"; at the end {table.busy()}"
    print(f"{load}\n\n{table.as_text(figures)}")
    if given.json:
        given.json.write_text(table.as_json(figures, load))
    if given.markdown:
        given.markdown.write_text(f"Measured on {load}.\n\n{table.as_markdown(figures)}\n")
    return 1 if bench.faults else 0


def measured(bench: Bench, name: str) -> list[Figure]:
    """The figures of a case, as far as it came; why it came no further stands on standard error. The others go on."""
    began, figures = time.monotonic(), []
    print(f"measuring {name} ...", end="", file=sys.stderr, flush=True)
    try:
        for figure in CASES[name](bench):
            figures.append(figure)
    except Exception as fault:
        bench.miss(name, f"{type(fault).__name__}: {fault}")
    print(f" {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return figures


def options_of(given: argparse.Namespace) -> Options:
    """What the command line asks for; `--quick` changes what it does not name."""
    photographs = QUICK_PHOTOGRAPHS if given.quick else PHOTOGRAPHS
    options = Options(is_quick=given.quick, photographs=photographs, kept=given.kept)
    if given.quick:
        options = replace(options, sizes=QUICK_SIZES, search=())
    named = {
        name: getattr(given, name) for name in ("sizes", "search", "photographs") if getattr(given, name) is not None
    }
    return replace(options, **named)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser("python -m tests.bench", description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    found.add_argument("--sizes", type=numbers, metavar="1000,20000", help="catalogues that everything is measured on")
    found.add_argument("--search", type=numbers, metavar="100000", help="larger ones, for search and rendered pages")
    found.add_argument("--quick", action="store_true", help="one small catalogue and few repetitions")
    found.add_argument("--only", nargs="+", choices=CASES, metavar="NAME", help=f"some of: {', '.join(CASES)}")
    found.add_argument("--photographs", type=int, metavar="16", help="how many different ones the products show")
    found.add_argument("--kept", type=Path, default=KEPT, metavar="FOLDER", help="where made catalogues are kept")
    found.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    found.add_argument("--markdown", type=Path, metavar="FILE", help="write the table there too")
    return found


def numbers(words: str) -> tuple[int, ...]:
    """Sizes of catalogues, parted by commas; an empty text is none."""
    found = tuple(int(word.replace("_", "")) for word in words.split(",") if word)
    if any(number < 1 for number in found):
        raise argparse.ArgumentTypeError("a catalogue has at least one product")
    return found
