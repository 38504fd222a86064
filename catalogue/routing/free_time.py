"""What members can still make by a day, read from what they said, when they rest, and what is theirs to make."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium, Member
from catalogue.inquiries.clock import working_time
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.routing.capacity import A_DAY, GRAMS, Booking, Free, Span, days_to_make, free_in, in_unit
from catalogue.routing.capacity_models import Capacity, CapacityOf, Rest
from catalogue.routing.division_models import HOLDING, Allocation, Share
from catalogue.routing.models import Call

PIECE = "C62"


@dataclass(frozen=True)
class Thing:
    """What is to be made, in which unit it is counted, and what one weighs where that is known."""

    product_id: str = ""
    category: str = ""
    technique: str = ""
    unit: str = PIECE
    weight_g: Decimal | None = None


@dataclass(frozen=True)
class Statement:
    """What a member said it makes in a month, of a category, a technique or a product."""

    of: CapacityOf
    key: str
    unit: str
    a_month: int


@dataclass(frozen=True)
class Listed:
    """What one published listing states of a month."""

    product_id: str
    category: str
    unit: str
    weight_g: Decimal | None
    a_month: int


@dataclass(frozen=True)
class Promise:
    """A share that a member holds, in `unit`: to be made in the days from its division to the day it is due."""

    quantity: int
    grams: Decimal | None
    span: Span
    category: str
    unit: str


@dataclass(frozen=True)
class Stated:
    """A figure a month in the unit that was asked for, and whether it is of all that the firm makes."""

    a_month: Fraction
    is_of_all: bool = False


@dataclass(frozen=True)
class Known:
    """All that is known of some members' time, by their keys: read once, reckoned with as often as one likes."""

    members: tuple[int, ...]
    said: Mapping[int, list[Statement]]
    listed: Mapping[int, list[Listed]]
    of_all: Mapping[int, int]
    rests: Mapping[int, list[Span]]
    promises: Mapping[int, list[Promise]]

    def free(self, thing: Thing, window: Span | None) -> dict[int, Free]:
        """What each can still make of a thing in these days (`capacity.free_in`)."""
        return {member: self.free_within(member, thing, (window,))[0] for member in self.members}

    def free_within(self, member: int, thing: Thing, windows: Collection[Span | None]) -> list[Free]:
        """The same of one member, for several times."""
        stated, rests = self.stated(member, thing), self.rests[member]
        bookings = list(bookings_of(self.promises[member], thing, is_of_all=stated is not None and stated.is_of_all))
        a_month = stated.a_month if stated else None
        return [free_in(window, a_month, rests, bookings) for window in windows]

    def stated(self, member: int, thing: Thing) -> Stated | None:
        """The narrowest figure of a member that can be read in the unit of this thing."""
        own, listed = self._said_of(member, thing), self._listed_of(member, thing)
        if own is not None or listed is not None:
            return Stated(own if own is not None else listed or Fraction())
        unit = PIECE if thing.unit in GRAMS else thing.unit
        of_all = in_unit(self.of_all.get(member, 0), unit, thing.unit, thing.weight_g)
        return Stated(of_all, is_of_all=True) if of_all else None

    def _said_of(self, member: int, thing: Thing) -> Fraction | None:
        """Its own statement, the narrowest kind first; of several units the one that was asked for."""
        keys = {CapacityOf.PRODUCT: thing.product_id, CapacityOf.TECHNIQUE: thing.technique}
        keys[CapacityOf.CATEGORY] = thing.category
        order = list(keys)
        meant = [each for each in self.said[member] if each.key and each.key == keys[each.of]]
        meant.sort(key=lambda each: (order.index(each.of), each.unit != thing.unit, each.unit))
        figures = (in_unit(each.a_month, each.unit, thing.unit, thing.weight_g) for each in meant)
        return next((each for each in figures if each is not None), None)

    def _listed_of(self, member: int, thing: Thing) -> Fraction | None:
        """This product's own figure for its maker, else the largest that a listing of the category states."""
        found: list[tuple[bool, Fraction]] = []
        for each in self.listed[member]:
            is_it = bool(thing.product_id) and each.product_id == thing.product_id
            if is_it or (thing.category and each.category == thing.category):
                a_month = in_unit(each.a_month, each.unit, thing.unit, thing.weight_g or each.weight_g)
                found += [] if a_month is None else [(is_it, a_month)]
        return max(found)[1] if found else None


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
    thing = Thing(product_id, category, technique, unit, weight_of(session, consortium, product_id))
    return known_of(session, consortium, members, at=at).free(thing, window_of(at, until))


