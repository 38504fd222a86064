"""What every case is given: the sizes, how patient to be, made catalogues, and a folder of its own."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.products.models import Product
from config import HERE
from tests.bench.made.catalogues import Catalogue, Shelf
from tests.bench.made.network import SLUG
from tests.bench.made.products import SECTOR

KEPT = HERE / "var" / "bench"
PHOTOGRAPHS, QUICK_PHOTOGRAPHS = 16, 3


@dataclass(frozen=True)
class Options:
    """What was asked for. `sizes` are measured in full, `search` only where a figure must hold in a large catalogue."""

    sizes: tuple[int, ...] = (1_000, 20_000)
    search: tuple[int, ...] = (100_000,)
    is_quick: bool = False
    photographs: int = PHOTOGRAPHS
    kept: Path = KEPT


@dataclass(frozen=True)
class Bench:
    """One run. `folder` is empty at first, and gone afterwards."""

    options: Options
    folder: Path
    faults: list[str] = field(default_factory=list)

    def miss(self, what: str, why: str) -> None:
        """Say that something could not be measured; the rest goes on."""
        self.faults.append(f"{what}: {why}")
        print(f" not measured: {what}: {why};", end="", file=sys.stderr, flush=True)

    @cached_property
    def shelf(self) -> Shelf:
        """The made catalogues."""
        return Shelf(self.options.kept, self.options.photographs)

    @cached_property
    def _catalogues(self) -> dict[int, Catalogue]:
        return {}

    def catalogue(self, size: int) -> Catalogue:
        """The made catalogue of this size; made and proved once a run."""
        if size not in self._catalogues:
            self._catalogues[size] = self.shelf.catalogue(size)
        return self._catalogues[size]

    @property
    def smallest(self) -> Catalogue:
        """The catalogue for what does not depend on its size."""
        return self.catalogue(min(self.options.sizes))

    @property
    def largest(self) -> Catalogue:
        """The larger of those that are measured in full."""
        return self.catalogue(max(self.options.sizes))

    @property
    def all_sizes(self) -> list[int]:
        """Every size, the smallest first."""
        return sorted({*self.options.sizes, *self.options.search})

    def times(self, full: int, quick: int) -> int:
        """How often to repeat something."""
        return quick if self.options.is_quick else full

    def new_folder(self) -> Path:
        """The name of a folder that is not there yet."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        folder.rmdir()
        return folder


def pages_of(catalogue: Catalogue, language: str = "en") -> dict[str, str]:
    """The address of each kind of public page in the large consortium, by its name in the table."""
    home, trade = f"/{language}/{SLUG}", sector(SECTOR)
    category, material, technique = trade.categories[0].key, trade.materials[0].key, trade.techniques[1].key
    return {
        "network": f"/{language}/",
        "home": f"{home}/",
        "list": f"{home}/products",
        "list, one facet": f"{home}/products?category={category}",
        "list, two facets": f"{home}/products?material={material}&technique={technique}",
        "product": f"{home}/products/{first_product(catalogue)}",
    }


def first_product(catalogue: Catalogue) -> str:
    """What the address of some product in the middle says: its public id. Its words are filled in by a redirect."""
    return some_products(catalogue, 1)[0]


def some_products(catalogue: Catalogue, many: int) -> list[str]:
    """The public ids of so many products one after another, from the middle of the large consortium's."""
    with catalogue.engine() as engine, Session(engine) as session:
        own = select(Consortium.id).where(Consortium.slug == SLUG).scalar_subquery()
        query = select(Product.public_id).where(Product.consortium_id == own).order_by(Product.id)
        return list(session.scalars(query.offset(catalogue.size // 2).limit(many)))


@contextmanager
def begun(options: Options) -> Iterator[Bench]:
    """A run with a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sala-bench-") as folder:
        yield Bench(options, Path(folder))
