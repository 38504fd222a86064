"""Sala's own sheet: what is written in it is read the same, in both kinds of file and every sector."""

from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from catalogue.consortia.sector import sector, sectors
from catalogue.leaks import find_leaks
from catalogue.products.content import Content, Tier
from catalogue.products.sheets.checking import House
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.importing import Verdict
from catalogue.products.sheets.template import example, fields_of, sheet_of, template
from catalogue.text import Bilingual, clean_line, clean_text
from tests.sheets import looked, planned

ALL = [pytest.param(trade, kind, id=f"{trade.key} {kind}") for trade in sectors() for kind in ("xlsx", "csv")]


def house(trade) -> House:
    return House("member0001", trade, "USD", ())


@pytest.mark.parametrize(("trade", "kind"), ALL)
def test_the_template_alone_imports_nothing(tmp_path, trade, kind):
    with pytest.raises(SheetRefused, match="no-rows"):
        looked(tmp_path, template(trade, kind), name=f"t.{kind}", house=house(trade))


@pytest.mark.parametrize(("trade", "kind"), ALL)
def test_the_example_of_the_template_is_a_good_product(tmp_path, trade, kind):
    data = sheet_of([("A-1", example(trade))], trade, kind)
    plan = planned(tmp_path, data, name=f"t.{kind}", house=house(trade))
    (row,) = plan.rows
    assert (row.verdict, row.findings) == (Verdict.ADD, ())
    assert row.content == example(trade)
    assert [finding.code for finding in plan.findings] in ([], ["other-sheets"])


def test_workbooks_offer_the_words_and_keep_text_as_text():
    trade = sector("silver")
    book = load_workbook(BytesIO(template(trade, "xlsx")))
    products, values = book.worksheets
    keys = {row[1] for row in values.iter_rows(min_row=2, values_only=True)}
    assert keys >= {term.key for term in (*trade.categories, *trade.materials, *trade.techniques)}
    assert keys >= {"C62", "USD", "yes", "polished"}
    assert {cell.number_format for cell in products[3] if cell.value} == {"@"}
    assert len(products.data_validations.dataValidation) >= 6
    assert products.column_dimensions["A"].width > 10
    assert [cell.value for cell in products["A"]] == ["ລະຫັດສິນຄ້າ", "Reference", "ຕົວຢ່າງ"]


def test_only_metal_is_asked_for_fineness_and_making_charge():
    silver, silk = ({field.key for field in fields_of(sector(key))} for key in ("silver", "silk"))
    assert {"fineness", "making_charge"} <= silver
    assert "price" in silk
    assert not {"fineness", "making_charge"} & silk


# -- what is written is read the same --

LETTERS = st.characters(categories=["Ll", "Lu", "Nd", "Po", "Sm", "Zs"], max_codepoint=0x24F)
LAO = st.text(st.sampled_from("ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮະາີູ່້ ແໂ"), max_size=30)
ENGLISH = st.text(LETTERS, max_size=30)
MEASURE = st.none() | st.decimals("0.1", 900_000, places=1)
COUNT = st.none() | st.integers(1, 9_000_000)
SILVER = sector("silver")


def sides(clean):
    """Both sides of a text, cleaned as they would be kept, each plainly in its language."""
    lo = LAO.map(lambda text: clean(f"ຂັນ {text}")) | st.just("")
    en = ENGLISH.map(lambda text: clean(f"bowl {text}")) | st.just("")
    quiet = st.tuples(lo, en).filter(lambda both: not any(find_leaks(text) for text in both))
    return quiet.map(lambda both: Bilingual(*both))


def several(terms):
    return st.lists(st.sampled_from([term.key for term in terms]), unique=True, max_size=3)


@st.composite
def products(draw):
    """Anything a product may say, as the site would keep it."""
    minimum = draw(COUNT)
    amounts = draw(st.lists(st.decimals("0.01", 99_999, places=2), max_size=3))
    quantities = [minimum or 1, (minimum or 1) + 10, (minimum or 1) + 50]
    return Content(
        name=draw(sides(clean_line).filter(bool)),
        summary=draw(sides(clean_line)),
        description=draw(sides(clean_text)),
        care=draw(sides(clean_text)),
        category=draw(st.sampled_from([term.key for term in SILVER.categories])),
        materials=draw(several(SILVER.materials)),
        techniques=draw(several(SILVER.techniques)),
        details=draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "finish": st.sampled_from(["polished", "satin"]),
                    "antique": st.booleans(),
                    "assay_result": st.integers(0, 999),
                    "assay_on": st.dates().map(str),
                },
            )
        ),
        unit=draw(st.sampled_from(["C62", "PR", "SET", "KGM"])),
        net_weight_g=draw(st.none() | st.decimals("0.001", 999_999, places=3)),
        weight_tolerance_percent=draw(st.none() | st.decimals("0.01", 99, places=2)),
        fineness=draw(st.none() | st.integers(333, 999)),
        length_mm=draw(MEASURE),
        width_mm=draw(MEASURE),
        height_mm=draw(MEASURE),
        depth_mm=draw(MEASURE),
        diameter_mm=draw(MEASURE),
        minimum_order=minimum,
        lead_time_days=draw(st.none() | st.integers(1, 1000)),
        lead_time_for=draw(COUNT),
        monthly_capacity=draw(COUNT),
        sample_available=draw(st.booleans()),
        hs_code=draw(st.sampled_from(["", "7114.11", "7113.11.10"])),
        origin=draw(st.sampled_from(["LA", "TH"])),
        tiers=tuple(Tier(quantity, amount) for quantity, amount in zip(quantities, amounts, strict=False)),
        currency=draw(st.sampled_from(["USD", "EUR"])),
        carton_pieces=draw(COUNT),
        carton_length_mm=draw(st.none() | st.integers(1, 9999)),
        carton_gross_kg=draw(st.none() | st.decimals("0.01", 9999, places=2)),
    )


@settings(max_examples=60, deadline=None)
@given(product=products(), kind=st.sampled_from(["csv", "xlsx"]))
def test_what_is_written_is_read_the_same(tmp_path_factory, product, kind):
    folder = tmp_path_factory.mktemp("sheet")
    plan = planned(folder, sheet_of([("A-1", product)], SILVER, kind), name=f"t.{kind}", house=house(SILVER))
    (row,) = plan.rows
    assert [finding.code for finding in row.findings if finding.level >= 2] == []
    assert row.content == product


@pytest.mark.parametrize("weight", ["1.25", "1.125", "12.125", "1250", "0.925", "1250.125"])
def test_no_number_is_written_so_that_it_reads_two_ways(tmp_path, weight):
    product = Content(name=Bilingual("", "Bowl"), net_weight_g=Decimal(weight))
    (row,) = planned(tmp_path, sheet_of([("A-1", product)], SILVER, "csv"), house=house(SILVER)).rows
    assert row.content.net_weight_g == Decimal(weight)
