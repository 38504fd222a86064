"""Search in four kinds, inside this process on a warm shelf: by the clock, with how many hits, at every size."""

import time
from collections.abc import Iterator
from urllib.parse import quote

from flask import Flask
from sqlalchemy import select

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.products.search import matching
from tests.bench.bench import Bench
from tests.bench.counting import Cost, cost_of, counted_site
from tests.bench.figures import Budget, Figure, median, part
from tests.bench.made.network import SLUG
from tests.bench.made.queries import KINDS, queries

FULL, QUICK = 120, 20
PAGES = 4  # of so many queries one is asked for as a whole page, too
WARM = 8
MEDIAN, P95 = Budget(10), Budget(40)
CASE = "search"


def searching(bench: Bench) -> Iterator[Figure]:
    """Each kind at each size: median and 95th percentile of finding, hits, and the whole page."""
    found = {size: _measured(bench, size) for size in bench.all_sizes}
    for kind in KINDS:
        for size in bench.all_sizes:
            times, hits, pages = found[size][kind]
            yield Figure(CASE, f"{kind}: median", median(times), "ms", size, MEDIAN)
            yield Figure(CASE, f"{kind}: 95th percentile", part(times, 0.95), "ms", size, P95)
            yield Figure(CASE, f"{kind}: hits, on average", sum(hits) / len(hits), "", size)
            yield Figure(CASE, f"{kind}: whole page, median", median([each.wall_ms for each in pages]), "ms", size)
            yield Figure(CASE, f"{kind}: queries of a page", max(each.queries for each in pages), "", size, Budget(8))


def _measured(bench: Bench, size: int) -> dict[str, tuple[list[float], list[int], list[Cost]]]:
    with counted_site(bench.catalogue(size), bench.new_folder()) as app:
        return {kind: _of_kind(app, kind, bench.times(FULL, QUICK)) for kind in KINDS}


def _of_kind(app: Flask, kind: str, many: int) -> tuple[list[float], list[int], list[Cost]]:
    asked = queries(kind, many + WARM)
    for query in asked[:WARM]:
        cost_of(app, _address(query))
    timed = [_found(query) for query in asked[WARM:]]
    pages = [cost_of(app, _address(query)) for query in asked[WARM::PAGES]]
    return [ms for ms, _hits in timed], [hits for _ms, hits in timed], pages


def _found(query: str) -> tuple[float, int]:
    """The milliseconds that finding took, and how many were found."""
    consortium = db.session.scalars(select(Consortium).filter_by(slug=SLUG)).one()
    began = time.perf_counter()
    hits = matching(db.session, consortium, query)
    return 1000 * (time.perf_counter() - began), len(hits)


def _address(query: str) -> str:
    return f"/en/{SLUG}/products?q={quote(query)}"
