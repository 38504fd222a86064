"""Pages rendered inside this process at every size: their queries, and their time inside and outside the database."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import combinations, cycle, islice
from random import Random

from flask import Flask

from catalogue.consortia.sector import sector
from tests.bench.bench import Bench, pages_of, some_products
from tests.bench.counting import Cost, cost_of, counted_site
from tests.bench.figures import Budget, Figure, median
from tests.bench.made.catalogues import Catalogue
from tests.bench.made.products import SECTOR, SEED

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
    catalogue, times = bench.catalogue(size), bench.times(FULL, QUICK)
    found: dict[str, list[Cost]] = {}
    with counted_site(catalogue, bench.new_folder()) as app:
        for page, paths in _addresses(app, catalogue, WARM + times).items():
            costs = [cost_of(app, path) for path in islice(cycle(paths), WARM + times)]
            if wrong := {cost.status for cost in costs} - {200}:
                bench.miss(f"{page} at {size:,}", f"it answers {wrong}")
            else:
                found[page] = costs[WARM:]
    return found


def _addresses(app: Flask, catalogue: Catalogue, many: int) -> dict[str, list[str]]:
    """Each kind of page by as many addresses as it has, up to `many`: what was shown a moment ago is often at hand."""
    pages = pages_of(catalogue)
    trade = sector(SECTOR)
    terms = {"category": trade.categories, "material": trade.materials, "technique": trade.techniques}
    facets = [f"{facet}={term.key}" for facet, named in terms.items() for term in named]
    pairs = [f"{one}&{other}" for one, other in combinations(facets, 2) if one.split("=")[0] != other.split("=")[0]]
    return {
        "network": [pages["network"]],
        "home": [pages["home"]],
        "list, the same again": [pages["list"]],
        "list, page after page": _turned(app, pages["list"], many),
        "list, one facet": [f"{pages['list']}?{each}" for each in _drawn(facets, many)],
        "list, two facets": [f"{pages['list']}?{each}" for each in _drawn(pairs, many)],
        "product": [_final(app, f"{pages['list']}/{each}") for each in some_products(catalogue, many)],
    }


def _drawn(things: list[str], many: int) -> list[str]:
    """Some of them, the same each time."""
    return Random(SEED).sample(things, min(many, len(things)))


def _turned(app: Flask, path: str, many: int) -> list[str]:
    """The addresses of a list's pages, from the first, as its link to the next says them."""
    found = [path]
    while len(found) < many:
        body = app.test_client().get(found[-1]).get_data(as_text=True)
        links = [unescape(each) for each in re.findall(r'href="([^"]*[?&;]page=[^"]*)"', body)]
        after = next((each for each in reversed(links) if each not in found), None)
        if after is None:
            break
        found.append(after)
    return found


def _final(app: Flask, path: str) -> str:
    """The address behind a redirect, if there is one."""
    answer = app.test_client().get(path)
    return str(answer.headers["Location"]) if 300 <= answer.status_code < 400 else path


def _figures(page: str, size: int, costs: list[Cost]) -> Iterator[Figure]:
    own, whole = median([cost.own_cpu_ms for cost in costs]), median([cost.cpu_ms for cost in costs])
    is_facets = page == "list, two facets"
    yield Figure(CASE, f"{page}: queries", max(cost.queries for cost in costs), "", size, QUERIES)
    yield Figure(CASE, f"{page}: CPU outside the database", own, "ms", size, OWN_CPU)
    yield Figure(CASE, f"{page}: CPU with the database", whole, "ms", size, UNKEPT_FACETS if is_facets else None)
