"""The buyer's answers to the office's questions: a field for each, by its kind, and what was typed as it is kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, FormField, HiddenField, MultipleFileField, RadioField, SelectChoice

from catalogue.inquiries import terms
from catalogue.inquiries.answer_words import MM_IN_CM, line_name, place_value
from catalogue.inquiries.question_models import Question, QuestionKind
from catalogue.inquiries.questions import options_of
from catalogue.tokens import new_key
from catalogue.web.attachments import Attachments
from catalogue.web.fields import (
    AtMost,
    ChoiceField,
    DayField,
    LineField,
    NotPast,
    QuantityField,
    TypedField,
    WordsField,
    number_meant,
)
from catalogue.web.language import language
from catalogue.web.lines import amount_words
from catalogue.web.storefront.buyer_forms import BuyersForm

LONGEST_MM = 100_000
MOST_SIDES = 3
BETWEEN_SIDES = re.compile(r"\s*[x×*]\s*|\s+by\s+", re.IGNORECASE)
CENTIMETRES = re.compile(r"\s*(?:cm|ຊມ|ຊັງຕີແມັດ)\.?", re.IGNORECASE)


class MeasuresField(TypedField):
    """One to three lengths in centimetres, "22 x 15 x 8"; kept in whole millimetres."""

    def meant(self, typed: str) -> str:
        sides = BETWEEN_SIDES.split(CENTIMETRES.sub("", typed).strip())
        if len(sides) > MOST_SIDES:
            raise ValueError(_("Write at most three lengths, like 22 x 15 x 8"))
        return "x".join(str(_millimetres(number_meant(side))) for side in sides)


class OneOfFew(RadioField):
    """One of a few; nothing chosen is no answer yet."""

    def process_data(self, value: Any) -> None:
        self.data = value or ""

    def pre_validate(self, form: Any) -> None:
        if self.data:
            super().pre_validate(form)


class PlaceForm(Form):
    """Where the goods go."""

    country = ChoiceField(_l("Country"), words=terms.countries, empty=_l("Choose"), sort=True)
    city = LineField(_l("City"), [AtMost(120)])

    def validate(self, extra_validators: Any = None) -> bool:
        """A city alone does not say where."""
        is_valid = bool(super().validate(extra_validators))
        if is_valid and self.city.data and not self.country.data:
            self.country.errors = [_("Choose the country")]
        return not self.errors


@dataclass(frozen=True)
class AskedField:
    """A question with its field, what helps to answer it, and the word behind a number."""

    question: Question
    field: Field

    @property
    def unit(self) -> str:
        """The word behind the field of a number."""
        if self.question.kind is QuestionKind.QUANTITY and self.question.line:
            return terms.unit_after(self.question.line.unit, None, language())
        return _("cm") if self.question.kind is QuestionKind.SIZE else ""

    @property
    def hint(self) -> str | None:
        """What helps to answer."""
        question = self.question
        if question.kind is QuestionKind.QUANTITY and question.line and question.line.quantity:
            amount = amount_words(question.line, question.line.inquiry.consortium)
            return _("You asked for %(amount)s", amount=amount)
        return str(HINTS[question.kind]) if question.kind in HINTS else None


class AnswersForm(BuyersForm):
    """A field for every open question; whatever is left empty can be answered later."""

    submission = HiddenField(default=new_key)
    questions: Sequence[Question] = ()
    files: Mapping[str, Attachments]

    @property
    def asked(self) -> list[AskedField]:
        """Every question with its field."""
        return [AskedField(each, self[each.public_id]) for each in self.questions]

    @property
    def photos(self) -> list[AskedField]:
        """The questions that files answer."""
        return [each for each in self.asked if each.question.kind is QuestionKind.PHOTO]

    def is_right_with(self, files: Mapping[str, Attachments]) -> bool:
        """Check it, with the files that came beside each question, by its public id; something has to be answered."""
        is_valid = self.is_right()
        self.files = files
        for each in self.photos:
            each.field.errors = list(files[each.question.public_id].problems)
        if is_valid and not self.errors and not self.values:
            self.form_errors.append(_("Answer at least one question"))
        return is_valid and not self.errors

    @property
    def values(self) -> dict[Question, str]:
        """What was answered, as it is kept."""
        given = {each.question: self._value(each.question, each.field) for each in self.asked}
        return {question: value for question, value in given.items() if value}

    def _value(self, question: Question, field: Field) -> str:
        if question.kind is QuestionKind.PHOTO:
            parked = self.files[question.public_id].parked if question.public_id in self.files else ()
            return str(len(parked) or "")
        if isinstance(field, FormField):
            return place_value(field.form.country.data, field.form.city.data or "") if field.form.country.data else ""
        return "" if field.data is None else str(field.data)


HINTS = {
    QuestionKind.DATE: _l("For example 2027-01-15"),
    QuestionKind.SIZE: _l("Length, width and height, like 22 x 15 x 8, or the diameter"),
    QuestionKind.PHOTO: _l("Up to 5 files: pictures up to 15 MB, PDF up to 10 MB each."),
}
FIELDS: Mapping[QuestionKind, Any] = {
    QuestionKind.QUANTITY: QuantityField,
    QuestionKind.DATE: lambda label: DayField(label, [NotPast()]),
    QuestionKind.SIZE: MeasuresField,
    QuestionKind.PHOTO: MultipleFileField,
    QuestionKind.PLACE: lambda label: FormField(PlaceForm, label),
    QuestionKind.WORDS: lambda label: WordsField(label, [AtMost(2000)]),
}


def answers_form(questions: Sequence[Question], prefix: str, *, is_fresh: bool = False) -> AnswersForm:
    """The form of these questions, in the language of the page; `is_fresh`: this request brought another form."""
    fields = {each.public_id: _field(each) for each in questions}
    made: type[AnswersForm] = type("AnswersToQuestions", (AnswersForm,), fields)
    form = made(prefix=prefix, **({"formdata": None} if is_fresh else {}))
    form.questions, form.files = questions, {}
    return form


def _field(question: Question) -> Any:
    label = question.text.in_(language())
    if question.line:
        label = f"{label} ({line_name(question.line, language())})"
    if question.kind is QuestionKind.CHOICE:
        options = options_of(question).items()
        return OneOfFew(label, choices=[SelectChoice(code, name.in_(language())) for code, name in options])
    return FIELDS[question.kind](label)


def _millimetres(centimetres: Decimal) -> int:
    millimetres = round(centimetres * MM_IN_CM)
    if not 0 < millimetres <= LONGEST_MM:
        raise ValueError(_("Write a size in centimetres, like 22.5"))
    return millimetres
