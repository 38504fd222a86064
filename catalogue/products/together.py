"""What the members of a consortium can make together in a month, by what their published listings say.

For each category and unit a member counts once, with the largest figure that one of its listings states: several
listings of a member may need the same hands. Sums are rounded down. What fewer than two members state is not together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, func, select
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.products.models import ListingStatus, Product, ProductVersion

FEWEST = 2


@dataclass(frozen=True)
class Together:
    """So many of a category, in this unit, a month: the sum of what `members` firms state."""

    category: str
    unit: str
    quantity: int
    members: int


def together(session: Session, consortium: Consortium) -> tuple[Together, ...]:
    """Every category and unit that at least two members state, what most of them make first; read once a version."""
    kept = _kept.setdefault(session.get_bind().engine.pool, {})
    version, found = kept.get(consortium.id, (0, ()))
    if version != consortium.catalogue_version:
        found = summed(_stated(session, consortium))
        kept[consortium.id] = (consortium.catalogue_version, found)
    return found


def summed(stated: Iterable[tuple[str, str, int]]) -> tuple[Together, ...]:
    """One row for each category and unit, of (category, unit, the largest figure of one member)."""
    rows: dict[tuple[str, str], list[int]] = {}
    for category, unit, most in stated:
        rows.setdefault((category, unit), []).append(most)
    shared = {key: each for key, each in rows.items() if len(each) >= FEWEST}
    found = (Together(*key, rounded_down(sum(each)), len(each)) for key, each in shared.items())
    return tuple(sorted(found, key=lambda row: (-row.members, -row.quantity, row.category, row.unit)))


def rounded_down(quantity: int) -> int:
    """Two figures of a large number, and all of a small one: 388 is said as 380, 66 as 66."""
    step = 10 ** max(0, len(str(quantity)) - 2)
    return quantity - quantity % step


def _stated(session: Session, consortium: Consortium) -> list[tuple[str, str, int]]:
    columns = (ProductVersion.category, ProductVersion.unit)
    query = (
        select(*columns, func.max(ProductVersion.monthly_capacity))
        .join(Product, Product.published_id == ProductVersion.id)
        .where(
            Product.consortium_id == consortium.id,
            Product.status == ListingStatus.PUBLISHED,
            ProductVersion.monthly_capacity > 0,
        )
        .group_by(*columns, Product.member_id)
    )
    return [(category, unit, most or 0) for category, unit, most in session.execute(query)]


_kept: WeakKeyDictionary[Pool, dict[int, tuple[int, tuple[Together, ...]]]] = WeakKeyDictionary()
