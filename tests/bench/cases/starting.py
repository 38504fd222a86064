"""Starting, and what a web process holds after a thousand requests."""

import logging
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote

from catalogue.app import create_app
from config import Settings
from tests.bench.alone import alone, loaded
from tests.bench.asking import Connection, request_for
from tests.bench.bench import Bench, pages_of
from tests.bench.figures import Budget, Figure, median
from tests.bench.made.network import SLUG
from tests.bench.queries import KINDS, queries
from tests.bench.servers import LOG, SITE, NotReady, environment_of, serving, site, working

FULL, QUICK = 3, 1
REQUESTS, QUICK_REQUESTS = 1000, 100
SECONDS, MEMORY, NONE = Budget(3), Budget(110), Budget(0)
WORKERS_ALONE = {"PIL", "openpyxl", "lxml", "typst"}
WORKER_READY, WORKER_SECONDS = "the worker began", 60
CASE = "start"


def starting(bench: Bench) -> Iterator[Figure]:
    """Seconds to the first `/health` and to a waiting worker, memory, and what is loaded that only the worker needs."""
    for name, begin in {"web server, to its first answer": _web, "worker, until it waits": _worker}.items():
        begun = [begin(bench) for _time in range(bench.times(FULL, QUICK))]
        yield Figure(CASE, f"{name}: time", median([seconds for seconds, _cpu in begun]), "s", budget=SECONDS)
        yield Figure(CASE, f"{name}: CPU", median([cpu for _seconds, cpu in begun]), "s")
    yield from _memory(bench)
    found = alone(heavy_after, bench.smallest.settings(bench.new_folder()), list(pages_of(bench.smallest).values()))
    named = f"modules of the worker in a web process ({', '.join(found) or 'none'})"
    yield Figure(CASE, named, len(found), "", budget=NONE)


def _web(bench: Bench) -> tuple[float, float]:
    """Seconds by the clock and of CPU."""
    folder = _folder(bench)
    environment = environment_of(bench.smallest.copied(folder), folder)
    began = time.perf_counter()
    with serving(SITE, environment) as server:
        return time.perf_counter() - began, server.cpu_seconds()


def _worker(bench: Bench) -> tuple[float, float]:
    """The same, until it writes that it began. Raises `NotReady`."""
    folder = _folder(bench)
    environment = environment_of(bench.smallest.copied(folder), folder)
    began = time.perf_counter()
    with working(environment) as server:
        while time.perf_counter() - began < WORKER_SECONDS:
            log = folder / LOG
            if log.exists() and WORKER_READY in log.read_text():
                return time.perf_counter() - began, server.cpu_seconds()
            time.sleep(0.01)
    raise NotReady("the worker did not begin")


def _memory(bench: Bench) -> Iterator[Figure]:
    """After pages of every kind, kept ones and searches, in both languages."""
    count = bench.times(REQUESTS, QUICK_REQUESTS)
    with site(bench.largest, bench.new_folder()) as server:
        asked = [path for language in ("en", "lo") for path in pages_of(bench.largest, language).values()]
        asked += [f"/en/{SLUG}/products?q={quote(query)}" for kind in KINDS for query in queries(kind, 20)]
        before = server.memory_mb()
        with Connection(server.port) as connection:
            for path in islice(cycle(asked), count):
                connection.ask(request_for(path))
        held = server.memory_mb()
        largest = server.largest_rss_mb()
    size = bench.largest.size
    yield Figure(CASE, "web server at first: memory, shared parts by share", before["pss"], "MB", size)
    yield Figure(CASE, f"after {count:,} requests: memory, shared parts by share", held["pss"], "MB", size)
    yield Figure(CASE, f"after {count:,} requests: its largest process, resident", largest, "MB", size, MEMORY)


def heavy_after(settings: Settings, paths: list[str]) -> list[str]:
    """What only the worker should have loaded, after these pages in a new Python."""
    client = create_app(settings).test_client()
    logging.disable(logging.CRITICAL)
    for path in paths:
        client.get(path, follow_redirects=True)
    return loaded(WORKERS_ALONE)


def _folder(bench: Bench) -> Path:
    folder = bench.new_folder()
    folder.mkdir()
    return folder
