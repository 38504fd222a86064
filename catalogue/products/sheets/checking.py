"""One row checked: all it says is read into `Content`, with a finding for each cell that is not as it should be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from catalogue.consortia.sector import Sector
from catalogue.products.content import Content, Tier
from catalogue.products.sheets import numbers
from catalogue.products.sheets.cells import Cell
from catalogue.products.sheets.choosing import Choosing
from catalogue.products.sheets.fields import Headings
from catalogue.products.sheets.findings import Finding, Level
from catalogue.products.sheets.layout import Column, Layout, Row
from catalogue.products.sheets.numbers import NotTaken, Taken
from catalogue.products.sheets.vocabulary import SectorWords, words_of
from catalogue.products.sheets.wording import contacts, words_in
from catalogue.text import Bilingual

Value = TypeVar("Value")

TEXTS = ("name", "summary", "description", "care")
MEASURES = ("net_weight_g", "length_mm", "width_mm", "height_mm", "depth_mm", "diameter_mm", "carton_gross_kg")
WHOLE_MEASURES = ("carton_length_mm", "carton_width_mm", "carton_height_mm")
COUNTS = ("minimum_order", "lead_time_days", "lead_time_for", "monthly_capacity", "carton_pieces", "sample_days")
STEPS = (("price_2_from", "price_2"), ("price_3_from", "price_3"))
LEAST_KIP = 1000
OFFICE_CURRENCY = "LAK"


@dataclass(frozen=True)
class House:
    """What checking must know of the consortium and firm that a sheet is for."""

    member_key: str
    sector: Sector
    currency: str
    public_contacts: tuple[str, ...]

    @cached_property
    def headings(self) -> Headings:
        """The headings of the sector's sheets."""
        return Headings(self.sector)

    @cached_property
    def words(self) -> SectorWords:
        """The words of the sector's sheets."""
        return words_of(self.sector)


