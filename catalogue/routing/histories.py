"""What each member was given to make before, faded by age, and what it is entitled to: where a division begins."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from statistics import median

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from catalogue.consortia.by_law_models import ByLaws
from catalogue.consortia.models import Consortium, Member, MemberStatus
from catalogue.inquiries.clock import working_time
from catalogue.routing.division_models import HOLDING, Allocation, Share, ShareState
from catalogue.routing.models import Call

GIVEN = (*HOLDING, ShareState.MADE)
"""States in which a share counts as work that a member was given: reserved, taken, awarded, made."""

KEPT_TO = Decimal("0.0001")  # of the book currency, as money is kept


@dataclass(frozen=True)
class History:
    """One firm's work so far: making charges in the book currency, each halved once every half-life.

    `is_new` where it joined after the consortium first divided work, within one half-life, and had no share yet.
    """

    member: int
    value: Decimal
    weight: Decimal
    household: str
    is_new: bool


@dataclass(frozen=True)
class Histories:
    """The histories of all active members, and the median of history / weight over them (a household counts once)."""

    by_member: Mapping[int, History]
    median: Decimal

    def of(self, member: int) -> Decimal | None:
        """What a division counts for a firm: the work of its whole household; None while all of that is new."""
        household = self._household(member)
        if all(each.is_new for each in household):
            return None
        return sum((each.value for each in household), Decimal(0))

    def weight_of(self, member: int) -> Decimal:
        """What a firm is entitled to, together with its household."""
        return max(each.weight for each in self._household(member))

    def with_more(self, more: Mapping[int, Decimal]) -> tuple[list[Decimal], list[Decimal]]:
        """What each has with so much on top, and its weight; a household is one."""
        return _by_household(self.by_member.values(), more)

    def _household(self, member: int) -> list[History]:
        own = self.by_member[member]
        if not own.household:
            return [own]
        return [each for each in self.by_member.values() if each.household == own.household]


def histories(
    session: Session, consortium: Consortium, by_laws: ByLaws, *, besides: Call | None = None, at: datetime
) -> Histories:
    """What every active member was given until `at`; shares of the call `besides` are left out.

    Days are counted in Vientiane, so that whoever works it out again on the same day gets the same.
    """
    today = working_time().day_of(at)
    worth: dict[int, Decimal] = defaultdict(Decimal)
    served: set[int] = set()
    for member_id, value, confirmed_at in session.execute(_given(consortium, besides, at)):
        days = (today - working_time().day_of(confirmed_at)).days
        worth[member_id] += faded(value, days, by_laws.half_life_days)
        served.add(member_id)
    first = first_division(session, consortium)
    found = {}
    for member in session.scalars(_active(consortium, at)):
        weight, household = entitlement(by_laws, member.id)
        is_new = member.id not in served and first is not None and _joined_lately(member, first, today, by_laws)
        found[member.id] = History(member.id, worth[member.id], weight, household, is_new)
    return together(found.values())


def together(found: Iterable[History]) -> Histories:
    """The histories of these firms, with their median."""
    known = {each.member: each for each in found}
    return Histories(known, _median(known.values()))


def faded(value: Decimal, days: int, half_life_days: int) -> Decimal:
    """What is left to count of a making charge after so many days: half of it after each half-life."""
    return (value * _part_left(days, half_life_days)).quantize(KEPT_TO)


@lru_cache(maxsize=4096)
def _part_left(days: int, half_life_days: int) -> Decimal:
    return Decimal(2) ** (Decimal(-days) / half_life_days)


def entitlement(by_laws: ByLaws, member_id: int) -> tuple[Decimal, str]:
    """A firm's weight and household by the by-laws: 1 and none where they say nothing of it."""
    said = by_laws.weights.get(str(member_id), {})
    return Decimal(str(said.get("weight") or 1)), str(said.get("household") or "")


def _given(consortium: Consortium, besides: Call | None, at: datetime) -> Select[int, Decimal, datetime]:
    query = (
        select(Share.member_id, Share.value, Allocation.confirmed_at)
        .join(Allocation, Allocation.id == Share.allocation_id)
        .where(Share.consortium_id == consortium.id, Share.state.in_(GIVEN), Share.quantity > 0)
        .where(Allocation.confirmed_at <= at)
        .order_by(Share.id)
    )
    return query.where(Allocation.call_id != besides.id) if besides else query


def _active(consortium: Consortium, at: datetime) -> Select[Member]:
    query = select(Member).where(Member.consortium_id == consortium.id, Member.status == MemberStatus.ACTIVE)
    return query.where(Member.created_at <= at).order_by(Member.id)


def first_division(session: Session, consortium: Consortium) -> date | None:
    """The day in Vientiane on which a consortium divided work for the first time; None before."""
    query = select(func.min(Allocation.confirmed_at)).where(Allocation.consortium_id == consortium.id)
    first = session.scalar(query)
    return working_time().day_of(first) if first else None


def _joined_lately(member: Member, first: date, today: date, by_laws: ByLaws) -> bool:
    joined = working_time().day_of(member.created_at)
    return joined > first and (today - joined).days < by_laws.half_life_days


def _median(found: Iterable[History]) -> Decimal:
    levels = [worth / weight for worth, weight in zip(*_by_household(found, {}), strict=True)]
    return median(levels).quantize(KEPT_TO) if levels else Decimal(0)


def _by_household(found: Iterable[History], more: Mapping[int, Decimal]) -> tuple[list[Decimal], list[Decimal]]:
    worth: dict[str | int, Decimal] = defaultdict(Decimal)
    weights: dict[str | int, Decimal] = {}
    for each in found:
        key = each.household or each.member
        worth[key] += each.value + more.get(each.member, Decimal(0))
        weights[key] = max(each.weight, weights.get(key, each.weight))
    return list(worth.values()), [weights[key] for key in worth]
