"""Sheets at the desk: imports and exports for every firm of the consortium."""

from functools import partial
from typing import Any

from catalogue.consortia.models import Consortium
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.loaders import consortium_at
from catalogue.web.sheet_place import Place, export_at, import_at
from catalogue.web.sheet_views import add_sheets


def place_of(subject: Any) -> Place:
    """The desk of the consortium that the subject is, or belongs to."""
    consortium = subject if isinstance(subject, Consortium) else subject.consortium
    return Place("desk", consortium, None, partial(_page, consortium))


def _page(consortium: Consortium, template: str, **values: Any) -> str:
    return desk_page(template, consortium, "sheets", layout="layouts/desk.html", **values)


add_sheets(
    blueprint,
    "/<slug>/sheets",
    "sheet.handle",
    place_of=place_of,
    whole=consortium_at,
    imported=import_at,
    exported=export_at,
)
