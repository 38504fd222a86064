"""What the members can make together by a day, member by member, and the days on which all of them rest."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.fields import SelectChoice

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.inquiries.terms import DEFAULT_UNIT
from catalogue.routing import stating
from catalogue.routing.capacity import Span
from catalogue.routing.capacity_models import Rest
from catalogue.routing.reckoning import Outlook, Part, Reckoned, outlook, reckon
from catalogue.web.access import requires
from catalogue.web.capacity_words import quantity_of
from catalogue.web.clock import in_vientiane, now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.fields import AtMost, DayField, LineField, Needed, NotPast, QuantityField
from catalogue.web.language import language
from catalogue.web.loaders import consortium_at
from catalogue.web.months import last_of, months_from
from catalogue.web.signed_in import signed_in

MONTHS = 4
WORDS = 60


class AskedForm(FlaskForm):
    """What is to be made, how many, by when: read from the address, so that it can be kept."""

    class Meta:
        csrf = False

    category = SelectField(_l("Category"), validate_choice=True)
    technique = SelectField(_l("Technique"), validate_choice=True)
    quantity = QuantityField(_l("How many"), [Needed(_l("Write how many"))])
    until = DayField(_l("Ready by"), [Needed(_l("Write the day by which it must be ready")), NotPast()])

    @classmethod
    def of(cls, consortium: Consortium) -> "AskedForm":
        """The form with the words of the consortium's trade."""
        form, trade = cls(request.args), sector(consortium.sector_key)
        form.category.choices = [SelectChoice(each.key, each.name.in_(language())) for each in trade.categories]
        techniques = [SelectChoice(each.key, each.name.in_(language())) for each in trade.techniques]
        form.technique.choices = [SelectChoice("", _("any")), *techniques]
        form.category.data = form.category.data or trade.categories[0].key
        form.technique.data = form.technique.data or ""
        return form


class RestForm(FlaskForm):
    """Days on which nobody works."""

    begins_on = DayField(_l("First day"), [Needed(_l("Write the first day"))])
    ends_on = DayField(_l("Last day"), [Needed(_l("Write the last day"))])
    words = LineField(_l("What for, in Lao"), [AtMost(WORDS)])

    @property
    def span(self) -> Span:
        """The days from the first to the last."""
        return Span(self.begins_on.data or date.min, self.ends_on.data or date.min)


@dataclass(frozen=True)
class Found:
    """The answer: what can be made, of how many, by when."""

    reckoned: Reckoned
    category: str
    unit: str
    wanted: int
    until: date

    @property
    def short(self) -> int:
        """How many are missing."""
        return max(0, self.wanted - self.reckoned.pieces)


def parts_of(part: Part, most: int) -> tuple[float, float]:
    """A member's promised and free pieces on a bar that is as long as the largest of all, in parts of a hundred."""
    booked, pieces = part.free.booked, part.free.pieces or 0
    return round(100 * booked / most, 2), round(100 * pieces / most, 2)


def today() -> date:
    """The date in Vientiane."""
    return in_vientiane(now()).date()


def rest_of_all_at(slug: str, rest_id: str, **_others: Any) -> Rest | None:
    """A rest of all members of this consortium; a member's own is its own."""
    query = select(Rest).join(Consortium, Consortium.id == Rest.consortium_id)
    return db.session.scalar(query.where(Consortium.slug == slug, Rest.public_id == rest_id, Rest.member_id.is_(None)))


@blueprint.get("/<slug>/capacity")
@requires("capacity.read", load=consortium_at)
def capacity(consortium: Consortium) -> Any:
    """What can be made by the day asked for, and of every category until the ends of the next months."""
    return _page(consortium)


@blueprint.post("/<slug>/capacity/rests")
@requires("rest.keep", load=consortium_at)
def say_rest_of_all(consortium: Consortium) -> Any:
    """Nobody works on these days."""
    form = RestForm()
    if not form.validate_on_submit():
        return _page(consortium, form, status=422)
    try:
        words = form.words.data or ""
        stating.say_rest(db.session, consortium, None, form.span, words=words, by=signed_in(), at=now())
    except stating.NotThatLong:
        form.ends_on.errors = [_("The last day is not before the first, not over yet, and within a year of it")]
        return _page(consortium, form, status=422)
    flash(_("Kept. All members see it in their calendars."), "success")
    return redirect(url_for("desk.capacity", slug=consortium.slug, _anchor="rests"), 303)


@blueprint.post("/<slug>/capacity/rests/<string(length=10):rest_id>/take-back")
@requires("rest.keep", load=rest_of_all_at)
def take_back_rest_of_all(found: Rest) -> Response:
    """Work on these days after all."""
    consortium = db.session.get_one(Consortium, found.consortium_id)
    stating.take_back_rest(db.session, consortium, found, by=signed_in(), at=now())
    flash(_("Taken away. Members work on these days."), "success")
    return redirect(url_for("desk.capacity", slug=consortium.slug, _anchor="rests"), 303)


def _page(consortium: Consortium, rest_form: RestForm | None = None, status: int = 200) -> Any:
    form, at = AskedForm.of(consortium), now()
    is_asked = "quantity" in request.args
    ends = [last_of(first) for first in months_from(today(), MONTHS)]
    ends = ends[1:] if ends[0] <= today() else ends
    rows = outlook(db.session, consortium, ends, at=at)
    page = desk_page(
        "desk/capacity.html",
        consortium,
        "capacity",
        form=form,
        is_asked=is_asked,
        found=_found(consortium, form, rows) if is_asked and form.validate() else None,
        rows=rows,
        ends=ends,
        example=ends[-1].isoformat(),
        quantity_of=quantity_of,
        parts_of=parts_of,
        rest_form=rest_form or RestForm(formdata=None),
        rests=stating.rests_ahead(db.session, consortium, at=at),
    )
    return page, 422 if is_asked and form.errors else status


def _found(consortium: Consortium, form: AskedForm, rows: list[Outlook]) -> Found:
    category = form.category.data
    unit = next((row.unit for row in rows if row.category == category), DEFAULT_UNIT)
    reckoned = reckon(
        db.session,
        consortium,
        category=category,
        technique=form.technique.data or "",
        quantity=form.quantity.data or 0,
        unit=unit,
        until=form.until.data,
        at=now(),
    )
    return Found(reckoned, category, unit, form.quantity.data or 0, form.until.data or today())
