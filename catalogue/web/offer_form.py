"""The answer to a call, as a member or whoever listens at the telephone fills it in."""

from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, HiddenField, RadioField
from wtforms.fields import SelectChoice

from catalogue.consortia.by_law_models import PriceRule
from catalogue.consortia.sector import sector
from catalogue.routing.models import Answer, Call, MetalFrom
from catalogue.routing.offers import MOST_DAYS, REASONS, Said
from catalogue.web.fields import AmountField, AtMost, WholeField, WordsField
from catalogue.web.figures import number
from catalogue.web.offer_page import Usual, is_late, quantity_words

ANSWERS: dict[Answer, LazyString] = {
    Answer.ALL: _l("I can make all of it"),
    Answer.PART: _l("I can make a part"),
    Answer.NONE: _l("I cannot"),
}
METAL: dict[MetalFrom, LazyString] = {
    MetalFrom.MEMBER: _l("I buy it myself"),
    MetalFrom.OFFICE: _l("I need it from the office"),
    MetalFrom.DEPOSIT: _l("From the buyer's deposit"),
}
DECLINED: dict[str, LazyString] = {
    "no_time": _l("We have no time"),
    "no_metal": _l("We have no material"),
    "not_ours": _l("We do not make this"),
    "too_soon": _l("The time is too short"),
    "too_little": _l("The making charge is too low"),
    "other": _l("Another reason"),
}
LATE = "late"


class OfferForm(Form):
    """What is asked depends on the answer: `is_right_for` looks only at what goes with it."""

    answer = RadioField(
        _l("Your answer"),
        choices=[SelectChoice(key.value, words) for key, words in ANSWERS.items()],
        validate_choice=False,
    )
    quantity = WholeField(_l("How many"))
    days = WholeField(_l("In how many days?"))
    metal_from = RadioField(
        _l("Who buys the silver?"),
        choices=[SelectChoice(key.value, words) for key, words in METAL.items()],
        validate_choice=False,
    )
    charge = AmountField(_l("Your making charge for one"))
    own_lot = WholeField(_l("The least we make at a time"))
    declined_for = RadioField(
        _l("Why not this time?"), choices=[SelectChoice(key, DECLINED[key]) for key in REASONS], validate_choice=False
    )
    note = WordsField(_l("Something else that the office should know"), [AtMost(500)])
    seen = HiddenField()

    def is_right_for(self, call: Call) -> bool:
        """Check what goes with the answer; what does not is left aside, whatever was typed there."""
        self.validate()
        asked = self.asked_for(call)
        for field in self:
            if field.name not in asked:
                field.errors = []
        for name in asked:
            field = self[name]
            if problem := None if field.errors else self._problem(field, call):
                field.errors = [problem]
        return not self.errors

    def asked_for(self, call: Call) -> tuple[str, ...]:
        """The fields that go with the answer chosen."""
        if self.answer.data not in list(Answer):
            return "answer", "note"  # the rest is not to be seen yet
        if self.answer.data == Answer.NONE:
            return "answer", "declined_for", "note"
        quantity = ("quantity",) if self.answer.data == Answer.PART else ()
        metal = ("metal_from",) if sector(call.consortium.sector_key).priced_by_metal else ()
        charge = ("charge",) if call.price_rule is PriceRule.SEALED else ()
        return "answer", *quantity, "days", *metal, *charge, "own_lot", "note"

    def said(self, call: Call) -> Said:
        """The answer as the operation takes it."""
        asked = self.asked_for(call)

        def given(name: str) -> Any:
            return self[name].data if name in asked else None

        return Said(
            answer=Answer(self.answer.data),
            quantity=given("quantity") or 0,
            days=given("days"),
            own_lot=given("own_lot") or 1,
            metal_from=MetalFrom(given("metal_from")) if given("metal_from") else None,
            charge=given("charge"),
            declined_for=given("declined_for") or "",
            note=given("note") or "",
        )

    def quantity_for(self, call: Call) -> int:
        """How many the answer promises."""
        return call.quantity if self.answer.data == Answer.ALL else self.quantity.data or 0

    def was_read_back(self, call: Call) -> bool:
        """Whether the member saw this number and these days read back, and that they are late where they are.

        A script reads back while somebody types; without it the site's own page does before anything is taken.
        """
        return self.answer.data == Answer.NONE or self.seen.data == self.read_back(call)

    def read_back(self, call: Call) -> str:
        """What `seen` holds once the answer was read back."""
        late = f"/{LATE}" if is_late(call, self.days.data or 0) else ""
        return f"{self.answer.data}/{self.quantity_for(call)}/{self.days.data}{late}"

    def filled_in(self) -> list[tuple[str, str]]:
        """What was typed, field by field, to be carried through the page that reads it back."""
        shown = ((field.name, _typed(field)) for field in self if field.name != "seen")
        return [(name, value) for name, value in shown if value]

    def _problem(self, field: Field, call: Call) -> str | None:
        """What is wrong with one field that goes with the answer."""
        if field.name == "own_lot":
            return self._lot_problem(call)
        if field.name == "note":
            return None
        known: dict[str, list[str]] = {"answer": list(Answer), "metal_from": list(METAL), "declined_for": list(REASONS)}
        if field.name in known:
            return None if field.data in known[field.name] else str(CHOOSE[field.name])
        if field.data is None:
            return str(WRITE[field.name])
        if field.name == "quantity" and field.data > call.quantity:
            return _("Only %(quantity)s are wanted", quantity=quantity_words(call))
        if field.name == "days" and field.data > MOST_DAYS:
            return ngettext("Write at most %(num)s day", "Write at most %(num)s days", MOST_DAYS)
        return None

    def _lot_problem(self, call: Call) -> str | None:
        most = self.quantity_for(call)
        if self.own_lot.data and most and self.own_lot.data > most:
            return _("This is more than you can make: %(most)s", most=number(most))
        return None


class PhoneForm(OfferForm):
    """The same, as somebody of the office writes down what a member says."""

    answer = RadioField(
        _l("What the member says"),
        choices=[SelectChoice(key.value, words) for key, words in ANSWERS.items()],
        validate_choice=False,
    )


CHOOSE = {
    "answer": _l("Press one of the three answers"),
    "metal_from": _l("Say who buys the silver"),
    "declined_for": _l("Press a reason"),
}
WRITE = {
    "quantity": _l("Write how many you can make"),
    "days": _l("Write how many days you need"),
    "charge": _l("Write what you ask for making one"),
}


def fresh_form(usual: Usual, kind: type[OfferForm] = OfferForm) -> OfferForm:
    """The form as it stands first, with the usual figures filled in and no answer chosen."""
    return kind(quantity=usual.quantity, days=usual.days)


def _typed(field: Field) -> str:
    """What stands in a field, as it was typed."""
    if isinstance(field, RadioField):
        return str(field.data or "")
    return str(field._value() or "")
