"""What the members of a consortium can make together in the month ahead, by what they and their published listings say.

For each category and unit a member counts once: with what it said of the category, else with the largest figure that
one of its listings states, because several listings may need the same hands. Its days of rest in the month ahead lower
it. Sums are rounded down. What fewer than two members state is not together. What is promised already is left out of
the reckoning: how busy a workshop is concerns nobody outside.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, Select, false, func, select, true, union_all
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium, Member, MemberStatus
from catalogue.consortia.sector import sector
from catalogue.inquiries.clock import working_time
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.routing.capacity import A_DAY, GRAMS, Span, rest_days
from catalogue.routing.capacity_models import Capacity, CapacityOf
from catalogue.routing.free_time import rests_of

FEWEST = 2
MONTH = 30
"""Days of the month ahead."""

Key = tuple[int, str, str]
"""A member's key, a category and a unit."""


@dataclass(frozen=True)
class Together:
    """So many of a category, in this unit, a month: the sum of what `members` firms state."""

    category: str
    unit: str
    quantity: int
    members: int


def together(session: Session, consortium: Consortium, *, at: datetime) -> tuple[Together, ...]:
    """Every category and unit that at least two members state, what most of them make first.

    Read once a version and a day: whatever changes what is stated says that public data changed (`showing.bump`).
    """
    kept = _kept.setdefault(session.get_bind().engine.pool, {})
    asked = (consortium.catalogue_version, working_time().day_of(at))
    known, found = kept.get(consortium.id, (None, ()))
    if known != asked:
        found = read_together(session, consortium, at=at)
        kept[consortium.id] = (asked, found)
    return found


def read_together(session: Session, consortium: Consortium, *, at: datetime) -> tuple[Together, ...]:
    """The same, read anew."""
    stated = narrowed(*_read(session, consortium))
    members = {member for member, _category, _unit in stated}
    today = working_time().day_of(at)
    ahead = Span(today + A_DAY, today + MONTH * A_DAY)
    rests = rests_of(session, consortium, members, since=ahead.begins_on)
    left = {member: MONTH - len(rest_days(ahead, rests[member])) for member in members}
    figures = ((category, unit, most * left[member] // MONTH) for (member, category, unit), most in stated.items())
    return summed(each for each in figures if each[2])


def narrowed(listed: Mapping[Key, int], said: Mapping[Key, int]) -> dict[Key, int]:
    """What members said themselves in the place of what their listings state; 0 says that they make none now."""
    return {key: most for key, most in {**listed, **said}.items() if most}


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


def _read(session: Session, consortium: Consortium) -> tuple[dict[Key, int], dict[Key, int]]:
    """What published listings state and what members said, in one query: homes are read often."""
    listed: dict[Key, int] = {}
    said: dict[Key, int] = {}
    for is_said, member, category, unit, most in session.execute(union_all(_listed(consortium), _said(consortium))):
        (said if is_said else listed)[member, category, unit] = most
    return listed, said


def _listed(consortium: Consortium) -> Select[*tuple[Any, ...]]:
    key = (Product.member_id, ProductVersion.category, ProductVersion.unit)
    return (
        select(false().label("is_said"), *key, func.max(ProductVersion.monthly_capacity))
        .join(Product, Product.published_id == ProductVersion.id)
        .where(
            Product.consortium_id == consortium.id,
            Product.status == ListingStatus.PUBLISHED,
            ProductVersion.monthly_capacity > 0,
        )
        .group_by(*key)
    )


def _said(consortium: Consortium) -> Select[*tuple[Any, ...]]:
    """Statements of categories; those in grams of metal, where pieces are sold, are for the office alone."""
    of_metal = list(GRAMS) if sector(consortium.sector_key).priced_by_metal else []
    return (
        select(true(), Capacity.member_id, Capacity.key, Capacity.unit, Capacity.a_month)
        .join(Member, Member.id == Capacity.member_id)
        .where(
            Capacity.consortium_id == consortium.id,
            Capacity.of == CapacityOf.CATEGORY,
            Capacity.unit.not_in(of_metal),
            Member.status == MemberStatus.ACTIVE,
        )
    )


_kept: WeakKeyDictionary[Pool, dict[int, tuple[tuple[int, date] | None, tuple[Together, ...]]]] = WeakKeyDictionary()
