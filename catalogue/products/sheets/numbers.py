"""Numbers of a cell: typed in any script with a unit behind, or a true number of the spreadsheet; never guessed."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from catalogue import lao
from catalogue.money import CURRENCIES, NumberNotUnderstood, parse_number
from catalogue.products.sheets.cells import Cell
from catalogue.products.sheets.fields import Field, Unit, unit_of, units
from catalogue.products.sheets.layout import Column
from catalogue.products.sheets.vocabulary import as_fineness

LONGEST = 60
POINTED = re.compile(r"[0-9]+(?:\.[0-9]+)?")
WITH_UNIT = re.compile(
    r"(?P<before>[^\d+\-.,]*?)\s*(?P<number>[+\-\u2212]?[.,]?\d(?:.*\d)?)\s*(?P<after>[^\d]*)", re.DOTALL
)
BETWEEN_SIZES = re.compile(r"\s*[x×*]\s*", re.IGNORECASE)


class NotTaken(Exception):
    """The cell's value cannot be taken; `code` and `about` make the finding."""

    def __init__(self, code: str, **about: Any) -> None:
        super().__init__(code)
        self.code = code
        self.about = about


@dataclass(frozen=True)
class Taken:
    """A number in the field's own unit, and what was made of it where that is not what was read."""

    value: Decimal
    rounded: bool = False
    currency: str = ""


def number_in(cell: Cell, *, point: bool = False) -> Decimal:
    """The number of a cell. Raises `NotTaken`. `point`: a program wrote it, with a decimal point and no groups."""
    refuse_kind(cell)
    if cell.number is not None:
        if cell.number < 0:
            raise NotTaken("negative")
        return cell.number
    return number_of(cell.text, point=point)


def number_of(text: str, *, point: bool = False) -> Decimal:
    """The number that a text is. Raises `NotTaken`."""
    if point and POINTED.fullmatch(text.strip()):
        return Decimal(text.strip())
    try:
        return parse_number(text)
    except NumberNotUnderstood as fault:
        if fault.reason == "unclear":
            smaller, larger = fault.readings
            raise NotTaken("unclear", smaller=smaller, larger=larger) from fault
        raise NotTaken("negative" if fault.reason == "negative" else "not-a-number") from fault


def refuse_kind(cell: Cell) -> None:
    """Raises `NotTaken` for what is neither text nor a number: a date, an error, a formula without its result."""
    codes = {"date": "is-date", "error": "cell-error", "formula": "formula-empty", "yes-no": "not-a-number"}
    if cell.kind in codes:
        raise NotTaken(codes[cell.kind])


def measure_in(cell: Cell, column: Column) -> Taken:
    """A weight or length in the field's unit, above nought, rounded to its places. Raises `NotTaken`."""
    field = column.meaning.field
    value, unit = _with_unit(cell, column)
    if unit is None:
        raise NotTaken("no-unit", units=list(units(field.measure)))
    return _rounded(value * unit.size / units(field.measure)[field.base].size, field)


def count_in(cell: Cell, column: Column) -> int:
    """How many pieces or days, 1 or more. Raises `NotTaken`."""
    value, unit = _with_unit(cell, column)
    value *= unit.size if unit else 1
    if value != value.to_integral_value():
        raise NotTaken("not-whole")
    if value < 1:
        raise NotTaken("zero")
    if value > column.meaning.field.most:
        raise NotTaken("too-large", most=column.meaning.field.most)
    return int(value)


def percent_in(cell: Cell, column: Column) -> Taken:
    """A percentage. Raises `NotTaken`."""
    text = cell.text.strip().removesuffix("%")
    value = number_in(cell) if cell.number is not None else number_of(text, point=column.rule.point)
    return _rounded(value, column.meaning.field)


def fineness_in(cell: Cell, column: Column) -> int:
    """Thousandths of fine metal, from 925, 92.5 or 0.925. Raises `NotTaken`."""
    refuse_kind(cell)
    text = cell.text.strip().rstrip("%‰").strip()
    value = cell.number if cell.number is not None else number_of(text, point=column.rule.point)
    fineness = as_fineness(value)
    if fineness is None:
        raise NotTaken("not-fineness")
    return fineness


def money_in(cell: Cell, column: Column) -> Taken:
    """An amount, and the currency that the cell or its heading names ("" for none). Raises `NotTaken`."""
    value, unit = _with_unit(cell, column)
    if value >= Decimal(10) ** 12:
        raise NotTaken("too-large", most=10**12)
    return Taken(value, currency=unit.code if unit else "")


def refuse_decimals(value: Decimal, currency: str) -> None:
    """Raises `NotTaken` for more decimals than the currency is written with."""
    digits = CURRENCIES[currency].minor_digits
    if value != value.quantize(Decimal(1).scaleb(-digits)):
        raise NotTaken("decimals", currency=currency, most=digits)


def sizes_in(cell: Cell, column: Column, order: list[Field]) -> list[Taken]:
    """Several lengths of one cell such as "10 x 20 x 5 cm", in the mapping's order. Raises `NotTaken`."""
    refuse_kind(cell)
    text, unit = _split(cell.text, "length")
    unit = unit or column.meaning.unit
    parts = BETWEEN_SIZES.split(text)
    if unit is None or len(parts) != len(order):
        said = " x ".join(field.name.en for field in order)
        raise NotTaken("not-a-size", order=said, unit=unit.code if unit else "cm")
    values = [number_of(part, point=column.rule.point) for part in parts]
    return [
        _rounded(value * unit.size / units("length")[field.base].size, field)
        for value, field in zip(values, order, strict=True)
    ]


def _with_unit(cell: Cell, column: Column) -> tuple[Decimal, Unit | None]:
    """The number and its unit: the cell's own, else the heading's."""
    if cell.number is not None or cell.kind != "text":
        return number_in(cell), column.meaning.unit
    text, unit = _split(cell.text, column.meaning.field.measure)
    return number_of(text, point=column.rule.point), unit or column.meaning.unit


def _split(text: str, measure: str) -> tuple[str, Unit | None]:
    """A text's number and the unit that stands behind it, or for money before it too; the whole where there is none."""
    if len(text) > LONGEST:
        return text, None
    found = WITH_UNIT.fullmatch(lao.digits_to_ascii(lao.INVISIBLE.sub("", text)).strip())
    if found is None or (found["before"] and found["after"]):
        return text, None
    said = (found["before"] or found["after"]).strip()
    if found["before"] and measure != "money":
        return text, None
    if said == "$" and measure == "money":
        return found["number"], None
    unit = unit_of(measure, said) if said else None
    return (found["number"], unit) if unit else (text, None)


def _rounded(value: Decimal, field: Field) -> Taken:
    """Kept with the field's places; nought and too much are refused or left out by the code."""
    if value > field.most:
        raise NotTaken("too-large", most=field.most)
    kept = value.quantize(Decimal(1).scaleb(-field.places), ROUND_HALF_UP)
    if kept == 0:
        raise NotTaken("zero-left-out")
    return Taken(kept, rounded=kept != value)
