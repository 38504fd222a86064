"""A member's private link in the hands of its office: whoever is signed in there answers in their own name."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.extensions import db
from catalogue.routing.models import Call
from catalogue.web.access import may
from catalogue.web.signed_in import acted_for


def refused_to_office(call: Call) -> Response | None:
    """Where somebody of the consortium's office sends a member's form by its link: back to where it stands; else None.

    What the office does for a member carries its own name, and is locked or marked so.
    """
    stands_in = acted_for()
    if not may("call.read", call) and (stands_in is None or stands_in.consortium_id != call.consortium_id):
        return None
    slug, number = call.consortium.slug, call.number
    db.session.rollback()
    flash(_("This link is the member's own. The office writes down what a member says in its own name."), "error")
    if stands_in:
        return redirect(url_for("studio.today"), 303)
    return redirect(url_for("desk.call", slug=slug, number=number), 303)
