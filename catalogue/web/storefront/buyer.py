"""The buyer's private page, of one inquiry or of a whole sending: what it shows, and a message to the office."""

from flask import abort, flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.extensions import csrf, db
from catalogue.inquiries.conversation import write_as_buyer
from catalogue.web import attachments
from catalogue.web.access import public
from catalogue.web.attachments import download
from catalogue.web.clock import now
from catalogue.web.language import language
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.buyer_files import files_of, kept, taken_in
from catalogue.web.storefront.buyer_forms import MessageForm
from catalogue.web.storefront.buyer_link import back_to, found_by, inquiries_of, named_in, private, too_many
from catalogue.web.storefront.buyer_page import Sent, files_by_message, names_of_files, page, prefix_of

MOST_MESSAGES_AN_HOUR = 30


# The token is checked by the form itself, so that a lost one gives the page back with what was typed.
@blueprint.route("/<lang>/i/<token>", methods=["GET", "POST"])
@csrf.exempt
@public
def buyer(token: str) -> Response:
    """The page behind the private link, and what is written there."""
    if request.method == "POST":
        return _write(token)
    return page(found_by(token), token)


@blueprint.get("/<lang>/i/<token>/files/<file_id>")
@public
def buyer_file(token: str, file_id: str) -> Response:
    """A file of this inquiry: a picture made anew, `?small=1` a small one, or a PDF to keep."""
    at = now()
    for inquiry in inquiries_of(found_by(token)):
        files = files_by_message(inquiry, at)
        for file in (each for of_message in files.values() for each in of_message):
            if file.public_id == file_id and file.is_ready:
                name = names_of_files(inquiry, files)[file_id]
                return private(download(file, small=bool(request.args.get("small")), name=name))
    return abort(404)


def _write(token: str) -> Response:
    request.max_content_length = attachments.MOST_REQUEST_BYTES
    is_too_much = too_many("buyer wrote", token, MOST_MESSAGES_AN_HOUR)
    files = taken_in(token, "attachments")
    found = found_by(token)
    inquiry = named_in(found)
    form = MessageForm(prefix=prefix_of(found, inquiry))
    own = files_of(files, token, form.attachments.name)
    sent = Sent(inquiry, form, {form.attachments.name: own})
    if is_too_much:
        form.form_errors.append(_("So many messages came in this hour that we ask you to wait a little."))
        return page(found, token, sent, 429)
    if not form.is_right_with(own):
        return page(found, token, sent, 422)
    text = form.said_with(own)
    write_as_buyer(
        db.session,
        inquiry,
        text,
        at=now(),
        submission=form.submission.data,
        files=kept(inquiry, own.parked),
    )
    name = inquiry.consortium.name.in_(language())
    flash(_("Your message went to the office of %(consortium)s.", consortium=name), "success")
    return back_to(found, token)
