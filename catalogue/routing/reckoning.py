"""What a consortium can make by a day: of one thing member by member, and of every category month by month."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium, Member, MemberStatus
from catalogue.products.models import Product
from catalogue.routing.capacity import Free
from catalogue.routing.capacity_models import CapacityOf
from catalogue.routing.free_time import Known, Thing, known_of, weight_of, window_of
from catalogue.routing.makers import No, eligible

CANNOT = {No.OWN_DESIGN, No.OTHER_KIND, No.NO_SAMPLE}
"""Whoever cannot be asked for one of these does not make the thing at all; who rests or is busy makes it."""


@dataclass(frozen=True)
class Part:
    """What one member that makes the thing can still make of it."""

    member: Member
    free: Free


@dataclass(frozen=True)
class Reckoned:
    """What all makers of a thing can make together: of those who stated a figure."""

    parts: tuple[Part, ...]

    @property
    def pieces(self) -> int:
        """The sum."""
        return sum(part.free.pieces or 0 for part in self.parts)

    @property
    def stated(self) -> tuple[Part, ...]:
        """Those with a figure, who can make most before the rest."""
        known = (part for part in self.parts if part.free.pieces is not None)
        return tuple(sorted(known, key=lambda part: (-(part.free.pieces or 0), part.member.id)))

    @property
    def unstated(self) -> tuple[Part, ...]:
        """Those who never said how many: more may be possible."""
        return tuple(part for part in self.parts if part.free.pieces is None)


@dataclass(frozen=True)
class Outlook:
    """One category: what the members state a month together, and what is free until each of some days."""

    category: str
    unit: str
    members: int
    stated: int
    until: tuple[int, ...]


def reckon(
    session: Session,
    consortium: Consortium,
    *,
    product: Product | None = None,
    category: str,
    technique: str = "",
    quantity: int,
    unit: str,
    until: date | None,
    at: datetime,
) -> Reckoned:
    """What the active members that make this thing can still make of it from tomorrow until a day, in `unit`."""
    found = eligible(
        session,
        consortium,
        product=product,
        category=category,
        technique=technique,
        quantity=quantity,
        unit=unit,
        needed_by=until,
        at=at,
    )
    makers = [each.member for each in found if not any(reason.code in CANNOT for reason in each.reasons)]
    product_id = product.public_id if product else ""
    thing = Thing(product_id, category, technique, unit, weight_of(session, consortium, product_id))
    known = known_of(session, consortium, [member.id for member in makers], at=at)
    free = known.free(thing, window_of(at, until))
    return Reckoned(tuple(Part(member, free[member.id]) for member in makers))


def outlook(session: Session, consortium: Consortium, days: Sequence[date], *, at: datetime) -> list[Outlook]:
    """Every category for which a figure is stated, what most members make first."""
    active = select(Member.id).where(Member.consortium_id == consortium.id, Member.status == MemberStatus.ACTIVE)
    known = known_of(session, consortium, session.scalars(active).all(), at=at)
    rows = [_outlook_of(known, thing, days, at) for thing in _things(known)]
    return sorted(rows, key=lambda row: (-row.members, -row.stated, row.category))


def _things(known: Known) -> list[Thing]:
    """Each category that a member states something of, counted as most statements of it are."""
    units: dict[str, Counter[str]] = {}
    for member in known.members:
        said = [(each.key, each.unit) for each in known.said[member] if each.of is CapacityOf.CATEGORY]
        listed = [(each.category, each.unit) for each in known.listed[member]]
        for category, unit in dict.fromkeys(said + listed):
            units.setdefault(category, Counter())[unit] += 1
    return [Thing(category=category, unit=found.most_common(1)[0][0]) for category, found in units.items()]


def _outlook_of(known: Known, thing: Thing, days: Sequence[date], at: datetime) -> Outlook:
    stated = {member: known.stated(member, thing) for member in known.members}
    makers = {member: each.a_month for member, each in stated.items() if each and not each.is_of_all}
    windows = [window_of(at, day) for day in days]
    free = [known.free_within(member, thing, windows) for member in makers]
    until = (sum(each[place].pieces or 0 for each in free) for place in range(len(days)))
    return Outlook(thing.category, thing.unit, len(makers), int(sum(makers.values())), tuple(until))
