"""Letters of the consortium: which left, which wait, which need a person."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries.sending import letters_at
from catalogue.outbox.models import Due
from catalogue.outbox.worker import retry
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.inquiry_words import LETTER_NAMES, LETTER_STATES
from catalogue.web.loaders import consortium_at, letter_at


@blueprint.get("/<slug>/letters", endpoint="letters")
@requires("letter.list", load=consortium_at)
def show_letters(consortium: Consortium) -> Any:
    """The newest letters, failed ones first."""
    return desk_page(
        "desk/letters.html",
        consortium,
        "letters",
        letters=letters_at(db.session, consortium.id),
        letter_names=LETTER_NAMES,
        letter_states=LETTER_STATES,
    )


@blueprint.post("/<slug>/letters/<int:letter_id>/retry")
@requires("letter.retry", load=letter_at)
def retry_letter(letter: Due) -> Response:
    """Try a failed letter again."""
    retry(db.session, letter, at=now())
    flash(_("The letter is tried again."), "success")
    consortium = db.session.get_one(Consortium, letter.consortium_id)
    return redirect(url_for("desk.letters", slug=consortium.slug), 303)
