"""Sheets of other programs, understood through mapping files; samples of their layouts are made here."""

from decimal import Decimal

import pytest

from catalogue.consortia.sector import sectors
from catalogue.products.content import Tier
from catalogue.products.sheets.fields import Headings
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.importing import Verdict
from catalogue.products.sheets.mapping import mapping_at, shipped
from tests.sheets import SILVER, codes, planned

D = Decimal
MUSEUM = """\
id,accession_number,title,classification,is_silver,medium,date_text,height_cm,width_cm,depth_cm,diameter_cm,credit_line,url
7df1,59.47.2,Covered jar,Metals,1,silver,1727,21.9,7.0,7.3,,Gift of Noy: +49 30 555 0123,http://museum.example/1
2254,70.7.115.A-B,Coffeepot,Metals,1,"silver, sterling standard",c. 1760,22.5,,,1.250,Fund,http://museum.example/2
70a1,77.69,Knife,Metals,1,silver and ivory,1800,,,,,Fund,http://museum.example/3
"""
SHOPIFY = """Handle,Title,Body (HTML),Vendor,Type,Tags,Variant SKU,Variant Grams,Variant Price,Image Src,Status
dish,Dish,"<p>Raised by hand.<br>Marked &amp; weighed.</p>",Workshop 08,Metals,"silver, new",S-1,55,211.42,http://x.example/1.jpg,active
dish,,,,,,,,,http://x.example/2.jpg,
spoon,Spoon,<p>Plain.</p>,Workshop 09,Bowls,wood,S-2,0,1.250,,archived
jug,Jug,<p>Tall.</p>,Workshop 09,Vessels,gold,S-3,0,1.250,,active
"""
WOO = """\
ID,Type,SKU,Name,Short description,Description,Weight (kg),Length (cm),Regular price,Categories,Attribute 1 name,\
Attribute 1 value(s)
1,simple,W-1,Dish,A dish,<p>Plain</p>,1.250,10.5,563.69,Silver > Trays,Material,"silver, glass"
2,variation,W-2,Dish - large,,,,,,,Size,large
3,simple,W-3,Spoon,,,0.66,,438.37,Silver > Metals,Colour,silver
"""
ETSY = """TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,MATERIALS,IMAGE1,SKU
Tom&#39;s dish,"Silver &amp; glass",252.68,EUR,8,silver,"sterling_silver,glass",http://x.example/1.jpg,E-1
"""


def test_museum_objects_bring_name_size_and_what_the_map_knows(tmp_path):
    jar, pot, knife = planned(tmp_path, MUSEUM, mapping="museum").rows

    assert (jar.reference, jar.content.name.en, jar.content.materials) == ("59.47.2", "Covered jar", ["silver"])
    assert (jar.content.height_mm, jar.content.width_mm, jar.content.depth_mm) == (D(219), D(70), D(73))
    assert (pot.content.materials, pot.content.fineness, pot.content.diameter_mm) == (["silver"], 925, D("12.5"))
    assert knife.content.materials == []
    assert all(row.verdict is Verdict.ADD for row in (jar, pot, knife))


def test_what_a_mapping_does_not_name_stays_out_and_is_listed(tmp_path):
    plan = planned(tmp_path, MUSEUM, mapping="museum")
    assert "museum.example" not in str([row.content for row in plan.rows])
    assert "555" not in str([row.content for row in plan.rows])
    listed = next(finding for finding in plan.findings if finding.code == "columns-not-read").about["columns"]
    assert listed == ["id", "classification", "is_silver", "date_text", "credit_line", "url"]


def test_shopify_lines_without_a_title_and_archived_products_are_left_out(tmp_path):
    plan = planned(tmp_path, SHOPIFY, mapping="shopify")
    dish, jug = plan.rows
    assert (dish.reference, dish.content.name.en, dish.content.net_weight_g) == ("S-1", "Dish", D(55))
    assert dish.content.description.en == "Raised by hand.\nMarked & weighed."
    assert (dish.content.materials, dish.content.category) == (["silver"], "")
    assert (jug.content.category, jug.content.materials, jug.content.net_weight_g) == ("vessels", [], None)
    assert jug.content.tiers == (Tier(1, D("1.250")),)
    assert next(each for each in plan.findings if each.code == "rows-left-out").about["rows"] == ["3", "4"]


