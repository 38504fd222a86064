"""What a buyer fills in on the private page: a message, the end of an inquiry, another e-mail address."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, MultipleFileField

from catalogue.inquiries import terms
from catalogue.tokens import new_key
from catalogue.web.attachments import Attachments
from catalogue.web.fields import AtMost, ChoiceField, LineField, Needed, OneEmail, WordsField


class BuyersForm(FlaskForm):
    """A form of the private page. A lost token becomes words that help, and loses nothing."""

    def is_right(self) -> bool:
        """Check it, as it was sent."""
        is_valid = self.validate_on_submit()
        token: Any = self._fields.get("csrf_token")
        if token is not None and token.errors:
            token.errors = []
            self.form_errors.append(_("This page was open for a long time. Please press Send once more."))
        return is_valid


class MessageForm(BuyersForm):
    """What the buyer writes to the office. `submission` makes a second click the same message."""

    text = WordsField(_l("Write to the office"), [AtMost(5000)])
    attachments = MultipleFileField(_l("Drawing or photograph"))
    submission = HiddenField(default=new_key)

    def is_right_with(self, files: Attachments) -> bool:
        """Check it with the files that came: they may stand for words."""
        is_valid = self.is_right()
        self.attachments.errors = list(files.problems)
        if not self.text.data and not files.parked and not self.errors:
            self.text.errors = [_("Write your message")]
        return is_valid and not self.errors

    def said_with(self, files: Attachments) -> str:
        """The words, or where there are none, what was sent."""
        return self.text.data or ", ".join(file.name or _("File") for file in files.parked)


class ClosingForm(BuyersForm):
    """That the buyer no longer wants it, and why."""

    reason = ChoiceField(_l("Why"), [Needed(_l("Choose a reason"))], words=terms.leavings, empty=_l("Choose"))
    words = LineField(_l("In a few words"), [AtMost(500)])


class AddressForm(BuyersForm):
    """Another e-mail address."""

    email = LineField(_l("New e-mail address"), [Needed(_l("Enter your e-mail address")), OneEmail()])


class PressedForm(BuyersForm):
    """A button alone."""
