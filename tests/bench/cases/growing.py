"""Pages rendered inside this process at every size: their queries, and their time inside and outside the database."""

from collections.abc import Iterator

from flask import Flask

from tests.bench.bench import Bench, pages_of
from tests.bench.counting import Cost, cost_of, counted_site
from tests.bench.figures import Budget, Figure, median

FULL, QUICK = 25, 5
WARM = 3
QUERIES = Budget(8)
OWN_CPU = Budget(6)
UNKEPT_FACETS = Budget(80)
CASE = "rendered"


def growing(bench: Bench) -> Iterator[Figure]:
    """Each kind of page at each size: queries, CPU outside the database (a list has 24 cards), and time."""
    found = {size: _costs(bench, size) for size in bench.all_sizes}
    for page in found[bench.all_sizes[0]]:
        for size in bench.all_sizes:
            if page in found[size]:
                yield from _figures(page, size, found[size][page])


def _costs(bench: Bench, size: int) -> dict[str, list[Cost]]:
    catalogue = bench.catalogue(size)
    with counted_site(catalogue, bench.new_folder()) as app:
        pages = {page: _final(app, path) for page, path in pages_of(catalogue).items()}
        for page, path in list(pages.items()):
            warm = [cost_of(app, path) for _time in range(WARM)]
            if warm[-1].status != 200:
                bench.miss(f"{page} at {size:,}", f"it answers {warm[-1].status}")
                del pages[page]
        times = bench.times(FULL, QUICK)
        return {page: [cost_of(app, path) for _time in range(times)] for page, path in pages.items()}


def _final(app: Flask, path: str) -> str:
    """The address behind redirects: kept and rendered pages are asked for by their canonical one."""
    answer = app.test_client().get(path)
    return str(answer.headers["Location"]) if 300 <= answer.status_code < 400 else path


def _figures(page: str, size: int, costs: list[Cost]) -> Iterator[Figure]:
    own, whole = median([cost.own_cpu_ms for cost in costs]), median([cost.cpu_ms for cost in costs])
    is_facets = page == "list, two facets"
    yield Figure(CASE, f"{page}: queries", max(cost.queries for cost in costs), "", size, QUERIES)
    yield Figure(CASE, f"{page}: CPU outside the database", own, "ms", size, OWN_CPU)
    yield Figure(CASE, f"{page}: CPU with the database", whole, "ms", size, UNKEPT_FACETS if is_facets else None)
