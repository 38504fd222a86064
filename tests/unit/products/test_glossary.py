"""The glossary of translators: words found in either language, in any spelling and form."""

import tomllib

import pytest

from catalogue import lao
from catalogue.consortia.sector import sector, sectors
from catalogue.products.glossary import FILE, glossary
from catalogue.text import has_visible_letter


def said(text, language="lo", trade="silver"):
    return [text[each.start : each.end] for each in glossary(sector(trade), language).in_text(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ຂັນເງິນຕີດ້ວຍມື", ["ຂັນ", "ເງິນ", "ຕີດ້ວຍມື"]),
        ("ເຄື່ອງເງິນ", ["ເຄື່ອງເງິນ"]),
        ("ຜ້າໄໝ", ["ຜ້າໄໝ"]),
        ("ຜ້າໄຫມ", ["ຜ້າໄຫມ"]),
        ("ກໍາໄລ", ["ກໍາໄລ"]),
        ("ເເຫວນ", ["ເເຫວນ"]),
        ("ນ້ຳໜັກ", ["ນ້ຳໜັກ"]),
        ("ວັດສະດຸ", []),
        ("", []),
        ("7114.11", []),
    ],
)
def test_lao_is_found_by_syllables_in_any_spelling_the_longest_first(text, found):
    assert said(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hand-beaten silver bowls", ["Hand-beaten", "silver", "bowls"]),
        ("Wiped with a soft cloth", ["Wiped", "soft cloth"]),
        ("sticky, rice", ["rice"]),
        ("sticky rice", ["sticky rice"]),
        ("ringleader", []),
    ],
)
def test_english_is_found_by_stems_the_longest_first(text, found):
    assert said(text, "en") == found


def test_silverware_is_not_taken_for_silver():
    (found,) = glossary(sector("silver"), "en").in_text("Silverware")
    assert found.entry.translations == ("ເຄື່ອງເງິນ",)


def test_a_word_with_two_meanings_offers_both():
    (found,) = glossary(sector("silver"), "en").in_text("bowl")
    assert found.entry.translations == ("ຂັນ", "ຖ້ວຍ")


def test_words_of_a_sector_go_first():
    (found,) = glossary(sector("silver"), "lo").in_text("ເງິນ")
    assert found.entry.source == "sector"


@pytest.mark.parametrize("trade", [each.key for each in sectors()])
@pytest.mark.parametrize("language", ["lo", "en"])
def test_every_term_finds_itself(trade, language):
    known = glossary(sector(trade), language)
    for entries in known.entries.values():
        for entry in entries:
            assert known.in_text(entry.word), entry.word


def test_the_file_is_spelt_as_lao_is_stored_and_says_what_is_due():
    data = tomllib.loads(FILE.read_text("utf-8"))
    assert data["reading"] in {"due", "done"}
    for row in data["terms"]:
        assert row["lo"] == lao.normalise(row["lo"])
        assert not lao.has_thai(row["lo"])
        assert has_visible_letter(row["en"])
        for wrong in ("ຫນ", "ຫມ", "ໍາ", "ເເ"):
            assert wrong not in row["lo"]


def test_long_text_takes_no_time_to_speak_of():
    assert len(said("ຂັນເງິນ " * 1000)) == 2000
