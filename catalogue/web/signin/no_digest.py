"""The digest of the morning: switched on and off on the account page, and off by one click from the letter itself."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.accounts.models import Person
from catalogue.extensions import csrf, db
from catalogue.inquiries.reminder_models import Digest
from catalogue.inquiries.reminders import digest_of_token, stop_digest
from catalogue.notices.addresses import token_maker
from catalogue.web.access import public, requires
from catalogue.web.language import speaking
from catalogue.web.signed_in import person
from catalogue.web.signin import blueprint


def _myself() -> Person | None:
    return person()


@blueprint.post("/account/digest")
@requires("account.keep", load=_myself)
def choose_digest(myself: Person) -> Response:
    """Have the digest written, or no more."""
    myself.wants_digest = request.form.get("digest") == "yes"
    flash(_("Kept."), "success")
    return redirect(url_for("signin.account"), 303)


@blueprint.get("/no-digest/<token>")
@public
def no_digest(token: str) -> Response:
    """What the button does; opening the address changes nothing, as mail programs open links to look at them."""
    return _page(_found(token), is_done=False)


# The token in the address is the proof: mail programs that offer one click send nothing else (RFC 8058).
@blueprint.post("/no-digest/<token>")
@csrf.exempt
@public
def end_digest(token: str) -> Response:
    """No more digests for whoever got this letter."""
    found = _found(token)
    stop_digest(found.person)
    return _page(found, is_done=True)


def _found(token: str) -> Digest:
    return digest_of_token(db.session, token, token_maker()) or abort(404)


def _page(found: Digest, *, is_done: bool) -> Response:
    with speaking(found.person.language):
        answer = make_response(render_template("signin/no_digest.html", is_done=is_done))
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
