"""The first reading of the large consortium's shelf: the first page after each change of the catalogue waits for it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.database import engine_for
from catalogue.products.shelf import shelf_of
from catalogue.web.clock import now
from tests.bench.alone import Spent, alone, spent_on
from tests.bench.bench import Bench
from tests.bench.figures import Figure
from tests.bench.made.network import SLUG

CASE = "shelf"


def shelves(bench: Bench) -> Iterator[Figure]:
    """At each size: CPU of the reading with the turn of the day, memory at its peak, and memory kept."""
    for size in bench.all_sizes:
        spent = alone(read_once, bench.catalogue(size).url)
        yield Figure(CASE, "first reading: CPU", spent.cpu, "s", size)
        yield Figure(CASE, "first reading: memory at its peak", spent.peak_mb, "MB", size)
        yield Figure(CASE, "kept: memory", spent.kept_mb, "MB", size)


def read_once(url: str) -> Spent:
    """Read it in this process, for the first time; what was read before it is the consortium alone."""
    engine = engine_for(url)
    with Session(engine) as session:
        consortium = session.scalars(select(Consortium).filter_by(slug=SLUG)).one()
        day = now().date()
        spent = spent_on(lambda: len(shelf_of(session, consortium).order("turn", day)))
    engine.dispose()
    return spent
