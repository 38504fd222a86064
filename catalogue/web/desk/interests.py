"""Managers' ties to members: declaring and ending one's own, all that were declared, and who stands in."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectChoice, SelectField

from catalogue.accounts.models import Person
from catalogue.consortia import deputies, interests
from catalogue.consortia.interest_models import Interest, InterestKind
from catalogue.consortia.models import Consortium, Member, MemberStatus
from catalogue.consortia.roles import RolesConflict
from catalogue.extensions import db
from catalogue.web.access import may, requires
from catalogue.web.clock import in_vientiane, now
from catalogue.web.departure_words import tie_words
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.fields import DayField, Needed
from catalogue.web.language import language
from catalogue.web.loaders import consortium_at
from catalogue.web.reading import reading_of
from catalogue.web.signed_in import signed_in

OWN_KINDS: dict[InterestKind, Any] = {
    InterestKind.OWNERSHIP: _l("I own a part of it"),
    InterestKind.PAY: _l("It pays me"),
    InterestKind.KINSHIP: _l("I am kin to its people"),
}


class TieForm(FlaskForm):
    """Which member, what kind of tie, from which day, until which."""

    member = SelectField(_l("Member"), validate_choice=False)
    kind = RadioField(
        _l("What ties you to it"), choices=[SelectChoice(each.value, OWN_KINDS[each]) for each in OWN_KINDS]
    )
    begins_on = DayField(_l("Since"), [Needed(_l("Write the day on which it began"))])
    ends_on = DayField(_l("Until"))


def own_interest_at(slug: str, interest_id: str, **_others: Any) -> Interest | None:
    """One of the ties that whoever is signed in declared."""
    consortium = consortium_at(slug)
    found = interests.interest_at(db.session, consortium, interest_id) if consortium else None
    return found if found and found.person_id == signed_in().id else None


@blueprint.get("/<slug>/interests", endpoint="interests")
@requires("interest.read", load=consortium_at)
def show_interests(consortium: Consortium) -> Any:
    """Every tie that was declared, those that hold first; who stands in for the managers."""
    return _page(consortium, _form(consortium))


@blueprint.post("/<slug>/interests", endpoint="declare_interest")
@requires("interest.declare", load=consortium_at)
def declare(consortium: Consortium) -> Any:
    """Declare a tie of one's own: all members read it from now on."""
    form = _form(consortium)
    member = _member(consortium, form.member.data)
    if not form.validate_on_submit() or member is None:
        if member is None:
            form.member.errors = [_("Choose a member")]
        return _page(consortium, form, status=422)
    tie = interests.Tie(InterestKind(form.kind.data), form.begins_on.data, form.ends_on.data)  # type: ignore[arg-type]
    try:
        interests.declare(db.session, consortium, member, tie, person=signed_in(), at=now())
    except interests.EndsBeforeItBegins:
        form.ends_on.errors = [_("The last day lies before the first")]
        return _page(consortium, form, status=422)
    except interests.DeclaredAlready:
        form.kind.errors = [_("You have declared this already")]
        return _page(consortium, form, status=422)
    flash(_("Declared. All members can read it."), "success")
    return redirect(url_for("desk.interests", slug=consortium.slug), 303)


@blueprint.post("/<slug>/interests/<interest_id>/end", endpoint="end_interest")
@requires("interest.declare", load=own_interest_at)
def end_interest(interest: Interest) -> Response:
    """The tie is over today; it stays on record."""
    slug = interest.member.consortium.slug
    try:
        interests.end(db.session, interest, on=in_vientiane(now()).date(), by=signed_in(), at=now())
    except interests.EndsBeforeItBegins:
        db.session.rollback()
        flash(_("This tie has not begun yet."), "error")
    else:
        flash(_("Ended today. It stays on record."), "success")
    return redirect(url_for("desk.interests", slug=slug), 303)


@blueprint.post("/<slug>/deputy", endpoint="name_deputy")
@requires("deputy.name", load=consortium_at)
def name_deputy(consortium: Consortium) -> Response:
    """Name who stands in where all managers have a tie."""
    chosen = request.form.get("deputy", "")
    person = db.session.scalar(select(Person).where(Person.public_id == chosen)) if chosen else None
    if chosen and person is None:
        abort(404)
    slug = consortium.slug
    try:
        deputies.name_deputy(db.session, consortium, person, by=signed_in(), at=now())
    except (deputies.CannotDeputise, RolesConflict):
        db.session.rollback()
        flash(_("This person has a part in the consortium and cannot stand in."), "error")
    else:
        flash(_("Kept. Members can read who stands in."), "success")
    return redirect(url_for("desk.interests", slug=slug), 303)


def _form(consortium: Consortium) -> TieForm:
    form = TieForm(data={"begins_on": in_vientiane(now()).date(), "kind": InterestKind.KINSHIP.value})
    form.member.choices = [
        SelectChoice("", _("Choose")),
        *(SelectChoice(each.public_id, each.name.in_(language())) for each in _members(consortium)),
    ]
    return form


def _members(consortium: Consortium) -> Any:
    active = Member.consortium_id == consortium.id, Member.status == MemberStatus.ACTIVE
    return db.session.scalars(select(Member).where(*active).order_by(Member.id)).all()


def _member(consortium: Consortium, public_id: str | None) -> Member | None:
    return next((each for each in _members(consortium) if each.public_id == public_id), None)


def _page(consortium: Consortium, form: TieForm, status: int = 200) -> Any:
    today, found = in_vientiane(now()).date(), interests.all_interests(db.session, consortium)
    page = desk_page(
        "desk/interests.html",
        consortium,
        "rules",
        form=form,
        holding=[each for each in found if each.ends_on is None or each.ends_on >= today],
        over=[each for each in found if each.ends_on is not None and each.ends_on < today],
        tie_words=tie_words,
        today=today,
        reading=reading_of(consortium),
        deputy=deputies.deputy_of(db.session, consortium),
        may_deputise=deputies.who_may_deputise(db.session, consortium) if may("deputy.name", consortium) else [],
    )
    return page, status
