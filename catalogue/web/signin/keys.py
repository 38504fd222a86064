"""Single keys at the desk, on or off: whoever works by voice or with a shaking hand does without (WCAG 2.1.4)."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.accounts.models import Person
from catalogue.web.access import requires
from catalogue.web.signed_in import person
from catalogue.web.signin import blueprint


@blueprint.post("/account/keys")
@requires("account.keep", load=person)
def choose_keys(myself: Person) -> Response:
    """Switch them on or off, for this person wherever they sign in."""
    myself.uses_keys = request.form.get("keys") == "on"
    flash(_("Single keys are on.") if myself.uses_keys else _("Single keys are off."), "success")
    return redirect(url_for("signin.account", _anchor="keys"), 303)