@dataclass(frozen=True)
class Checked:
    """A row that was read: what it says, and what is to be said of it."""

    number: int
    reference: str
    content: Content
    findings: tuple[Finding, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing in it keeps it out."""
        return all(finding.level < Level.ERROR for finding in self.findings)


def check_rows(layout: Layout, house: House) -> list[Checked]:
    """Every row of a sheet, checked by itself. No database, and no other row, is asked."""
    return [_Check(row, layout, house).checked() for row in layout.rows]


class _Check:
    """The reading of one row; findings gather on the way."""

    def __init__(self, row: Row, layout: Layout, house: House) -> None:
        self.row = row
        self.layout = layout
        self.house = house
        self.found: list[Finding] = []
        self.choosing = Choosing(house.words, self.note)

    def checked(self) -> Checked:
        """The row, read from left to right as far as the fields depend on one another."""
        reference = self.reference()
        texts = self.texts()
        values: dict[str, Any] = {**texts, **self.chosen(), **self.measures(), **self.counts()}
        values |= self.prices(values.get("minimum_order"))
        values |= self.office() | self.others()
        content = Content(**values)
        for cell in self.row.extra:
            self.note("extra-cell", cell)
        if not content.name and not self.is_noted("name"):
            self.found.append(Finding("no-name", self.place_of("name_lo", "name_en", "name")))
        return Checked(self.row.number, reference, content, tuple(self.found))

    # -- what every reading uses --

    def note(self, code: str, cell: Cell, **about: Any) -> None:
        """One more finding, at a cell."""
        column = next((each for each in self.layout.columns.values() if each.place == cell.column), None)
        heading = column.heading if column else ""
        self.found.append(Finding(code, cell.reference, heading, cell.text, cell.column, about))

    def taken(self, key: str, read: Callable[[Cell, Column], Value]) -> Value | None:
        """What `read` makes of the cell of a field; a finding and None where it refuses, None for an empty cell."""
        cell = self.row.cells.get(key)
        if cell is None:
            return None
        column = self.layout.columns[key]
        try:
            return None if self.choosing.is_ignored(cell, column) else read(cell, column)
        except NotTaken as refusal:
            self.note(refusal.code, cell, **refusal.about)
            return None

    def is_noted(self, stem: str) -> bool:
        """Whether an error was found in a cell of this field already."""
        cells = {cell.reference for key, cell in self.row.cells.items() if key.startswith(stem)}
        return any(finding.reference in cells and finding.level >= Level.ERROR for finding in self.found)

    def place_of(self, *keys: str) -> str:
        """Where the first of these fields that the sheet has would stand in this row."""
        places = (self.layout.reference_of(self.row.number, key) for key in keys)
        return next(filter(None, places), "")

    # -- the parts of a product --

    def reference(self) -> str:
        """The firm's own code, or "" where the consortium's series shall give one."""
        return self.taken("reference", self._reference) or ""

    def _reference(self, cell: Cell, _column: Column) -> str:
        if cell.kind != "number":
            numbers.refuse_kind(cell)
        reference = self.choosing.reference(cell)
        for said in contacts(reference, self.house.public_contacts):
            raise NotTaken(said.code, **said.about)
        return reference

    def texts(self) -> dict[str, Any]:
        """The texts in both languages. A column for either language gives way to one that names its own."""
        found: dict[str, dict[str, str]] = {text: {} for text in TEXTS}
        for text in TEXTS:
            for key in (f"{text}_lo", f"{text}_en", text):
                if words := self.taken(key, self._words):
                    found[text].setdefault(words[0], words[1])
        return {text: Bilingual(**sides) for text, sides in found.items()}

    def _words(self, cell: Cell, column: Column) -> tuple[str, str]:
        if cell.kind != "number":
            numbers.refuse_kind(cell)
        words = words_in(
            cell,
            column.meaning.field,
            otherwise=self.layout.language,
            allowed=self.house.public_contacts,
            parse=column.rule.parse,
        )
        for said in words.said:
            self.note(said.code, cell, **said.about)
        return words.side, words.text

    def chosen(self) -> dict[str, Any]:
        """Category, materials with their fineness, techniques and unit of sale."""
        chosen: dict[str, Any] = {
            "category": self.taken("category", self.choosing.category) or "",
            "techniques": self.taken("techniques", self.choosing.techniques) or [],
            "unit": self.taken("unit", self.choosing.unit) or "C62",
        }
        materials, named = self.taken("materials", self.choosing.materials) or ([], None)
        chosen |= {"materials": materials, "fineness": self.taken("fineness", numbers.fineness_in) or named}
        if named and chosen["fineness"] != named:
            self.note("fineness-differs", self.row.cells["fineness"], one=chosen["fineness"], other=named)
        return chosen

    def measures(self) -> dict[str, Any]:
        """Weights and lengths, in grams, kilograms and millimetres."""
        found: dict[str, Any] = {key: self._measured(key) for key in MEASURES}
        found |= {key: None if (value := self._measured(key)) is None else int(value) for key in WHOLE_MEASURES}
        for key, value in (self.taken("size", self._sizes) or {}).items():
            found[key] = value if found[key] is None else found[key]
        found["weight_tolerance_percent"] = self._kept("weight_tolerance_percent", numbers.percent_in)
        return found

    def _measured(self, key: str) -> Decimal | None:
        return self._kept(key, numbers.measure_in)

    def _kept(self, key: str, read: Callable[[Cell, Column], Taken]) -> Decimal | None:
        taken = self.taken(key, read)
        if taken is None:
            return None
        if taken.rounded:
            self.note("rounded", self.row.cells[key], kept=taken.value)
        return taken.value

    def _sizes(self, cell: Cell, column: Column) -> dict[str, Decimal]:
        order = [field for key in column.rule.order if (field := self.house.headings.by_key.get(key))]
        taken = numbers.sizes_in(cell, column, order)
        return {field.key: one.value for field, one in zip(order, taken, strict=True)}

    def counts(self) -> dict[str, Any]:
        """Pieces and days."""
        return {key: self.taken(key, numbers.count_in) for key in COUNTS}

    def prices(self, minimum: int | None) -> dict[str, Any]:
        """The currency and the price steps; the first holds from the minimum order."""
        said = self.taken("currency", self.choosing.currency)
        first_key = "making_charge" if "making_charge" in self.row.cells else "price"
        amounts = {key: self.taken(key, numbers.money_in) for key in (first_key, "price_2", "price_3", "sample_price")}
        currency = self._currency(said, {key: taken for key, taken in amounts.items() if taken})
        steps: list[Tier] = []
        if first := self._amount(first_key, amounts[first_key], currency):
            steps.append(Tier(minimum or 1, first))
        for from_key, key in STEPS:
            quantity, amount = self.taken(from_key, numbers.count_in), self._amount(key, amounts[key], currency)
            if amount and (quantity is None or not steps or quantity <= steps[-1].quantity):
                self.note("step", self.row.cells[key])
            elif amount and quantity:
                steps.append(Tier(quantity, amount))
        sample = self._amount("sample_price", amounts["sample_price"], currency)
        return {"tiers": tuple(steps), "currency": currency, "sample_price": sample}

    def _currency(self, said: str | None, amounts: dict[str, Taken]) -> str:
        """The currency column's, else the one that a price names, else the consortium's."""
        named = next((taken.currency for taken in amounts.values() if taken.currency), "")
        currency = said or named or self.house.currency
        for key, taken in amounts.items():
            if taken.currency and taken.currency != currency:
                self.note("two-currencies", self.row.cells[key], one=taken.currency, other=currency)
        if amounts and not named and "currency" in self.layout.columns and "currency" not in self.row.cells:
            place = self.layout.reference_of(self.row.number, "currency")
            heading = self.layout.columns["currency"].heading
            self.found.append(Finding("currency-empty", place, heading, about={"currency": currency}))
        return currency

    def _amount(self, key: str, taken: Taken | None, currency: str) -> Decimal | None:
        if taken is None:
            return None
        cell = self.row.cells[key]
        if taken.value == 0:
            self.note("zero-left-out", cell)
            return None
        if currency == "LAK" and taken.value < LEAST_KIP:
            self.note("price-low", cell, larger=taken.value * 1000)
        return self.taken(key, lambda _cell, _column: _payable(taken.value, currency))

    def office(self) -> dict[str, Any]:
        """What the firm asks of the office for one, in kip unless it says otherwise."""
        said = self.taken("office_currency", self.choosing.currency)
        taken = self.taken("office_price", numbers.money_in)
        currency = said or (taken.currency if taken else "") or OFFICE_CURRENCY
        if taken and taken.currency and taken.currency != currency:
            self.note("two-currencies", self.row.cells["office_price"], one=taken.currency, other=currency)
        return {"office_price": self._amount("office_price", taken, currency), "office_currency": currency}

    def others(self) -> dict[str, Any]:
        """What is left: sample, HS code, origin, and what the sector asks besides."""
        found: dict[str, Any] = {
            "sample_available": bool(self.taken("sample_available", self.choosing.yes_or_no)),
            "hs_code": self.taken("hs_code", self.choosing.hs_code) or "",
        }
        if origin := self.taken("origin", self.choosing.country):
            found["origin"] = origin
        return found | {"details": dict(self._details())}

    def _details(self) -> Iterator[tuple[str, Any]]:
        for detail in self.house.sector.details:
            key = f"details.{detail.key}"
            value = self.taken(key, lambda cell, column: self._detail(cell, column))
            if value not in (None, ""):
                yield detail.key, value

    def _detail(self, cell: Cell, column: Column) -> Any:
        kind = column.meaning.field.kind
        if kind == "detail-text":
            return self._words(cell, column)[1]
        if kind == "detail-number":
            value = numbers.number_in(cell, point=column.rule.point)
            return int(value) if value == value.to_integral_value() else float(value)
        return self.choosing.detail(cell, column)


def _payable(value: Decimal, currency: str) -> Decimal:
    numbers.refuse_decimals(value, currency)
    return value
