"""The form of a product made from what its sector asks: a field for every key, and what was typed as `Content`."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from catalogue.consortia.trade import DETAILS, Detail, Sector, Term
from catalogue.inquiries import terms
from catalogue.money import format_number
from catalogue.products.editing import Content
from catalogue.products.models import ProductVersion, Tier
from catalogue.text import LANGUAGES, Bilingual
from catalogue.web.fields import (
    AmountField,
    AtMost,
    ChoiceField,
    DayField,
    LineField,
    QuantityField,
    TypedField,
    WordsField,
    number_meant,
)
from catalogue.web.language import language
from catalogue.web.product_words import currency_word, in_words

MM_IN_CM = 10
LONGEST_SIZE_MM = 1_000_000
TIER_ROWS = 4
MOST_TIERS = 8
TEXTS = ("name", "summary", "description", "care")
TRUE_FALSE = {"yes": True, "no": False}


# -- fields --


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


# -- the form --


class ProductFields(FlaskForm):
    """What is asked of a product: the fields are named by their keys. Sizes are typed in centimetres."""

    opened_version = HiddenField()

    @property
    def asked(self) -> list[Field]:
        """The fields of what is asked, in the order that they were named in."""
        return [each for each in self if hasattr(each, "unit_words")]


def form_of(
    sector: Sector,
    keys: Sequence[str],
    version: ProductVersion | None = None,
    *,
    is_fresh: bool = False,
    compact: bool = False,
) -> Any:
    """A form with a field for each of these keys of `sector.asked`, filled in from a version, or from what was typed.

    Every field has its label, its hint as `description` and its unit as `unit_words`; its `id` is the key with "-" for
    ".". `is_fresh`: what this request brought belongs to another form. `compact`: lists instead of radio buttons.
    """
    asked = {key: sector.asked[key] for key in dict.fromkeys(keys)}
    fields = {key: _field_of(key, each, sector, version, compact) for key, each in asked.items()}
    made: type[ProductFields] = type("FieldsOfProduct", (ProductFields,), fields)
    form = made(data=_said_by(version, asked) if version else None, **({"formdata": None} if is_fresh else {}))
    for key, each in asked.items():
        form[key].unit_words = _unit_of(key, each, sector, version)
        form[key].language = each.language
    if version is not None and (is_fresh or not form.is_submitted()):
        form.opened_version.data = str(version.product.version)
        _show_what_was_typed(form, version.typed)
    return form


def said_in(form: Any, before: Content, keys: Collection[str] | None = None) -> Content:
    """What was typed (in the fields of these keys, else in all), over what was said before."""
    said = {each.name: _value_of(each) for each in form.asked if keys is None or each.name in keys}
    columns: dict[str, Any] = {text: _sides_of(text, getattr(before, text), said) for text in TEXTS}
    columns |= {key: value for key, value in said.items() if hasattr(before, key)}
    return replace(before, **columns, details=_details_of(before.details, said))


def _sides_of(text: str, before: Bilingual, said: Mapping[str, Any]) -> Bilingual:
    return Bilingual(*(said.get(f"{text}_{side}", getattr(before, side)) for side in LANGUAGES))


def _details_of(before: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    own = {key.removeprefix(DETAILS): value for key, value in said.items() if key.startswith(DETAILS)}
    return {key: value for key, value in {**before, **own}.items() if value not in (None, "")}


def _value_of(field: Field) -> Any:
    """The value of a field as a version keeps it."""
    if isinstance(field, TiersField):
        return field.tiers
    is_detail, value = field.name.startswith(DETAILS), field.data
    if isinstance(field, BooleanField):
        return bool(value)
    if isinstance(field, OneOfField | OneOfList) and field.is_yes_no:
        return TRUE_FALSE.get(value)
    if is_detail and isinstance(value, date):
        return value.isoformat()
    if is_detail and isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(field, SeveralField):
        return list(value or [])
    return value if isinstance(field, TypedField) else value or ""


def _said_by(version: ProductVersion, asked: Mapping[str, Detail]) -> dict[str, Any]:
    return {key: _shown(key, each, version) for key, each in asked.items()}


def _shown(key: str, asked: Detail, version: ProductVersion) -> Any:
    """What a version says, as the field of its kind shows it."""
    if key.startswith(DETAILS):
        value = version.details.get(asked.key)
        if asked.kind == "date" and value:
            return date.fromisoformat(str(value))
        if asked.kind == "yes-no":
            return {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""
        return value
    text, _mark, side = key.rpartition("_")
    return getattr(getattr(version, text), side) if text in TEXTS else getattr(version, key)


def _show_what_was_typed(form: Any, typed: Mapping[str, str]) -> None:
    """What was typed once and is not understood yet stands in its field as it was typed."""
    for key in typed.keys() & {each.name for each in form.asked}:
        form[key].raw_data = [typed[key]]


# -- a field for what is asked --


def _field_of(key: str, asked: Detail, sector: Sector, version: ProductVersion | None, compact: bool) -> Any:
    given: dict[str, Any] = {
        "label": asked.label.in_(language()),
        "description": in_words(asked.hint, sector, version),
        "id": key.replace(".", "-"),
    }
    if asked.kind == "yes-no" and not key.startswith(DETAILS):
        return BooleanField(**given)
    if asked.kind in CHOOSING:
        return _one_of(asked, sector, compact, given)
    if asked.kind in {"materials", "techniques"}:
        return SeveralField(choices=_choices(getattr(sector, asked.kind)), **given)
    if asked.kind in LISTED:
        return ChoiceField(words=LISTED[asked.kind], **given)
    return TYPED[asked.kind](asked, given)


CHOOSING = {"yes-no", "choice", "category"}
LISTED: Mapping[str, Callable[[], Mapping[str, terms.Word]]] = {
    "unit": terms.units,
    "currency": terms.currencies,
    "country": terms.countries,
}
TYPED: Mapping[str, Callable[[Detail, dict[str, Any]], Any]] = {
    "text": lambda asked, given: LineField(validators=_limits_of_text(asked), **given),
    "words": lambda asked, given: WordsField(validators=_limits_of_text(asked), **given),
    "number": lambda asked, given: NumberField(asked=asked, **given),
    "size": lambda asked, given: SizeField(asked=asked, **given),
    "amount": lambda _asked, given: AmountField(**given),
    "date": lambda _asked, given: DayField(**given),
    "tiers": lambda _asked, given: TiersField(**{name: given[name] for name in ("label", "description", "id")}),
}


def _limits_of_text(asked: Detail) -> list[Any]:
    return [AtMost(asked.longest), *([Matching(asked.pattern)] if asked.pattern else [])]


def _one_of(asked: Detail, sector: Sector, compact: bool, given: dict[str, Any]) -> Any:
    is_yes_no = asked.kind == "yes-no"
    named = [SelectChoice("yes", _("Yes")), SelectChoice("no", _("No"))] if is_yes_no else []
    named += _choices(sector.categories if asked.kind == "category" else asked.choices)
    if compact:
        return (YesNoList if is_yes_no else OneOfList)(choices=[SelectChoice("", ""), *named], **given)
    unknown = [] if asked.kind == "category" else [SelectChoice("", _("Not known yet"))]
    return (YesNoField if is_yes_no else OneOfField)(choices=[*named, *unknown], **given)


def _choices(words: Sequence[Term]) -> list[SelectChoice]:
    return [SelectChoice(each.key, each.name.in_(language())) for each in words]


def _unit_of(key: str, asked: Detail, sector: Sector, version: ProductVersion | None) -> str:
    if asked.kind == "amount":
        currency = "office_currency" if key == "office_price" else "currency"
        return currency_word(getattr(version, currency, None) or ("LAK" if key == "office_price" else ""))
    return in_words(asked.unit, sector, version)
