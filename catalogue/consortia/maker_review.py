"""The life of a maker's page: sent, taken back, returned, shown, thrown away, brought back. Each is one update."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.consortia.maker_models import MakerPage, PageState
from catalogue.consortia.maker_pages import (
    WRITABLE,
    PageLacks,
    PageLeaks,
    PageMoved,
    Said,
    copy_of,
    leaks_in,
    missing_in,
    move,
    open_page,
    record,
)
from catalogue.consortia.showing import bump


def submit(session: Session, page: MakerPage, *, by: Person, at: datetime) -> None:
    """Send it to the office. Raises `PageLacks` without a name, `PageMoved` when it was sent already."""
    if not page.name:
        raise PageLacks(["name_lo"])
    move(session, page, WRITABLE, PageState.SUBMITTED)
    page.submitted_at = at
    session.flush()
    record(session, "maker_page.submitted", page, by, at)


def take_back(session: Session, page: MakerPage, *, by: Person, at: datetime) -> None:
    """Go on writing what was sent and not yet decided. Raises `PageMoved`."""
    move(session, page, {PageState.SUBMITTED}, PageState.DRAFT)
    record(session, "maker_page.taken_back", page, by, at)


def send_back(
    session: Session, page: MakerPage, reasons: Collection[tuple[str, str]], *, by: Person, at: datetime
) -> None:
    """Return it to the firm with a reason a field, as pairs of field and words. Raises `PageMoved`."""
    move(session, page, {PageState.SUBMITTED}, PageState.RETURNED)
    page.reasons = [{"field": name, "text": words} for name, words in reasons]
    session.flush()
    record(session, "maker_page.returned", page, by, at, fields=[name for name, _words in reasons])


def publish(session: Session, page: MakerPage, *, by: Person | None, at: datetime) -> None:
    """Show it to the public in place of what was there. Raises `PageLacks`, `PageLeaks` or `PageMoved`."""
    if missing := missing_in(page):
        raise PageLacks(missing)
    if leaks := leaks_in(page, page.member.consortium.public_contacts):
        raise PageLeaks(leaks)
    move(session, page, {PageState.SUBMITTED}, PageState.PUBLISHED)
    _replace_shown(session, page)
    page.published_at, page.reasons = at, []
    for each in fields(Said):
        setattr(page.member, each.name, getattr(page, each.name))
    page.member.photo_id = page.photos[0].file_id if page.photos else None
    session.flush()
    bump(session, page.consortium_id)
    record(session, "maker_page.published", page, by, at, number=page.number)


def discard(session: Session, page: MakerPage, *, by: Person, at: datetime) -> None:
    """Throw away what is not public; the public goes on reading what it reads. Raises `PageMoved`."""
    move(session, page, WRITABLE, page.state)
    record(session, "maker_page.discarded", page, by, at, number=page.number)
    session.delete(page)
    session.flush()


def restore(session: Session, earlier: MakerPage, *, by: Person, at: datetime) -> MakerPage:
    """Bring an earlier version back, as one that waits for review. Raises `PageMoved` while another page is open."""
    if open_page(session, earlier.member):
        raise PageMoved
    page = copy_of(session, earlier, by=by, at=at)
    page.state, page.submitted_at = PageState.SUBMITTED, at
    session.add(page)
    session.flush()
    record(session, "maker_page.restored", page, by, at, number=earlier.number)
    return page


def _replace_shown(session: Session, page: MakerPage) -> None:
    others = (MakerPage.member_id == page.member_id, MakerPage.id != page.id, MakerPage.state == PageState.PUBLISHED)
    session.execute(update(MakerPage).where(*others).values(state=PageState.REPLACED))
