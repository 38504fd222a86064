"""Kept and rendered pages beside a bare Flask view that returns the same bytes, on the same server in the same run."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.bench.asking import Answer, Asked, ask, ask_for, final
from tests.bench.bench import Bench, pages_of
from tests.bench.figures import Budget, Figure, median
from tests.bench.servers import BARE, Server, bare_environment, serving, site

PAGES = ("list", "product", "home")
LANGUAGES = ("en", "lo")
SECONDS, QUICK_SECONDS = 1.0, 0.4
ROUNDS, QUICK_ROUNDS = 3, 1
HALF = Budget(0.5, of="ratio")
NOTHING_KEPT = {"CACHE_URL": "memory:0"}
CASE = "pages"


def pages(bench: Bench) -> Iterator[Figure]:
    """The list, a product and a home: CPU a request and requests a second, of bare view, kept and rendered page."""
    catalogue = bench.largest
    with ExitStack() as stack:
        kept = stack.enter_context(site(catalogue, bench.new_folder()))
        rendering = stack.enter_context(site(catalogue, bench.new_folder(), NOTHING_KEPT))
        paths = {f"{page}, {lang}": pages_of(catalogue, lang)[page] for page in PAGES for lang in LANGUAGES}
        paths = {name: final(kept, path) for name, path in paths.items()}
        answers = {name: answer for name, path in paths.items() if (answer := _settled(bench, kept, name, path))}
        [_settled(bench, rendering, name, paths[name]) for name in answers]
        bare = stack.enter_context(serving(BARE, bare_environment(_written(answers, bench.new_folder()))))
        for name, answer in answers.items():
            found = _measured(bench, name, paths[name], bare, kept, rendering)
            yield from _figures(f"{name} ({len(answer.body) / 1024:.0f} KB)", found, catalogue.size)


def _measured(
    bench: Bench, name: str, path: str, bare: Server, kept: Server, rendering: Server
) -> dict[str, list[Asked]]:
    """Rounds of each in turn, so that what else the machine does falls on all alike."""
    seconds = QUICK_SECONDS if bench.options.is_quick else SECONDS
    asked = {"bare view": (bare, f"/{_address(name)}"), "kept": (kept, path), "rendered": (rendering, path)}
    found: dict[str, list[Asked]] = {kind: [] for kind in asked}
    for _round in range(bench.times(ROUNDS, QUICK_ROUNDS)):
        for kind, (server, address) in asked.items():
            found[kind].append(ask_for(server, address, seconds))
    return found


def _figures(name: str, found: dict[str, list[Asked]], size: int) -> Iterator[Figure]:
    cpu = {kind: median([each.cpu_ms for each in rounds]) for kind, rounds in found.items()}
    speed = {kind: median([each.per_second for each in rounds]) for kind, rounds in found.items()}
    for kind in found:
        ratio = cpu[kind] / cpu["bare view"] if kind != "bare view" else None
        budget = HALF if kind == "kept" else None
        yield Figure(CASE, f"{name}, {kind}: CPU a request", cpu[kind], "ms", size, budget, ratio, "bare view")
    for kind in found:
        ratio = speed[kind] / speed["bare view"] if kind != "bare view" else None
        yield Figure(CASE, f"{name}, {kind}: requests a second", speed[kind], "/s", size, None, ratio, "bare view")


def _settled(bench: Bench, server: Server, name: str, path: str) -> Answer | None:
    """The answer after the first ones, which make what is kept; None where there is no page."""
    answer = [ask(server, path) for _time in range(3)][-1]
    if answer.status == 200:
        return answer
    bench.miss(name, f"it answers {answer.status}")
    return None


def _written(answers: dict[str, Answer], folder: Path) -> Path:
    """The answers as the bare application reads them."""
    folder.mkdir()
    for name, answer in answers.items():
        own = [each for each in answer.headers if each[0] != "content-length"]
        (folder / f"{_address(name)}.json").write_text(json.dumps(own))
        (folder / f"{_address(name)}.body").write_bytes(answer.body)
    return folder


def _address(name: str) -> str:
    return name.replace(", ", "-")
