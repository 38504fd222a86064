"""How evenly each consortium shares its work: totals of all, and one record under letters, once the look is logged."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.routing import looking
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.fairness_csv import csv_of
from catalogue.web.fairness_page import WINDOWS, Shown, asked_window, eyes_here, page_values, shown, two
from catalogue.web.fairness_picture import amount
from catalogue.web.figures import number
from catalogue.web.loaders import consortium_at
from catalogue.web.operator import blueprint
from catalogue.web.operator.consortia import network
from catalogue.web.signed_in import signed_in


@dataclass(frozen=True)
class Line:
    """One consortium in the list: totals alone."""

    consortium: Consortium
    cells: tuple[str, ...]


@blueprint.get("/fairness", endpoint="fairness")
@requires("network.operate", load=network)
def show_fairness(_network: str) -> Any:
    """Every consortium with its totals of the last days; nobody's own figures."""
    days, at = asked_window(), now()
    consortia = db.session.scalars(select(Consortium).order_by(Consortium.id)).all()
    lines = [_line(shown(each, eyes_here(each), days=days, at=at)) for each in consortia]
    return render_template("operator/fairness.html", lines=lines, days=days, windows=WINDOWS)


@blueprint.get("/fairness/<slug>")
@requires("network.operate", load=consortium_at)
def fairness_of(consortium: Consortium) -> Any:
    """The record under letters, within the hour after a look was written down; before that, the button for it."""
    days, at = asked_window(), now()
    is_noted = looking.is_noted(db.session, consortium, by=signed_in(), at=at)
    values = page_values(shown(consortium, eyes_here(consortium), days=days, at=at)) if is_noted else None
    return render_template(
        "operator/fairness_of.html", consortium=consortium, values=values, days=days, form=FlaskForm()
    )


@blueprint.post("/fairness/<slug>")
@requires("network.operate", load=consortium_at)
def look_at_fairness(consortium: Consortium) -> Response:
    """Write the look down, where all members read it; then show the record."""
    looking.note_look(db.session, consortium, by=signed_in(), at=now())
    return redirect(url_for("operator.fairness_of", slug=consortium.slug), 303)


@blueprint.get("/fairness/<slug>.csv")
@requires("network.operate", load=consortium_at)
def fairness_csv(consortium: Consortium) -> Any:
    """The same figures as a file, under the same condition."""
    at = now()
    if not looking.is_noted(db.session, consortium, by=signed_in(), at=at):
        return redirect(url_for("operator.fairness_of", slug=consortium.slug), 303)
    return csv_of(shown(consortium, eyes_here(consortium), days=asked_window(), at=at))


def _line(found: Shown) -> Line:
    record = found.record
    figures = (
        number(len(record.rows)),
        number(record.divided),
        amount(record.total, record.currency),
        two(record.gini) if record.divided else "–",
        two(record.jain) if record.divided else "–",
        number(len(found.cases)),
    )
    return Line(found.consortium, figures)
