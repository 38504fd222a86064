"""Money and numbers: read as typed, never guessed, written for the reader."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.money import (
    CURRENCIES,
    Money,
    NumberNotUnderstood,
    format_money,
    format_number,
    in_words_en,
    in_words_lo,
    parse_number,
)

D = Decimal
QUICK = settings(max_examples=150, deadline=None)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", "12"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("12.50", "12.5"),
        ("420.00", "420"),
        ("1.250.000", "1250000"),
        ("1,250,000", "1250000"),
        ("1 250 000", "1250000"),
        ("1\u00a0250\u00a0000", "1250000"),
        ("1\u202f250\u202f000,50", "1250000.5"),
        ("12 500", "12500"),
        ("1'250'000.50", "1250000.5"),
        ("1.250,50", "1250.5"),
        ("1,250.50", "1250.5"),
        ("1,250.5", "1250.5"),
        ("1.250,500", "1250.5"),
        ("1.250.000,5", "1250000.5"),
        ("1 250.500", "1250.5"),
        ("0.925", "0.925"),
        ("0,925", "0.925"),
        (".925", "0.925"),
        ("1234.567", "1234.567"),
        ("12.5000", "12.5"),
        ("1250", "1250"),
        ("໔໑໒", "412"),
        ("໑.໒໕໐.໐໐໐", "1250000"),
        ("໑໒,໕", "12.5"),
        ("๑๒", "12"),
        ("１２．５", "12.5"),
        ("  12\u200b5 ", "125"),
        ("+12", "12"),
        ("007", "7"),
        ("0", "0"),
    ],
)
def test_clear_number_is_read(typed, number):
    assert parse_number(typed) == D(number)


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("1.250", ["1.25", "1250"]),
        ("1,250", ["1.25", "1250"]),
        ("12.500", ["12.5", "12500"]),
        ("12,500", ["12.5", "12500"]),
        ("125.000", ["125", "125000"]),
        ("໑.໒໕໐", ["1.25", "1250"]),
        (" 1.250 ", ["1.25", "1250"]),
    ],
)
def test_number_that_could_be_two_is_not_guessed(typed, readings):
    with pytest.raises(NumberNotUnderstood) as refusal:
        parse_number(typed)
    assert refusal.value.reason == "unclear"
    assert refusal.value.readings == tuple(map(D, readings))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        (" \u00a0", "empty"),
        ("\u200b", "empty"),
        (None, "empty"),
        ("-1", "negative"),
        ("−1.250", "negative"),
        ("- 12,5", "negative"),
        ("-,5", "negative"),
        ("abc", "not a number"),
        ("-", "not a number"),
        ("12 kg", "not a number"),
        ("US$12", "not a number"),
        ("1e5", "not a number"),
        ("NaN", "not a number"),
        ("Infinity", "not a number"),
        ("1.25.00", "not a number"),
        ("1,25,000", "not a number"),
        ("1.250 000", "not a number"),
        ("1.250.00,5", "not a number"),
        ("0.250.000", "not a number"),
        ("12.", "not a number"),
        ("1..5", "not a number"),
        ("1 2 3", "not a number"),
        ("2026-03-15", "not a number"),
        ("½", "not a number"),
        ("²", "not a number"),
        ("9" * 41, "not a number"),
        ("1." * 100_000, "not a number"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(typed, reason):
    with pytest.raises(NumberNotUnderstood) as refusal:
        parse_number(typed)
    assert refusal.value.reason == reason
    assert refusal.value.readings == ()


def readings_of(text):
    try:
        return (parse_number(text),)
    except NumberNotUnderstood as refusal:
        return refusal.readings


@QUICK
@given(st.decimals(0, 10**12, places=2), st.sampled_from(["en", "lo"]))
def test_number_written_is_read_back_or_called_unclear(value, language):
    assert value in readings_of(format_number(value, language))


@QUICK
@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text):
    assert all(reading >= 0 for reading in readings_of(text))


@pytest.mark.parametrize(
    ("value", "english", "lao"),
    [
        (D("1250000"), "1,250,000", "1.250.000"),
        (D("1250000.50"), "1,250,000.5", "1.250.000,5"),
        (D("1E+3"), "1,000", "1.000"),
        (D("0.925"), "0.925", "0,925"),
        (D("420.00"), "420", "420"),
        (D("-1250.5"), "-1,250.5", "-1.250,5"),
        (1250, "1,250", "1.250"),
        (100, "100", "100"),
        (0, "0", "0"),
    ],
)
def test_number_is_written_for_its_reader(value, english, lao):
    assert (format_number(value, "en"), format_number(value, "lo")) == (english, lao)


@pytest.mark.parametrize(
    ("amount", "currency", "english", "lao"),
    [
        ("1390", "USD", "US$1,390", "US$1.390"),
        ("1390.5", "USD", "US$1,390.50", "US$1.390,50"),
        ("1390.50", "EUR", "€1,390.50", "€1.390,50"),
        ("1250000", "LAK", "LAK\u00a01,250,000", "1.250.000\u00a0ກີບ"),
        ("1250000.5", "LAK", "LAK\u00a01,250,001", "1.250.001\u00a0ກີບ"),
        ("1250", "THB", "THB\u00a01,250", "1.250\u00a0ບາດ"),
        ("1250.25", "CNY", "CNY\u00a01,250.25", "1.250,25\u00a0ຢວນ"),
        ("1250", "JPY", "JPY\u00a01,250", "1.250\u00a0ເຢນ"),
        ("99.999", "GBP", "£100", "£100"),
        ("0.05", "AUD", "A$0.05", "A$0,05"),
        ("-12.5", "USD", "-US$12.50", "-US$12,50"),
        ("-1250", "LAK", "-LAK\u00a01,250", "-1.250\u00a0ກີບ"),
    ],
)
def test_money_is_written_for_its_reader(amount, currency, english, lao):
    money = Money(D(amount), currency)
    assert (format_money(money, "en"), format_money(money, "lo")) == (english, lao)


@pytest.mark.parametrize(
    ("currency", "english", "lao"),
    [("USD", "US$1,390.00", "US$1.390,00"), ("LAK", "LAK\u00a01,390", "1.390\u00a0ກີບ")],
)
def test_cents_are_shown_where_asked_and_in_use(currency, english, lao):
    money = Money(D(1390), currency)
    assert (format_money(money, "en", cents=True), format_money(money, "lo", cents=True)) == (english, lao)


def test_known_currencies():
    assert set(CURRENCIES) == {"USD", "EUR", "THB", "LAK", "CNY", "JPY", "GBP", "AUD"}


@pytest.mark.parametrize("amount", [D("NaN"), D("Infinity")])
def test_money_is_a_number(amount):
    with pytest.raises(ValueError, match="not money"):
        Money(amount, "USD")


def test_money_knows_its_currency_and_is_never_a_float():
    with pytest.raises(ValueError, match="XXX"):
        Money(D(1), "XXX")
    with pytest.raises(TypeError):
        Money(1.5, "USD")


@pytest.mark.parametrize(
    ("number", "lao", "english"),
    [
        (0, "ສູນ", "zero"),
        (1, "ໜຶ່ງ", "one"),
        (10, "ສິບ", "ten"),
        (11, "ສິບເອັດ", "eleven"),
        (12, "ສິບສອງ", "twelve"),
        (20, "ຊາວ", "twenty"),
        (21, "ຊາວເອັດ", "twenty-one"),
        (25, "ຊາວຫ້າ", "twenty-five"),
        (30, "ສາມສິບ", "thirty"),
        (99, "ເກົ້າສິບເກົ້າ", "ninety-nine"),
        (100, "ໜຶ່ງຮ້ອຍ", "one hundred"),
        (101, "ໜຶ່ງຮ້ອຍໜຶ່ງ", "one hundred and one"),
        (1250, "ໜຶ່ງພັນສອງຮ້ອຍຫ້າສິບ", "one thousand two hundred and fifty"),
        (12_000, "ໜຶ່ງໝື່ນສອງພັນ", "twelve thousand"),
        (350_000, "ສາມແສນຫ້າໝື່ນ", "three hundred and fifty thousand"),
        (1_000_005, "ໜຶ່ງລ້ານຫ້າ", "one million and five"),
        (1_250_000, "ໜຶ່ງລ້ານສອງແສນຫ້າໝື່ນ", "one million two hundred and fifty thousand"),
        (12_000_000, "ສິບສອງລ້ານ", "twelve million"),
        (1_250_000_000, "ໜຶ່ງຕື້ສອງຮ້ອຍຫ້າສິບລ້ານ", "one billion two hundred and fifty million"),
    ],
)
def test_number_is_spelled(number, lao, english):
    assert (in_words_lo(number), in_words_en(number)) == (lao, english)


@pytest.mark.parametrize("number", [-1, D("1.5")])
@pytest.mark.parametrize("spell", [in_words_lo, in_words_en])
def test_only_whole_numbers_are_spelled(spell, number):
    with pytest.raises(ValueError, match="whole"):
        spell(number)


@QUICK
@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_two_numbers_are_never_spelled_alike(one, other):
    assert (in_words_lo(one) == in_words_lo(other)) is (one == other)
    assert (in_words_en(one) == in_words_en(other)) is (one == other)
