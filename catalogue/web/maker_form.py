"""The form of a maker's page, for the firm itself and for the office that completes it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectChoice, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from catalogue.consortia.maker_models import MakerPage
from catalogue.consortia.maker_pages import Said, said_by
from catalogue.consortia.models import Member
from catalogue.consortia.sector import sector
from catalogue.text import Bilingual
from catalogue.web.clock import in_vientiane, now
from catalogue.web.fields import AtMost, LineField, Needed, QuantityField, TypedField, WordsField, number_meant
from catalogue.web.language import language

NAME, PLACE, STORY = 80, 60, 2000
OLDEST = 1800
MOST_PEOPLE = 1000
TEXTS = ("name", "village", "district", "province", "story")


class SeveralField(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class YearField(TypedField):
    """A year that is over or runs, as four figures."""

    def meant(self, typed: str) -> int:
        year, newest = number_meant(typed), in_vientiane(now()).year
        if year != int(year) or not OLDEST <= year <= newest:
            raise ValueError(_("Write the year with four figures, like %(year)s", year=newest - 20))
        return int(year)


class MakerForm(FlaskForm):
    """What a firm says of itself in public; no field asks for a contact."""

    opened_version = HiddenField()
    name_lo = LineField(_l("Name, in Lao"), [Needed(_l("Write the name of the workshop")), AtMost(NAME)])
    name_en = LineField(_l("Name, in English"), [AtMost(NAME)])
    village_lo = LineField(_l("Village, in Lao"), [AtMost(PLACE)])
    village_en = LineField(_l("Village, in English"), [AtMost(PLACE)])
    district_lo = LineField(_l("District, in Lao"), [AtMost(PLACE)])
    district_en = LineField(_l("District, in English"), [AtMost(PLACE)])
    province_lo = LineField(_l("Province, in Lao"), [AtMost(PLACE)])
    province_en = LineField(_l("Province, in English"), [AtMost(PLACE)])
    story_lo = WordsField(_l("Our story, in Lao"), [AtMost(STORY)])
    story_en = WordsField(_l("Our story, in English"), [AtMost(STORY)])
    techniques = SeveralField(_l("What we know how to do"))
    people = QuantityField(_l("How many people work here"))
    since = YearField(_l("Since which year"))
    monthly_capacity = QuantityField(_l("How many pieces a month, all together"))

    @classmethod
    def of(cls, member: Member, page: MakerPage | None, *, is_fresh: bool = False) -> "MakerForm":
        """The form filled in from the open page, or from what the public reads today (its version is then 0).

        `is_fresh`: what this request brought belongs to another form of the page.
        """
        stored = _data_of(said_by(page or member))
        form = cls(data=stored, **({"formdata": None} if is_fresh else {}))
        terms = sector(member.consortium.sector_key).techniques
        form.techniques.choices = [SelectChoice(term.key, term.name.in_(language())) for term in terms]
        if is_fresh or not form.is_submitted():
            form.opened_version.data = str(page.version if page else 0)
        return form

    @property
    def opened(self) -> int:
        """The version that was opened; 0 for what never was a page."""
        typed = (self.opened_version.data or "")[:9]
        return int(typed) if typed.isdecimal() else 0

    def validate_people(self, field: Field) -> None:
        """A workshop, not a town."""
        if field.data and field.data > MOST_PEOPLE:
            raise ValidationError(_("Write a number from 1 to %(most)s", most=MOST_PEOPLE))

    def said(self) -> Said:
        """What was typed."""
        texts = {name: Bilingual(self[f"{name}_lo"].data or "", self[f"{name}_en"].data or "") for name in TEXTS}
        return Said(
            **texts,
            techniques=list(self.techniques.data or []),
            people=self.people.data,
            since=self.since.data,
            monthly_capacity=self.monthly_capacity.data,
        )


def _data_of(said: Said) -> dict[str, Any]:
    texts = {f"{name}_{side}": getattr(getattr(said, name), side) for name in TEXTS for side in ("lo", "en")}
    same = ("techniques", "people", "since", "monthly_capacity")
    return texts | {name: getattr(said, name) for name in same}
