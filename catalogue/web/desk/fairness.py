"""How the work is shared: the record of the last 90 or 365 days; managers read names, observers letters."""

from typing import Any

from flask import redirect, url_for

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.routing.looking import looks
from catalogue.web.access import may, requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.fairness_csv import csv_of
from catalogue.web.fairness_page import asked_window, eyes_here, page_values, shown
from catalogue.web.loaders import consortium_at


@blueprint.get("/<slug>/fairness", endpoint="fairness")
@requires("fairness.read", load=consortium_at)
def show_fairness(consortium: Consortium) -> Any:
    """Sums, pictures, figures of each member, and what was decided otherwise than the rule."""
    if away := _to_the_operators_page(consortium):
        return away
    days, at = asked_window(), now()
    found = shown(consortium, eyes_here(consortium), days=days, at=at)
    looked = looks(db.session, consortium, at=at)
    return desk_page("desk/fairness.html", consortium, "fairness", values=page_values(found), days=days, looked=looked)


@blueprint.get("/<slug>/fairness.csv")
@requires("fairness.read", load=consortium_at)
def fairness_csv(consortium: Consortium) -> Any:
    """The same figures as a file."""
    if away := _to_the_operators_page(consortium):
        return away
    return csv_of(shown(consortium, eyes_here(consortium), days=asked_window(), at=now()))


def _to_the_operators_page(consortium: Consortium) -> Any:
    """The operator has a page of its own, where every look is written down for members to read."""
    return (
        None if may("desk.read", consortium) else redirect(url_for("operator.fairness_of", slug=consortium.slug), 303)
    )
