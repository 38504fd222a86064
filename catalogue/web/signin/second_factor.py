"""The second factor: the code after the password, and setting it up."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from catalogue.accounts import second_factor as factor
from catalogue.accounts.models import SignIn
from catalogue.extensions import db
from catalogue.lao import digits_to_ascii
from catalogue.web.access import public
from catalogue.web.clock import now
from catalogue.web.codes import qr_svg
from catalogue.web.signed_in import sign_in_row, whose_tries
from catalogue.web.signin import blueprint
from catalogue.web.signin.coming_in import way_on
from catalogue.web.signin.tries import too_many_codes


class CodeForm(FlaskForm):
    """The six digits that the telephone shows."""

    code = StringField(_l("Code"), [DataRequired(_l("Enter the six digits")), Length(max=20)])

    @property
    def digits(self) -> str:
        """What was typed, without spaces, in ASCII digits."""
        return digits_to_ascii("".join((self.code.data or "").split()))


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
def second_factor() -> Any:
    """The code after the password; who has none yet sets it up first."""
    form = CodeForm()
    has_tried_too_often = request.method == "POST" and too_many_codes(whose_tries())
    row = sign_in_row()
    if row is None or row.is_by_card:
        return redirect(url_for("signin.sign_in", next=request.args.get("next")), 303)
    if not row.person.has_second_factor:
        return redirect(url_for("signin.set_up_second_factor", next=request.args.get("next")), 303)
    return _code_page("signin/second_factor.html", form, row, has_tried_too_often)


@blueprint.route("/sign-in/code/set-up", methods=["GET", "POST"])
@public
def set_up_second_factor() -> Any:
    """The QR code for the telephone, until the first right code."""
    form = CodeForm()
    has_tried_too_often = request.method == "POST" and too_many_codes(whose_tries())
    row = sign_in_row()
    if row is None or row.is_by_card:
        return redirect(url_for("signin.sign_in", next=request.args.get("next")), 303)
    if row.person.has_second_factor:
        return redirect(url_for("signin.account"), 303)
    if row.person.totp_secret is None:
        return _start_set_up(row)
    return _code_page("signin/set_up_second_factor.html", form, row, has_tried_too_often)


def _start_set_up(row: SignIn) -> Any:
    if request.method != "POST":
        return render_template("signin/start_second_factor.html", form=FlaskForm(), next=request.args.get("next"))
    factor.propose(db.session, row.person)
    return redirect(url_for("signin.set_up_second_factor", next=request.args.get("next")), 303)


def _code_page(template: str, form: CodeForm, row: SignIn, has_tried_too_often: bool) -> Any:
    status = 200
    if has_tried_too_often:
        status = 429
        form.code.errors = [_("Too many tries. Wait five minutes.")]
    elif form.validate_on_submit() and factor.accept(db.session, row.person, form.digits, at=now()):
        row.second_factor_at = now()
        return redirect(way_on(row.person, request.args.get("next")), 303)
    elif request.method == "POST":
        status = 422
        form.code.errors = list(form.code.errors) or [
            _("This code is not right, or was used before. Take the next one.")
        ]
    return render_template(template, form=form, next=request.args.get("next"), **_set_up_words(row)), status


def _set_up_words(row: SignIn) -> dict[str, str]:
    if row.person.has_second_factor:
        return {}
    address = factor.propose(db.session, row.person)
    return {"qr_svg": qr_svg(address), "secret": row.person.totp_secret or ""}
