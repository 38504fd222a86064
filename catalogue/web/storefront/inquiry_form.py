"""The inquiry as a form: its fields, what must stand in them, and the value that the operation takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, MultipleFileField, StringField

from catalogue.consortia.models import Consortium
from catalogue.inquiries import terms
from catalogue.inquiries.intake import Asked, Buyer, Terms
from catalogue.inquiries.lists import MOST_LINES
from catalogue.media.keeping import Parked
from catalogue.products.models import Product
from catalogue.web.attachments import Attachments
from catalogue.web.fields import (
    AtMost,
    ChoiceField,
    DayField,
    LineField,
    Needed,
    NotPast,
    OneEmail,
    Readable,
    WordsField,
)
from catalogue.web.language import language
from catalogue.web.lines import NO, LineForm, LinesField, Offered


class InquiryForm(FlaskForm):
    """The fields that others rely on (design, section 5), a trap for machines, and the signed value of the page."""

    name = LineField(_l("Name"), [Needed(_l("Enter your name")), AtMost(120), Readable(_l("Enter your name"))])
    email = LineField(_l("E-mail"), [Needed(_l("Enter your e-mail address")), OneEmail()])
    phone = LineField(_l("Telephone"), [AtMost(60)])
    company = LineField(_l("Company"), [AtMost(160)])
    role = ChoiceField(_l("What you do"), words=terms.roles, empty="")
    country = ChoiceField(
        _l("Country"), [Needed(_l("Choose your country"))], words=terms.countries, empty=_l("Choose"), sort=True
    )
    city = LineField(_l("City"), [AtMost(120)])
    message = WordsField(_l("What else should we know?"), [AtMost(5000)])

    needed_by = DayField(_l("Needed by"), [NotPast()])
    incoterm = ChoiceField(_l("Terms of delivery"), words=terms.incoterms, empty=_l("Advise me"), with_code=True)
    named_place = LineField(_l("Place of delivery"), [AtMost(120)])
    currency = ChoiceField(_l("Currency"), words=terms.currencies, empty="", with_code=True)
    sample = BooleanField(_l("I want a sample first and pay for it"), false_values=NO)
    order_type = ChoiceField(_l("Kind of order"), words=terms.order_types, empty="")

    lines = LinesField(LineForm)
    attachments = MultipleFileField(_l("Drawing or photograph"))
    subject_line = StringField(_l("Leave this empty"))
    submission = HiddenField()

    def offer(self, products: Mapping[str, Product]) -> None:
        """Tell the lines which products they may name."""
        for line in self.lines:
            line.form.offered = Offered(products, quantity_needed=not self.message.data)

    def add_line(self) -> None:
        """One empty line more."""
        if len(self.lines) < MOST_LINES:
            self.lines.append_entry()

    @property
    def next_number(self) -> int:
        """The number that the next line will carry in the names of its fields."""
        return max((int(line.name.rpartition("-")[2]) + 1 for line in self.lines), default=0)

    def drop_line(self, number: str) -> None:
        """One line less, by the number in its fields' names."""
        self.lines.entries = [line for line in self.lines.entries if line.name != f"lines-{number}"]

    def is_right(self, files: Attachments) -> bool:
        """Check everything; each problem then stands beside its field."""
        is_valid = self.validate()
        self.attachments.errors = list(files.problems)
        self._explain_lost_token()
        if self._too_many_lines:
            self.form_errors.append(_("At most %(most)s lines fit into one inquiry", most=MOST_LINES))
        if not self.message.data and not self._asked_lines and not self.errors:
            self.message.errors = [_("Write what you need, or add a line that says how many")]
        return is_valid and not self.errors

    @property
    def product_ids(self) -> set[str]:
        """The public ids that lines name, offered or not."""
        return {line.form.product.data for line in self.lines if line.form.product.data}

    @property
    def content(self) -> str:
        """Everything that makes two sendings the same inquiry, for one whose page gave no signed value."""
        lines = [(line.product.data, line.description.data, line.quantity.data) for line in self._asked_lines]
        return repr((self.email.data, self.name.data, self.message.data, lines))

    @property
    def words(self) -> str:
        """Everything that was written freely."""
        lines = [f"{line.description.data or ''} {line.note.data or ''}" for line in self._asked_lines]
        return "\n".join([self.name.data or "", self.company.data or "", self.message.data or "", *lines])

    @property
    def place_is_inland(self) -> bool:
        """Whether a rule for sea ports is asked with a place inland; that is worth a word, no error."""
        return terms.needs_a_port(self.incoterm.data or "", self.named_place.data or "")

    def asked(self, consortium: Consortium, files: Attachments) -> Asked:
        """The whole inquiry as the operation takes it."""
        return self.asked_of(consortium, self._asked_lines, files.parked)

    def asked_of(self, consortium: Consortium, lines: Sequence[LineForm], parked: Sequence[Parked]) -> Asked:
        """What one consortium is asked, with these lines and files."""
        return Asked(
            buyer=self._buyer,
            message=self.message.data or "",
            wanted=[line.wanted for line in lines],
            terms=self._terms(consortium, lines),
            language=language(),
            files=parked,
        )

    @property
    def _asked_lines(self) -> Sequence[LineForm]:
        return [line.form for line in self.lines if not line.form.is_empty]

    @property
    def _too_many_lines(self) -> bool:
        sent = {name.split("-", 2)[1] for name in request.form if name.startswith("lines-")}
        return len(sent) > MOST_LINES

    @property
    def _buyer(self) -> Buyer:
        return Buyer(
            name=self.name.data or "",
            email=self.email.data or "",
            country=self.country.data,
            company=self.company.data or "",
            role=self.role.data,
            city=self.city.data or "",
            phone=self.phone.data or "",
        )

    def _terms(self, consortium: Consortium, lines: Sequence[LineForm]) -> Terms:
        names_price = any(line.target_price.data is not None for line in lines)
        return Terms(
            needed_by=self.needed_by.data,
            incoterm=self.incoterm.data,
            named_place=self.named_place.data or "",
            currency=self.currency.data or (consortium.currency if names_price else ""),
            wants_sample=self.sample.data or any(line.sample.data for line in lines),
            order_type=self.order_type.data,
        )

    def _explain_lost_token(self) -> None:
        token: Any = self._fields.get("csrf_token")
        if token is not None and token.errors:
            token.errors = []
            words = _(
                "This page was open for a long time, or your browser keeps no cookies. Please press Send once more."
            )
            self.form_errors.append(words)
