"""One's own account: language, password, where one is signed in."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField
from wtforms.validators import DataRequired, Length

from catalogue.accounts import passwords, sessions
from catalogue.accounts.models import Person, SignIn
from catalogue.consortia.models import Consortium, RoleName
from catalogue.extensions import db
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.devices import device_words
from catalogue.web.language import LANGUAGES
from catalogue.web.signed_in import actor, firm, is_by_card, person, sign_in_row
from catalogue.web.signin import blueprint
from catalogue.web.signin.coming_in import own_path, way_on
from catalogue.web.signin.tries import too_many_codes

WEAK = {
    "short": _l("Use at least 12 characters. Three or four words are good."),
    "long": _l("Use at most 200 characters."),
    "own name": _l("Do not use your name or address in it."),
    "common": _l("This password is known to everybody. Take three or four words."),
    "one letter": _l("Use more different characters."),
}


class PasswordForm(FlaskForm):
    """A new password; who has one already says it once more (ASVS 6.2.3)."""

    password_now = PasswordField(_l("Your password now"), [Length(max=1000)])

    new_password = PasswordField(_l("New password"), [DataRequired(_l("Enter a new password")), Length(max=1000)])


def _myself() -> Person | None:
    """Who is signed in; from here on the page speaks their language, whatever their phone speaks."""
    someone = person()
    if someone:
        g.language = someone.language
    return someone


def _myself_and(**_values: Any) -> Person | None:
    return _myself()


@blueprint.get("/account")
@requires("account.keep", load=_myself)
def account(myself: Person) -> Any:
    """Name, language, password, second factor, and where one is signed in."""
    return _page(myself, PasswordForm())


@blueprint.post("/account/password")
@requires("account.keep", load=_myself)
def change_password(myself: Person) -> Any:
    """A new password ends every other session (ASVS 7.4.3). A card opens firms alone, so it gives none."""
    if is_by_card():
        abort(403)
    form, before = PasswordForm(), myself.password_hash
    words = (myself.name, (myself.email or "").partition("@")[0])
    person_id, whose = myself.id, myself.public_id
    db.session.rollback()  # hashing takes long, and counting is done apart
    if not _is_right(form, before, whose, words):
        return _page(db.session.get_one(Person, person_id), form, 422)
    return _with_new_password(person_id, passwords.hashed(form.new_password.data or ""))


def _is_right(form: PasswordForm, before: str | None, whose: str, own_words: tuple[str, ...]) -> bool:
    if not form.validate_on_submit():
        return False
    try:
        passwords.refuse_weak(form.new_password.data or "", own_words)
    except passwords.WeakPassword as refusal:
        form.new_password.errors = [WEAK[refusal.reason]]
        return False
    if before is None:
        return True
    if too_many_codes(f"password of {whose}"):
        form.password_now.errors = [_("Too many tries. Wait five minutes.")]
    elif not passwords.fits(before, form.password_now.data or ""):
        form.password_now.errors = [_("This is not your password.")]
    return not form.password_now.errors


@blueprint.post("/account/language")
@requires("account.speak", load=_myself)
def change_language(myself: Person) -> Response:
    """Desk and studio speak the language that is chosen here."""
    if request.form.get("language") in LANGUAGES:
        myself.language = request.form["language"]
    return redirect(own_path(request.form.get("next")) or url_for("signin.account"), 303)


@blueprint.post("/account/sessions/<int:sign_in_id>/end")
@requires("account.keep", load=_myself_and)
def end_session(myself: Person) -> Response:
    """Sign out another device; a phone that joined by card, only others that did."""
    sign_in_id = (request.view_args or {})["sign_in_id"]
    if sign_in_id in {row.id for row in _open_sessions(myself)}:
        sessions.end(db.session, myself, sign_in_id, at=now())
        flash(_("Signed out there."), "success")
    return redirect(url_for("signin.account"), 303)


def _with_new_password(person_id: int, password_hash: str) -> Response:
    myself, row = db.session.get_one(Person, person_id), sign_in_row()
    myself.password_hash = password_hash
    sessions.end_all(db.session, myself, at=now(), but=row.id if row else None)
    flash(_("The password is changed. Other devices are signed out."), "success")
    return redirect(url_for("signin.account"), 303)


def _manages_something() -> bool:
    someone = actor()
    return someone is not None and any(role.name is RoleName.MANAGER for role in someone.roles)


def _stands_in() -> list[Consortium]:
    """The consortia whose managers this person stands in for."""
    someone = actor()
    here = (role.consortium for role in (someone.roles if someone else ()) if role.name is RoleName.DEPUTY)
    return [each for each in here if each]


def _open_sessions(myself: Person) -> list[SignIn]:
    found = sessions.open_sessions(db.session, myself, at=now())
    return [row for row in found if row.is_by_card or not is_by_card()]


def _page(myself: Person, form: PasswordForm, status: int = 200) -> Any:
    row = sign_in_row()
    return render_template(
        "signin/account.html",
        myself=myself,
        form=form,
        open_sessions=_open_sessions(myself),
        is_by_card=is_by_card(),
        runs_a_desk=_manages_something(),
        stands_in=_stands_in(),
        can_get_digest=bool(myself.email) and not is_by_card() and _manages_something(),
        firm=firm(),
        this_session=row.id if row else None,
        way_on=way_on(myself, None),
        device_words=device_words,
    ), status
