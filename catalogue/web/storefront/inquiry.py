"""The inquiry form: one page, no account; sent once, whatever the mouse does."""

from typing import Any

from flask import abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia.models import Consortium
from catalogue.extensions import csrf, db
from catalogue.inquiries import lists
from catalogue.inquiries.intake import inquiry_of, send_inquiry
from catalogue.inquiries.links import token_of
from catalogue.inquiries.models import Inquiry
from catalogue.notices.addresses import token_maker
from catalogue.web import attachments
from catalogue.web.access import public
from catalogue.web.attachments import Attachments
from catalogue.web.clock import now
from catalogue.web.language import other_language, url_in
from catalogue.web.lines import minimum_hint, offered_products, unit_words
from catalogue.web.loaders import consortium_at
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.inquiry_form import InquiryForm
from catalogue.web.storefront.receiving import changed, files_for, judged, line_of, only_changes_form, owner_of
from catalogue.web.storefront.visitor import count_again, list_visitor, new_submission, read_submission


# The token is checked by the form itself, so that a lost one gives the page back with everything typed.
@blueprint.route("/<lang>/<slug>/inquiry", methods=["GET", "POST"])
@csrf.exempt
@public
def inquiry(slug: str) -> Any:
    """The form, and what it sends."""
    return _send(slug) if request.method == "POST" else _begin(_consortium(slug))


def _begin(consortium: Consortium) -> Any:
    """The form, filled from the visitor's list for this consortium; `?product=` puts one more product into it."""
    items = lists.items_of(db.session, list_visitor(), consortium)
    form = InquiryForm(formdata=None, data=_filled(consortium, items))
    return _page(consortium, form, Attachments())


def _send(slug: str) -> Any:
    """Take an inquiry, or give the page back with what is wrong and everything that was typed."""
    request.max_content_length = attachments.MOST_REQUEST_BYTES
    files = files_for(slug)
    consortium = _consortium(slug)
    form = InquiryForm()
    form.offer(offered_products(db.session, consortium, form.product_ids, to_show=False))
    if only_changes_form():
        return _page(consortium, form, changed(form, files))
    if not form.is_right(files):
        return _page(consortium, form, files, 422)
    return _receive(consortium, form, files)


def _receive(consortium: Consortium, form: InquiryForm, files: Attachments) -> Response:
    """Store it, with what speaks for or against it; two clicks are one inquiry, and a flood meets 429."""
    submission = read_submission(form.submission.data, form.content)
    if earlier := inquiry_of(db.session, consortium, submission.key):
        return _sent(earlier)
    # The write lock is given back while the counters are written, which is done apart; what was read stays read.
    db.session.expunge_all()
    db.session.rollback()
    verdict = judged(form, submission)
    consortium = db.session.merge(consortium, load=False)
    if verdict.is_flood:
        form.form_errors.append(_("So many inquiries came from your network that we ask you to wait ten minutes."))
        return _page(consortium, form, files, 429)
    asked, at = form.asked(consortium, files), now()
    sent = send_inquiry(
        db.session,
        consortium,
        asked,
        at=at,
        submission=submission.key,
        held_reason=verdict.held_reason,
        confirm=verdict.may_confirm,
    )
    if visitor := list_visitor():
        lists.clear(db.session, visitor, consortium)
    return _sent(sent)


def _sent(found: Inquiry) -> Response:
    answer = redirect(url_for("storefront.buyer", token=token_of(found, token_maker())), 303)
    if visitor := list_visitor():
        count_again(answer, lists.count(db.session, visitor))
    return answer


def _filled(consortium: Consortium, items: Any) -> dict[str, Any]:
    lines = [line_of(item) for item in items if item.product is None or item.product.is_visible]
    asked = request.args.get("product", "")
    if asked and asked not in {line["product"] for line in lines}:
        found = offered_products(db.session, consortium, {asked}).get(asked)
        version = found.published if found else None
        if found and version:
            lines.append({"product": found.public_id, "quantity": version.minimum_order, "unit": version.unit})
    return {"lines": lines or [{}], "currency": consortium.currency, "submission": new_submission()}


def _page(consortium: Consortium, form: InquiryForm, files: Attachments, status: int = 200) -> Response:
    form.offer(offered_products(db.session, consortium, form.product_ids))
    if not form.submission.data:
        form.submission.data = new_submission()
    hints = {line.id: minimum_hint(line.form.found, line.form.quantity.data) for line in form.lines}
    units = {line.id: unit_words(line.form.found, line.form.unit.data) for line in form.lines}
    body = render_template(
        "storefront/inquiry.html",
        consortium=consortium,
        form=form,
        hints=hints,
        units=units,
        next_line=f"lines-{form.next_number}",
        files=files.references(owner_of(consortium.slug)),
        accepted=attachments.ACCEPTED,
        is_demo=consortium.is_demo,
        other_language_url=url_in(other_language()) if request.method == "GET" else None,
        kept=False,
    )
    answer = make_response(body, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _consortium(slug: str) -> Consortium:
    consortium = consortium_at(slug)
    if consortium is None:
        abort(404)
    return consortium
