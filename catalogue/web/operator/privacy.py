"""The operator answers for the whole network: what is kept of an address, as buyer and as somebody who signs in."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField

from catalogue.accounts.models import Person
from catalogue.accounts.people import person_by_email
from catalogue.activity import log
from catalogue.extensions import db
from catalogue.privacy.erasing import LastOperator, erase_buyer, erase_person
from catalogue.privacy.exporting import export_buyer, export_person
from catalogue.privacy.models import Whose
from catalogue.privacy.trail import Trail, trail_of_address
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.fields import LineField, Needed, OneEmail
from catalogue.web.operator import blueprint
from catalogue.web.operator.consortia import network
from catalogue.web.privacy_pages import EraseForm, archive, summary
from catalogue.web.signed_in import signed_in


class LookForm(FlaskForm):
    """Of whom. Addresses travel in the body of a request alone, never in one's address."""

    email = LineField(_l("E-mail"), [Needed(_l("Enter the e-mail address")), OneEmail()])


class KnownForm(EraseForm):
    """Erasing what was found."""

    email = HiddenField(validators=[Needed(_l("Enter the e-mail address"))])
    of = HiddenField()


@blueprint.route("/privacy", methods=["GET", "POST"], endpoint="privacy")
@requires("network.operate", load=network)
def look(_network: str) -> Any:
    """What is kept of an address."""
    form = LookForm()
    return _page(form.email.data if form.validate_on_submit() else "", form)


@blueprint.post("/privacy/export", endpoint="privacy_export")
@requires("network.operate", load=network)
def export(_network: str) -> Response:
    """All of it as one ZIP; the log keeps who took it out, not of whom."""
    form = KnownForm()
    trail, person = _found(form.email.data)
    at, by = now(), signed_in()
    if form.of.data == Whose.PERSON and person:
        answer = archive("person.zip", lambda store, into: export_person(db.session, store, person, into, at=at))
        log.record(db.session, "person.exported", person, at=at, chain=log.NETWORK, actor=log.actor_name(by))
    elif form.of.data == Whose.BUYER and not trail.is_empty:
        answer = archive("buyer.zip", lambda store, into: export_buyer(db.session, store, trail, into, at=at))
        log.record(db.session, "buyer.exported", by, at=at, chain=log.NETWORK, actor=log.actor_name(by))
    else:
        abort(404)
    return answer


@blueprint.post("/privacy/erase", endpoint="privacy_erase")
@requires("network.operate", load=network)
def erase(_network: str) -> Any:
    """All of it erased, as buyer or as somebody who signs in."""
    form = KnownForm()
    if not form.validate_on_submit():
        asked = form.email.data or ""
        return _page(asked, LookForm(formdata=None, email=asked), form)
    trail, person = _found(form.email.data)
    try:
        if form.of.data == Whose.PERSON and person:
            erase_person(db.session, person, by=signed_in(), at=now())
        elif form.of.data == Whose.BUYER and not trail.is_empty:
            erase_buyer(db.session, trail, by=signed_in(), at=now())
        else:
            abort(404)
    except LastOperator:
        db.session.rollback()
        flash(_("Nobody else runs this site: add another operator first."), "error")
    else:
        flash(_("Erased. Files follow in a moment."), "success")
    return redirect(url_for("operator.privacy"), 303)


def _found(email: str | None) -> tuple[Trail, Person | None]:
    return trail_of_address(db.session, email or ""), person_by_email(db.session, email or "")


def _page(email: str, form: LookForm, known: KnownForm | None = None) -> Any:
    trail, person = _found(email)
    page = render_template(
        "operator/privacy.html",
        form=form,
        known=known or KnownForm(formdata=None),
        asked=email,
        found=summary(trail),
        someone=person,
    )
    return page, 422 if form.errors or (known and known.errors) else 200
