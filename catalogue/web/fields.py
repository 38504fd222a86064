"""Form fields that read what people type, show it again as it was typed, and say in their language what is wrong."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.fields import Choice, SelectChoice
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import Select, html_params

from catalogue.inquiries.terms import Word, by_name
from catalogue.money import NumberNotUnderstood, format_number, parse_number
from catalogue.text import clean_line, clean_text, has_visible_letter
from catalogue.web.clock import in_vientiane, now
from catalogue.web.days import day_meant
from catalogue.web.language import language

MOST_PIECES = 10_000_000
MOST_MONEY = Decimal(10) ** 12
LONGEST_EMAIL = 254
UNSEEN_CATEGORIES = {"Mn", "Me", "Cf"}


# -- validators --


class Needed:
    """Something must stand here; the message says what."""

    field_flags = {"required": True}  # noqa: RUF012

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, _form: Any, field: Field) -> None:
        if field.data in (None, "") and not field.errors:
            raise StopValidation(str(self.message))


class AtMost:
    """At most so many letters as a reader counts them: a Lao vowel or tone sign over a letter is none of its own."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __call__(self, _form: Any, field: Field) -> None:
        text = field.data or ""
        seen = sum(unicodedata.category(sign) not in UNSEEN_CATEGORIES for sign in text)
        if seen > self.length or len(text) > self.length * 4:
            most = format_number(self.length, language())
            given = format_number(seen, language())
            raise ValidationError(_("Write at most %(most)s letters; there are %(given)s now", most=most, given=given))


class Readable:
    """A name has at least one letter that can be seen."""

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, _form: Any, field: Field) -> None:
        if field.data and not has_visible_letter(field.data):
            raise ValidationError(str(self.message))


class OneEmail:
    """One address such as a letter can be sent to; what is kept is its form in ASCII. No list, no name, no header."""

    def __call__(self, _form: Any, field: Field) -> None:
        if not field.data:
            return
        try:
            field.data = plain_email(field.data)
        except ValueError:
            raise ValidationError(_("Enter one e-mail address in full, like name@firm.example")) from None


def plain_email(address: str) -> str:
    """The address in ASCII, its domain in lower case. Raises `ValueError` for what is not exactly one address."""
    if len(address) > LONGEST_EMAIL or "=?" in address:
        raise ValueError("not one address")
    try:
        found = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise ValueError("not one address") from None
    return found.ascii_email or found.normalized


# -- words --


class LineField(StringField):
    """One line of words, cleaned of what nobody can see."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = clean_line(str(valuelist[0]))


class WordsField(TextAreaField):
    """Several lines of words, cleaned of what nobody can see."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = clean_text(str(valuelist[0]))


class WordsSelect(Select):
    """The <select> of a `ChoiceField`, as WTForms writes it, with options that are written once for a language."""

    def __call__(self, field: Any, **given: Any) -> Markup:
        needed = {"required": True} if field.flags.required else {}
        opened = html_params(name=field.name, **{"id": field.id, **needed, **given})
        first = "" if field.empty is None else self.render_option(Choice("", str(field.empty), field.data == "", {}))
        return Markup(f"<select {opened}>{first}{self.options(field)}</select>")  # noqa: S704 - escaped by WTForms

    def options(self, field: Any) -> str:
        """The options of all words, the chosen one marked."""
        written = _options_written(*field.of)
        if field.data not in field.codes.values():
            return written
        return written.replace(f'<option value="{field.data}">', f'<option selected value="{field.data}">', 1)


class ChoiceField(SelectField):
    """One of the words of trade, by its code in any case; nothing chosen is ""."""

    widget = WordsSelect()

    def __init__(
        self,
        label: Any = None,
        validators: Any = (),
        *,
        words: Callable[[], Mapping[str, Word]],
        empty: Any = None,
        sort: bool = False,
        with_code: bool = False,
        **given: Any,
    ) -> None:
        self.codes, self.empty, self.of = _codes(words), empty, (words, language(), sort, with_code)
        first = [SelectChoice("", empty)] if empty is not None else []
        choices = [*first, *_choices(*self.of)]
        super().__init__(label, validators, choices=choices, validate_choice=False, **given)

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = self.codes.get(typed.casefold(), typed)

    def pre_validate(self, _form: Any) -> None:
        self.data = self.data or ""
        if self.data and self.data not in self.codes.values():
            raise StopValidation(_("Choose one from the list"))


Words = Callable[[], Mapping[str, Word]]


@cache
def _codes(words: Words) -> Mapping[str, str]:
    return {code.casefold(): code for code in words()}


