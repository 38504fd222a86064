"""What a product still lacks, by language and by who can give it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from catalogue.consortia.sector import sector, sectors
from catalogue.consortia.trade import Limit
from catalogue.products import readiness
from catalogue.products.content import Content, Tier
from catalogue.text import Bilingual

SILVER, FURNITURE = sector("silver"), sector("furniture")
WHOLE: dict[str, Any] = {
    "name": Bilingual("ຂັນເງິນ", "Silver bowl"),
    "summary": Bilingual("ຂັນຕີດ້ວຍມື", "A bowl beaten by hand"),
    "category": "bowls",
    "materials": ["silver"],
    "minimum_order": 10,
    "lead_time_days": 30,
    "tiers": (Tier(10, Decimal(25)),),
    "net_weight_g": Decimal(350),
    "fineness": 925,
    "details": {"fineness_state": "declared", "antique": False},
}
PHOTO = SimpleNamespace(position=1, alt=Bilingual("ຂັນ", "Bowl"))


def said(*, photos: tuple[Any, ...] = (PHOTO,), **given: Any) -> Any:
    return SimpleNamespace(**vars(Content(**{**WHOLE, **given})), photos=photos)


def test_what_says_everything_is_ready_in_both_languages():
    found = readiness.of(said(), SILVER)
    assert (found.missing, found.is_ready, found.percent("lo"), found.percent("en")) == ((), True, 100, 100)
    assert (found.member, found.office, found.sending, found.rules) == ((), (), (), ())


@pytest.mark.parametrize("trade", sectors(), ids=lambda each: each.key)
def test_an_empty_product_lacks_all_that_its_sector_needs(trade):
    found = readiness.of(said(photos=(), **vars(Content())), trade)
    assert set(found.missing) == set(trade.publishing)
    assert found.sending == trade.sending
    assert (found.percent("lo"), found.percent("en")) == (0, 0)
    assert set(found.member) | set(found.office) == {*trade.publishing, "photos"}


def test_words_lack_in_their_own_language_only_and_the_office_writes_english():
    found = readiness.of(said(name=Bilingual("ຂັນ", ""), summary=Bilingual("", "A bowl")), SILVER)
    assert (found.lo.missing, found.en.missing, found.both.missing) == (("summary_lo",), ("name_en",), ())
    assert (found.member, found.office) == (("summary_lo",), ("name_en",))
    assert 0 < found.percent("en") < 100


def test_what_is_told_in_one_language_is_wanted_in_the_other_but_keeps_nothing_back():
    photo = SimpleNamespace(position=2, alt=Bilingual("ຂັນ", ""))
    found = readiness.of(said(description=Bilingual("ເລື່ອງ", ""), photos=(photo,)), SILVER)
    assert (found.en.wanted, found.is_ready) == (("description_en", "photo 2 alt_en"), True)
    assert found.percent("lo") == 100 > found.percent("en")
    assert found.office == ("description_en", "photo 2 alt_en")


@pytest.mark.parametrize("answer", [None, "", True, "no", 0])
def test_only_a_plain_no_to_antique_may_be_published(answer):
    found = readiness.of(said(details={"fineness_state": "declared", "antique": answer}), SILVER)
    assert found.missing == ("details.antique",)


def test_an_assay_that_is_claimed_needs_its_paper():
    claimed = {"fineness_state": "assayed", "antique": False, "assay_result": 926}
    assert readiness.missing_for_publication(said(details=claimed), SILVER) == [
        "details.assay_method",
        "details.assay_laboratory",
        "details.assay_on",
    ]


def test_a_category_that_the_sector_lacks_counts_as_none():
    assert readiness.of(said(category="cars"), SILVER).sending == ("category",)


# -- rules of trade --

STOOL = {"category": "seating", "details": {"species_genus": "Tectona grandis", "wood_source": "plantation"}}
LIMITED = replace(
    FURNITURE,
    rules=(replace(FURNITURE.rules[0], limits=(Limit("length_mm", most=Decimal(2000)),), categories=("tables",)),),
)


def test_a_rule_without_figures_asks_the_office_to_check_until_it_did():
    assert [rule.key for rule in readiness.of(said(**STOOL), FURNITURE).rules] == ["export-size"]

    checked = {**STOOL, "details": {**STOOL["details"], "size_checked_on": "2026-11-20"}}
    assert readiness.of(said(**checked), FURNITURE).rules == ()


def test_a_check_before_the_rule_was_made_settles_nothing():
    early = {**STOOL, "details": {**STOOL["details"], "size_checked_on": "2021-09-13"}}
    assert FURNITURE.rules[0].issued_on == date(2021, 9, 14)
    assert readiness.of(said(**early), FURNITURE).rules


@pytest.mark.parametrize(
    ("category", "length", "asks"),
    [
        ("tables", Decimal(2001), True),
        ("tables", Decimal(2000), False),
        ("tables", None, True),
        ("seating", None, False),
    ],
)
def test_a_rule_with_figures_asks_only_where_they_are_passed_or_unsaid(category, length, asks):
    assert bool(readiness.of(said(category=category, length_mm=length), LIMITED).rules) is asks


def test_no_rule_keeps_a_product_from_being_shown():
    assert readiness.of(said(**STOOL), FURNITURE).is_ready
