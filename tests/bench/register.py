"""The cases by the names that `--only` takes.

To add one, write a function in a module of `cases` that takes the `Bench` and yields `Figure`s, and name it here. A
case begins what it needs by itself, and ends it; none relies on another. What is measured in a Python of its own
(`alone`) imports its module there: keep heavy imports that are not measured out of it.
"""

from collections.abc import Callable, Iterator

from tests.bench.bench import Bench
from tests.bench.cases.dividing import dividing
from tests.bench.cases.first_views import first_views
from tests.bench.cases.growing import growing
from tests.bench.cases.inquiries import inquiries
from tests.bench.cases.letters import letters
from tests.bench.cases.pages import pages
from tests.bench.cases.photographs import photographs
from tests.bench.cases.searching import searching
from tests.bench.cases.shelves import shelves
from tests.bench.cases.starting import starting
from tests.bench.figures import Figure

Case = Callable[[Bench], Iterator[Figure]]

CASES: dict[str, Case] = {
    "pages": pages,
    "rendered": growing,
    "search": searching,
    "inquiry": inquiries,
    "letter": letters,
    "shelf": shelves,
    "division": dividing,
    "view": first_views,
    "photograph": photographs,
    "start": starting,
}
