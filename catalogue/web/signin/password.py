"""Signing in with e-mail and password, and signing out."""

from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired, Length

from catalogue.accounts import passwords, sessions
from catalogue.accounts.models import Person
from catalogue.accounts.people import person_by_email
from catalogue.extensions import db
from catalogue.web.access import public
from catalogue.web.clock import now
from catalogue.web.signed_in import sign_in_row
from catalogue.web.signin import blueprint
from catalogue.web.signin.coming_in import begin_session, way_on
from catalogue.web.signin.tries import forget_passwords, too_many_passwords


class SignInForm(FlaskForm):
    """E-mail and password."""

    email = EmailField(_l("E-mail"), [DataRequired(_l("Enter your e-mail address")), Length(max=254)])
    password = PasswordField(_l("Password"), [DataRequired(_l("Enter your password")), Length(max=1000)])


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    """One answer for a wrong password and for an account that does not exist, after the same work."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form, 422 if form.errors else 200)
    if too_many_passwords(form.email.data or ""):
        return _page(form, 429, _("Too many tries. Wait five minutes, or ask for a link by e-mail."))
    person_id = _whose(form.email.data or "", form.password.data or "")
    person = db.session.get(Person, person_id) if person_id else None
    if person is None or person.is_disabled:
        return _page(form, 422, _("The e-mail address or the password is not right."))
    forget_passwords(db.session, form.email.data or "")
    begin_session(person)
    return redirect(way_on(person, request.args.get("next")), 303)


@blueprint.post("/sign-out")
@public
def sign_out() -> Response:
    """The session ends here and in the database; who came by card needs a new one to come back."""
    row = sign_in_row()
    next_page = "signin.ask_for_card" if row and row.is_by_card else "signin.sign_in"
    if row:
        sessions.end(db.session, row.person, row.id, at=now())
    session.clear()
    return redirect(url_for(next_page), 303)


def _whose(email: str, password: str) -> int | None:
    """Judged in a session of its own: hashing takes long, and must not hold the write lock."""
    with Session(db.engine) as reading:
        person = person_by_email(reading, email)
        person_id, password_hash = (person.id, person.password_hash) if person else (None, None)
    return person_id if passwords.fits(password_hash, password) else None


def _page(form: SignInForm, status: int, problem: str | None = None) -> Any:
    return render_template("signin/sign_in.html", form=form, problem=problem, next=request.args.get("next")), status
