"""The form that says which technique a firm masters: a sample was seen and found good."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.web.clock import in_vientiane, now
from catalogue.web.fields import AtMost, DayField, LineField, Needed
from catalogue.web.language import language

NOTE = 300


class NotAhead:
    """A sample is seen today or was seen before."""

    def __call__(self, _form: Any, field: Field) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet"))


class SampleForm(FlaskForm):
    """A technique, the day the sample was seen, and what the office noted."""

    technique = SelectField(_l("Technique"))
    passed_on = DayField(_l("Seen on"), [Needed(_l("Write the day on which you saw the sample")), NotAhead()])
    sample_note = LineField(_l("Note of the office"), [AtMost(NOTE)])

    @classmethod
    def of(cls, consortium: Consortium, *, is_fresh: bool = False) -> "SampleForm":
        """The form with the techniques of the trade; `is_fresh`: what this request brought belongs to another form."""
        form = cls(data={"passed_on": today()}, **({"formdata": None} if is_fresh else {}))
        techniques = sector(consortium.sector_key).techniques
        form.technique.choices = [SelectChoice(each.key, each.name.in_(language())) for each in techniques]
        return form


def today() -> date:
    """The date in Vientiane."""
    return in_vientiane(now()).date()
