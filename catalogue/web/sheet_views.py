"""The addresses of sheets, added to an area: the desk's reach every firm, the studio's one's own."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint

from catalogue.web import sheet_explaining, sheet_exports, sheet_pages
from catalogue.web.access import requires
from catalogue.web.sheet_place import Place

Load = Callable[..., Any]
PlaceOf = Callable[[Any], Place]


def add_sheets(
    blueprint: Blueprint, begin: str, action: str, *, place_of: PlaceOf, whole: Load, imported: Load, exported: Load
) -> None:
    """Add every view below `begin`, open to those whom `policy` allows `action`.

    `whole` loads what the list is of, `imported` one import and `exported` one export; `place_of` says of each where
    it is shown.
    """
    at_import, at_export = f"{begin}/<string(length=10):import_id>", f"{begin}/exports/<string(length=10):export_id>"

    def add(rule: str, endpoint: str, load: Load, view: Callable[..., Any], methods: str) -> None:
        opened = requires(action, load=load)(partial(_placed, view, place_of))
        opened.__name__ = endpoint
        blueprint.add_url_rule(rule, endpoint, opened, methods=methods.split())

    add(begin, "sheets", whole, sheet_pages.list_page, "GET")
    add(begin, "bring_sheet", whole, sheet_pages.bring, "POST")
    add(f"{begin}/exports", "ask_for_sheet", whole, sheet_exports.ask, "POST")
    add(at_export, "sheet_export", exported, sheet_exports.export_page, "GET")
    add(f"{at_export}/file", "sheet_export_file", exported, sheet_exports.export_file, "GET")
    add(at_import, "sheet", imported, sheet_pages.sheet_page, "GET")
    add(f"{at_import}/columns", "sheet_columns", imported, sheet_explaining.columns_page, "GET POST")
    add(f"{at_import}/rest.<kind>", "sheet_rest", imported, sheet_pages.rest, "GET")
    add(f"{at_import}/import", "accept_sheet", imported, sheet_pages.accept, "POST")
    add(f"{at_import}/undo", "undo_sheet", imported, sheet_pages.undo, "POST")
    add(f"{at_import}/throw-away", "throw_sheet_away", imported, sheet_pages.throw_away, "POST")
    add(f"{at_import}/again", "try_sheet_again", imported, sheet_pages.try_again, "POST")


def _placed(view: Callable[..., Any], place_of: PlaceOf, subject: Any) -> Any:
    """The view with its place, and with the import or export that it is of."""
    return view(place_of(subject), subject)
