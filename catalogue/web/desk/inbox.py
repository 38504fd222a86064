"""The inbox: inquiries grouped by whom they wait for."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries.inbox import InboxRow, WaitingFor, inbox
from catalogue.inquiries.models import Inquiry, InquiryLine
from catalogue.web.access import requires
from catalogue.web.clock import in_vientiane, now
from catalogue.web.content import ready
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.inquiry_words import STATUS_NAMES, country_name
from catalogue.web.language import language
from catalogue.web.loaders import consortium_at
from catalogue.web.moments import moment


@dataclass(frozen=True)
class ShownRow:
    """One row of the inbox in words, as the macro `inbox` reads it."""

    href: str
    title: str
    place: str
    summary: str
    state: str
    photo: object | None
    due_words: str = ""
    due: str = ""
    is_late: bool = False
    taken_by: str | None = None
    initials: str = ""


@blueprint.get("/<slug>/", endpoint="inbox")
@requires("inquiry.list", load=consortium_at)
def show_inbox(consortium: Consortium) -> Any:
    """Open inquiries, or with `?closed=1` the closed ones; `?q=` looks in numbers and names."""
    is_closed, words = bool(request.args.get("closed")), request.args.get("q", "")
    rows = inbox(db.session, consortium, closed=is_closed, words=words)
    groups = [(waiting.value, [shown(row) for row in rows if row.waiting_for is waiting]) for waiting in WaitingFor]
    return desk_page(
        "desk/inbox.html",
        consortium,
        "inbox",
        groups=[(waiting, found) for waiting, found in groups if found],
        closed_rows=[shown(row) for row in rows] if is_closed else [],
        is_closed=is_closed,
        words=words,
    )


def shown(row: InboxRow) -> ShownRow:
    """Who asked what, how it stands, and when it is needed."""
    inquiry, buyer = row.inquiry, row.inquiry.buyer_contact
    needed_by = inquiry.needed_by
    return ShownRow(
        href=url_for("desk.inquiry", slug=inquiry.consortium.slug, inquiry_id=inquiry.public_id),
        title=buyer.company or buyer.name,
        place=country_name(inquiry.country),
        summary=" · ".join((inquiry.number, *map(_line, inquiry.lines[:2]), moment(inquiry.changed_at))),
        state=_("Held") if inquiry.is_held else str(STATUS_NAMES[inquiry.status]),
        photo=_photo(inquiry),
        due_words=_("needed by") if needed_by else "",
        due=format_date(needed_by, "d MMM y") if needed_by else "",
        is_late=bool(needed_by and needed_by < in_vientiane(now()).date()),
        taken_by=row.last.author.name if row.last and row.last.author else None,
        initials=row.last.author.name[:1] if row.last and row.last.author else "",
    )


def _line(line: InquiryLine) -> str:
    name = line.product_version.name.in_(language()) if line.product_version else line.description
    short = name if len(name) <= 40 else f"{name[:40]}…"
    return f"{line.quantity} × {short}" if line.quantity else short


def _photo(inquiry: Inquiry) -> object | None:
    photos = (photo for line in inquiry.lines if line.product_version for photo in line.product_version.photos)
    return next(iter(ready(photos)), None)
