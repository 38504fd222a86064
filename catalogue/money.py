"""Money and numbers: read as people type them, refused where they could mean two things, written in either language."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from catalogue.lao import INVISIBLE, digits_to_ascii

NBSP = "\u00a0"


@dataclass(frozen=True)
class Currency:
    """How a currency is written: digits after the point, the sign before ("" for its code), the Lao word after."""

    code: str
    minor_digits: int
    sign: str = ""
    lao_word: str = ""


# ISO 4217. Kip has minor units by the standard (2) but none in use: CLDR gives 0. ¥ and ฿ are left out: ¥ names two
# currencies, ฿ is a Thai letter to fonts.
CURRENCIES = {
    currency.code: currency
    for currency in (
        Currency("USD", 2, sign="US$"),
        Currency("EUR", 2, sign="€"),
        Currency("THB", 2, lao_word="ບາດ"),
        Currency("LAK", 0, lao_word="ກີບ"),
        Currency("CNY", 2, lao_word="ຢວນ"),
        Currency("JPY", 0, lao_word="ເຢນ"),
        Currency("GBP", 2, sign="£"),
        Currency("AUD", 2, sign="A$"),
    )
}


@dataclass(frozen=True)
class Money:
    """An amount in a known currency; ValueError for an unknown currency or no number, TypeError for a float."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError("an amount is a Decimal")
        if self.currency not in CURRENCIES or not self.amount.is_finite():
            raise ValueError(f"not money: {self.amount} {self.currency}")

    def rounded(self) -> "Money":
        """The amount that can be paid: to the currency's smallest unit in use, halves away from nought."""
        step = Decimal(1).scaleb(-CURRENCIES[self.currency].minor_digits)
        return Money(self.amount.quantize(step, ROUND_HALF_UP), self.currency)


# -- reading --

Reason = Literal["empty", "not a number", "unclear", "negative"]


class NumberNotUnderstood(Exception):
    """What was typed is no number, or could be two; `readings` are then what it may mean, the smaller first."""

    def __init__(self, reason: Reason, readings: tuple[Decimal, ...] = ()) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.readings = readings


LONGEST = 40
MINUS = re.compile(r"[-\u2010-\u2015\u2212] ?[.,]?[0-9]")
PLAIN = re.compile(r"[0-9]+")
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,' ])[0-9]{3})(?:\1[0-9]{3})*")
ONE_MARK = re.compile(r"([0-9]*)[.,]([0-9]+)")
GROUPS_AND_DECIMALS = re.compile(r"(.+)([.,])([0-9]+)")
FULL_WIDTH_MARKS = str.maketrans("．，’‘−", ".,''-")


def parse_number(text: str | None) -> Decimal:
    """The number typed, whatever marks its groups and decimals, in digits of any script; raises `NumberNotUnderstood`.

    12.5, 12,5, 1.250.000, 1,250,000, 1 250 000, 1.250,50 and 1,250.50 are clear. One mark before three digits is not:
    1.250 may be 1.25 or 1250 (but 0.925 and 1234.567 can only be decimals, and 1,250.5 shows both its marks).
    """
    typed = _plainly(text or "")
    if not typed:
        raise NumberNotUnderstood("empty")
    if MINUS.match(typed):
        raise NumberNotUnderstood("negative")
    if len(typed) > LONGEST:
        raise NumberNotUnderstood("not a number")
    return _reading_of(typed.removeprefix("+"))


def _plainly(text: str) -> str:
    text = INVISIBLE.sub("", digits_to_ascii(text)).translate(FULL_WIDTH_MARKS)
    return re.sub(r"\s", " ", text).strip()


