"""Which firm somebody works for now, who helps several."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia import working
from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.language import language
from catalogue.web.loaders import own_firm_at, own_member
from catalogue.web.signed_in import own_firms, sign_in_row
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page


@blueprint.get("/firm")
@requires("product.list", load=own_member)
def choose_firm(member: Member) -> Any:
    """One's own firms, with the one that is worked for now."""
    return studio_page(
        "studio/choose_firm.html", member.consortium, member, "account", chosen=member, firms=own_firms()
    )


@blueprint.post("/firm/<firm_id>")
@requires("firm.choose", load=own_firm_at)
def switch_firm(member: Member) -> Response:
    """Work for this firm from now on."""
    row = sign_in_row()
    if row is not None:
        working.choose_firm(db.session, row, member, at=now())
    flash(_("You work for %(firm)s now.", firm=member.name.in_(language())), "success")
    return redirect(url_for("studio.today"), 303)
