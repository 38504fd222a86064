"""Lao writing: what is kept, what is searched, where syllables part, what comes first."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue import lao

QUICK = settings(max_examples=150, deadline=None)
LETTERS = [chr(code) for code in range(0x0E80, 0x0EE0) if unicodedata.category(chr(code)) != "Cn"]
LAO_TEXT = st.text(st.sampled_from([*LETTERS, " ", "\u200b", "a", "É", "7"]), max_size=30)
ANY_TEXT = st.one_of(LAO_TEXT, st.text(st.characters(max_codepoint=0x2FF), max_size=20))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("ດອກຈ\u0ecd\u0eb2ປາ", "ດອກຈ\u0eb3ປາ", id="AM in two pieces"),
        pytest.param("ນ\u0ec9\u0ecd\u0eb2", "ນ\u0ec9\u0eb3", id="AM in two pieces after its tone"),
        pytest.param("ນ\u0ecd\u0ec9\u0eb2", "ນ\u0ec9\u0eb3", id="AM in two pieces around its tone"),
        pytest.param("ນ\u0eb3\u0ec9", "ນ\u0ec9\u0eb3", id="tone typed after AM"),
        pytest.param("ນ\u0ec9\u0eb3", "ນ\u0ec9\u0eb3", id="right already"),
        pytest.param("ເເຫວນ", "ແຫວນ", id="EI typed as two E"),
        pytest.param("ເ\u200bເຫວນ", "ແຫວນ", id="EI typed as two E with a break inside"),
        pytest.param("ທ\u0ec8\u0eb5", "ທ\u0eb5\u0ec8", id="tone before its vowel"),
        pytest.param("ຂ\u0ec9\u0ecd", "ຂ\u0ecd\u0ec9", id="tone before niggahita"),
        pytest.param("ຫ\u0eb8\u0ebc\u0ec8ມ", "ຫ\u0ebc\u0eb8\u0ec8ມ", id="vowel before subscript lo"),
        pytest.param("ທ\u0eb5\u0ec8\u0ec8", "ທ\u0eb5\u0ec8", id="one tone typed twice"),
        pytest.param("ມ\u0eb2\u0ec9", "ມ\u0ec9\u0eb2", id="tone typed after AA"),
        pytest.param("ແຫວນ\u200bເງິນ", "ແຫວນເງິນ", id="break of no width"),
        pytest.param("ຫນ່ວຍ ຫມາກ", "ຫນ່ວຍ ຫມາກ", id="HO NO stays as typed"),
        pytest.param("ໜ່ວຍ ໝາກ", "ໜ່ວຍ ໝາກ", id="the single letters stay too"),
        pytest.param("cafe\u0301", "café", id="Latin is composed"),
        pytest.param("½ ﬁ ２", "½ ﬁ ２", id="never NFKC"),
        pytest.param("ເສີ\u0ecc", "ເສີ\u0ecc", id="cancellation mark stays put"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_normalise_keeps_one_spelling(typed, kept):
    assert lao.normalise(typed) == kept


@QUICK
@given(ANY_TEXT)
@example("\u0ec8\u0ecc\u0ecd")
def test_normalise_and_fold_change_nothing_twice(text):
    assert lao.normalise(lao.normalise(text)) == lao.normalise(text)
    assert lao.fold(lao.fold(text)) == lao.fold(text)


@QUICK
@given(ANY_TEXT)
def test_fold_sees_no_difference_that_normalise_removes(text):
    assert lao.fold(lao.normalise(text)) == lao.fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ຂັນເງິນ ລາຍດອກຈຳປາ", "ຂັນເງິນ ລາຍດອກຈ\u0ecd\u0eb2ປາ"),  # LS-9001 and LS-9002 are one by sight
        ("ແຫວນເງິນ", "ເເຫວນເງິນ"),
        ("ໜ່ວຍເງິນ", "ຫນ່ວຍເງິນ"),
        ("ໝາກໄມ້", "ຫມາກໄມ້"),
        ("ທີ່ໃສ່ທຽນ", "ທ\u0ec8\u0eb5ໃສ່ທຽນ"),
        ("ແຫວນເງິນ", "ແຫວນ\u200bເງິນ"),
        ("ຫຼວງພະບາງ", "ຫລວງພະບາງ"),
        ("ຫຼວງພະບາງ", "ຫຣວງພະບາງ"),
        ("ນັກຮຽນ ລຳ", "ນັກຮຽນ ຣຳ"),
        ("ໄລນ໌", "ໄລນ"),
        ("໔໑໒ ກຼາມ", "412 ກຣາມ"),
        ("Élan CAFÉ", "elan cafe"),
        ("Straße", "STRASSE"),
        ("Łódź Ærø", "lodz aero"),
        ("ຂັນ\u00a0 ເງິນ", "ຂັນ ເງິນ"),
        ("sil\u00advér\u2060bowl", "silverbowl"),
    ],
)
def test_fold_makes_one_of_spellings(one, other):
    assert lao.fold(one) == lao.fold(other)


@pytest.mark.parametrize(("one", "other"), [("ຂັນ", "ຄັນ"), ("ນຳ", "ນ້ຳ"), ("ໃຈ", "ໄຈ"), ("bowl", "bowls")])
def test_fold_keeps_words_apart(one, other):
    assert lao.fold(one) != lao.fold(other)


PARTED = """
    ຂັນ ເງິນ · ເຄື່ອງ ເງິນ ລາວ · ແຫວນ ເງິນ · ຫນ່ວຍ · ໜ່ວຍ ຜະ ລິດ · ນ້ຳ ໜັກ · ທີ່ ໃສ່ ທຽນ · ຫຼວງ ພະ ບາງ · ຫລວງ ພະ ບາງ
    ສະ ຫວັນ ນະ ເຂດ · ວຽງ ຈັນ · ຊ່າງ ຕີ ເງິນ · ສາ ທາ ລະ ນະ ລັດ ປະ ຊາ ທິ ປະ ໄຕ ປະ ຊາ ຊົນ ລາວ · ຫຼາຍ ກວ່າ · ດີ ກວ່າ
    ກວ້າງ ຂວາງ · ຄວາມ ເປັນ ທຳ · ມື້ ນອນ · ຄົນ ອື່ນ · ສວນ ດອກ ໄມ້ · ຄຳ ສອບ ຖາມ · ຜ້າ ໄໝ · ກະ ຕ່າ ຫວາຍ · ເບື່ອ ອາ ຫານ
    ເມື່ອ ອອກ · ເວ ລາ · ໂທ ລະ ສັບ · ເຂົ້າ ໜຽວ · ໄຊທ໌ · ຟຣີ · ກຼາມ · ກຣາມ · ໂປຣ ແກຣມ · ໄກ ວ່າ · ຕົວ ຢ່າງ · ຜົວ ເມຍ
    ເສຍ ໃຈ · ເກາະ · ເຈົ້າ ຂອງ · ໂຕະ ອາ ຫານ · ຈາກ ວັນ · ລາຍ ລວມ · ຜະ ລິດ ຕະ ພັນ · ອຸດ ສາ ຫະ ກຳ · ເອ ກະ ສານ
    ອອນ ໄລນ໌ · ຂໍ້ ຄວາມ · ກຳ ໄລ ແຂນ · ເຫລົ້າ · ໃຫຍ່ · ສະ ເໜີ ລາ ຄາ · ຫວຍ · ຕຸ້ມ ຫູ · ຊື່ ອອກ · ວຽກ ອອກ · ສ້ອຍ ຄໍ
    ຊຽງ ຂວາງ · ອັດ ຕະ ປື · ເຊ ກອງ · ອຸ ດົມ ໄຊ · ໄຊ ຍະ ບູ ລີ · ເຮືອນ · ນັກ ຮຽນ · ແຂວງ · ແລະ
