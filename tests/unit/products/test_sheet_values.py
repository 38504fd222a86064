"""Cells to values: numbers, units, money, words of the sector, and what is said where a cell is not as it should be."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.consortia.sector import sector
from catalogue.products.content import Tier
from catalogue.products.sheets.importing import Verdict
from catalogue.products.sheets.vocabulary import as_fineness, words_of
from tests.sheets import SILK, codes, one, planned, text_of, workbook_of

D = Decimal
WORDS = words_of(sector("silver"))


@pytest.mark.parametrize(
    ("heading", "typed", "field", "value"),
    [
        ("weight_g", "412", "net_weight_g", D(412)),
        ("weight_g", "໔໑໒", "net_weight_g", D(412)),
        ("weight_g", "1,250.5", "net_weight_g", D("1250.5")),
        ("weight_g", "1.250,5", "net_weight_g", D("1250.5")),
        ("weight_g", "0.4 kg", "net_weight_g", D(400)),
        ("weight", "12,5 ກຣາມ", "net_weight_g", D("12.5")),
        ("weight (kg)", "0.925", "net_weight_g", D(925)),
        ("weight_g", "12.00004", "net_weight_g", D("12.000")),
        ("height_cm", "9.5", "height_mm", D("95.0")),
        ("height_mm", "9.5", "height_mm", D("9.5")),
        ("ສູງ (ຊມ)", "໑໐", "height_mm", D(100)),
        ("height_cm", "2 m", "height_mm", D(2000)),
        ("diameter_cm", "1 in", "diameter_mm", D("25.4")),
        ("carton_length_cm", "40.4", "carton_length_mm", 404),
        ("carton_gross_kg", "12,5", "carton_gross_kg", D("12.50")),
        ("moq", "5", "minimum_order", 5),
        ("moq", "1,250,000", "minimum_order", 1_250_000),
        ("moq", "5 pcs", "minimum_order", 5),
        ("moq", "໕ ໜ່ວຍ", "minimum_order", 5),
        ("lead_days", "30", "lead_time_days", 30),
        ("lead time", "4 weeks", "lead_time_days", 28),
        ("lead time (weeks)", "4", "lead_time_days", 28),
        ("ເວລາເຮັດ", "໓໐ ມື້", "lead_time_days", 30),
        ("fineness", "925", "fineness", 925),
        ("fineness", "92.5", "fineness", 925),
        ("fineness", "92,5 %", "fineness", 925),
        ("fineness", "0.925", "fineness", 925),
        ("weight tolerance", "5 %", "weight_tolerance_percent", D("5.00")),
        ("sample", "ແມ່ນ", "sample_available", True),
        ("sample", "Yes", "sample_available", True),
        ("sample", "ບໍ່", "sample_available", False),
        ("unit", "ຄູ່", "unit", "PR"),
        ("unit", "pcs", "unit", "C62"),
        ("unit", "KGM", "unit", "KGM"),
        ("hs", "711411", "hs_code", "7114.11"),
        ("hs", "7114.11.00", "hs_code", "7114.11.00"),
        ("origin", "ສປປ ລາວ", "origin", "LA"),
        ("origin", "th", "origin", "TH"),
        ("category", "ຂັນ", "category", "bowls"),
        ("category", "Bowl", "category", "bowls"),
        ("category", "jewelry", "category", "jewellery"),
        ("category", "ເຄື່ອງໃຊ້ໂຕະອາຫານ", "category", "tableware"),
        ("techniques", "Chased, ຕີລາຍນູນ", "techniques", ["chasing", "repousse"]),
        ("material", "ເງິນ ແລະ ໄມ້", "materials", ["silver", "wood"]),
    ],
)
def test_a_cell_becomes_its_value(tmp_path, heading, typed, field, value):
    row = one(tmp_path, {"name_en": "Bowl", heading: typed})
    assert row.verdict is Verdict.ADD, row.findings
    assert getattr(row.content, field) == value


@pytest.mark.parametrize(
    ("heading", "typed", "code"),
    [
        ("weight_g", "abc", "not-a-number"),
        ("weight_g", "1.250", "unclear"),
        ("weight_g", "1.250 g", "unclear"),
        ("weight_g", "-3", "negative"),
        ("weight", "412", "no-unit"),
        ("weight_g", "12 cm", "not-a-number"),
        ("weight_g", "99999999999", "too-large"),
        ("moq", "-1", "negative"),
        ("moq", "0", "zero"),
        ("moq", "2.5", "not-whole"),
        ("moq", "99999999999999", "too-large"),
        ("lead_days", "14-21", "not-a-number"),
        ("lead_days", "soon", "not-a-number"),
        ("fineness", "12", "not-fineness"),
        ("fineness", "1000", "not-fineness"),
        ("fineness", "92.55", "not-fineness"),
        ("price", "1.250", "unclear"),
        ("price", "12.999999", "decimals"),
        ("currency", "XXX", "unknown-currency"),
        ("category", "nope", "unknown-category"),
        ("unit", "handful", "unknown-unit"),
        ("sample", "perhaps", "not-yes-no"),
        ("hs", "71", "not-hs"),
        ("origin", "Atlantis", "not-country"),
        ("finish", "painted", "unknown-choice"),
        ("assay_on", "3 November", "not-a-date"),
        ("assay_on", "2026-02-30", "not-a-date"),
        ("ref", "x" * 31, "reference-long"),
        ("ref", "=1+1", "reference-signs"),
        ("ref", "020 5555 1234", "contact"),
    ],
)
def test_a_cell_that_cannot_be_taken_keeps_its_row_out(tmp_path, heading, typed, code):
    row = one(tmp_path, {"name_en": "Bowl", heading: typed})
    assert row.verdict is Verdict.BAD
    (finding,) = [each for each in row.findings if each.code == code]
    assert (finding.reference, finding.heading, finding.read) == ("B2", heading, typed)
    assert finding.text("lo") != finding.text("en")


@pytest.mark.parametrize(
    ("heading", "typed", "code", "field"),
    [
        ("weight_g", "0", "zero-left-out", "net_weight_g"),
        ("material", "unobtainium", "unknown-material", "materials"),
        ("techniques", "magic", "unknown-technique", "techniques"),
        ("price", "0", "zero-left-out", "tiers"),
    ],
)
def test_what_a_draft_may_lack_is_a_warning(tmp_path, heading, typed, code, field):
    row = one(tmp_path, {"name_en": "Bowl", heading: typed})
    assert row.verdict is Verdict.ADD
    assert codes(row) == [code]
    assert not getattr(row.content, field)


def test_unclear_numbers_are_told_with_both_readings(tmp_path):
    (finding,) = one(tmp_path, {"name_en": "Ring", "price": "1.250", "currency": "LAK"}).findings
    assert "1.25 or 1250" in finding.text("en")
    assert "1,25 ຫຼື 1250" in finding.text("lo")


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "weight_g",
                "height_cm",
                "price",
                "currency",
                "moq",
                "lead time",
                "fineness",
                "material",
                "category",
                "unit",
                "sample",
                "hs",
                "origin",
                "ref",
                "name_lo",
                "name_en",
                "name",
                "description",
                "finish",
                "assay_on",
                "assay_result",
            ]
        ),
        st.text(max_size=40),
        min_size=1,
    )
)
def test_no_text_in_any_column_raises(tmp_path_factory, cells):
    rows = planned(
        tmp_path_factory.mktemp("any"), text_of([["name", *cells], ["Bowl", *cells.values()]]).replace("\x00", "")
    ).rows
    for finding in (finding for row in rows for finding in row.findings):
        assert finding.text("lo")
        assert finding.text("en")


# -- true numbers of a workbook --


def test_a_number_of_a_workbook_is_never_unclear(tmp_path):
    data = workbook_of([["name", "weight_g", "moq", "ref"], ["Bowl", 1.25, 5.0, 17]])
    (row,) = planned(tmp_path, data, name="a.xlsx").rows
    assert (row.content.net_weight_g, row.content.minimum_order, row.reference) == (D("1.25"), 5, "17")


@pytest.mark.parametrize(
    ("value", "code"), [(-2, "negative"), (True, "not-a-number"), ("#REF!", "cell-error"), ("=1+1", "formula-empty")]
)
def test_other_kinds_of_cells_are_no_numbers(tmp_path, value, code):
    (row,) = planned(tmp_path, workbook_of([["name", "moq"], ["Bowl", value]]), name="a.xlsx").rows
    assert codes(row) == [code]


def test_a_date_that_excel_made_of_a_reference_is_told(tmp_path):
    from datetime import date

    data = workbook_of([["name", "ref", "moq"], ["Bowl", date(2026, 3, 12), date(2026, 5, 30)]])
    (row,) = planned(tmp_path, data, name="a.xlsx").rows
    assert codes(row) == ["is-date", "is-date"]


# -- materials and fineness --


@pytest.mark.parametrize(
    ("said", "keys", "fineness", "unknown"),
    [
        ("silver 92.5", ("silver",), 925, ()),
        ("Silver 92,5%", ("silver",), 925, ()),
        ("ເງິນ 925", ("silver",), 925, ()),
        ("ເງິນ໙໒໕", ("silver",), 925, ()),
        ("925 silver, wood", ("silver", "wood"), 925, ()),
        ("Sterling silver", ("silver",), 925, ()),
        ("silver", ("silver",), None, ()),
        ("silver and ivory", ("silver",), None, ("ivory",)),
        ("silver 12", (), None, ("silver 12",)),
        ("glass 20%", ("glass",), None, ()),
        ("", (), None, ()),
    ],
)
def test_materials_are_read_with_their_fineness(said, keys, fineness, unknown):
    made = WORDS.made_of(said)
    assert (made.keys, made.fineness, made.unknown) == (keys, fineness, unknown)


def test_shares_of_cloth_are_left_out_and_said(tmp_path):
    row = one(tmp_path, {"name_en": "Scarf", "material": "silk 80%, cotton 20%"}, house=SILK)
    assert (row.content.materials, row.content.fineness) == (["silk", "cotton"], None)
    assert codes(row) == ["share-left-out"]


def test_fineness_that_the_material_denies_is_an_error(tmp_path):
    row = one(tmp_path, {"name_en": "Bowl", "material": "silver 92.5", "fineness": "999"})
    assert codes(row) == ["fineness-differs"]
    assert one(tmp_path, {"name_en": "Bowl", "material": "silver 92.5", "fineness": "925"}).verdict is Verdict.ADD


@pytest.mark.parametrize(
    ("value", "fineness"), [("99.9", 999), ("999.9", 999), ("0.8", 800), ("1", None), ("330", None)]
)
def test_fineness_is_kept_in_thousandths(value, fineness):
    assert as_fineness(D(value)) == fineness


# -- money --


@pytest.mark.parametrize(
    ("cells", "currency", "amount"),
    [
        ({"price": "420.00", "currency": "USD"}, "USD", "420.00"),
        ({"price": "1,250,000", "currency": "ກີບ"}, "LAK", "1250000"),
        ({"price": "US$420"}, "USD", "420"),
        ({"price": "$420", "currency": "AUD"}, "AUD", "420"),
        ({"price": "300 ບາດ"}, "THB", "300"),
        ({"price (THB)": "300"}, "THB", "300"),
        ({"price": "300"}, "USD", "300"),
    ],
)
def test_a_price_has_its_currency(tmp_path, cells, currency, amount):
    content = one(tmp_path, {"name_en": "Bowl", "moq": "5", **cells}).content
    assert (content.currency, content.tiers) == (currency, (Tier(5, D(amount)),))


def test_two_currencies_contradict(tmp_path):
    assert codes(one(tmp_path, {"name_en": "Bowl", "price": "300 ບາດ", "currency": "USD"})) == ["two-currencies"]


def test_a_currency_that_is_not_said_is_the_consortiums_and_told(tmp_path):
    rows = text_of([["name", "price", "currency"], ["Bowl", "12", ""], ["Ring", "13", "THB"]])
    first, second = planned(tmp_path, rows).rows
    assert (codes(first), first.content.currency) == (["currency-empty"], "USD")
    assert second.content.currency == "THB"


def test_a_price_in_kip_without_its_thousands_is_asked_about(tmp_path):
    (finding,) = one(tmp_path, {"name_en": "Ring", "price": "350", "currency": "LAK"}).findings
    assert (finding.code, finding.about["larger"]) == ("price-low", 350_000)


def test_price_steps_rise_in_quantity(tmp_path):
    steps = {"name_en": "Bowl", "moq": "5", "making_charge": "42", "price_2_from": "50", "price_2": "38"}
    assert one(tmp_path, steps).content.tiers == (Tier(5, D(42)), Tier(50, D(38)))
    assert codes(one(tmp_path, {**steps, "price_2_from": "4"})) == ["step"]
    assert codes(one(tmp_path, {**steps, "price_2_from": ""})) == ["step"]


def test_details_of_the_sector_are_kept_as_its_forms_keep_them(tmp_path):
    cells = {
        "finish": "ຂັດເຫຼື້ອມ",
        "assay_result": "926",
        "assay_on": "2026-11-03",
        "antique": "no",
        "assay_method": "XRF",
    }
    content = one(tmp_path, {"name_en": "Bowl", **cells}).content
    assert content.details == {
        "finish": "polished",
        "assay_result": 926,
        "assay_on": "2026-11-03",
        "antique": False,
        "assay_method": "XRF",
    }
