"""Form fields for what a sector asks: numbers in its limits, sizes, one or several of a few, prices by quantity."""

import re
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, FieldList, Form, FormField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from catalogue.consortia.trade import Detail
from catalogue.money import format_number
from catalogue.products.content import Tier
from catalogue.web.fields import AmountField, QuantityField, TypedField, number_meant
from catalogue.web.language import language

MM_IN_CM = 10
LONGEST_SIZE_MM = 1_000_000
TIER_ROWS = 4
MOST_TIERS = 8


class NumberField(TypedField):
    """A number within the limits that a sector's file gives it; whole where it has no decimals."""

    def __init__(self, label: Any = None, validators: Any = (), *, asked: Detail, **given: Any) -> None:
        super().__init__(label, validators, **given)
        self.limits = asked

    def meant(self, typed: str) -> Decimal | int:
        number, known = number_meant(typed), self.limits
        if -int(number.normalize().as_tuple().exponent) > known.places:
            raise ValueError(_whole_or_decimals(known.places))
        if (known.least is not None and number < known.least) or (known.most is not None and number > known.most):
            raise ValueError(_limits_of(known))
        return int(number) if known.places == 0 else number

    def written(self, value: Any) -> str:
        return unmistakable(Decimal(str(value)))

    @property
    def echo(self) -> str:
        """The number as it was understood."""
        return format_number(self.data, language()) if self.data is not None else ""


class SizeField(TypedField):
    """A length: typed in centimetres, kept in millimetres; whole millimetres where `places` is 0."""

    def __init__(self, label: Any = None, validators: Any = (), *, asked: Detail, **given: Any) -> None:
        super().__init__(label, validators, **given)
        self.limits = asked

    def meant(self, typed: str) -> Decimal | int:
        millimetres = number_meant(typed) * MM_IN_CM
        if not 0 < millimetres <= LONGEST_SIZE_MM:
            raise ValueError(_("Write a size in centimetres, like 22.5"))
        places = min(self.limits.places, 1)
        rounded = round(millimetres, places)
        return int(rounded) if places == 0 else rounded

    def written(self, value: Any) -> str:
        return unmistakable(Decimal(str(value)) / MM_IN_CM)

    @property
    def echo(self) -> str:
        """The size as it was understood, in centimetres."""
        return format_number(Decimal(self.data) / MM_IN_CM, language()) if self.data is not None else ""


class SeveralField(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class OneOfField(RadioField):
    """One of a few, as radio buttons; the last, "", says that it is not known yet."""

    is_yes_no = False

    def process_data(self, value: Any) -> None:
        self.data = value or ""

    def pre_validate(self, form: Any) -> None:
        if self.data:
            super().pre_validate(form)


class YesNoField(OneOfField):
    """Yes, no, or not known yet."""

    is_yes_no = True


class OneOfList(SelectField):
    """One of a list, on one line; the first, "", says that it is not known yet."""

    is_yes_no = False

    def process_data(self, value: Any) -> None:
        self.data = value or ""


class YesNoList(OneOfList):
    """Yes, no, or not known yet, on one line."""

    is_yes_no = True


class TierForm(Form):
    """One row of the table of prices."""

    quantity = QuantityField(_l("From how many"))
    amount = AmountField(_l("Price of one"))


class TiersField(FieldList):
    """The prices by quantity, the smallest quantity first; empty rows do not count."""

    def __init__(self, label: Any = None, validators: Any = (), **given: Any) -> None:
        super().__init__(FormField(TierForm), label, validators, min_entries=TIER_ROWS, max_entries=MOST_TIERS, **given)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the rows; one more stays empty, so that another step can be added."""
        rows = [{"quantity": tier.quantity, "amount": tier.amount} for tier in data or ()]
        super().process(formdata, rows, extra_filters)
        if len(self.entries) < MOST_TIERS and self.entries[-1].form.quantity.was_typed:
            self.append_entry()

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Every row says both its quantity and its price, and no quantity stands there twice."""
        seen: set[int] = set()
        is_valid = super().validate(form, extra_validators)
        for row in self.entries:
            quantity, amount = row.form.quantity, row.form.amount
            is_valid = _is_whole_row(quantity, amount) and _is_new(quantity, seen) and is_valid
        if not is_valid:
            self.errors = [row.errors for row in self.entries]
        return is_valid

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """What the table says."""
        rows = [(row.form.quantity.data, row.form.amount.data) for row in self.entries]
        said = [Tier(quantity, amount) for quantity, amount in rows if quantity and amount is not None]
        return tuple(sorted(said, key=lambda tier: tier.quantity))


def _is_whole_row(quantity: QuantityField, amount: AmountField) -> bool:
    if quantity.errors or amount.errors or quantity.was_typed == amount.was_typed:
        return True
    empty = amount if quantity.was_typed else quantity
    empty.errors = [_("Write the price from this quantity on") if empty is amount else _("Write from how many on")]
    return False


def _is_new(quantity: QuantityField, seen: set[int]) -> bool:
    if quantity.data is None or quantity.data not in seen:
        seen.add(quantity.data or 0)
        return True
    quantity.errors = [_("This quantity stands in the table twice")]
    return False


class Matching:
    """A text that matches a pattern from end to end; the hint of the field says what it looks like."""

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)

    def __call__(self, _form: Any, field: Field) -> None:
        if field.data and not self.pattern.fullmatch(field.data):
            raise ValidationError(_("This is not written as it should be. %(hint)s", hint=field.description).strip())


def unmistakable(number: Decimal) -> str:
    """A number as it may be typed again: with a point, and never three decimals alone, which read as thousands."""
    text = f"{number.normalize():f}"
    return text + "0" if re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", text) else text


def _whole_or_decimals(places: int) -> str:
    if places == 0:
        return _("Write a whole number, like 600")
    return _("Write at most %(most)s figures after the point", most=places)


def _limits_of(known: Detail) -> str:
    least, most = (None if each is None else format_number(each, language()) for each in (known.least, known.most))
    if least is None:
        return _("Write a number of at most %(most)s", most=most)
    if most is None:
        return _("Write a number of at least %(least)s", least=least)
    return _("Write a number from %(least)s to %(most)s", least=least, most=most)
