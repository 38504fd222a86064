"""E-mail that reached nobody, and every e-mail as it came: as text, opened nowhere."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries import placing
from catalogue.inquiries.models import Inquiry
from catalogue.inquiries.placing import AlreadySettled
from catalogue.mail.models import ReceivedMail
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.loaders import consortium_at
from catalogue.web.mail_words import ACTIONS, as_it_came, why
from catalogue.web.signed_in import signed_in


@blueprint.get("/<slug>/mail", endpoint="mail")
@requires("mail.handle", load=consortium_at)
def show_mail(consortium: Consortium) -> Any:
    """What waits for a person, the oldest first."""
    mails = placing.waiting_mails(db.session, consortium)
    return desk_page("desk/mail.html", consortium, "mail", mails=mails, why=why)


@blueprint.get("/<slug>/mail/<mail_id>")
@requires("mail.handle", load=consortium_at)
def one_mail(consortium: Consortium) -> Any:
    """One e-mail as it came, with what can be done about it."""
    return _page(consortium, _mail(consortium))


@blueprint.post("/<slug>/mail/<mail_id>/place")
@requires("mail.handle", load=consortium_at)
def place_mail(consortium: Consortium) -> Any:
    """It belongs to an inquiry, which the form names by its number."""
    mail, number = _mail(consortium), request.form.get("number", "").strip().upper()
    inquiry = db.session.scalar(select(Inquiry).where(Inquiry.consortium_id == consortium.id, Inquiry.number == number))
    if inquiry is None:
        problem = _("There is no inquiry with this number") if number else _("Enter the number of the inquiry")
        return _page(consortium, mail, problem=problem, number=number), 422
    said = _("It goes into inquiry %(number)s now.", number=inquiry.number)
    return _done(consortium, lambda: placing.place_in(db.session, mail, inquiry, by=signed_in(), at=now()), said)


@blueprint.post("/<slug>/mail/<mail_id>/open")
@requires("mail.handle", load=consortium_at)
def open_mail(consortium: Consortium) -> Response:
    """It is a new inquiry."""
    mail = _mail(consortium)
    said = _("It becomes a new inquiry now.")
    return _done(
        consortium, lambda: placing.open_as_inquiry(db.session, mail, consortium, by=signed_in(), at=now()), said
    )


@blueprint.post("/<slug>/mail/<mail_id>/settle")
@requires("mail.handle", load=consortium_at)
def settle_mail(consortium: Consortium) -> Response:
    """Nothing is to be done about it."""
    mail = _mail(consortium)
    return _done(consortium, lambda: placing.settle(db.session, mail, by=signed_in(), at=now()), _("It is put away."))


def _done(consortium: Consortium, act: Callable[[], None], said: str) -> Response:
    try:
        act()
        flash(said, "success")
    except AlreadySettled:
        db.session.rollback()
        flash(_("Somebody else decided about it a moment ago."), "error")
    return redirect(url_for("desk.mail", slug=consortium.slug), 303)


def _mail(consortium: Consortium) -> ReceivedMail:
    found = placing.mail_of_office(db.session, consortium, (request.view_args or {})["mail_id"])
    return found or abort(404)


def _page(consortium: Consortium, mail: ReceivedMail, *, problem: str = "", number: str = "") -> str:
    inquiry = db.session.get(Inquiry, mail.inquiry_id) if mail.inquiry_id else None
    return desk_page(
        "desk/one_mail.html",
        consortium,
        "mail",
        mail=mail,
        came=as_it_came(mail),
        inquiry=inquiry,
        action_name=ACTIONS[mail.action],
        why=why(mail),
        problem=problem,
        number=number,
    )
