"""Who else has an inquiry open or is answering it, told while one writes: browsers with script ask now and then."""

from typing import Any

from flask import render_template, request

from catalogue.database import apart
from catalogue.extensions import db
from catalogue.inquiries import presence
from catalogue.inquiries.conversation import said_after
from catalogue.inquiries.models import Inquiry
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.loaders import inquiry_at
from catalogue.web.signed_in import signed_in


@blueprint.post("/<slug>/inquiries/<inquiry_id>/here")
@requires("inquiry.read", load=inquiry_at)
def here(found: Inquiry) -> Any:
    """Note who has it open, and say who else has, and what was said since the page was opened."""
    someone, key = signed_in(), found.id
    whose = (key, found.consortium_id, someone.id)
    # Presence is written beside the request, so the request lets go of the database first.
    db.session.rollback()
    with apart(db.engine) as session:
        if request.form.get("gone"):
            presence.leave(session, key, whose[2])
        else:
            presence.note(session, *whose, at=now(), writes=bool(request.form.get("writes")))
    return {"html": _told(found)}


def _told(found: Inquiry) -> str:
    someone, named = signed_in(), request.form.get("seen", "-")
    seen = next((each.id for each in found.messages if each.public_id == named), 0)
    return render_template(
        "desk/here.html",
        inquiry=found,
        others_here=presence.others(db.session, found, someone, at=now()),
        meanwhile=said_after(db.session, found, seen, someone),
    )
