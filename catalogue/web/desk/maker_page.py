"""A firm's page at the desk: what it would like to change beside what the public reads, the decision, and what was."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia import maker_pages, maker_review
from catalogue.consortia.maker_models import MakerPage, PageState
from catalogue.consortia.maker_pages import PageLacks, PageLeaks, PageMoved
from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.text import clean_text
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.desk.review_page import warning_of
from catalogue.web.loaders import member_at
from catalogue.web.maker_compared import maker_rows
from catalogue.web.maker_form import MakerForm
from catalogue.web.maker_words import PARTS, part_named
from catalogue.web.signed_in import signed_in

LONGEST_REASON = 2000


@blueprint.get("/<slug>/members/<member_id>/page")
@requires("maker_page.review", load=member_at)
def maker_page(member: Member) -> Any:
    """What waits for a decision beside what the public reads, and every earlier page."""
    return _page(member)


@blueprint.post("/<slug>/members/<member_id>/page/publish")
@requires("maker_page.review", load=member_at)
def publish_maker_page(member: Member) -> Any:
    """Show it, unless a language is missing or a contact stands in it."""
    page = maker_pages.open_page(db.session, member)
    try:
        if page is None or page.version != _opened():
            raise PageMoved
        maker_review.publish(db.session, page, by=signed_in(), at=now())
    except PageMoved:
        return _moved(member)
    except (PageLacks, PageLeaks):
        return _page(member, status=422)
    flash(_("Shown to the public."), "success")
    return _back(member)


@blueprint.post("/<slug>/members/<member_id>/page/return")
@requires("maker_page.review", load=member_at)
def return_maker_page(member: Member) -> Any:
    """Send it back with a reason beside each part."""
    page = maker_pages.open_page(db.session, member)
    given = {part: clean_text(request.form.get(f"reason-{part}", ""))[:LONGEST_REASON] for part in PARTS}
    reasons = [(part, words) for part, words in given.items() if words]
    if not reasons:
        return _page(member, problem=_("Write a reason beside at least one field."), given=given, status=422)
    try:
        if page is None or page.version != _opened():
            raise PageMoved
        maker_review.send_back(db.session, page, reasons, by=signed_in(), at=now())
    except PageMoved:
        return _moved(member)
    flash(_("Sent back to the member."), "success")
    return _back(member)


@blueprint.post("/<slug>/members/<member_id>/page/complete")
@requires("maker_page.review", load=member_at)
def complete_maker_page(member: Member) -> Any:
    """Complete what was sent, such as the other language, before it is shown."""
    page = maker_pages.open_page(db.session, member)
    if page is None:
        return _moved(member)
    form = MakerForm.of(member, page)
    if not form.validate_on_submit():
        return _page(member, form=form, status=422)
    said, opened = form.said(), form.opened
    try:
        maker_pages.edit_in_review(db.session, page, said, opened_version=opened, by=signed_in(), at=now())
    except PageMoved:
        return _page(member, form=form, changed=True, status=409)
    flash(_("Saved. Nothing is public yet."), "success")
    return _back(member)


@blueprint.post("/<slug>/members/<member_id>/page/restore/<int:number>")
@requires("maker_page.review", load=member_at)
def restore_maker_page(member: Member) -> Any:
    """Bring an earlier page back for review."""
    number = (request.view_args or {})["number"]
    earlier = next((page for page in maker_pages.pages_of(db.session, member) if page.number == number), None)
    if earlier is None:
        return _back(member)
    try:
        maker_review.restore(db.session, earlier, by=signed_in(), at=now())
    except PageMoved:
        db.session.rollback()
        flash(_("Another page of this firm is open. Decide on that one first."), "error")
        return _back(member)
    flash(_("Brought back. Look at it once more, then show it."), "success")
    return _back(member)


def _opened() -> int:
    typed = request.form.get("opened_version", "")[:9]
    return int(typed) if typed.isdecimal() else 0


def _moved(member: Member) -> Response:
    slug, member_id = member.consortium.slug, member.public_id
    db.session.rollback()
    flash(_("Somebody was a moment before you. This is how it stands now."), "error")
    return redirect(url_for("desk.maker_page", slug=slug, member_id=member_id), 303)


def _back(member: Member) -> Response:
    return redirect(url_for("desk.maker_page", slug=member.consortium.slug, member_id=member.public_id), 303)


def _page(
    member: Member,
    *,
    form: MakerForm | None = None,
    problem: str | None = None,
    given: dict[str, str] | None = None,
    changed: bool = False,
    status: int = 200,
) -> Any:
    page = maker_pages.open_page(db.session, member)
    shown = maker_pages.shown_page(db.session, member)
    is_sent = page is not None and page.state is PageState.SUBMITTED
    page_html = desk_page(
        "desk/maker_page.html",
        member.consortium,
        "members",
        firm=member,
        page=page,
        is_sent=is_sent,
        rows=maker_rows(shown, page) if page and is_sent else [],
        form=(form or MakerForm.of(member, page, is_fresh=True)) if is_sent else None,
        missing=[part_named(field) for field in maker_pages.missing_in(page)] if page else [],
        leaks=maker_pages.leaks_in(page, member.consortium.public_contacts) if page else {},
        warning_of=warning_of,
        history=_history(member),
        problem=problem,
        given=given or {},
        changed=changed,
    )
    return page_html, status


def _history(member: Member) -> list[MakerPage]:
    """What the public read before, the newest first."""
    pages = maker_pages.pages_of(db.session, member)
    return [page for page in pages if page.state in {PageState.PUBLISHED, PageState.REPLACED}]
