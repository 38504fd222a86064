"""Files that a buyer adds on the private page: parked before the first query, kept with their message."""

from collections.abc import Mapping, Sequence

from flask import request

from catalogue.extensions import db
from catalogue.inquiries.models import Inquiry
from catalogue.media.keeping import Parked, keep
from catalogue.media.models import FileKind, StoredFile
from catalogue.notices.addresses import token_maker
from catalogue.web import attachments
from catalogue.web.attachments import Attachments
from catalogue.web.clock import now
from catalogue.web.storefront.receiving import too_many_files, without_files

MOST_FIELDS = 10


def taken_in(token: str, ending: str = "") -> Mapping[str, Attachments]:
    """The files that came in fields whose name ends so, by field. Call it before any query: parking takes its time."""
    fields = [name for name, sent in request.files.lists() if name.endswith(ending) and any(f.filename for f in sent)]
    if not fields:
        return {}
    if too_many_files():
        return {name: _before(token, name, without_files()) for name in fields}
    return {name: attachments.take(parked_by(token, name), field=name) for name in fields[:MOST_FIELDS]}


def files_of(taken: Mapping[str, Attachments], token: str, field: str) -> Attachments:
    """The files of one field: those that came now, else those that were parked before."""
    return taken[field] if field in taken else _before(token, field)


def parked_by(token: str, field: str) -> str:
    """Whose parked files these are: whoever has this link, in this field."""
    return f"buyer|{token_maker().key_of(token)}|{field}"


def kept(inquiry: Inquiry, parked: Sequence[Parked]) -> list[StoredFile]:
    """Rows for parked files: the worker looks at each before anybody sees it."""
    consortium_id, kind = inquiry.consortium_id, FileKind.ATTACHMENT
    return [keep(db.session, each, consortium_id=consortium_id, kind=kind, at=now()) for each in parked]


def _before(token: str, field: str, *problems: str) -> Attachments:
    return Attachments(attachments.before(parked_by(token, field)).parked, problems)
