"""The page on which the columns of a sheet are explained, once for each layout."""

import json
from typing import Any

from flask import abort, redirect, request
from flask_babel import gettext as _

from catalogue.extensions import db
from catalogue.media.stores import NotStored
from catalogue.products.sheets import imports
from catalogue.products.sheets.imports import CAN_BE_EXPLAINED, SomebodyWasFirst
from catalogue.products.sheets.looking import kept
from catalogue.products.sheets.models import SheetImport
from catalogue.products.sheets.storing import house_of
from catalogue.web.attachments import store
from catalogue.web.clock import now
from catalogue.web.sheet_columns import Columns, choices, columns_of, columns_said, unit_choices
from catalogue.web.sheet_place import Place
from catalogue.web.signed_in import signed_in


def columns_page(place: Place, sheet: SheetImport) -> Any:
    """The page as it opens (GET), and what was chosen on it (POST)."""
    if sheet.state not in CAN_BE_EXPLAINED:
        db.session.rollback()
        return redirect(place.url("sheet", import_id=sheet.public_id), 303 if request.method == "POST" else 302)
    lines, headings = _lines(sheet), house_of(sheet.member).headings
    if request.method == "GET":
        head = request.args.get("head", "")
        number = int(head) if head.isascii() and head.isdecimal() and len(head) < 8 else None
        return _page(place, sheet, columns_of(lines, headings, _before(sheet, lines), number))
    page = columns_said(lines, headings, request.form)
    if page.problems:
        return _page(place, sheet, page), 422
    address = place.url("sheet", import_id=sheet.public_id)
    try:
        imports.explain(db.session, sheet, page.mapping(), key=page.key, by=signed_in(), at=now())
    except SomebodyWasFirst:
        db.session.rollback()
    return redirect(address, 303)


def _lines(sheet: SheetImport) -> Any:
    """The first lines of the sheet, as the worker laid them down."""
    try:
        lines = json.loads(kept(store(), sheet, "lines.json"))
    except NotStored:
        abort(404)
    return lines or abort(404)


def _before(sheet: SheetImport, lines: Any) -> dict[str, Any] | None:
    """What was chosen for this sheet, or before for one of the same headings."""
    if sheet.mapping:
        return sheet.mapping
    found = (imports.kept_layout(db.session, sheet, line["key"]) for line in lines)
    layout = next(filter(None, found), None)
    return layout.mapping if layout else None


def _page(place: Place, sheet: SheetImport, page: Columns) -> str:
    headings = house_of(sheet.member).headings
    return place.page(
        "sheets/columns.html",
        where=place,
        sheet=sheet,
        page=page,
        fields=choices(headings),
        units=unit_choices(),
        currencies=next(listed for title, listed in unit_choices() if any(code == "LAK" for code, _name in listed)),
        title=_("What do the columns mean?"),
    )
