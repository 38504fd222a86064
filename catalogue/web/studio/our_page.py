"""The firm's own page: what the public reads of it, and what its people would like to change."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia import maker_pages, maker_review
from catalogue.consortia.maker_models import MakerPage, PageState
from catalogue.consortia.maker_pages import PageLacks, PageMoved, TooManyPhotos
from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.media.keeping import Parked, keep, park
from catalogue.media.models import FileKind, StoredFile
from catalogue.media.recognise import FileRefused
from catalogue.web.access import requires
from catalogue.web.attachments import READ_AT_MOST, REFUSED, store
from catalogue.web.clock import now
from catalogue.web.loaders import own_member
from catalogue.web.maker_form import MakerForm
from catalogue.web.maker_words import part_named
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page

WRITTEN_IN = maker_pages.WRITABLE


@blueprint.get("/our-page")
@requires("maker_page.edit", load=own_member)
def our_page(member: Member) -> Any:
    """How it stands, and the form while it may be changed. Opening it begins nothing."""
    return _page(member)


@blueprint.post("/our-page")
@requires("maker_page.edit", load=own_member)
def edit_our_page(member: Member) -> Any:
    """Save what was typed; the first time, this begins the page that the office will review."""
    page = maker_pages.open_page(db.session, member)
    form = MakerForm.of(member, page)
    if not form.validate_on_submit():
        return _page(member, form=form, status=422)
    try:
        page = _as_opened(member, page, form.opened)
        maker_pages.edit(db.session, page, form.said(), opened_version=page.version, by=signed_in(), at=now())
    except PageMoved:
        return _page(member, form=form, status=409, changed=True)
    if "send" in request.form:
        return _send(page)
    flash(_("Saved."), "success")
    return _back()


@blueprint.post("/our-page/take-back")
@requires("maker_page.edit", load=own_member)
def take_back_our_page(member: Member) -> Response:
    """Go on writing while the office has not decided."""
    if page := maker_pages.open_page(db.session, member):
        return _step(maker_review.take_back, page, _("You can go on writing."))
    return _back()


@blueprint.post("/our-page/discard")
@requires("maker_page.edit", load=own_member)
def discard_our_page(member: Member) -> Response:
    """Throw away what is not public; the public page stays."""
    if page := maker_pages.open_page(db.session, member):
        return _step(maker_review.discard, page, _("Thrown away. The public page stays as it is."))
    return _back()


@blueprint.post("/our-page/photos")
@requires("maker_page.edit", load=own_member)
def add_our_photo(member: Member) -> Any:
    """Put a photograph behind the others."""
    given = request.files.get("photo")
    if given is None or not given.filename:
        return _page(member, problem=_("Choose a photograph first"), status=422)
    db.session.rollback()
    try:
        parked = park(store(), given.read(READ_AT_MOST), given.filename, photo_only=True)
    except FileRefused as refused:
        words = str(REFUSED.get(refused.reason, REFUSED["not a picture"]))
        return _page(_again(), problem=words, status=422)
    return _keep(_again(), parked)


@blueprint.post("/our-page/photos/<file_id>/remove")
@requires("maker_page.edit", load=own_member)
def remove_our_photo(member: Member) -> Response:
    """Take a photograph out."""
    return _with_photo(member, maker_pages.remove_photo, _("Taken out."))


@blueprint.post("/our-page/photos/<file_id>/first")
@requires("maker_page.edit", load=own_member)
def show_our_photo_first(member: Member) -> Response:
    """Make a photograph the one that stands for the firm."""
    return _with_photo(member, maker_pages.show_first, _("This photograph is first now."))


def _as_opened(member: Member, page: MakerPage | None, opened: int) -> MakerPage:
    """The page in the version that was opened, begun where there was none. Raises `PageMoved`."""
    if page is None and opened == 0:
        return maker_pages.begin(db.session, member, by=signed_in(), at=now())
    if page is None or page.version != opened:
        raise PageMoved
    return page


def _send(page: MakerPage) -> Any:
    try:
        maker_review.submit(db.session, page, by=signed_in(), at=now())
    except (PageLacks, PageMoved):
        db.session.rollback()
        flash(_("It could not be sent. Look at the page again."), "error")
        return _back()
    flash(_("Sent to the office. The public reads the old page until the office has read yours."), "success")
    return _back()


def _step(act: Any, page: MakerPage, words: str) -> Response:
    try:
        act(db.session, page, by=signed_in(), at=now())
    except PageMoved:
        db.session.rollback()
        flash(_("Somebody was a moment before you. This is how it stands now."), "error")
        return _back()
    flash(words, "success")
    return _back()


def _with_photo(member: Member, act: Any, words: str) -> Response:
    file_id = (request.view_args or {})["file_id"]
    page = maker_pages.begin(db.session, member, by=signed_in(), at=now())
    return _step(lambda session, page, **who: act(session, page, file_id, **who), page, words)


def _keep(member: Member, parked: Parked) -> Any:
    file = keep(db.session, parked, consortium_id=member.consortium_id, kind=FileKind.PHOTO, at=now())
    page = maker_pages.begin(db.session, member, by=signed_in(), at=now())
    try:
        maker_pages.add_photo(db.session, page, file, by=signed_in(), at=now())
    except TooManyPhotos:
        db.session.rollback()
        return _page(_again(), problem=_("Six photographs are the most. Take one out first."), status=422)
    except PageMoved:
        db.session.rollback()
        return _page(_again(), problem=_("The office reads the page now. Take it back first."), status=409)
    return _back()


def _again() -> Member:
    """The firm in a new transaction."""
    member = own_member()
    if member is None:
        raise LookupError("the firm went away")
    return member


def _back() -> Response:
    return redirect(url_for("studio.our_page"), 303)


def _page(
    member: Member,
    *,
    form: MakerForm | None = None,
    status: int = 200,
    changed: bool = False,
    problem: str | None = None,
) -> Any:
    page = maker_pages.open_page(db.session, member)
    values = {
        "page": page,
        "firm": member,
        "form": form or MakerForm.of(member, page, is_fresh=True),
        "may_write": page is None or page.state in WRITTEN_IN,
        "photos": _photos(member, page),
        "reasons": _reasons(page),
        "missing": [part_named(name) for name in maker_pages.missing_in(page)] if page else [],
        "changed": changed,
        "problem": problem,
        "most_photos": maker_pages.MOST_PHOTOS,
    }
    return studio_page("studio/our_page.html", member.consortium, member, "our_page", **values), status


def _photos(member: Member, page: MakerPage | None) -> list[StoredFile]:
    """The files of the open page, else those that the public sees."""
    if shown := page or maker_pages.shown_page(db.session, member):
        return [photo.file for photo in shown.photos]
    face = db.session.get(StoredFile, member.photo_id) if member.photo_id else None
    return [face] if face else []


def _reasons(page: MakerPage | None) -> dict[str, str]:
    if page is None or page.state is not PageState.RETURNED:
        return {}
    return {reason["field"]: reason["text"] for reason in page.reasons}
