"""A sector is one file: dropped into an empty folder, it is listed, sent back, shown and found in both languages."""

import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from catalogue.consortia.sector import BadSectorFile, read_from, sector, sectors
from catalogue.products.models import ListingStatus, Product
from catalogue.products.sheets.template import template
from catalogue.text import Bilingual

FILE = Path(__file__).parent / "ceramics.toml"
JAR = {"category": "jars", "name_lo": "ໄຫດິນ"}
ASKED = (("kiln", "details.kiln_degrees", "1240"), ("price", "office_price", "250000"), ("least", "minimum_order", "5"))
CLAY = {"materials": ["clay"], "techniques": ["throwing"], "details.firing": "wood", "details.old_find": "no"}
WORDS = {"name_en": "Tall clay jar", "summary_en": "A jar fired with wood", "hs_code": "6912.00"}
PRICES = {"tiers-0-quantity": "5", "tiers-0-amount": "31.50", "tiers-1-quantity": "50", "tiers-1-amount": "28"}


@pytest.fixture
def settings(settings, tmp_path):
    """A site whose only sector is this one."""
    folder = tmp_path / "sectors"
    folder.mkdir()
    shutil.copy(FILE, folder)
    read_from(folder)
    yield replace(settings, SECTORS=str(folder))
    read_from(None)


@pytest.fixture
def potters(app, make):
    return make.consortium(name=Bilingual("ກຸ່ມຊ່າງປັ້ນ", "Example Potters"), sector_key="ceramics", slug="potters")


@pytest.fixture
def people(visitor, make, potters):
    """The browsers of a potter and of the manager, each in a language."""
    firm = make.member(consortium=potters, name=Bilingual("ເຕົາໄຟແດງ", "Red Kiln"))

    def people(language):
        potter = make.maker(firm, language=language)
        manager = make.manager(potters, language=language)
        return [visitor.signed_in_as(each).speaking(language) for each in (potter, manager)]

    return people


@pytest.mark.parametrize("language", ["en", "lo"])
def test_a_product_of_a_new_sector_is_created_submitted_returned_and_published(
    people, potters, session, visitor, language
):
    potter, manager = people(language)
    own = potters.slug

    # The potter answers one question after another, is told of a number that cannot be, and sends what is enough.
    begun = potter.get("studio.new_product").select_one("[name=draft_key]")["value"]
    page = potter.get("studio.new_question", question_key="what", draft_key=begun)
    page = potter.submit(page, "#question", JAR)
    product = session.scalar(select(Product))
    named = {"product_id": product.public_id}
    page = potter.submit(page, "#question", {"details.kiln_degrees": "1.240,5"})
    assert page.select_one("#details-kiln_degrees-error").text.strip()
    for key, field, typed in ASKED:
        page = potter.get("studio.question", question_key=key, **named)
        potter.submit(page, "#question", {field: typed})
    assert {"en": "How many jars at least?", "lo": "ຢ່າງໜ້ອຍຈັກໜ່ວຍ?"}[language] in page.text
    page = potter.get("studio.product", **named)
    assert {"en": "Clay and fire", "lo": "ດິນ ແລະ ໄຟ"}[language] in page.text
    potter.post("studio.submit_product", {}, **named)

    # The office sends it back, with a reason beside one field of this sector alone.
    page = manager.get("desk.review_product", slug=own, **named)
    verdicts = {radio["name"]: "take" for radio in page.select("input[type=radio][value=take]")}
    verdicts |= {"verdict-details.kiln_degrees": "return", "reason-details.kiln_degrees": "ຮ້ອນປານນີ້ແທ້ບໍ?"}
    opened = page.select_one("#decide [name=opened_version]")["value"]
    manager.post("desk.decide", verdicts | {"opened_version": opened}, slug=own, **named)
    session.refresh(product)
    assert (product.stage, product.returned_reasons[0]["field"]) == (ListingStatus.RETURNED, "details.kiln_degrees")

    # The potter mends it in place, says the rest, and sends it again.
    page = potter.get("studio.product", **named)
    assert "ຮ້ອນປານນີ້ແທ້ບໍ?" in page.select_one(".fix").text
    potter.submit(page, "main form", {"details.kiln_degrees": "1180", "then": "keep"})
    potter.post("studio.product_group", CLAY | {"height_mm": "120"}, group_id="clay", **named)
    potter.post("studio.product_group", {"lead_time_days": "20", "summary_lo": "ໄຫເຜົາດ້ວຍຟືນ"}, group_id="time", **named)
    paper = {"details.lead_test": "PB-7", "details.lead_tested_on": "2026-10-02"}
    potter.post("studio.product_group", paper, group_id="lead", **named)
    potter.post("studio.submit_product", {}, **named)

    # The office reads the rule, adds its own part, and publishes.
    page = manager.get("desk.review_product", slug=own, **named)
    assert {"en": "Ask the carrier", "lo": "ຖາມຂົນສົ່ງກ່ອນ"}[language] in page.text
    page = manager.get("desk.revise", slug=own, **named)
    given = WORDS | PRICES | {"details.kiln_note": "Only for us", "then": "publish"}
    manager.submit(page, "form.whole-form", given, slug=own) if False else manager.submit(
        page, "form.whole-form", given
    )
    session.refresh(product)
    assert product.status is ListingStatus.PUBLISHED
    shown = product.published
    assert (shown.details["kiln_degrees"], shown.details["firing"], shown.details["old_find"]) == (1180, "wood", False)
    assert (int(shown.height_mm), int(shown.office_price)) == (1200, 250_000)

    # Buyers read it in either language, in the words of its file, and find it.
    for side, words in (
        ("en", ["Tall clay jar", "Wood fired", "1,180", "Lead test", "PB-7", "Jars", "5 jars"]),
        ("lo", ["ໄຫດິນ", "ເຜົາດ້ວຍຟືນ", "1.180", "ຜົນກວດສານກົ່ວ", "PB-7", "5 ໜ່ວຍ"]),
    ):
        buyer = visitor.speaking(side)
        page = buyer.get("storefront.product", slug=own, words="tall-clay-jar", **named)
        said = page.text.replace("\u00a0", " ")
        assert [each for each in words if each not in said] == []
        assert [each for each in ("Only for us", "250.000", "250,000") if each in said] == []
        for narrowed in ({"q": {"en": "wood", "lo": "ຟືນ"}[side]}, {"category": "jars", "certificate": "lead"}):
            assert {"en": "Tall clay jar", "lo": "ໄຫດິນ"}[side] in buyer.get(
                "storefront.products", slug=own, **narrowed
            ).text
        for endpoint in ("storefront.home", "storefront.makers", "storefront.how_to_order"):
            assert buyer.get(endpoint, slug=own)


def test_its_sheet_has_its_own_columns(settings):
    assert [each.key for each in sectors()] == ["ceramics"]
    sheet = load_workbook(BytesIO(template(sector("ceramics"), "xlsx"))).worksheets[0]
    headings = {cell.value for cell in sheet[2]}
    assert {"Firing", "Heat of the kiln", "Number of the lead test"} <= headings


def test_a_site_with_a_bad_file_does_not_start_and_says_why(settings):
    from catalogue.app import create_app

    bad = Path(settings.SECTORS) / "glass.toml"
    bad.write_text(FILE.read_text("utf-8").replace('key = "ceramics"', 'key = "glass"').replace('"number"', '"nummer"'))
    read_from(None)
    with pytest.raises(BadSectorFile, match=r"glass.toml: details\[1\].kind: 'nummer' is none of: text, words"):
        create_app(settings)
