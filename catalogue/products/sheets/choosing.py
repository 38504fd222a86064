"""Cells that name one or several of a few things: category, materials, unit, currency, country, yes or no, choices."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from catalogue import lao
from catalogue.products.sheets import numbers
from catalogue.products.sheets.cells import Cell
from catalogue.products.sheets.layout import Column
from catalogue.products.sheets.numbers import NotTaken
from catalogue.products.sheets.vocabulary import Made, SectorWords, Vocabulary, pieces, term_key
from catalogue.text import clean_line

LONGEST_REFERENCE = 30
REFERENCE = re.compile(r"[\w\u0e80-\u0eff\-./ #&+()]+")
HS_CODE = re.compile(r"(\d{4})\.?(\d{2})?\.?(\d{2})?\.?(\d{2})?")
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class Choosing:
    """Reads such cells with the words of one sector; `note` takes what does not keep the value out."""

    def __init__(self, words: SectorWords, note: Callable[..., None]) -> None:
        self.words = words
        self.note = note

    def is_ignored(self, cell: Cell, column: Column) -> bool:
        """Whether a mapping says that this value means nothing."""
        return bool(column.rule.ignore) and term_key(cell.text) in column.rule.ignore

    def reference(self, cell: Cell) -> str:
        """A code of a product. Raises `NotTaken`."""
        reference = lao.digits_to_ascii(clean_line(cell.text))
        if len(reference) > LONGEST_REFERENCE:
            raise NotTaken("reference-long", most=LONGEST_REFERENCE)
        if not REFERENCE.fullmatch(reference):
            raise NotTaken("reference-signs")
        return reference

    def category(self, cell: Cell, column: Column) -> str:
        """A category of the sector; "" for one that a mapping lets go. Raises `NotTaken`."""
        return self._one(cell, column, self.words.categories, "unknown-category")

    def unit(self, cell: Cell, column: Column) -> str:
        """A unit of sale by its Rec 20 code. Raises `NotTaken`."""
        return self._one(cell, column, self.words.units, "unknown-unit")

    def currency(self, cell: Cell, column: Column) -> str:
        """A currency by its ISO 4217 code. Raises `NotTaken`."""
        vocabulary = self.words.currencies
        code = vocabulary.find(self._meant(cell, column))
        if code is None:
            raise NotTaken("unknown-currency", choices=list(vocabulary.names))
        return code

    def country(self, cell: Cell, column: Column) -> str:
        """A country by its two letters. Raises `NotTaken`."""
        text = self._meant(cell, column)
        if code := self.words.countries.find(text):
            return code
        if re.fullmatch(r"[A-Za-z]{2}", text.strip()):
            return text.strip().upper()
        raise NotTaken("not-country")

    def materials(self, cell: Cell, column: Column) -> tuple[list[str], int | None]:
        """Keys of materials, and the fineness where the cell names one. What is not known is left out and said."""
        numbers.refuse_kind(cell)
        made = self._made(cell, column)
        if column.rule.unknown == "say":
            for piece in made.unknown:
                self.note("unknown-material", cell, read=piece, choices=self.words.materials.choices)
            if made.has_shares:
                self.note("share-left-out", cell)
        elif made.unknown and column.rule.all_or_none:
            return [], None
        return list(made.keys), made.fineness

    def _made(self, cell: Cell, column: Column) -> Made:
        """What the words, or those that a mapping says for them, name; a mapping's table is all there is then."""
        rule = column.rule
        if not rule.values:
            return self.words.made_of(cell.text)
        if meant := rule.values.get(term_key(cell.text)):
            return self.words.made_of(meant)
        parts = pieces(cell.text)
        meanings = [rule.values.get(term_key(part)) for part in parts]
        found = [self.words.made_of(meant) for meant in meanings if meant]
        keys = dict.fromkeys(key for one in found for key in one.keys)
        purity = next((one.fineness for one in found if one.fineness), None)
        unknown = [part for part, meant in zip(parts, meanings, strict=True) if meant is None]
        return Made(tuple(keys), purity, (*unknown, *(each for one in found for each in one.unknown)))

    def techniques(self, cell: Cell, column: Column) -> list[str]:
        """Keys of techniques. What is not known is left out and said."""
        numbers.refuse_kind(cell)
        vocabulary = self.words.techniques
        text = self._meant(cell, column)
        whole = vocabulary.find(text)
        found = {piece: vocabulary.find(piece) for piece in ([text] if whole else pieces(text))}
        for piece in [piece for piece, key in found.items() if key is None and column.rule.unknown == "say"]:
            self.note("unknown-technique", cell, read=piece, choices=vocabulary.choices)
        return list(dict.fromkeys(filter(None, found.values())))

    def yes_or_no(self, cell: Cell, column: Column) -> bool:
        """Raises `NotTaken`."""
        if cell.kind == "yes-no":
            return cell.text == "TRUE"
        answer = self.words.answers.find(self._meant(cell, column))
        if answer is None:
            raise NotTaken("not-yes-no")
        return answer == "yes"

    def hs_code(self, cell: Cell, _column: Column) -> str:
        """A code of the Harmonized System, parted as it is written: 7114.11. Raises `NotTaken`."""
        if cell.kind != "number":
            numbers.refuse_kind(cell)
        found = HS_CODE.fullmatch(lao.digits_to_ascii(cell.text).strip().replace(" ", ""))
        if found is None:
            raise NotTaken("not-hs")
        return ".".join(filter(None, found.groups()))

    def detail(self, cell: Cell, column: Column) -> Any:
        """A choice, a yes or no, or a date that the sector asks for. Raises `NotTaken`."""
        field = column.meaning.field
        if field.kind == "detail-yes-no":
            return self.yes_or_no(cell, column)
        if field.kind == "detail-date":
            return self._date(cell)
        return self._one(cell, column, self.words.choices[field.key.removeprefix("details.")], "unknown-choice")

    def _date(self, cell: Cell) -> str:
        found = ISO_DATE.fullmatch(lao.digits_to_ascii(cell.text).strip())
        try:
            return date(*map(int, found.groups())).isoformat() if found else self._no_date()
        except ValueError:
            return self._no_date()

    def _no_date(self) -> str:
        raise NotTaken("not-a-date")

    def _one(self, cell: Cell, column: Column, vocabulary: Vocabulary, code: str) -> str:
        if cell.kind != "number":
            numbers.refuse_kind(cell)
        key = vocabulary.find(self._meant(cell, column))
        if key is None and column.rule.unknown == "say":
            raise NotTaken(code, choices=vocabulary.choices)
        return key or ""

    def _meant(self, cell: Cell, column: Column) -> str:
        """The word, or what a mapping says for it."""
        if cell.kind != "yes-no" and cell.kind != "number":
            numbers.refuse_kind(cell)
        text = cell.text.rpartition(">")[2] if column.rule.parse == "last" else cell.text
        return column.rule.values.get(term_key(text), text)
