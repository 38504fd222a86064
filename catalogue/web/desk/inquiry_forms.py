"""The forms of one inquiry's page: the answer in both languages, a note, the end, merging, a translation."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, MultipleFileField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from catalogue.inquiries.models import Inquiry
from catalogue.inquiries.office_models import Draft
from catalogue.inquiries.ready_replies import open_places
from catalogue.tokens import new_key
from catalogue.web.fields import AtMost, LineField, Needed, WordsField
from catalogue.web.inquiry_words import CLOSED_REASONS
from catalogue.web.lines import NO

MOST_LETTERS = 20_000


class AnswerForm(FlaskForm):
    """What goes to the buyer, and the same in the other language. `submission` makes a second click the same answer,
    `seen` names the last message that the writer had before their eyes.
    """

    text = WordsField(_l("Reply to the buyer"), [Needed(_l("Write the answer")), AtMost(MOST_LETTERS)])
    translation = WordsField(_l("The same for your colleagues"), [AtMost(MOST_LETTERS)])
    attachments = MultipleFileField(_l("Attach"))
    keeps_files = BooleanField(_l("Send the files of the answer that was taken back along"), false_values=NO)
    lets_contact_pass = BooleanField(_l("Send it with this contact in it"))
    submission = HiddenField(default=new_key)
    seen = HiddenField()

    @classmethod
    def opened(cls, inquiry: Inquiry, draft: Draft | None, seen: str) -> "AnswerForm":
        """The form as the page first shows it, with the draft that was kept."""
        kept = {"text": draft.text, "translation": draft.translation} if draft else {}
        return cls(formdata=None, prefix="answer", data={**kept, "seen": seen, "keeps_files": True}).speak(inquiry)

    def speak(self, inquiry: Inquiry) -> "AnswerForm":
        """Say over each field in which language it is to be."""
        reads_english = inquiry.language == "en"
        self.text.label.text = _("Reply to the buyer, in English") if reads_english else _("Reply to the buyer, in Lao")
        self.translation.label.text = (
            _("The same in Lao, for your colleagues")
            if reads_english
            else _("The same in English, for your colleagues")
        )
        return self

    def is_right(self, file_problems: Any) -> bool:
        """Check everything; each problem then stands beside its field."""
        is_valid = self.validate()
        self.attachments.errors = list(file_problems)
        if left := open_places(f"{self.text.data}\n{self.translation.data}"):
            names = ", ".join(f"{{{name}}}" for name in left)
            self.text.errors = [_("Fill in what stands in braces: %(names)s", names=names)]
        return is_valid and not self.errors


class NoteForm(FlaskForm):
    """What only the office reads."""

    text = WordsField(_l("Note"), [Needed(_l("Write the note")), AtMost(MOST_LETTERS)])
    submission = HiddenField(default=new_key)


class CloseForm(FlaskForm):
    """Why the inquiry ends here."""

    reason = SelectField(
        _l("Why"), choices=[SelectChoice(reason.value, words) for reason, words in CLOSED_REASONS.items()]
    )
    words = LineField(_l("In a few words"), [AtMost(500)])


class MergeForm(FlaskForm):
    """Into which other inquiry of the buyer."""

    into = RadioField(_l("Into which inquiry?"), [InputRequired(_l("Choose the inquiry that goes on"))])


class TranslationForm(FlaskForm):
    """A message in the other language. `before` is what stood there when the page was opened."""

    text = WordsField(_l("Translation"), [AtMost(MOST_LETTERS)])
    before = HiddenField()
