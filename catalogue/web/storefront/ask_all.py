"""Asking several consortia at once: one form and one sending, which makes one inquiry for each consortium."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia.models import Consortium
from catalogue.extensions import csrf, db
from catalogue.inquiries import lists
from catalogue.inquiries.intake import inquiry_of, send_inquiry
from catalogue.inquiries.links import BUYER_PAGE, SENDING_PAGE, Linked, token_of
from catalogue.inquiries.models import Inquiry, InquiryListItem, Sending
from catalogue.inquiries.sending import Part, send_to_each, sending_of
from catalogue.media.keeping import Parked, park_for
from catalogue.notices.addresses import token_maker
from catalogue.products import shown
from catalogue.web import attachments
from catalogue.web.access import public
from catalogue.web.attachments import Attachments
from catalogue.web.clock import now
from catalogue.web.content import is_demo_site
from catalogue.web.language import language, other_language, url_in
from catalogue.web.lines import minimum_hint, offered_products, unit_words
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.ask_all_form import AskAllForm
from catalogue.web.storefront.receiving import (
    changed,
    files_for,
    judged,
    line_of,
    only_changes_form,
    owner_of,
    too_many_files,
    without_files,
)
from catalogue.web.storefront.visitor import Submission, count_again, list_visitor, new_submission, read_submission

PLACE = "all"


@dataclass(frozen=True)
class Group:
    """The lines of one consortium on the form; without one, lines in words that nobody is chosen for yet."""

    consortium: Consortium | None
    lines: list[Any]


# The token is checked by the form itself, so that a lost one gives the page back with everything typed.
@blueprint.route("/<lang>/inquiry", methods=["GET", "POST"])
@csrf.exempt
@public
def ask_all() -> Any:
    """The form for all consortia, and what it sends."""
    return _send() if request.method == "POST" else _begin()


def _begin() -> Response:
    """The form, filled from the whole list."""
    items = [
        item for item in lists.items_of(db.session, list_visitor()) if item.product is None or item.product.is_visible
    ]
    currencies = {item.consortium.currency for item in items}
    lines = [_line_of(item) for item in items]
    filled = {
        "lines": lines or [{}],
        "currency": currencies.pop() if len(currencies) == 1 else "",
        "submission": new_submission(),
    }
    return _page(AskAllForm(formdata=None, data=filled), Attachments())


def _send() -> Response:
    """Take it, or give the page back with what is wrong and everything that was typed."""
    request.max_content_length = attachments.MOST_REQUEST_BYTES
    files = files_for(PLACE)
    form = AskAllForm()
    _offer(form, to_show=False)
    if only_changes_form():
        return _page(form, changed(form, files))
    if not form.is_right(files):
        return _page(form, files, 422)
    return _receive(form, files)


def _receive(form: AskAllForm, files: Attachments) -> Response:
    """Store it, with what speaks for or against it; two clicks are one sending, and a flood meets 429."""
    submission = read_submission(form.submission.data, form.content)
    if earlier := _sent_before(form, submission):
        return _sent(earlier)
    # The write lock is given back while counters and files are written; what was read stays read.
    db.session.expunge_all()
    db.session.rollback()
    verdict = judged(form, submission)
    if verdict.is_flood:
        form.form_errors.append(_("So many inquiries came from your network that we ask you to wait ten minutes."))
        return _page(form, files, 429)
    # Each sending copies what was parked once, also what only came back with the form.
    if files.parked and too_many_files():
        form.attachments.errors = [without_files()]
        return _page(form, Attachments(), 429)
    parts = form.parts(lambda consortium: _copies(files, consortium))
    parts = [(db.session.merge(consortium, load=False), asked) for consortium, asked in parts]
    sent = _store(parts, submission, held_reason=verdict.held_reason, confirm=verdict.may_confirm)
    if visitor := list_visitor():
        for consortium, _asked in parts:
            lists.clear(db.session, visitor, consortium)
    return _sent(sent)


def _store(parts: Sequence[Part], submission: Submission, **marks: Any) -> Inquiry | Sending:
    """One inquiry where one consortium is asked, like any other; a sending where there are several."""
    if len(parts) > 1:
        return send_to_each(db.session, parts, at=now(), submission=submission.key, **marks)
    ((consortium, asked),) = parts
    return send_inquiry(db.session, consortium, asked, at=now(), submission=submission.key, **marks)


def _sent_before(form: AskAllForm, submission: Submission) -> Inquiry | Sending | None:
    owners = form.owners
    if len(owners) == 1:
        return inquiry_of(db.session, owners[0], submission.key)
    return sending_of(db.session, submission.key)


def _copies(files: Attachments, consortium: Consortium) -> list[Parked]:
    """Files belong to one consortium each: every office keeps, and erases, its own."""
    return [park_for(attachments.store(), parked, consortium.id) for parked in files.parked]


def _sent(found: Linked) -> Response:
    purpose = SENDING_PAGE if isinstance(found, Sending) else BUYER_PAGE
    answer = redirect(url_for("storefront.buyer", token=token_of(found, token_maker(), purpose)), 303)
    if visitor := list_visitor():
        count_again(answer, lists.count(db.session, visitor))
    return answer


def _line_of(item: InquiryListItem) -> dict[str, Any]:
    return {**line_of(item), "consortium": "" if item.product else item.consortium.slug}


def _offer(form: AskAllForm, *, to_show: bool = True) -> None:
    products = offered_products(db.session, None, form.product_ids, to_show=to_show)
    form.offer_from(products, shown.consortia(db.session))


def _page(form: AskAllForm, files: Attachments, status: int = 200) -> Response:
    _offer(form)
    if not form.submission.data:
        form.submission.data = new_submission()
    groups = _groups(form)
    asked = [group.consortium for group in groups if group.consortium]
    body = render_template(
        "storefront/ask_all.html",
        form=form,
        groups=groups,
        asked=asked,
        asked_names=[each.name.in_(language()) for each in asked],
        hints={line.id: minimum_hint(line.form.found, line.form.quantity.data) for line in form.lines},
        units={line.id: unit_words(line.form.found, line.form.unit.data) for line in form.lines},
        next_line=f"lines-{form.next_number}",
        files=files.references(owner_of(PLACE)),
        accepted=attachments.ACCEPTED,
        is_demo=is_demo_site(),
        other_language_url=url_in(other_language()) if request.method == "GET" else None,
        kept=False,
    )
    answer = make_response(body, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _groups(form: AskAllForm) -> list[Group]:
    """The lines by consortium, in the order of the network; those of nobody yet come last."""
    open_lines = [line for line in form.lines if line.form.owner is None]
    groups = [Group(each, [line for line in form.lines if line.form.owner is each]) for each in form.owners]
    return [*groups, Group(None, open_lines)] if open_lines else groups
