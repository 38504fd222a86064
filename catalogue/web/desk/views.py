"""Keeping the list as it stands under a name, and letting a name go."""

from urllib.parse import urlencode

from flask import abort, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries import views
from catalogue.text import clean_line
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.inbox import inbox_url, narrowing
from catalogue.web.loaders import consortium_at
from catalogue.web.signed_in import signed_in


@blueprint.post("/<slug>/views")
@requires("inquiry.list", load=consortium_at)
def keep_view(consortium: Consortium) -> Response:
    """Keep what the list is narrowed to now under a name: one's own, nobody else sees it."""
    address = urlencode(narrowing(request.form))
    name = clean_line(request.form.get("name", ""))[: views.LONGEST_NAME]
    if not name:
        flash(_("Give the view a name, then keep it."), "error")
        return redirect(inbox_url(consortium, request.form), 303)
    try:
        views.keep_view(db.session, consortium, signed_in(), name, address, at=now())
    except views.TooManyViews:
        db.session.rollback()
        flash(_("You keep %(number)s views already. Let one go first.", number=views.MOST_VIEWS), "error")
    else:
        flash(_("Kept as “%(name)s”.", name=name), "success")
    return redirect(inbox_url(consortium, request.form), 303)


@blueprint.post("/<slug>/views/<view_id>/drop")
@requires("inquiry.list", load=consortium_at)
def drop_view(consortium: Consortium) -> Response:
    """Let one of one's own views go."""
    view = views.view_at(db.session, consortium, signed_in(), (request.view_args or {})["view_id"])
    if view is None:
        abort(404)
    views.drop_view(db.session, view)
    flash(_("The view “%(name)s” is gone. The inquiries stay.", name=view.name), "success")
    return redirect(inbox_url(consortium, {}), 303)
