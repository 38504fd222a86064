"""The form of a product, made from what its sector asks."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalogue.consortia.sector import sector, sectors
from catalogue.products.content import Content, Tier
from catalogue.products.models import Product, ProductVersion
from catalogue.text import Bilingual
from catalogue.web.product_fields import form_of, said_in

SAID = {"fineness_state": "assayed", "assay_result": 926, "assay_on": "2026-11-03", "antique": False}


def typed_in(app: Any, keys: list[str], typed: dict[str, str], *, trade: str = "silver", **given: Any) -> Any:
    """The form of these keys as it comes back with what was typed."""
    with app.test_request_context("/en/", method="POST", data=typed):
        app.preprocess_request()
        form = form_of(sector(trade), keys, **given)
        del form.csrf_token
        form.validate()
        return form


def version(**said: Any) -> ProductVersion:
    columns = {"details": {}, "materials": [], "techniques": [], "typed": {}, "tier_rows": [], "unit": "C62", **said}
    made = ProductVersion(**columns)
    made.product = Product(version=3)
    return made


@pytest.mark.parametrize("trade", sectors(), ids=lambda each: each.key)
@pytest.mark.parametrize("compact", [True, False])
def test_every_key_of_every_sector_has_a_field_with_a_label(app, trade, compact):
    form = typed_in(app, list(trade.asked), {}, trade=trade.key, compact=compact)

    assert [field.name for field in form.asked] == list(trade.asked)
    assert all(field.label.text for field in form.asked)
    assert len({field.id for field in form}) == len(list(form))


@pytest.mark.parametrize(
    ("key", "typed", "meant"),
    [
        ("net_weight_g", "412,5", {"net_weight_g": Decimal("412.5")}),
        ("minimum_order", "໕", {"minimum_order": 5}),
        ("diameter_mm", "22.5", {"diameter_mm": Decimal("225.0")}),
        ("carton_length_mm", "55", {"carton_length_mm": 550}),
        ("office_price", "1.250.000", {"office_price": Decimal(1250000)}),
        ("name_lo", " ຂັນ  ເງິນ ", {"name": Bilingual("ຂັນ ເງິນ", "Bowl")}),
        ("unit", "pr", {"unit": "PR"}),
        ("details.assay_on", "2026-11-03", {"details": {"finish": "satin", "assay_on": "2026-11-03"}}),
        ("details.antique", "no", {"details": {"finish": "satin", "antique": False}}),
        ("details.assay_result", "926.5", {"details": {"finish": "satin", "assay_result": 926.5}}),
        ("details.finish", "", {"details": {}}),
    ],
)
def test_what_was_typed_is_said_over_what_stood_before(app, key, typed, meant):
    before = Content(name=Bilingual("", "Bowl"), hs_code="7114.11", details={"finish": "satin"})

    form = typed_in(app, [key], {key: typed})

    said = said_in(form, before)
    assert not form.errors
    assert {name: getattr(said, name) for name in meant} == meant
    assert said.hs_code == "7114.11"


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        *[("fineness", each) for each in ("499", "1001", "92.5", "1.250", "abc")],
        *[("details.assay_pieces", each) for each in ("0", "1.5")],
        *[
            ("details.finish", "gold"),
            ("category", "cars"),
            ("unit", "XXX"),
            ("hs_code", "silver"),
            ("diameter_mm", "0"),
        ],
        *[("details.assay_on", "03/04/26x"), ("minimum_order", "-1"), ("name_lo", "ກ" * 121)],
    ],
)
def test_what_no_sector_allows_is_refused_beside_its_field(app, key, typed):
    form = typed_in(app, [key], {key: typed})

    assert form[key].errors
    assert list(form.errors) == [key]


def test_a_form_of_few_keys_changes_nothing_else(app):
    before = Content(category="bowls", materials=["silver"], tiers=(Tier(5, Decimal(9)),), sample_available=True)
    assert said_in(typed_in(app, ["fineness"], {"fineness": "925"}), before) == Content(
        **{**vars(before), "fineness": 925}
    )


def test_only_the_named_fields_are_taken(app):
    form = typed_in(app, ["fineness", "minimum_order"], {"fineness": "1", "minimum_order": "5"})
    assert said_in(form, Content(fineness=925), ["minimum_order"]) == Content(fineness=925, minimum_order=5)


def test_a_version_comes_back_as_it_was(app):
    trade = sector("silver")
    stood = version(
        name=Bilingual("ຂັນ", "Bowl"),
        category="bowls",
        materials=["silver"],
        net_weight_g=Decimal("12.125"),
        diameter_mm=Decimal("225.0"),
        tier_rows=[["5", "190.50"]],
        details=SAID,
    )
    with app.test_request_context("/en/"):
        app.preprocess_request()
        form = form_of(trade, list(trade.asked), stood)
        shown = {field.name: field._value() for field in form if hasattr(field, "_value")}
        said = said_in(form, Content(details=SAID))

    assert (shown["net_weight_g"], shown["diameter_mm"], shown["opened_version"]) == ("12.1250", "22.5", "3")
    assert (said.details, said.tiers, said.materials) == (SAID, (Tier(5, Decimal("190.50")),), ["silver"])
    assert form["details.assay_on"].data == date(2026, 11, 3)


def test_words_not_understood_yet_stand_in_their_field(app):
    with app.test_request_context("/en/"):
        app.preprocess_request()
        form = form_of(sector("silver"), ["office_price"], version(typed={"office_price": "1.250", "name_lo": "x"}))
        assert form["office_price"]._value() == "1.250"


def test_units_follow_what_is_counted_and_paid(app):
    scarf = version(category="scarves", office_currency="LAK", currency="USD")
    with app.test_request_context("/lo/"):
        app.preprocess_request()
        form = form_of(sector("silk"), ["minimum_order", "office_price", "sample_price", "length_mm"], scarf)
        assert [field.unit_words for field in form.asked] == ["ຜືນ", "ກີບ", "USD", "ຊມ"]


def rows(*pairs: tuple[str, str]) -> dict[str, str]:
    named = ((f"tiers-{n}-quantity", f"tiers-{n}-amount") for n in range(len(pairs)))
    return {key: text for keys, pair in zip(named, pairs, strict=True) for key, text in zip(keys, pair, strict=True)}


def test_prices_are_a_table_whose_empty_rows_do_not_count(app):
    form = typed_in(app, ["tiers"], rows(("50", "22.50"), ("", ""), ("5", "25")))
    assert not form.errors
    assert said_in(form, Content()).tiers == (Tier(5, Decimal(25)), Tier(50, Decimal("22.50")))


@pytest.mark.parametrize("wrong", [(("5", ""),), (("", "25"),), (("5", "25"), ("5", "20")), (("x", "25"),)])
def test_a_row_of_prices_that_is_not_whole_is_refused(app, wrong):
    assert "tiers" in typed_in(app, ["tiers"], rows(*wrong)).errors
