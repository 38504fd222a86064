"""The answers of a buyer in words of either language, from the value that is kept of them."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from babel.dates import format_date

from catalogue.inquiries import terms
from catalogue.inquiries.models import InquiryLine
from catalogue.inquiries.question_models import Question, QuestionKind
from catalogue.money import NBSP, format_number
from catalogue.text import Bilingual

MM_IN_CM = 10
BETWEEN = "|"
SENT = Bilingual(en="Sent with this message", lo="ສົ່ງມາພ້ອມຂໍ້ຄວາມນີ້ແລ້ວ")


def answer_words(question: Question, options: Mapping[str, Bilingual], language: str) -> str:
    """The answer as people say it; "" where there is none yet."""
    if not question.value:
        return ""
    if question.kind is QuestionKind.CHOICE:
        chosen = options.get(question.value)
        return chosen.in_(language) if chosen else question.value
    if question.kind is QuestionKind.QUANTITY:
        return _quantity(question, language)
    return WORDS[question.kind](question.value, language)


def line_name(line: InquiryLine, language: str) -> str:
    """What a line asks for: the product's name, else the buyer's words."""
    return line.product_version.name.in_(language) if line.product_version else line.description


def place_value(country: str, city: str) -> str:
    """A place as an answer keeps it."""
    return f"{country}{BETWEEN}{city}"


def _quantity(question: Question, language: str) -> str:
    number = format_number(int(question.value), language)
    unit = question.line.unit if question.line else terms.DEFAULT_UNIT
    return f"{number}{NBSP}{terms.unit_after(unit, int(question.value), language)}"


def _day(value: str, language: str) -> str:
    return format_date(date.fromisoformat(value), "d MMMM y", locale=language)


def _size(value: str, language: str) -> str:
    measures = [format_number(Decimal(each) / MM_IN_CM, language) for each in value.split("x")]
    return f"{' × '.join(measures)}{NBSP}{'ຊມ' if language == 'lo' else 'cm'}"


def _place(value: str, language: str) -> str:
    code, _between, city = value.partition(BETWEEN)
    country = terms.countries().get(code)
    return ", ".join(filter(None, (city, country.name.in_(language) if country else code)))


WORDS: Mapping[QuestionKind, Callable[[str, str], str]] = {
    QuestionKind.DATE: _day,
    QuestionKind.SIZE: _size,
    QuestionKind.PLACE: _place,
    QuestionKind.PHOTO: lambda _value, language: SENT.in_(language),
    QuestionKind.WORDS: lambda value, _language: value,
}
