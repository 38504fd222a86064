"""A new link for a member whose link got into other hands: the old one opens nothing from then on."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.extensions import db
from catalogue.routing import closing
from catalogue.routing.answer_links import replace_link
from catalogue.routing.models import Candidate
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.answers_by_phone import called_at
from catalogue.web.signed_in import signed_in


@blueprint.post("/<slug>/calls/<number>/new-link/<candidate_id>")
@requires("call.tell", load=called_at)
def new_link(candidate: Candidate) -> Response:
    """Replace it; the message and the slip beside the member hold the new one."""
    call = candidate.call
    closing.check(db.session, call, signed_in(), unchanged=True, at=now())
    replace_link(db.session, candidate, by=signed_in(), at=now())
    name = candidate.member.name.in_(signed_in().language)
    flash(_("The old link opens nothing any more. Send %(member)s the new one.", member=name), "success")
    address = url_for("desk.call", slug=call.consortium.slug, number=call.number, _anchor=f"told-{candidate.public_id}")
    return redirect(address, 303)
