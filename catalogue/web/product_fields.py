"""The form of a product made from what its sector asks: a field for every key, and what was typed as `Content`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, SelectChoice

from catalogue.consortia.trade import DETAILS, Detail, Sector, Term
from catalogue.inquiries import terms
from catalogue.products.content import Content
from catalogue.products.models import ProductVersion
from catalogue.text import LANGUAGES, Bilingual
from catalogue.web.asked_fields import (
    Matching,
    NumberField,
    OneOfField,
    OneOfList,
    SeveralField,
    SizeField,
    TiersField,
    YesNoField,
    YesNoList,
)
from catalogue.web.fields import AmountField, AtMost, ChoiceField, DayField, LineField, TypedField, WordsField
from catalogue.web.language import language
from catalogue.web.product_words import currency_word, in_words

TEXTS = ("name", "summary", "description", "care")
TRUE_FALSE = {"yes": True, "no": False}


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