def test_woocommerce_columns_count_kilograms_and_centimetres(tmp_path):
    dish, spoon = planned(tmp_path, WOO, mapping="woocommerce").rows
    assert (dish.content.net_weight_g, dish.content.length_mm) == (D(1250), D(105))
    assert (dish.content.category, dish.content.materials) == ("trays", ["silver", "glass"])
    assert (dish.content.summary.en, dish.content.description.en) == ("A dish", "Plain")
    assert (spoon.content.materials, spoon.content.category) == ([], "")


def test_etsy_listings_have_their_currency(tmp_path):
    (dish,) = planned(tmp_path, ETSY, mapping="etsy").rows
    assert (dish.content.name.en, dish.content.description.en) == ("Tom's dish", "Silver & glass")
    assert (dish.content.currency, dish.content.tiers) == ("EUR", (Tier(1, D("252.68")),))
    assert (dish.content.materials, dish.content.fineness) == (["silver", "glass"], 925)


@pytest.mark.parametrize("name", shipped())
@pytest.mark.parametrize("trade", sectors(), ids=lambda trade: trade.key)
def test_shipped_mappings_fit_every_sector(name, trade):
    assert mapping_at(name, Headings(trade)).columns


def test_a_mapping_of_ones_own_has_sizes_constants_and_another_language(tmp_path):
    mapping = tmp_path / "own.toml"
    mapping.write_text(
        """
language = "lo"
constants = { origin = "LA", currency = "LAK", unit = "PR" }
[[columns]]
heading = "Nr."
field = "reference"
[[columns]]
heading = "Was"
field = "name"
[[columns]]
heading = "H x W x D"
field = "size"
unit = "cm"
order = ["height_mm", "width_mm", "depth_mm"]
[[columns]]
heading = "Preis"
field = "price"
"""
    )
    plan = planned(
        tmp_path, "Nr.;Was;H x W x D;Preis\n1;ຕຸ້ມຫູ;2,5 x 1 × 0,5 cm;350000\n2;A;2 x 1;1\n", mapping=str(mapping)
    )
    first, second = plan.rows
    content = first.content
    assert (content.height_mm, content.width_mm, content.depth_mm) == (D(25), D(10), D(5))
    assert (content.name.lo, content.unit, content.currency) == ("ຕຸ້ມຫູ", "PR", "LAK")
    assert set(codes(second)) == {"not-a-size", "no-lao", "price-low"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("columns = 3", "cannot be used"),
        ("[[columns]]\nheading = 'x'", "'field' is missing"),
        ("[[columns]]\nheading = 'x'\nfield = 'colour'", "no field colour"),
        ("[[columns]]\nheading = 'x'\nfield = 'price'\nunit = 'shells'", "shells is no unit of price"),
        ("[[columns]]\nheading = 'x'\nfield = 'price'\nfactor = 3", "nothing is called factor"),
        ("[[columns]]\nheading = 'x'\nfield = 'name'\nparse = 'magic'", "parse is one of"),
        ("columns = []\nlanguage = 'de'", "language is one of"),
        ("columns = []\ndecimal_mark = ','", "decimal_mark is one of"),
        ("columns = []\nconstants = { colour = 'red' }", "no field colour"),
        ("not toml", "cannot be used"),
        ("\x00", "cannot be used"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(tmp_path, text, says):
    (tmp_path / "own.toml").write_text(text)
    with pytest.raises(SheetRefused, match="mapping-broken") as refusal:
        mapping_at(str(tmp_path / "own.toml"), SILVER.headings)
    assert says in refusal.value.text("en")


def test_a_mapping_that_is_not_there_names_those_that_are():
    with pytest.raises(SheetRefused, match="mapping-missing") as refusal:
        mapping_at("magento", SILVER.headings)
    assert "etsy, museum, shopify, woocommerce" in refusal.value.text("en")


def test_a_file_that_is_not_of_the_mapping_is_refused(tmp_path):
    with pytest.raises(SheetRefused, match="no-mapped-heading"):
        planned(tmp_path, ETSY, mapping="woocommerce")