def window_of(at: datetime, until: date | None) -> Span | None:
    """The days from tomorrow, in Vientiane, until a day."""
    return None if until is None else Span(working_time().day_of(at) + A_DAY, until)


def known_of(session: Session, consortium: Consortium, members: Collection[int], *, at: datetime) -> Known:
    """What is known of the time of these members (keys) from today on."""
    said = select(Capacity).where(Capacity.consortium_id == consortium.id, Capacity.member_id.in_(members))
    statements: defaultdict[int, list[Statement]] = defaultdict(list)
    for row in session.scalars(said):
        statements[row.member_id].append(Statement(row.of, row.key, row.unit, row.a_month))
    of_all = select(Member.id, Member.monthly_capacity).where(
        Member.consortium_id == consortium.id, Member.id.in_(members), Member.monthly_capacity > 0
    )
    return Known(
        members=tuple(members),
        said=statements,
        listed=_listed(session, consortium, members),
        of_all={member: figure or 0 for member, figure in session.execute(of_all)},
        rests=rests_of(session, consortium, members, since=working_time().day_of(at)),
        promises=promises_of(session, consortium, members, today=working_time().day_of(at)),
    )


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


def promises_of(
    session: Session, consortium: Consortium, members: Collection[int], *, today: date
) -> dict[int, list[Promise]]:
    """What each of these members has to make."""
    columns = (Share.member_id, Share.quantity, Share.grams, Allocation.confirmed_at, Share.due_on)
    query = (
        select(*columns, Call.category, Call.unit)
        .join(Allocation, Allocation.id == Share.allocation_id)
        .join(Call, Call.id == Allocation.call_id)
        .where(
            Share.consortium_id == consortium.id,
            Share.member_id.in_(members),
            Share.state.in_(HOLDING),
            Share.quantity > 0,
        )
    )
    found: dict[int, list[Promise]] = {member: [] for member in members}
    for member, quantity, grams, confirmed_at, due_on, category, unit in session.execute(query):
        span = days_to_make(working_time().day_of(confirmed_at) + A_DAY, due_on, today)
        found[member].append(Promise(quantity, grams, span, category, unit))
    return found


def bookings_of(promises: Collection[Promise], thing: Thing, *, is_of_all: bool) -> Iterator[Booking]:
    """The promises that need the same hands: those of the category, or all where the firm stated one figure for all."""
    for each in promises:
        if is_of_all or each.category == thing.category:
            yield Booking(_quantity_of(each, thing), each.span)


def weight_of(session: Session, consortium: Consortium, product_id: str) -> Decimal | None:
    """What one of a published product weighs, in grams."""
    if not product_id:
        return None
    query = (
        select(ProductVersion.net_weight_g)
        .join(Product, Product.published_id == ProductVersion.id)
        .where(Product.consortium_id == consortium.id, Product.public_id == product_id)
    )
    return session.scalar(query)


def _quantity_of(promise: Promise, thing: Thing) -> Fraction:
    """A share in the unit asked for; what nobody can convert counts as it is, rather too much than nothing."""
    if thing.unit in GRAMS and promise.unit not in GRAMS and promise.grams is not None:
        return Fraction(promise.grams) / GRAMS[thing.unit]
    converted = in_unit(promise.quantity, promise.unit, thing.unit, thing.weight_g)
    return Fraction(promise.quantity) if converted is None else converted


def _listed(session: Session, consortium: Consortium, members: Collection[int]) -> Mapping[int, list[Listed]]:
    columns = (ProductVersion.category, ProductVersion.unit, ProductVersion.net_weight_g)
    query = (
        select(Product.member_id, Product.public_id, *columns, ProductVersion.monthly_capacity)
        .join(Product, Product.published_id == ProductVersion.id)
        .where(
            Product.consortium_id == consortium.id,
            Product.status == ListingStatus.PUBLISHED,
            Product.member_id.in_(members),
            ProductVersion.monthly_capacity > 0,
        )
    )
    found: defaultdict[int, list[Listed]] = defaultdict(list)
    for member, product_id, category, unit, weight_g, a_month in session.execute(query):
        found[member].append(Listed(product_id, category, unit, weight_g, a_month or 0))
    return found
