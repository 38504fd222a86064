"""Prices by quantity, and the one place where metal is rounded."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from catalogue.consortia.models import MetalReference
from catalogue.consortia.sector import sector
from catalogue.money import Money
from catalogue.products.content import Tier
from catalogue.products.pricing import from_price, prices_of, rounded_metal


@dataclass
class Bowl:
    tiers: tuple = (Tier(5, Decimal(190)), Tier(20, Decimal(172)), Tier(50, Decimal(160)))
    currency: str = "USD"
    net_weight_g: Decimal | None = Decimal(412)
    fineness: int | None = 925


def reference(price="1.60", currency="USD"):
    return MetalReference(metal="silver", on=date(2026, 11, 3), price_per_gram=Decimal(price), currency=currency)


def amounts(prices):
    return [(price.quantity, price.until, price.metal and price.metal.amount, price.each.amount) for price in prices]


def test_silver_costs_its_metal_and_the_making():
    assert amounts(prices_of(Bowl(), sector("silver"), reference())) == [
        (5, 19, 610, 800),
        (20, 49, 610, 782),
        (50, None, 610, 770),
    ]


def test_from_promises_the_lowest_price():
    assert from_price(Bowl(), sector("silver"), reference()) == Money(Decimal(770), "USD")


def test_other_sectors_have_a_price_of_one_unit():
    assert amounts(prices_of(Bowl(), sector("silk"), None))[0] == (5, 19, None, 190)


@pytest.mark.parametrize(
    ("bowl", "given"),
    [
        (Bowl(), None),
        (Bowl(net_weight_g=None), reference()),
        (Bowl(fineness=None), reference()),
        (Bowl(), reference(currency="LAK")),
    ],
)
def test_metal_without_its_reference_has_no_price(bowl, given):
    assert prices_of(bowl, sector("silver"), given) == ()
    assert from_price(bowl, sector("silver"), given) is None


def test_nothing_priced_is_on_request():
    assert prices_of(Bowl(tiers=()), sector("silk"), None) == ()


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("609.76", "USD", "610"),
        ("20.5", "USD", "21"),
        ("19.995", "USD", "20.00"),
        ("4.444", "USD", "4.44"),
        ("1250400", "LAK", "1250000"),
        ("19400.4", "LAK", "19400"),
    ],
)
def test_metal_is_rounded_to_whole_units_and_small_sums_to_cents(amount, currency, rounded):
    assert rounded_metal(Money(Decimal(amount), currency)).amount == Decimal(rounded)
