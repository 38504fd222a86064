"""E-mail that no office can be told of: the operator says which it is for, without reading it."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries import placing
from catalogue.inquiries.placing import AlreadySettled
from catalogue.mail.models import ReceivedMail
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.mail_words import why
from catalogue.web.operator import blueprint
from catalogue.web.signed_in import signed_in

NOBODY = "-"


def mail_of_nobody(mail_id: str = "", **_others: Any) -> ReceivedMail | None:
    """A mail that no office has."""
    query = select(ReceivedMail).where(ReceivedMail.public_id == mail_id, ReceivedMail.consortium_id.is_(None))
    return db.session.scalar(query)


def _network(**_values: Any) -> str:
    return "network"


@blueprint.get("/mail", endpoint="mail")
@requires("network.operate", load=_network)
def show_mail(_network: str) -> Any:
    """What waits, by where it was sent to and its subject alone."""
    consortia = db.session.scalars(select(Consortium).order_by(Consortium.id)).all()
    return render_template(
        "operator/mail.html", mails=placing.mails_of_nobody(db.session), consortia=consortia, why=why
    )


@blueprint.post("/mail/<mail_id>")
@requires("network.operate", load=mail_of_nobody)
def decide_mail(mail: ReceivedMail) -> Response:
    """Give it to an office, or put it away."""
    slug = request.form.get("consortium", "")
    consortium = db.session.scalar(select(Consortium).where(Consortium.slug == slug))
    if not slug:
        flash(_("Choose whose it is"), "error")
        return redirect(url_for("operator.mail"), 303)
    if consortium is None and slug != NOBODY:
        abort(404)
    try:
        if consortium:
            placing.give_to(db.session, mail, consortium)
        else:
            placing.settle(db.session, mail, by=signed_in(), at=now())
        flash(_("It waits at the desk of this office now.") if consortium else _("It is put away."), "success")
    except AlreadySettled:
        db.session.rollback()
        flash(_("Somebody else decided about it a moment ago."), "error")
    return redirect(url_for("operator.mail"), 303)
