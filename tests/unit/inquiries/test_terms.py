"""The words of trade: every one in both languages, and the rule for sea ports."""

import unicodedata

import pytest

from catalogue import lao, money
from catalogue.inquiries import terms

ALL = [terms.countries, terms.currencies, terms.incoterms, terms.units, terms.roles, terms.order_types]


@pytest.mark.parametrize("words", ALL, ids=lambda words: words.__name__)
def test_every_word_is_said_in_both_languages(words):
    for code, word in words().items():
        assert word.name.is_complete, code
        assert lao.has_lao(word.name.lo), code
        assert not lao.has_thai(word.name.lo), code
        assert lao.normalise(word.name.lo) == word.name.lo, code
        assert unicodedata.is_normalized("NFC", word.name.en), code


@pytest.mark.parametrize("pair", ["ຫນ", "ຫມ"])
def test_lao_is_spelled_as_everywhere_here(pair):
    assert [word.code for words in ALL for word in words().values() if pair in word.name.lo] == []


def test_there_are_the_eleven_rules_and_all_countries():
    assert len(terms.incoterms()) == 11
    assert len(terms.countries()) == 250
    assert {"LA", "SE", "DE", "US"} <= set(terms.countries())


def test_every_currency_offered_can_be_written():
    assert set(terms.currencies()) == set(money.CURRENCIES)


@pytest.mark.parametrize(
    ("rule", "place", "wrong"),
    [
        ("FOB", "Vientiane", True),
        ("FOB", "fob thanaleng dry port", True),
        ("CIF", "Zürich", True),
        ("CFR", "ນະຄອນຫຼວງວຽງຈັນ", True),
        ("FAS", "Savannakhet, Laos", True),
        ("FOB", "Laem Chabang", False),
        ("CIF", "Gothenburg", False),
        ("FOB", "Laoshan", False),
        ("FCA", "Vientiane", False),
        ("", "Vientiane", False),
    ],
)
def test_a_rule_for_ports_does_not_fit_inland(rule, place, wrong):
    assert terms.needs_a_port(rule, place) is wrong


@pytest.mark.parametrize(("code", "kept"), [("", "C62"), ("h87", "C62"), ("PR", "PR"), ("kgm", "KGM"), ("XXX", None)])
def test_units_are_kept_by_one_code_each(code, kept):
    assert terms.unit_code(code) == kept


def test_a_unit_follows_its_number():
    assert terms.unit_after("PR", 1, "en") == "pair"
    assert terms.unit_after("PR", 2, "en") == "pairs"
    assert terms.unit_after("PR", 1, "lo") == "ຄູ່"
    assert terms.unit_after("ZZ", 1, "en") == "ZZ"


def test_countries_stand_in_the_order_of_the_readers_dictionary():
    english = [name for _code, name in terms.by_name(terms.countries(), "en")]
    lao_names = [name for _code, name in terms.by_name(terms.countries(), "lo")]
    assert english.index("Åland Islands") < english.index("Albania") < english.index("Zimbabwe")
    assert lao_names == sorted(lao_names, key=lao.sort_key)
