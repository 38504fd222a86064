"""The lines of an inquiry as a form: a product or words, how many, and what is hoped for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, SelectField
from wtforms.fields import SelectChoice

from catalogue.consortia.models import Consortium
from catalogue.inquiries import terms
from catalogue.inquiries.intake import Wanted
from catalogue.inquiries.lists import MOST_LINES, Wish
from catalogue.inquiries.models import InquiryLine
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.web import content
from catalogue.web.fields import AmountField, AtMost, ChoiceField, LineField, QuantityField
from catalogue.web.language import language

UNITS_OF_WEIGHT = {"GRM", "KGM", "TNE"}
NO = ("", "0", "false", "no", "off", False)
# `int` chokes on a digit like "²", and on thousands of them.
NUMBERED = re.compile(r"[a-z_]+-[0-9]{1,9}-")


@dataclass
class Offered:
    """What lines may name: published products by public id, where it is open consortia by slug; whether each line must
    say how many.
    """

    products: Mapping[str, Product] = field(default_factory=dict)
    quantity_needed: bool = False
    consortia: Mapping[str, Consortium] = field(default_factory=dict)


class UnitField(ChoiceField):
    """A unit of UN/ECE Rec 20; nothing, and the codes that mean one piece, are pieces."""

    def __init__(self, label: Any = None, validators: Any = (), **given: Any) -> None:
        super().__init__(label, validators, words=terms.units, default=terms.DEFAULT_UNIT, **given)

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = terms.unit_code(typed) or typed


class WishForm(Form):
    """What is wanted of one line: of a product, or of what is described."""

    description = LineField(_l("What you are looking for"), [AtMost(1000)])
    quantity = QuantityField(_l("Quantity"))
    unit = UnitField(_l("Unit"))
    target_price = AmountField(_l("Target price"))
    note = LineField(_l("Note"), [AtMost(500)])
    sample = BooleanField(_l("Sample first"), false_values=NO)

    @property
    def wish(self) -> Wish:
        """The line as an inquiry list keeps it."""
        return Wish(
            quantity=self.quantity.data,
            unit=self.unit.data,
            target_price=self.target_price.data,
            note=self.note.data or "",
            wants_sample=self.sample.data,
            description=self.description.data or "",
        )


class PlacedWishForm(WishForm):
    """What is described in words, and the consortium that it goes to, by its slug."""

    consortium = SelectField(_l("It goes to"), choices=[], validate_choice=False)

    consortia: Mapping[str, Consortium] = {}

    def offer(self, consortia: Sequence[Consortium]) -> None:
        """Say which consortia can be chosen."""
        self.consortia = {each.slug: each for each in consortia}
        self.consortium.choices = consortium_choices(consortia)

    @property
    def owner(self) -> Consortium | None:
        """The consortium chosen."""
        return self.consortia.get(self.consortium.data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that a consortium is chosen."""
        is_right = super().validate(extra_validators)
        return is_right if self.owner else _wrong(self.consortium, _("Choose the consortium that this goes to"))


class LineForm(WishForm):
    """One line of an inquiry. `offered` is given by whoever checks the whole form; an empty line is left out."""

    product = HiddenField()

    offered = Offered()

    @property
    def found(self) -> Product | None:
        """The product that this line names, when it is offered."""
        return self.offered.products.get(self.product.data or "")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written into this line."""
        typed = (self.product.data, self.description.data, self.note.data)
        return not any(typed) and not self.quantity.was_typed and not self.target_price.was_typed

    @property
    def has_quantity(self) -> bool:
        """Whether the line says how many of what."""
        return self.quantity.data is not None and bool(self.found or self.description.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Beside each field, that the product is offered, that the line says what is wanted, and how many."""
        if self.is_empty:
            return True
        is_right = super().validate(extra_validators)
        return self._names_something() and self._says_how_many() and is_right

    def _names_something(self) -> bool:
        if self.product.data and not self.found:
            return _wrong(
                self.product, _("This product is no longer offered here. Remove it, or describe it in words.")
            )
        if not self.product.data and not self.description.data:
            return _wrong(self.description, _("Write what you are looking for"))
        return True

    def _says_how_many(self) -> bool:
        if self.offered.quantity_needed and self.quantity.data is None and not self.quantity.errors:
            return _wrong(self.quantity, _("Write how many you need"))
        return True

    @property
    def wanted(self) -> Wanted:
        """The line as the operation takes it."""
        return Wanted(
            product=self.found,
            description=self.description.data or "",
            quantity=self.quantity.data,
            unit=self.unit.data,
            target_price=self.target_price.data,
            wants_sample=self.sample.data,
            note=self.note.data or "",
        )


class LinesField(FieldList):
    """The lines of a form, `most` at most. Names of fields that no form of ours writes are none of them."""

    def __init__(self, line: type[LineForm], most: int = MOST_LINES, **given: Any) -> None:
        super().__init__(FormField(line), max_entries=most, **given)

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        found: Iterator[int] = super()._extract_indices(prefix, filter(NUMBERED.match, formdata))
        return found


def consortium_choices(consortia: Sequence[Consortium]) -> list[SelectChoice]:
    """Consortia as options, none chosen at first."""
    return [SelectChoice("", _("Choose")), *(SelectChoice(each.slug, each.name.in_(language())) for each in consortia)]


def offered_products(
    session: Session, consortium: Consortium | None, public_ids: set[str], *, to_show: bool = True
) -> dict[str, Product]:
    """The published products among these, of one consortium or of all; `to_show` with their text and photographs."""
    query = select(Product).where(
        Product.status == ListingStatus.PUBLISHED, Product.public_id.in_(sorted(public_ids)[: MOST_LINES + 1])
    )
    if consortium is not None:
        query = query.where(Product.consortium_id == consortium.id)
    if to_show:
        text = joinedload(Product.published).selectinload(ProductVersion.photos)
        query = query.options(joinedload(Product.consortium), text)
    return {product.public_id: product for product in session.scalars(query)} if public_ids else {}


def minimum_hint(product: Product | None, quantity: int | None) -> str:
    """A helping word where less is asked than one member makes; asking less is never refused."""
    version = product.published if product else None
    if product is None or version is None or quantity is None or quantity >= (version.minimum_order or 0):
        return ""
    least = content.pieces(version.minimum_order, version, product.consortium)
    if version.net_weight_g is None or version.unit in UNITS_OF_WEIGHT:
        return _("The maker starts at %(least)s. You can still ask for fewer: say why in the note.", least=least)
    return _(
        "The maker starts at %(least)s (about %(weight)s). You can still ask for fewer: say why in the note.",
        least=least,
        weight=content.grams(version.net_weight_g * (version.minimum_order or 0)),
    )


def unit_words(product: Product | None, code: str) -> str:
    """The unit of a line as it is said after a number; a product's own is said as its trade says it."""
    version = product.published if product else None
    if product is not None and version is not None and version.unit == code:
        return content.unit_of(version, product.consortium)
    return terms.unit_after(code, None, language())


def amount_words(line: InquiryLine, consortium: Consortium) -> str:
    """How many of what a line of an inquiry asks, in the reader's language."""
    version = line.product_version
    if version is not None and version.unit == line.unit:
        return content.pieces(line.quantity, version, consortium)
    if line.quantity is None:
        return ""
    return content.held(f"{content.number(line.quantity)} {terms.unit_after(line.unit, line.quantity, language())}")


def _wrong(named: Any, words: str) -> bool:
    named.errors = [*named.errors, words]
    return False
