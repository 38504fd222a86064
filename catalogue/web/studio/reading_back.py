"""Numbers read back before they are believed: in figures, in words, and what else may have been meant."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from catalogue.money import NBSP, NumberNotUnderstood, format_number, in_words_en, in_words_lo, parse_number
from catalogue.web.asked_fields import NumberField, SizeField, unmistakable
from catalogue.web.fields import AmountField, QuantityField, TypedField
from catalogue.web.language import language

NUMBERS = (AmountField, NumberField, QuantityField, SizeField)
# Nothing that the catalogue shows costs less: a smaller figure was meant in thousands ("350") or in millions ("1,25").
SMALL_KIP = 10_000
THOUSAND, MILLION = 1000, 1_000_000
LONGEST_IN_WORDS = 10**15


@dataclass(frozen=True)
class Reading:
    """One thing that a number may mean: as it is typed (`value`), and as people read it (`figure`)."""

    value: str
    figure: str


@dataclass(frozen=True)
class Echo:
    """A number read back: in figures with its unit, in words ("" where words do not help), and what else was meant."""

    figure: str
    words: str
    instead: tuple[Reading, ...] = ()


def is_number(field: Any) -> bool:
    """Whether a field is read back."""
    return isinstance(field, NUMBERS)


def echo_of(field: Any) -> Echo | None:
    """What a number field was understood as; None where nothing was, or the field holds no number."""
    if not is_number(field) or field.data is None or field.errors:
        return None
    number = Decimal(field.data) / (10 if isinstance(field, SizeField) else 1)
    unit = field.unit_words
    return Echo(with_unit(number, unit), _words_of(number, unit), tuple(_larger(number, field)))


def readings_of(field: TypedField, raw: str) -> tuple[Reading, ...]:
    """The two things that an unclear number may mean ("1.250"), the smaller first; nothing for any other."""
    try:
        parse_number(raw)
    except NumberNotUnderstood as problem:
        return tuple(_reading(number, field.unit_words) for number in problem.readings)
    return ()


def unclear_words(raw: str, readings: tuple[Reading, ...]) -> str:
    """The sentence that stands over the two readings."""
    small, large = (each.figure for each in readings)
    return _("“%(typed)s” can mean %(small)s or %(large)s. Which is right?", typed=raw, small=small, large=large)


def with_unit(number: Decimal, unit: str) -> str:
    """A number and its unit, held together: "1.250.000 ກີບ"."""
    return f"{format_number(number, language())}{NBSP}{unit}".rstrip(NBSP)


def is_in_kip(field: Any) -> bool:
    """Whether a field asks for money in kip, which has no small figures."""
    return isinstance(field, AmountField) and getattr(field, "currency", "") == "LAK"


def _larger(number: Decimal, field: Any) -> list[Reading]:
    """What a price may mean that is too small in kip: thousands, or millions where it has decimals."""
    if not is_in_kip(field) or not 0 < number < SMALL_KIP:
        return []
    larger = [number * factor for factor in (THOUSAND, MILLION) if number * factor >= SMALL_KIP]
    is_whole = number == number.to_integral_value()
    return [_reading(each, field.unit_words) for each in (larger[:1] if is_whole else larger)]


def _reading(number: Decimal, unit: str) -> Reading:
    return Reading(unmistakable(number), with_unit(number, unit))


def _words_of(number: Decimal, unit: str) -> str:
    if number != number.to_integral_value() or number >= LONGEST_IN_WORDS:
        return ""
    if language() == "lo":
        return f"{in_words_lo(int(number))}{unit}"
    return f"{in_words_en(int(number))} {unit}".strip()
