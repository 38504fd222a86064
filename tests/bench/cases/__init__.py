"""What is measured: a module an idea, a function a case, and their names as `--only` takes them.

To add one, write a function that takes the `Bench` and yields `Figure`s, and name it here. Cases begin what they need
by themselves, and end it; none relies on another.
"""

from collections.abc import Callable, Iterator

from tests.bench.bench import Bench
from tests.bench.cases.growing import growing
from tests.bench.cases.inquiries import inquiries
from tests.bench.cases.pages import pages
from tests.bench.cases.searching import searching
from tests.bench.cases.shelves import shelves
from tests.bench.figures import Figure

Case = Callable[[Bench], Iterator[Figure]]

CASES: dict[str, Case] = {
    "pages": pages,
    "rendered": growing,
    "search": searching,
    "inquiry": inquiries,
    "shelf": shelves,
}
