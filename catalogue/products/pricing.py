"""Prices by quantity: where a sector prices metal apart, its weight at one dated reference plus the making charge."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from catalogue.consortia.models import MetalReference
from catalogue.consortia.sector import Sector
from catalogue.money import Money
from catalogue.products.content import Tier

WHOLE_FROM = 20
WHOLE_STEP = {"LAK": Decimal(1000)}


class Priced(Protocol):
    """What a price is made of; a version of a product is one."""

    @property
    def tiers(self) -> tuple[Tier, ...]: ...
    @property
    def currency(self) -> str: ...
    @property
    def net_weight_g(self) -> Decimal | None: ...
    @property
    def fineness(self) -> int | None: ...


@dataclass(frozen=True)
class Price:
    """What one unit costs from `quantity` units up to `until` (None: any more); `metal` where it is priced apart."""

    quantity: int
    until: int | None
    metal: Money | None
    making: Money
    each: Money


def prices_of(version: Priced, sector: Sector, reference: MetalReference | None) -> tuple[Price, ...]:
    """The prices by quantity, the smallest first; none where metal must be priced and there is no reference for it."""
    metal = metal_part(version, reference) if sector.priced_by_metal else None
    tiers = version.tiers
    if not tiers or (sector.priced_by_metal and metal is None):
        return ()
    ends = [tier.quantity - 1 for tier in tiers[1:]] + [None]
    return tuple(_price(tier, until, metal, version.currency) for tier, until in zip(tiers, ends, strict=True))


def from_price(version: Priced, sector: Sector, reference: MetalReference | None) -> Money | None:
    """The lowest price of one unit, which "from" promises."""
    prices = prices_of(version, sector, reference)
    return min((price.each for price in prices), key=lambda money: money.amount, default=None)


def metal_part(version: Priced, reference: MetalReference | None) -> Money | None:
    """Grams x fineness / 1000 x the reference for a gram of fine metal, rounded; None where one of them is missing."""
    if reference is None or version.net_weight_g is None or version.fineness is None:
        return None
    if reference.currency != version.currency:
        return None
    fine_grams = version.net_weight_g * version.fineness / 1000
    return rounded_metal(Money(fine_grams * reference.price_per_gram, reference.currency))


def rounded_metal(metal: Money) -> Money:
    """To whole units of the currency, kip to whole thousands; below twenty of them to the smallest in use.

    The only place where a metal price is rounded: weight and reference stay exact, making charges are round already.
    """
    step = WHOLE_STEP.get(metal.currency, Decimal(1))
    if metal.amount < WHOLE_FROM * step:
        return metal.rounded()
    return Money((metal.amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step, metal.currency)


_newest = (
    select(MetalReference.consortium_id, MetalReference.metal, func.max(MetalReference.on).label("on"))
    .where(MetalReference.on <= bindparam("day"))
    .group_by(MetalReference.consortium_id, MetalReference.metal)
    .subquery()
)
LATEST = select(MetalReference).join(
    _newest,
    (MetalReference.consortium_id == _newest.c.consortium_id)
    & (MetalReference.metal == _newest.c.metal)
    & (MetalReference.on == _newest.c.on),
)


def latest_references(session: Session, on: date) -> dict[tuple[int, str], MetalReference]:
    """The newest reference not after a day, of every consortium, by its id and the metal."""
    return {(each.consortium_id, each.metal): each for each in session.scalars(LATEST, {"day": on})}


def _price(tier: Tier, until: int | None, metal: Money | None, currency: str) -> Price:
    making = Money(tier.amount, currency)
    each = Money(making.amount + metal.amount, currency) if metal else making
    return Price(tier.quantity, until, metal, making, each)
