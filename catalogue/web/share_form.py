"""What a member sends of its share: that it takes it, that it gives some back, or that it does not agree."""

from decimal import Decimal

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField
from wtforms.fields import SelectChoice

from catalogue.routing.division_models import Share
from catalogue.routing.shares import REASONS
from catalogue.web.fields import AtMost, Needed, QuantityField, Readable, WordsField
from catalogue.web.figures import pieces

BACK_FOR: dict[str, LazyString] = {
    "no_time": _l("We have no time"),
    "ill": _l("Somebody is ill"),
    "no_metal": _l("We have no material"),
    "too_much": _l("It is too much for us"),
    "other": _l("Another reason"),
}
LEFT_WORDS = _l("The firm left the consortium")
LONGEST_OBJECTION = 1000


class BackForm(Form):
    """How many are given back, and why."""

    quantity = QuantityField(_l("How many do you give back?"))
    reason = RadioField(
        _l("Why?"), choices=[SelectChoice(key, BACK_FOR[key]) for key in REASONS], validate_choice=False
    )

    def is_right_for(self, share: Share) -> bool:
        """Check it against the share; what is wrong is said beside its field."""
        self.validate()
        if not self.quantity.errors and (problem := self._problem(share)):
            self.quantity.errors = [problem]
        if self.reason.data not in REASONS:
            self.reason.errors = [_("Press a reason")]
        return not self.errors

    def _problem(self, share: Share) -> str | None:
        call, given = share.allocation.call, self.quantity.data
        if not given:
            return _("Write how many you give back")
        if given > share.quantity:
            return _("Your share is %(share)s", share=pieces(share.quantity, call, call.consortium))
        if given % call.lot and given != share.quantity:
            return _("Give back whole lots of %(lot)s, or all", lot=pieces(call.lot, call, call.consortium))
        return None

    @property
    def pieces_back(self) -> int:
        """How many, once it is right."""
        return int(self.quantity.data or Decimal(0))


class ObjectionForm(Form):
    """Why a member does not agree."""

    words = WordsField(
        _l("What is not right?"),
        [Needed(_l("Write what is not right")), Readable(_l("Write what is not right")), AtMost(LONGEST_OBJECTION)],
    )


def back_for(reason: str) -> str:
    """Why some was given back, in words."""
    return str(BACK_FOR.get(reason, LEFT_WORDS))
