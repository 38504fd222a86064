"""The inbox: inquiries grouped by whom they wait for."""

from typing import Any

from flask import request

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries.inbox import WaitingFor, inbox
from catalogue.web.access import requires
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.loaders import consortium_at


@blueprint.get("/<slug>/", endpoint="inbox")
@requires("inquiry.list", load=consortium_at)
def show_inbox(consortium: Consortium) -> Any:
    """Open inquiries, or with `?closed=1` the closed ones; `?q=` looks in numbers and names."""
    is_closed, words = bool(request.args.get("closed")), request.args.get("q", "")
    rows = inbox(db.session, consortium, closed=is_closed, words=words)
    groups = [(waiting, [row for row in rows if row.waiting_for is waiting]) for waiting in WaitingFor]
    return desk_page(
        "desk/inbox.html",
        consortium,
        "inbox",
        groups=[(waiting, found) for waiting, found in groups if found],
        is_closed=is_closed,
        words=words,
    )
