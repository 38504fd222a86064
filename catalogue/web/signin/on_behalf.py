"""The end of working on behalf of a firm: one button, back to the desk."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.accounts.models import SignIn
from catalogue.consortia import working
from catalogue.extensions import db
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.signed_in import sign_in_row
from catalogue.web.signin import blueprint


def _working_on_behalf() -> SignIn | None:
    row = sign_in_row()
    return row if row and row.on_behalf_until else None


@blueprint.post("/on-behalf/end")
@requires("on_behalf.end", load=_working_on_behalf)
def end_on_behalf(row: SignIn) -> Response:
    """Be the manager again."""
    member = working.end_on_behalf(db.session, row, at=now())
    if member is None:
        return redirect(url_for("signin.account"), 303)
    flash(_("You work as yourself again."), "success")
    return redirect(url_for("desk.member", slug=member.consortium.slug, member_id=member.public_id), 303)
