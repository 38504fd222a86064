"""The form of a translator: one field a text, into the language that it is not written in yet."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField

from catalogue.products.translating import Translated
from catalogue.products.translation import Standing, Words
from catalogue.web.fields import AtMost, LineField, WordsField

MACHINE, FITS = "-machine", "-fits"


class TranslateForm(FlaskForm):
    """`opened_version` is the row's version on the page; `language` the one that the queue was narrowed to."""

    opened_version = HiddenField()
    show = BooleanField(_l("Show it to the public at once"))

    @classmethod
    def of(cls, words: Sequence[Words], opened_version: int, *, may_show: bool) -> "TranslateForm":
        """The form for these texts, filled in with their translations or with what was typed."""
        fields: dict[str, Any] = {} if may_show else {"show": None}
        data: dict[str, Any] = {"opened_version": str(opened_version), "show": may_show}
        for each in words:
            name = name_of(each)
            kind = LineField if each.is_one_line else WordsField
            fields[name] = kind(LANGUAGE_NAMES[each.target], [AtMost(each.longest)])
            fields[name + MACHINE] = BooleanField(_l("A machine made this, and nobody has read it yet"))
            data |= {name: each.target_words, name + MACHINE: each.standing is Standing.MACHINE}
            if each.standing is Standing.CHANGED:
                fields[name + FITS] = BooleanField(_l("It fits the new words as it is"))
        form: TranslateForm = type("TranslateFormOfTexts", (cls,), fields)(data=data)
        return form

    def translated(self, words: Sequence[Words]) -> list[Translated]:
        """What was typed and ticked."""
        return [
            Translated(
                each.key,
                each.target,
                self[name_of(each)].data or "",
                is_machine=bool(self[name_of(each) + MACHINE].data),
                still_fits=name_of(each) + FITS in self and bool(self[name_of(each) + FITS].data),
            )
            for each in words
        ]

    @property
    def opened(self) -> int:
        """The version of the row that was opened; 0 for what is none."""
        typed = (self.opened_version.data or "")[:9]
        return int(typed) if typed.isdecimal() else 0


LANGUAGE_NAMES = {"lo": _l("Lao"), "en": _l("English")}


def name_of(words: Words) -> str:
    """The field of a text: "name_en"."""
    return f"{words.key}_{words.target}"