def _reading_of(typed: str) -> Decimal:
    if PLAIN.fullmatch(typed):
        return Decimal(typed)
    if grouped := GROUPED.fullmatch(typed):
        if len(typed) <= len("123.456") and grouped[1] in ".,":
            raise NumberNotUnderstood("unclear", (Decimal(typed.replace(",", ".")), _whole(typed)))
        return _whole(typed)
    if simple := ONE_MARK.fullmatch(typed):
        return Decimal(f"{simple[1] or 0}.{simple[2]}")
    if parts := GROUPS_AND_DECIMALS.fullmatch(typed):
        head = GROUPED.fullmatch(parts[1])
        if head and head[1] != parts[2]:
            return Decimal(f"{_whole(parts[1])}.{parts[3]}")
    raise NumberNotUnderstood("not a number")


def _whole(grouped: str) -> Decimal:
    return Decimal(re.sub(r"[^0-9]", "", grouped))


# -- writing --

MARKS = {"en": str.maketrans("", ""), "lo": str.maketrans(",.", ".,")}


def format_number(value: Decimal | int, language: str) -> str:
    """A number with its groups: "1,250,000.5" in "en", "1.250.000,5" in "lo", without idle noughts at the end."""
    written = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
    if "." in written:
        written = written.rstrip("0").removesuffix(".")
    return written.translate(MARKS[language])


def format_money(money: Money, language: str, *, cents: bool = False) -> str:
    """Money as read: "US$1,390", "LAK 1,250,000" in "en"; "US$1.390", "1.250.000 ກີບ" in "lo", rounded as it is paid.

    Decimals show when they are not nought, or always with `cents`. A no-break space holds number and word together.
    """
    currency, amount = CURRENCIES[money.currency], money.rounded().amount
    digits = currency.minor_digits if cents or amount % 1 else 0
    minus = "-" if amount < 0 else ""
    number = f"{abs(amount):,.{digits}f}".translate(MARKS[language])
    if language == "lo" and currency.lao_word:
        return f"{minus}{number}{NBSP}{currency.lao_word}"
    return f"{minus}{currency.sign or currency.code + NBSP}{number}"


# -- in words, to be read back before saving --

LAO_ONES = ["", "ໜຶ່ງ", "ສອງ", "ສາມ", "ສີ່", "ຫ້າ", "ຫົກ", "ເຈັດ", "ແປດ", "ເກົ້າ"]
LAO_PLACES = ((10**9, "ຕື້"), (10**6, "ລ້ານ"), (10**5, "ແສນ"), (10**4, "ໝື່ນ"), (1000, "ພັນ"), (100, "ຮ້ອຍ"))
# fmt: off
ENGLISH_ONES = [
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]
# fmt: on
ENGLISH_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ENGLISH_PLACES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))


def in_words_lo(number: int) -> str:
    """A whole number in Lao words: 1250000 is ໜຶ່ງລ້ານສອງແສນຫ້າໝື່ນ. ValueError below 0."""
    return _lao_words(_natural(number)) or "ສູນ"


def in_words_en(number: int) -> str:
    """A whole number in English words: 1250000 is "one million two hundred and fifty thousand". ValueError below 0."""
    return _english_words(_natural(number)) or "zero"


def _natural(number: int) -> int:
    if number < 0 or number != int(number):
        raise ValueError(f"only whole numbers from nought are spelled: {number}")
    return int(number)


def _lao_words(number: int) -> str:
    for size, place in LAO_PLACES:
        if number >= size:
            return _lao_words(number // size) + place + _lao_words(number % size)
    tens, ones = divmod(number, 10)
    if not tens:
        return LAO_ONES[ones]
    ten = "ຊາວ" if tens == 2 else LAO_ONES[tens if tens > 2 else 0] + "ສິບ"
    return ten + ("ເອັດ" if ones == 1 else LAO_ONES[ones])


def _english_words(number: int) -> str:
    for size, place in ENGLISH_PLACES:
        if number >= size:
            rest = _english_words(number % size)
            joint = " and " if 0 < number % size < 100 else " "
            return f"{_english_words(number // size)} {place}{joint}{rest}".rstrip()
    if number < 20:
        return ENGLISH_ONES[number]
    return f"{ENGLISH_TENS[number // 10]}-{ENGLISH_ONES[number % 10]}".rstrip("-")
