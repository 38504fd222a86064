"""What members can still make by a day, read from what they said, when they rest, and what is theirs to make."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium, Member
from catalogue.inquiries.clock import working_time
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.routing.capacity import GRAMS, Booking, Free, Span, free_in, in_unit
from catalogue.routing.capacity_models import Capacity, CapacityOf, Rest
from catalogue.routing.division_models import HOLDING, Allocation, Share
from catalogue.routing.models import Call

PIECE = "C62"


@dataclass(frozen=True)
class Thing:
    """What is to be made, in which unit it is counted, and what one weighs where that is known."""

    product_id: str
    category: str
    technique: str
    unit: str
    weight_g: Decimal | None = None


@dataclass(frozen=True)
class Stated:
    """A figure a month in the unit that was asked for, and whether it is of all that the firm makes."""

    a_month: Fraction
    is_of_all: bool = False


@dataclass(frozen=True)
class Promise:
    """A share that a member holds, in `unit`: to be made in the days from its division to the day it is due."""

    quantity: int
    grams: Decimal | None
    span: Span
    category: str
    unit: str


def free(
    session: Session,
    consortium: Consortium,
    members: Collection[int],
    *,
    product_id: str,
    category: str,
    technique: str,
    unit: str,
    until: date | None,
    at: datetime,
) -> dict[int, Free]:
    """What each of these members (keys) can still make from tomorrow until a day; `product_id` is public or "".

    The narrowest statement holds: of the product, the technique, the category, else what their published listings
    state of a month (this product's, or the largest of the category), else the firm's own figure for all it makes.
    """
    thing = Thing(product_id, category, technique, unit, _weight_of(session, consortium, product_id))
    window = window_of(at, until)
    said = _stated(session, consortium, members, thing)
    rests = rests_of(session, consortium, members, since=window.begins_on if window else date.max)
    promised = promises_of(session, consortium, members)
    found = {}
    for member in members:
        stated = said.get(member)
        bookings = _bookings(promised[member], thing, is_of_all=stated is not None and stated.is_of_all)
        found[member] = free_in(window, stated.a_month if stated else None, rests[member], bookings)
    return found


def window_of(at: datetime, until: date | None) -> Span | None:
    """The days from tomorrow, in Vientiane, until a day."""
    return None if until is None else Span(working_time().day_of(at) + timedelta(days=1), until)


def rests_of(
    session: Session, consortium: Consortium, members: Collection[int], *, since: date
) -> dict[int, list[Span]]:
    """When each of these members rests, itself or with everybody, as far as it ends on `since` or later."""
    of_these = or_(Rest.member_id.is_(None), Rest.member_id.in_(members))
    query = select(Rest.member_id, Rest.begins_on, Rest.ends_on).where(
        Rest.consortium_id == consortium.id, of_these, Rest.ends_on >= since
    )
    found: dict[int, list[Span]] = {member: [] for member in members}
    for member_id, begins_on, ends_on in session.execute(query):
        for member in members if member_id is None else (member_id,):
            found[member].append(Span(begins_on, ends_on))
    return found


def shares_held(consortium_id: int) -> ColumnElement[bool]:
    """The condition under which a share takes up a workshop's days."""
    return and_(Share.consortium_id == consortium_id, Share.state.in_(HOLDING), Share.quantity > 0)


def promises_of(session: Session, consortium: Consortium, members: Collection[int]) -> dict[int, list[Promise]]:
    """What each of these members has to make."""
    columns = (Share.member_id, Share.quantity, Share.grams, Allocation.confirmed_at, Share.due_on)
    query = (
        select(*columns, Call.category, Call.unit)
        .join(Allocation, Allocation.id == Share.allocation_id)
        .join(Call, Call.id == Allocation.call_id)
        .where(shares_held(consortium.id), Share.member_id.in_(members))
    )
    found: dict[int, list[Promise]] = {member: [] for member in members}
    for member, quantity, grams, confirmed_at, due_on, category, unit in session.execute(query):
        span = Span(working_time().day_of(confirmed_at) + timedelta(days=1), due_on)
        found[member].append(Promise(quantity, grams, span, category, unit))
    return found


def _bookings(promises: Collection[Promise], thing: Thing, *, is_of_all: bool) -> Iterator[Booking]:
    """The promises that need the same hands: those of the category, or all where the firm stated one figure for all."""
    for each in promises:
        if is_of_all or each.category == thing.category:
            yield Booking(_quantity_of(each, thing), each.span)


def _quantity_of(promise: Promise, thing: Thing) -> Fraction:
    """A share in the unit asked for; what nobody can convert counts as it is, rather too much than nothing."""
    if thing.unit in GRAMS and promise.unit not in GRAMS and promise.grams is not None:
        return Fraction(promise.grams) / GRAMS[thing.unit]
    converted = in_unit(promise.quantity, promise.unit, thing.unit, thing.weight_g)
    return Fraction(promise.quantity) if converted is None else converted


def _weight_of(session: Session, consortium: Consortium, product_id: str) -> Decimal | None:
    if not product_id:
        return None
    query = (
        select(ProductVersion.net_weight_g)
        .join(Product, Product.published_id == ProductVersion.id)
        .where(Product.consortium_id == consortium.id, Product.public_id == product_id)
    )
    return session.scalar(query)


def _stated(session: Session, consortium: Consortium, members: Collection[int], thing: Thing) -> Mapping[int, Stated]:
    """The narrowest figure of each member that can be read in this unit."""
    found: dict[int, Stated] = {}
    for source in SOURCES:
        missing = [member for member in members if member not in found]
        if missing:
            found.update(source(session, consortium, missing, thing))
    return found


def _said_for(session: Session, consortium: Consortium, members: Collection[int], thing: Thing) -> dict[int, Stated]:
    """Own statements, the narrowest kind first; of one kind in several units, the one in the unit asked for."""
    keys = {
        CapacityOf.PRODUCT: thing.product_id,
        CapacityOf.TECHNIQUE: thing.technique,
        CapacityOf.CATEGORY: thing.category,
    }
    wanted = or_(*(and_(Capacity.of == of, Capacity.key == key) for of, key in keys.items() if key))
    if not any(keys.values()):
        return {}
    query = select(Capacity).where(Capacity.consortium_id == consortium.id, Capacity.member_id.in_(members), wanted)
    order = list(keys)
    rows = sorted(session.scalars(query), key=lambda row: (order.index(row.of), row.unit != thing.unit, row.unit))
    found: dict[int, Stated] = {}
    for row in rows:
        a_month = in_unit(row.a_month, row.unit, thing.unit, thing.weight_g)
        if a_month is not None:
            found.setdefault(row.member_id, Stated(a_month))
    return found


def _said_in_listings(
    session: Session, consortium: Consortium, members: Collection[int], thing: Thing
) -> dict[int, Stated]:
    """This product's own figure for its maker, else the largest that a listing of the category states."""
    is_meant = [ProductVersion.category == thing.category] if thing.category else []
    is_meant += [Product.public_id == thing.product_id] if thing.product_id else []
    columns = (Product.member_id, Product.public_id, ProductVersion.unit, ProductVersion.net_weight_g)
    query = (
        select(*columns, ProductVersion.monthly_capacity)
        .join(Product, Product.published_id == ProductVersion.id)
        .where(
            Product.consortium_id == consortium.id,
            Product.status == ListingStatus.PUBLISHED,
            Product.member_id.in_(members),
            ProductVersion.monthly_capacity > 0,
            or_(*is_meant),
        )
    )
    if not is_meant:
        return {}
    found: dict[int, tuple[bool, Fraction]] = {}
    for member_id, product_id, unit, weight_g, most in session.execute(query):
        a_month = in_unit(most or 0, unit, thing.unit, thing.weight_g or weight_g)
        if a_month is not None:
            figure = (product_id == thing.product_id, a_month)
            found[member_id] = max(found.get(member_id, figure), figure)
    return {member: Stated(a_month) for member, (_is_its_own, a_month) in found.items()}


def _said_of_all(session: Session, consortium: Consortium, members: Collection[int], thing: Thing) -> dict[int, Stated]:
    """The firm's figure for all that it makes, in pieces."""
    query = select(Member.id, Member.monthly_capacity).where(
        Member.consortium_id == consortium.id, Member.id.in_(members), Member.monthly_capacity > 0
    )
    said_in = PIECE if thing.unit in GRAMS else thing.unit
    figures = ((key, in_unit(most or 0, said_in, thing.unit, thing.weight_g)) for key, most in session.execute(query))
    return {member: Stated(a_month, is_of_all=True) for member, a_month in figures if a_month is not None}


Source = Callable[[Session, Consortium, Collection[int], Thing], dict[int, Stated]]
SOURCES: tuple[Source, ...] = (_said_for, _said_in_listings, _said_of_all)
