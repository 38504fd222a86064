"""How numbers, weights, sizes, dates and photographs are said."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from catalogue.consortia.models import Consortium
from catalogue.money import Money
from catalogue.products.shown import Photo
from catalogue.text import Bilingual
from catalogue.web import content, figures, photographs

NBSP = "\u00a0"
SILVER, RICE = Consortium(sector_key="silver"), Consortium(sector_key="rice")


@dataclass
class Thing:
    length_mm: Decimal | None = None
    width_mm: Decimal | None = None
    height_mm: Decimal | None = None
    depth_mm: Decimal | None = None
    diameter_mm: Decimal | None = None
    category: str = "bowls"
    unit: str = "C62"


@pytest.fixture
def reading(app):
    """A page in English."""
    with app.test_request_context("/en/"):
        app.preprocess_request()
        yield


@pytest.mark.parametrize(
    ("value", "currency", "said"),
    [(Decimal("1390"), "USD", "US$1,390"), (Money(Decimal("26.5"), "USD"), None, "US$26.50"), (None, "USD", "")],
)
def test_money(reading, value, currency, said):
    assert figures.money(value, currency) == said


@pytest.mark.parametrize(
    ("weight", "said"), [(412, "412 g"), (Decimal("4999.5"), "4,999.5 g"), (40000, "40 kg"), (None, "")]
)
def test_weights_turn_to_kilograms_when_they_are_heavy(reading, weight, said):
    assert figures.grams(weight) == said.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("sizes", "said", "brief"),
    [
        ({"diameter_mm": 225, "height_mm": 132}, "Ø 22.5 × H 13.2 cm", "Ø 22.5 × H 13.2 cm"),
        ({"length_mm": 1800, "width_mm": 500}, "180 × 50 cm", "180 × 50 cm"),
        ({"width_mm": 480, "depth_mm": 400, "height_mm": 560}, "W 48 × D 40 × H 56 cm", "48 × 40 × 56 cm"),
        ({"height_mm": 160}, "H 16 cm", "H 16 cm"),
        ({"length_mm": 4}, "L 0.4 cm", "L 0.4 cm"),
        ({}, "", ""),
    ],
)
def test_sizes(reading, sizes, said, brief):
    thing = Thing(**{name: Decimal(value) for name, value in sizes.items()})
    assert figures.size_of(thing).replace(NBSP, " ") == said
    assert figures.size_of(thing, is_brief=True).replace(NBSP, " ") == brief


def test_a_size_never_parts_a_number_from_its_unit(reading):
    assert figures.size_of(Thing(height_mm=Decimal(160))) == f"H{NBSP}16{NBSP}cm"


@pytest.mark.parametrize(
    ("count", "thing", "consortium", "said"),
    [
        (1, Thing(), SILVER, "1 piece"),
        (5, Thing(), SILVER, "5 pieces"),
        (2, Thing(unit="PR"), SILVER, "2 pairs"),
        (3, Thing(category="gift-boxes"), RICE, "3 boxes"),
    ],
)
def test_pieces_are_counted_in_their_own_unit(reading, count, thing, consortium, said):
    assert figures.pieces(count, thing, consortium) == said.replace(" ", NBSP)


def test_dates_and_days(reading):
    assert figures.day(date(2026, 11, 3)) == "3 November 2026"
    assert figures.day(None) == ""
    assert (figures.days(1), figures.days(30)) == (f"1{NBSP}day", f"30{NBSP}days")


def test_lao_dates_and_numbers(app):
    with app.test_request_context("/lo/"):
        app.preprocess_request()
        assert figures.day(date(2026, 11, 3)) == "3 ພະຈິກ 2026"
        assert figures.number(Decimal("1250.5")) == "1.250,5"
        assert content.term("silver", "category", "bowls") == "ຂັນ ແລະ ໂອ"


def test_a_term_that_the_sector_lacks_stays_as_it_is(reading):
    assert content.term("silver", "material", "unobtainium") == "unobtainium"


@pytest.mark.parametrize(("colour", "mat"), [("#2a2b31", "mat-2"), ("#d9cdb8", "mat-14"), (None, "mat-0")])
def test_the_nearest_ground_waits_for_a_photograph(colour, mat):
    assert photographs.colour_class(colour) == mat


def test_a_photograph_is_offered_in_three_formats():
    photo = Photo("0123456789", (400, 800, 1200), 1200, 1500, "#2a2b31", Bilingual("ຂັນ", "Bowl"))
    sources = photographs.photo_sources(photo)
    assert sources.avif == (
        "/media/0123456789/400.avif 400w, /media/0123456789/800.avif 800w, /media/0123456789/1200.avif 1200w"
    )
    assert sources.src == "/media/0123456789/800.jpg"
    assert sources.large == "/media/0123456789/1200.jpg"


def test_data_for_machines_cannot_end_its_element():
    written = content.json_ld({"name": "</script><b>&\u2028"})
    assert not set("<>&\u2028") & set(written)
    assert written == '{"name":"\\u003c/script\\u003e\\u003cb\\u003e\\u0026\\u2028"}'