"""
WORDS = [word.split() for line in PARTED.strip().split("\n") for word in line.split("·")]


@pytest.mark.parametrize("word", WORDS, ids="".join)
def test_syllables_part_where_a_reader_parts_them(word):
    assert lao.syllables("".join(word)) == word


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ຂັນ silver-bowl, 22,5 cm", ["ຂັນ", "silver", "bowl", "22", "5", "cm"]),
        ("Noël ๑๒ แหวนเงิน 银碗", ["Noël", "๑๒", "แหวนเงิน", "银碗"]),
        ("໔໑໒ກຼາມ", ["໔໑໒", "ກຼາມ"]),
        ("ງາມໆ", ["ງາມ", "ໆ"]),
        ("", []),
        (" ,.-", []),
    ],
)
def test_syllables_keep_other_words_whole(text, parts):
    assert lao.syllables(text) == parts


@QUICK
@given(LAO_TEXT)
def test_syllables_lose_no_letter(text):
    text = lao.fold(text)
    assert "".join(lao.syllables(text)) == text.replace(" ", "")


@pytest.mark.parametrize("hostile", ["ກ", "ເ", "ວ", "ອ", "ກວ", "ຫວ", "ກິິ", "ເກຶອ", "a", "\u0ecd\u0eb2", "່ີ"])
def test_long_text_ends(hostile):
    text = hostile * (200_000 // len(hostile))
    assert lao.syllables(lao.fold(text))
    assert len(lao.sort_key(text)) > 0


DICTIONARY = "9 apple élan Silver zebra ກວາງ ກະຕ່າ ກາ ເກວ ເກົ້າ ຂັນ ຄາມ ຄຳ ເຄື່ອງ ເງິນ ສວນ ຊາ ນ້ອງ ນອນ ນຳ ນ້ຳ ໜ້າ ໝາ ຫອມ ຫາ ຮຽນ"


def test_sort_key_gives_dictionary_order():
    words = DICTIONARY.split()
    assert all(lao.sort_key(one) < lao.sort_key(other) for one, other in pairwise(words))


def test_sort_key_counts_tones_last():
    words = ["ການາ", "ການ່າ", "ກ່ານາ", "ກ້ານາ", "ການີ"]
    assert all(lao.sort_key(one) < lao.sort_key(other) for one, other in pairwise(words))


def test_sort_key_puts_the_shorter_first_and_letters_of_other_scripts_last():
    words = ["bowl", "bowl small", "bowls", "ຂັນ", "ຂັນເງິນ", "银碗"]
    assert all(lao.sort_key(one) < lao.sort_key(other) for one, other in pairwise(words))


@QUICK
@given(ANY_TEXT)
def test_sort_key_is_the_same_under_every_collation(text):
    assert set(lao.sort_key(text)) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("text", "is_lao", "is_thai"),
    [
        ("ຂັນ", True, False),
        ("๑๒ แหวนเงิน", False, True),
        ("฿100", False, False),
        ("bowl", False, False),
        ("ຂ ข", True, True),
    ],
)
def test_script_is_recognised(text, is_lao, is_thai):
    assert (lao.has_lao(text), lao.has_thai(text)) == (is_lao, is_thai)


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("¥þ¼ºÒ©À´ó", True),
        ("À¤ºÈ¤À§ò", True),
        ("¢ñ­À§ò­ 12", True),
        ("ຂັນເງິນ", False),
        ("ຂັນ café", False),
        ("แหวนเงิน", False),
        ("Silver bowl", False),
        ("café", False),
        ("Élan", False),
        ("été, à Noël", False),
        ("", False),
        ("12 × 13 cm ±2", False),
    ],
)
def test_text_of_an_old_font_is_told_from_words(text, old):
    assert lao.looks_like_old_font(text) is old


@pytest.mark.parametrize(
    ("typed", "plain"), [("໔໑໒", "412"), ("๔๑๒", "412"), ("４１２", "412"), ("٤١٢", "412"), ("4² ໆ ½", "4² ໆ ½")]
)
def test_digits_of_any_script_are_digits(typed, plain):
    assert lao.digits_to_ascii(typed) == plain
