"""Who stands in for the managers of each consortium: named when it is set up, changed at any time."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response

from catalogue.accounts.models import Person
from catalogue.consortia import deputies
from catalogue.consortia.models import Consortium
from catalogue.consortia.roles import RolesConflict
from catalogue.extensions import db
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.loaders import consortium_at
from catalogue.web.operator import blueprint
from catalogue.web.operator.consortia import network
from catalogue.web.signed_in import signed_in


@blueprint.get("/deputies", endpoint="deputies")
@requires("network.operate", load=network)
def show_deputies(_network: str) -> Any:
    """Every consortium with its deputy, and whom it may be."""
    consortia = db.session.scalars(select(Consortium).order_by(Consortium.id)).all()
    rows = [
        (each, deputies.deputy_of(db.session, each), deputies.who_may_deputise(db.session, each)) for each in consortia
    ]
    return render_template("operator/deputies.html", rows=rows, form=FlaskForm())


@blueprint.post("/deputies/<slug>", endpoint="name_deputy")
@requires("deputy.name", load=consortium_at)
def name_deputy(consortium: Consortium) -> Response:
    """Name one, or nobody."""
    chosen = request.form.get("deputy", "")
    person = db.session.scalar(select(Person).where(Person.public_id == chosen)) if chosen else None
    if chosen and person is None:
        abort(404)
    try:
        deputies.name_deputy(db.session, consortium, person, by=signed_in(), at=now())
    except (deputies.CannotDeputise, RolesConflict):
        db.session.rollback()
        flash(_("This person has a part in the consortium and cannot stand in."), "error")
    else:
        flash(_("Kept. Members can read who stands in."), "success")
    return redirect(url_for("operator.deputies"), 303)
