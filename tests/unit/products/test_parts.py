"""The parts of a listing: nothing that may be said of a product is left out of a review."""

from dataclasses import fields
from decimal import Decimal

import pytest

from catalogue.products.content import Content, Tier
from catalogue.products.parts import COLUMNS, changed_parts, part_of
from catalogue.text import Bilingual


def test_everything_that_may_be_said_belongs_to_one_part():
    columns = [column for part in COLUMNS.values() for column in part]

    assert sorted(columns) == sorted({each.name for each in fields(Content)} - {"details"})


@pytest.mark.parametrize(
    ("changed", "parts"),
    [
        ({"name": Bilingual("ຂັນ", "Bowl")}, ["name"]),
        ({"details": {"finish": "polished"}}, ["details.finish"]),
        ({"details": {"antique": False}}, ["details.antique"]),
        ({"length_mm": Decimal(20)}, ["size"]),
        ({"tiers": (Tier(1, Decimal(5)),)}, ["tiers"]),
        ({"currency": "LAK"}, []),
        ({"care": Bilingual()}, []),
    ],
)
def test_a_change_is_one_of_its_part(changed, parts):
    assert changed_parts(Content(), Content(**changed)) == parts


@pytest.mark.parametrize(
    ("field", "part"),
    [
        ("name_en", "name"),
        ("length_mm", "size"),
        ("photo 2 alt_lo", "photos"),
        ("details.finish", "details.finish"),
        ("details.story_lo", "details.story"),
        ("net_weight_g", "net_weight_g"),
        ("office_currency", "office_price"),
    ],
)
def test_a_field_belongs_to_a_part(field, part):
    assert part_of(field) == part