@cache
def _choices(words: Words, language: str, sort: bool, with_code: bool) -> tuple[SelectChoice, ...]:
    """The options of a list of words; putting 250 countries in order takes too long for every request."""
    known = dict(words())
    named = by_name(known, language) if sort else [(code, word.name.in_(language)) for code, word in known.items()]
    return tuple(SelectChoice(code, f"{code} · {name}" if with_code else name) for code, name in named)


@cache
def _options_written(words: Words, language: str, sort: bool, with_code: bool) -> str:
    """The options as they stand in a page, none of them chosen."""
    choices = _choices(words, language, sort, with_code)
    return "".join(Select.render_option(Choice(each.value, str(each.label), False, {})) for each in choices)


# -- numbers --


class TypedField(StringField):
    """What was typed stays in the field, whatever it means."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.written(self.data)

    def written(self, value: Any) -> str:
        """A value that nobody typed, as it stands in the field."""
        return str(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        self.data = None
        typed = clean_line(str(valuelist[0]))
        if typed:
            self.data = self.meant(typed)

    def meant(self, typed: str) -> Any:
        """The value. Raises `ValueError` with words for the reader."""
        raise NotImplementedError

    @property
    def was_typed(self) -> bool:
        """Whether anything stands in the field, understood or not."""
        return bool(self._value().strip())


class QuantityField(TypedField):
    """How many: a whole number above nought."""

    def meant(self, typed: str) -> int:
        number = number_meant(typed)
        if number != number.to_integral_value():
            raise ValueError(_("Write a whole number, like 600"))
        if not 0 < number <= MOST_PIECES:
            most = format_number(MOST_PIECES, language())
            raise ValueError(_("Write a number from 1 to %(most)s", most=most))
        return int(number)

    @property
    def echo(self) -> str:
        """The number as it was understood."""
        return format_number(self.data, language()) if self.data is not None else ""


class WholeField(QuantityField):
    """How many, where the page reads the number back: "1.250" is 1250, as no piece can be made in part."""

    def meant(self, typed: str) -> int:
        try:
            parse_number(typed)
        except NumberNotUnderstood as problem:
            if problem.reason == "unclear":
                return int(problem.readings[1])
            if problem.reason != "negative":
                raise ValueError(_("Write a whole number, like 600")) from None
        return super().meant(typed)


class AmountField(TypedField):
    """An amount of money for one unit: above nought, at most four decimals."""

    def meant(self, typed: str) -> Decimal:
        number = number_meant(typed)
        if not 0 < number < MOST_MONEY or -int(number.normalize().as_tuple().exponent) > 4:
            raise ValueError(_("Write an amount above 0, like 149.50"))
        return number

    def written(self, value: Any) -> str:
        text = f"{Decimal(value).normalize():f}"
        return text + "0" if re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", text) else text

    @property
    def echo(self) -> str:
        """The amount as it was understood."""
        return format_number(self.data, language()) if self.data is not None else ""


def number_meant(typed: str) -> Decimal:
    """The number typed. Raises `ValueError` with words for the reader, who is told the readings of an unclear one."""
    try:
        return parse_number(typed)
    except NumberNotUnderstood as problem:
        raise ValueError(_words_for(problem, typed)) from None


def _words_for(problem: NumberNotUnderstood, typed: str) -> str:
    if problem.reason == "unclear":
        small, large = (f"{reading.normalize():f}" for reading in problem.readings)
        return _(
            "“%(typed)s” can be read as %(small)s or as %(large)s. Write one of these.",
            typed=typed,
            small=small,
            large=large,
        )
    if problem.reason == "negative":
        return _("Write a number above 0")
    return _("Write figures only, like 600 or 149.50")


# -- dates --


class DayField(TypedField):
    """A day, as ISO 8601 writes it or as people do; one that could be two days is refused as unclear."""

    def meant(self, typed: str) -> date:
        return day_meant(typed)

    def written(self, value: Any) -> str:
        return value.isoformat()


class NotPast:
    """A day that is still to come somewhere on earth, and within ten years."""

    MOST_DAYS = 3653

    def __call__(self, _form: Any, field: Field) -> None:
        today = in_vientiane(now()).date()
        if field.data and field.data < today - timedelta(days=1):
            raise ValidationError(_("This day is over. Write a day to come, like %(day)s", day=_example_day(today)))
        if field.data and field.data > today + timedelta(days=self.MOST_DAYS):
            raise ValidationError(_("This day is too far away. Write a day like %(day)s", day=_example_day(today)))


def _example_day(today: date) -> str:
    return (today + timedelta(days=60)).isoformat()
