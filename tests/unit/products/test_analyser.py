"""What a text says to search: syllables, words, stems; and what was typed, in parts."""

import pytest

from catalogue.products.analyser import analyse, in_ascii, parts_of, words_typed


def phrases(query):
    return [part.syllables or part.stems for part in parts_of(query)]


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("ຂັນເງິນ", [("ຂັນ",), ("ເງິນ",)]),
        ("ເຄື່ອງເງິນ", [("ເຄື່ອງ", "ເງິນ")]),
        ("ໄໝ", [("ໄໝ",)]),
        ("Silver bowls", [("silver",), ("bowl",)]),
        ("a bowl with lotus", [("bowl",), ("lotus",)]),
        ("MS-0142", [("ms", "0142")]),
        ("ຂັນ lotus", [("ຂັນ",), ("lotus",)]),
    ],
)
def test_what_was_typed_is_parted_into_what_must_all_be_found(query, parts):
    assert phrases(query) == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ນ້ຳ", "ນໍ້າ"),
        ("ໜັງ", "ຫນັງ"),
        ("ແກ້ວ", "ເເກ້ວ"),
        ("ທີ່", "ທ່ີ"),
        ("ຜ້າ\u200bໄໝ", "ຜ້າໄໝ"),
        ("silverware", "silver"),
        ("jewelry", "jewellery"),
        ("woven", "weaving"),
        ("Scarves", "scarf"),
        ("ÉTUI", "etui"),
        ("໑໔໒", "142"),
    ],
)
def test_spellings_of_one_word_are_one(one, other):
    assert phrases(one) == phrases(other)


@pytest.mark.parametrize("query", ["", "   ", '"', "( ) * : ^ -", "\x00\x01", "“”", "%%%", "\u200b"])
def test_signs_alone_search_for_nothing(query):
    assert parts_of(query) == []


def test_a_very_long_query_is_cut():
    parts = parts_of("ກາ ຂາ ຄາ ງາ ຈາ ສາ ຊາ ຍາ ດາ ຕາ " * 2000)
    assert len(parts) == 8
    assert len(parts_of("ກ" * 10_000)[0].syllables) <= 12


def test_tokens_are_ascii_whatever_the_text():
    tokens = analyse("ຂັນເງິນ ผ้าไหม 銀 bowl 925 ‰")
    for column in (tokens.syllables, tokens.words, tokens.stems):
        assert all(word.isascii() and word.isalnum() for word in in_ascii(column, "q"))


def test_words_are_offered_as_they_were_typed():
    assert words_typed("lotus lamp") == ["lotus", "lamp"]
    assert words_typed("ຂັນເງິນ") == ["ຂັນ", "ເງິນ"]
    assert words_typed("the bowl") == ["bowl"]
