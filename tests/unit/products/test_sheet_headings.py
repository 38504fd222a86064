"""Which column is which: headings in both languages, keys and what else people write, units, rows that are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.consortia.sector import sector, sectors
from catalogue.products.sheets.fields import Headings, heading_key
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.template import fields_of, heading
from tests.sheets import SILVER, codes, looked, planned, text_of, workbook_of

HEADINGS = Headings(sector("silver"))


@pytest.mark.parametrize(
    ("written", "field", "unit"),
    [
        ("ref", "reference", None),
        ("SKU", "reference", None),
        ("ລະຫັດສິນຄ້າ", "reference", None),
        ("name_lo", "name_lo", None),
        ("Name (Lao)", "name_lo", None),
        ("ຊື່ (ລາວ)", "name_lo", None),
        ("ຊື່ສິນຄ້າ / Product name", "name", None),
        ("ໝວດ", "category", None),
        ("ຫມວດ", "category", None),
        ("material", "materials", None),
        ("weight_g", "net_weight_g", "g"),
        ("net_weight_g", "net_weight_g", "g"),
        ("Weight (kg)", "net_weight_g", "kg"),
        ("WEIGHT [KG]*", "net_weight_g", "kg"),
        ("Weight", "net_weight_g", None),
        ("ນ້ຳໜັກ (ກຣາມ)", "net_weight_g", "g"),
        ("ນໍ້າຫນັກ (ກິໂລ)", "net_weight_g", "kg"),
        ("height_cm", "height_mm", "cm"),
        ("ຍາວ (ຊມ)", "length_mm", "cm"),
        ("diameter_mm", "diameter_mm", "mm"),
        ("carton_gross_kg", "carton_gross_kg", "kg"),
        ("moq", "minimum_order", None),
        ("lead_days", "lead_time_days", "day"),
        ("Lead time (weeks)", "lead_time_days", "week"),
        ("price", "price", None),
        ("Price (USD)", "price", "USD"),
        ("ລາຄາ (ກີບ)", "price", "LAK"),
        ("ຄ່າແຮງ", "making_charge", None),
        ("finish", "details.finish", None),
        ("details.finish", "details.finish", None),
        ("ຜິວສຳເລັດ", "details.finish", None),
    ],
)
def test_a_heading_is_known_in_many_spellings(written, field, unit):
    meaning = HEADINGS.meaning_of(written)
    assert (meaning.field.key, meaning.unit.code if meaning.unit else None) == (field, unit)


@pytest.mark.parametrize(
    "written", ["", " ", "stock", "ຮູບແຕ້ມ", "photo 1", "size", "weight ratio x", "⚠ ref: ເຫດຜົນ / reason"]
)
def test_other_headings_mean_nothing(written):
    assert HEADINGS.meaning_of(written) is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_heading_means_something_or_nothing(written):
    meaning = HEADINGS.meaning_of(written)
    assert meaning is None or meaning.field in HEADINGS.fields


@pytest.mark.parametrize("trade", sectors(), ids=lambda trade: trade.key)
def test_every_column_of_a_template_is_known_by_both_headings_and_its_key(trade):
    headings = Headings(trade)
    for field in fields_of(trade):
        for written in (heading(field, "lo"), heading(field, "en"), field.key):
            assert headings.meaning_of(written).field is headings.by_key[field.key], written


@pytest.mark.parametrize("trade", sectors(), ids=lambda trade: trade.key)
def test_no_two_fields_share_a_name(trade):
    owners = {}
    for field in Headings(trade).fields:
        for name in (field.key, field.name.lo, field.name.en, *field.aliases):
            assert owners.setdefault(heading_key(name), field.key) == field.key, name


# -- the sheet as a whole --


def test_titles_above_the_headings_are_passed_over(tmp_path):
    rows = [["Price list of 2026"], [], ["ref", "name_lo"], ["A-1", "ຂັນເງິນ"]]
    (row,) = planned(tmp_path, text_of(rows)).rows
    assert (row.number, row.reference, row.content.name.lo) == (4, "A-1", "ຂັນເງິນ")


def test_a_second_line_of_headings_is_no_product(tmp_path):
    rows = [["ລະຫັດ", "ຊື່ລາວ"], ["Reference", "Name in Lao"], ["A-1", "ຂັນເງິນ"]]
    assert [row.reference for row in planned(tmp_path, text_of(rows)).rows] == ["A-1"]


@pytest.mark.parametrize("marked", ["ຕົວຢ່າງ", "Example", "EXAMPLE / ຕົວຢ່າງ"])
def test_the_example_row_is_told_and_not_imported(tmp_path, marked):
    plan = planned(tmp_path, text_of([["ref", "name"], [marked, "Bowl"], ["A-1", "Ring"]]))
    assert [row.reference for row in plan.rows] == ["A-1"]
    assert "example-row" in [finding.code for finding in plan.findings]


def test_columns_that_mean_nothing_are_listed(tmp_path):
    plan = planned(tmp_path, text_of([["name", "stock", "Name"], ["Bowl", "7", "Other"]]))
    said = {finding.code: finding.about.get("columns") for finding in plan.findings}
    assert said["columns-not-read"] == ["stock"]
    assert said["column-twice"] == ["Name"]
    assert plan.rows[0].content.name.en == "Bowl"


def test_a_value_beyond_the_last_heading_of_a_text_is_an_error(tmp_path):
    (row,) = planned(tmp_path, "ref,name\nA-1,Bowl, large\n").rows
    assert codes(row) == ["extra-cell"]
    assert row.findings[0].reference == "C2"


def test_a_remark_beside_a_workbook_is_only_told(tmp_path):
    plan = planned(tmp_path, workbook_of([["ref", "name"], ["A-1", "Bowl", None, "ask Noy"]]), name="a.xlsx")
    assert codes(plan.rows[0]) == []
    assert {finding.code: finding.about for finding in plan.findings}["columns-not-read"] == {"columns": ["D"]}


def test_the_sheet_with_products_is_found_among_others(tmp_path):
    data = workbook_of([["About this file"]], Prices=[["ref", "name"], ["A-1", "Bowl"]])
    plan = planned(tmp_path, data, name="a.xlsx")
    assert plan.layout.sheet.title == "Prices"
    assert {finding.code: finding.about for finding in plan.findings}["other-sheets"]["others"] == ["Sheet"]


@pytest.mark.parametrize(
    ("data", "code"),
    [("a,b\n1,2\n", "no-headings"), ("ref,price\nA-1,2\n", "no-headings"), ("ref,name\n", "no-rows")],
)
def test_a_sheet_without_products_is_refused(tmp_path, data, code):
    with pytest.raises(SheetRefused, match=code) as refusal:
        looked(tmp_path, data)
    assert refusal.value.text("lo")


def test_currency_and_price_of_metal_are_said_once(tmp_path):
    plan = planned(tmp_path, "name,price\nBowl,12\nRing,13\n", house=SILVER)
    assert [finding.code for finding in plan.findings][:2] == ["currency-assumed", "price-is-charge"]
    assert plan.rows[0].content.currency == "USD"
