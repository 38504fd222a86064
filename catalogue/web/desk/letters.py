"""Letters of the consortium: which left, which wait, which need a person."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries.bouncing import trust_again
from catalogue.inquiries.sending import inquiries_named_by, letters_at
from catalogue.outbox.models import Due
from catalogue.outbox.worker import NotFailed, retry
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.inquiry_words import LETTER_NAMES
from catalogue.web.loaders import consortium_at, letter_at


@blueprint.get("/<slug>/letters", endpoint="letters")
@requires("letter.list", load=consortium_at)
def show_letters(consortium: Consortium) -> Any:
    """The newest letters, those that did not arrive first."""
    letters = letters_at(db.session, consortium.id)
    return desk_page(
        "desk/letters.html",
        consortium,
        "letters",
        letters=letters,
        inquiries=inquiries_named_by(db.session, consortium.id, letters),
        letter_names=LETTER_NAMES,
    )


@blueprint.post("/<slug>/letters/<int:letter_id>/retry")
@requires("letter.retry", load=letter_at)
def retry_letter(letter: Due) -> Response:
    """Try a letter again that failed or came back."""
    slug = db.session.get_one(Consortium, letter.consortium_id).slug
    try:
        retry(db.session, letter, at=now())
    except NotFailed:
        db.session.rollback()
        flash(_("Somebody had it tried again a moment ago."), "error")
    else:
        trust_again(db.session, letter)
        flash(_("The letter is tried again."), "success")
    return redirect(url_for("desk.letters", slug=slug), 303)
