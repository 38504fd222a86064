"""Search in four kinds, inside this process on a warm shelf: what it takes, and how many hits, at every size."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask
from sqlalchemy import select

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.products.search import matching
from catalogue.products.spelling import did_you_mean
from catalogue.products.vocabulary import vocabulary
from tests.bench.bench import Bench
from tests.bench.counting import Cost, cost_of, counted_site
from tests.bench.figures import Budget, Figure, median, part
from tests.bench.made.network import SLUG
from tests.bench.queries import KINDS, queries

FULL, QUICK = 120, 20
PAGES = 4  # of so many queries one is asked for as a whole page, too
WARM = 8
MEDIAN, P95 = Budget(10), Budget(40)
CASE = "search"


@dataclass(frozen=True)
class Find:
    """One query: milliseconds by the clock and of CPU, which other work on the machine does not lengthen, and hits."""

    wall_ms: float
    cpu_ms: float
    hits: int


def searching(bench: Bench) -> Iterator[Figure]:
    """Each kind at each size: median and 95th percentile of finding, hits, and the whole page."""
    found = {size: _measured(bench, size) for size in bench.all_sizes}
    for kind in KINDS:
        for size in bench.all_sizes:
            finds, pages = found[size][kind]
            cpu = [each.cpu_ms for each in finds]
            yield Figure(CASE, f"{kind}: CPU, median", median(cpu), "ms", size, MEDIAN)
            yield Figure(CASE, f"{kind}: CPU, 95th percentile", part(cpu, 0.95), "ms", size, P95)
            yield Figure(CASE, f"{kind}: by the clock, median", median([each.wall_ms for each in finds]), "ms", size)
            yield Figure(CASE, f"{kind}: hits, on average", sum(each.hits for each in finds) / len(finds), "", size)
            yield Figure(CASE, f"{kind}: whole page, CPU, median", median([each.cpu_ms for each in pages]), "ms", size)
            yield Figure(CASE, f"{kind}: queries of a page", max(each.queries for each in pages), "", size, Budget(8))


def _measured(bench: Bench, size: int) -> dict[str, tuple[list[Find], list[Cost]]]:
    with counted_site(bench.catalogue(size), bench.new_folder()) as app:
        return {kind: _of_kind(app, kind, bench.times(FULL, QUICK)) for kind in KINDS}


def _of_kind(app: Flask, kind: str, many: int) -> tuple[list[Find], list[Cost]]:
    asked = queries(kind, many + WARM)
    for query in asked[:WARM]:
        cost_of(app, _address(query))
    with app.app_context():
        finds = [_find(query) for query in asked[WARM:]]
    return finds, [cost_of(app, _address(query)) for query in asked[WARM::PAGES]]


def _find(query: str) -> Find:
    """Look for it, and where nothing is found for what may have been meant."""
    consortium = db.session.scalars(select(Consortium).filter_by(slug=SLUG)).one()
    began, cpu = time.perf_counter(), time.thread_time()
    hits = matching(db.session, consortium, query)
    if not hits:
        meant = did_you_mean(db.session, [consortium], vocabulary(db.session, [consortium]), query)
        hits = meant.hits if meant else []
    cpu, wall = time.thread_time() - cpu, time.perf_counter() - began
    return Find(1000 * wall, 1000 * cpu, len(hits))


def _address(query: str) -> str:
    return f"/en/{SLUG}/products?q={quote(query)}"
