"""Which members can be asked to make something, and why each of the others cannot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalogue.consortia.by_laws import VIENTIANE
from catalogue.consortia.models import Consortium, Member, MemberStatus
from catalogue.products.models import ListingStatus, MakingRight, Product, ProductVersion
from catalogue.routing.capacity_models import Capacity, CapacityOf, PassedSample, Rest
from catalogue.routing.free_time import Free, free

A_DAY = timedelta(days=1)


class No(StrEnum):
    """Why a member cannot be asked."""

    OWN_DESIGN = "own design"  # it is another member's, which alone makes it
    OTHER_KIND = "other kind"  # it makes nothing of this category
    NO_SAMPLE = "no sample"  # the office saw no sample of this technique by it
    RESTS = "rests"  # on every day until the date
    NO_CAPACITY = "no capacity"  # its days until the date are taken


@dataclass(frozen=True)
class Reason:
    """One reason, as a code of `No` with the figures that its sentence names."""

    code: str
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Eligibility:
    """One active member: whether it can be asked, whether it is the maker that has the first claim, and why not.

    `free` is how many it can make by the date, in the unit asked for; None: it never said.
    """

    member: Member
    is_eligible: bool
    is_maker: bool
    reasons: tuple[Reason, ...]
    free: int | None = None


@dataclass(frozen=True)
class _Known:
    """What was read for all members at once, by member's key."""

    kinds: Collection[int]
    skilled: Collection[int]
    rests: Mapping[int | None, Sequence[Rest]]
    free: Mapping[int, Free]


def eligible(
    session: Session,
    consortium: Consortium,
    *,
    product: Product | None,
    category: str,
    technique: str,
    quantity: int,
    unit: str,
    needed_by: date | None,
    at: datetime,
) -> list[Eligibility]:
    """Every active member, in the order in which they joined, with whether it can be asked.

    An empty `category` or `technique` asks for none. `quantity` is in `unit` (UN/ECE Rec 20). Whoever made the listed
    product makes its kind and its technique.
    """
    members = _active_members(session, consortium)
    keys = [member.id for member in members]
    known = _Known(
        kinds=_making(session, consortium, category) | _maker_of(product),
        skilled=_skilled(session, consortium, technique) | _maker_of(product),
        rests=_rests(session, consortium, needed_by),
        free=free(
            session,
            consortium,
            keys,
            product_id=product.public_id if product else "",
            category=category,
            technique=technique,
            unit=unit,
            until=needed_by,
            at=at,
        ),
    )
    day = at.astimezone(VIENTIANE).date()
    return [_judged(member, product, category, technique, quantity, needed_by, day, known) for member in members]


def _judged(
    member: Member,
    product: Product | None,
    category: str,
    technique: str,
    quantity: int,
    needed_by: date | None,
    day: date,
    known: _Known,
) -> Eligibility:
    found = known.free.get(member.id)
    reasons: list[Reason] = []
    if _is_closed_to(member, product):
        reasons.append(Reason(No.OWN_DESIGN, {"maker": product.member_id if product else 0}))
    if category and member.id not in known.kinds:
        reasons.append(Reason(No.OTHER_KIND, {"category": category}))
    if technique and member.id not in known.skilled:
        reasons.append(Reason(No.NO_SAMPLE, {"technique": technique}))
    if not reasons:
        reasons += _without_time(member, quantity, needed_by, day, known, found)
    is_first = product is not None and product.member_id == member.id and _is_its_own(product)
    return Eligibility(member, not reasons, is_first, tuple(reasons), found.pieces if found else None)


def _without_time(
    member: Member, quantity: int, needed_by: date | None, day: date, known: _Known, found: Free | None
) -> list[Reason]:
    if needed_by and _rests_throughout(day + A_DAY, needed_by, [*known.rests.get(member.id, ()), *known.rests[None]]):
        return [Reason(No.RESTS, {"until": needed_by.isoformat()})]
    if found is None or found.pieces is None or found.pieces > 0:
        return []
    figures: dict[str, Any] = {"quantity": quantity, "stated": found.stated, "booked": found.booked}
    return [Reason(No.NO_CAPACITY, figures | ({"until": needed_by.isoformat()} if needed_by else {}))]


def _rests_throughout(first: date, last: date, rests: Sequence[Rest]) -> bool:
    """Whether every day of these is one of rest; a time that is over leaves none to work on."""
    day = first
    for rest in sorted(rests, key=lambda each: each.begins_on):
        if rest.begins_on <= day <= rest.ends_on:
            day = rest.ends_on + A_DAY
    return bool(rests) and first <= last < day


def _is_closed_to(member: Member, product: Product | None) -> bool:
    return product is not None and product.making_right is MakingRight.OWN and product.member_id != member.id


def _is_its_own(product: Product) -> bool:
    return product.making_right in {MakingRight.OWN, MakingRight.OPEN}


def _maker_of(product: Product | None) -> set[int]:
    return {product.member_id} if product else set()


def _active_members(session: Session, consortium: Consortium) -> Sequence[Member]:
    query = select(Member).where(Member.consortium_id == consortium.id, Member.status == MemberStatus.ACTIVE)
    return session.scalars(query.order_by(Member.id)).all()


def _making(session: Session, consortium: Consortium, category: str) -> set[int]:
    """Who has a published listing of this category, or said how many of it they make a month."""
    if not category:
        return set()
    said = select(Capacity.member_id).where(
        Capacity.consortium_id == consortium.id,
        or_(
            (Capacity.of == CapacityOf.CATEGORY) & (Capacity.key == category),
            (Capacity.of == CapacityOf.PRODUCT) & Capacity.key.in_(_products_of(consortium, category)),
        ),
    )
    listed = _published(consortium).where(ProductVersion.category == category)
    return {*session.scalars(said), *session.scalars(listed)}


def _skilled(session: Session, consortium: Consortium, technique: str) -> set[int]:
    """Whose sample of this technique passed, or who has a published listing made with it."""
    if not technique:
        return set()
    passed = select(PassedSample.member_id).where(
        PassedSample.consortium_id == consortium.id, PassedSample.technique == technique
    )
    listed = _published(consortium).add_columns(ProductVersion.techniques)
    return {*session.scalars(passed), *(key for key, used in session.execute(listed) if technique in used)}


def _published(consortium: Consortium) -> Any:
    """The members' keys of what is listed."""
    return (
        select(Product.member_id)
        .join(ProductVersion, Product.published_id == ProductVersion.id)
        .where(Product.consortium_id == consortium.id, Product.status == ListingStatus.PUBLISHED)
    )


def _products_of(consortium: Consortium, category: str) -> Any:
    return (
        select(Product.public_id)
        .join(ProductVersion, Product.working_id == ProductVersion.id)
        .where(Product.consortium_id == consortium.id, ProductVersion.category == category)
    )


def _rests(session: Session, consortium: Consortium, needed_by: date | None) -> dict[int | None, list[Rest]]:
    """The days of rest by member's key; None: the whole consortium's."""
    found: dict[int | None, list[Rest]] = {None: []}
    if needed_by is None:
        return found
    query = select(Rest).where(Rest.consortium_id == consortium.id, Rest.begins_on <= needed_by)
    for rest in session.scalars(query):
        found.setdefault(rest.member_id, []).append(rest)
    return found
