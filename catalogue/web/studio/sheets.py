"""Sheets in the studio: a firm's own imports and exports."""

from functools import partial
from typing import Any

from catalogue.consortia.models import Member
from catalogue.web.loaders import own_member
from catalogue.web.sheet_place import Place, own_export_at, own_import_at
from catalogue.web.sheet_views import add_sheets
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page


def place_of(subject: Any) -> Place:
    """The studio of the firm that the subject is, or belongs to."""
    member = subject if isinstance(subject, Member) else subject.member
    return Place("studio", member.consortium, member, partial(_page, member))


def _page(member: Member, template: str, **values: Any) -> str:
    return studio_page(template, member.consortium, member, "products", layout="layouts/studio.html", **values)


add_sheets(
    blueprint,
    "/sheets",
    "sheet.own",
    place_of=place_of,
    whole=own_member,
    imported=own_import_at,
    exported=own_export_at,
)
