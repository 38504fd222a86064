"""The pages of imports, the same at the desk and in the studio: the list, one sheet from its coming to its end."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from flask import Response, abort, flash, redirect, request
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import FileStorage

from catalogue import lao, limits
from catalogue.consortia.models import Member, MemberStatus
from catalogue.database import apart
from catalogue.extensions import db
from catalogue.products.sheets import imports
from catalogue.products.sheets.as_json import finding_of
from catalogue.products.sheets.cells import MOST_BYTES_WITH_PICTURES
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.importing import Verdict
from catalogue.products.sheets.imports import SomebodyWasFirst, has_failed
from catalogue.products.sheets.looking import KINDS_OF_REST
from catalogue.products.sheets.models import ImportState, SheetImport, SheetRow
from catalogue.web.attachments import store
from catalogue.web.clock import now
from catalogue.web.language import language
from catalogue.web.sheet_exports import export_panel, given_away
from catalogue.web.sheet_place import Place
from catalogue.web.sheet_words import STATES, WAITING_WORDS, counts_line, layout_words, row_state, told, told_all
from catalogue.web.signed_in import signed_in

ROWS_A_PAGE = 50
SHEETS_AN_HOUR = 60
HOUR = 3600
SHOWN = ("all", "good", "warned", "bad", "there", "kept")


def list_page(place: Place, _whole: Any = None, *, problem: str = "", chosen: str = "", status: int = 200) -> Any:
    """The imports there were, a form for the next, and exports."""
    found = imports.imports_of(db.session, place.consortium, place.member)
    page = place.page(
        "sheets/list.html",
        where=place,
        imports=found,
        states=STATES,
        counts_line=counts_line,
        members=firms_of(place),
        problem=problem,
        chosen=chosen,
        export=export_panel(place),
    )
    return page, status


def firms_of(place: Place) -> Sequence[Member]:
    """The firms that a sheet may be for."""
    if place.member is not None:
        return [place.member]
    query = select(Member).filter_by(consortium_id=place.consortium.id, status=MemberStatus.ACTIVE)
    return sorted(db.session.scalars(query), key=lambda member: lao.sort_key(member.name.in_(language())))


def bring(place: Place, _whole: Any) -> Any:
    """Take a file, and have the worker read it."""
    given, member_id = request.files.get("file"), request.form.get("member", "")
    member = _firm(place, member_id)
    if member is None:
        return list_page(place, problem=_("Choose the firm whose products these are"), chosen=member_id, status=422)
    if given is None or not given.filename:
        return list_page(place, problem=_("Choose a file first"), chosen=member_id, status=422)
    consortium_id, member_key, person = place.consortium.id, member.id, signed_in().public_id
    # The write lock is given back while the file is put down.
    db.session.rollback()
    if _is_over_limit(person):
        return list_page(place, problem=_("So many sheets came from you that we ask you to wait an hour."), status=429)
    try:
        brought = imports.bring(store(), consortium_id, _data_of(given), given.filename)
        firm = db.session.get_one(Member, member_key)
        sheet = imports.begin(db.session, firm, brought, by=signed_in(), at=now())
    except SheetRefused as refusal:
        db.session.rollback()
        return list_page(place, problem=refusal.text(language()), chosen=member_id, status=422)
    return redirect(place.url("sheet", import_id=sheet.public_id), 303)


def sheet_page(place: Place, sheet: SheetImport, *, status: int = 200) -> Any:
    """One sheet as it stands: on its way, refused, to be explained, to be decided, or imported."""
    if sheet.state is ImportState.COLUMNS:
        return redirect(place.url("sheet_columns", import_id=sheet.public_id))
    shown = request.args.get("show", "")
    shown = shown if shown in SHOWN else "all"
    rows, following = _rows(sheet, shown)
    page = place.page(
        "sheets/sheet.html",
        where=place,
        sheet=sheet,
        shown=shown,
        rows=rows,
        row_state=row_state,
        told=told,
        told_all=told_all,
        following=following,
        figures=_figures(sheet),
        refusal=finding_of(sheet.refused) if sheet.refused else None,
        layout_words=layout_words(sheet) if sheet.counts else "",
        is_failed=has_failed(sheet),
        waiting_words=WAITING_WORDS.get(sheet.state),
    )
    return page, status


def accept(place: Place, sheet: SheetImport) -> Any:
    """Have the good rows imported."""
    return _act(place, sheet, imports.accept)


def undo(place: Place, sheet: SheetImport) -> Any:
    """Have an import undone."""
    return _act(place, sheet, imports.take_back)


def throw_away(place: Place, sheet: SheetImport) -> Any:
    """Forget a sheet that was not imported."""
    address = place.url("sheets")
    try:
        imports.throw_away(db.session, sheet, at=now())
    except SomebodyWasFirst:
        return _first(place.url("sheet", import_id=sheet.public_id))
    flash(_("Thrown away. Nothing of it was imported."), "success")
    return redirect(address, 303)


def try_again(place: Place, sheet: SheetImport) -> Any:
    """Have what failed done again."""
    imports.try_again(db.session, sheet, at=now())
    return redirect(place.url("sheet", import_id=sheet.public_id), 303)


def rest(_place: Place, sheet: SheetImport) -> Response:
    """The rows that stayed out with their reasons, to be mended and brought again."""
    kind = (request.view_args or {})["kind"]
    if not sheet.has_rest or kind not in KINDS_OF_REST:
        abort(404)
    key, name = f"{sheet.folder}/rest.{kind}", f"{PurePath(sheet.name).stem}-rest.{kind}"
    db.session.rollback()
    return given_away(key, name, kind)


# -- what a page shows --


def _rows(sheet: SheetImport, shown: str) -> tuple[Sequence[SheetRow], int | None]:
    """A page of rows behind the one that the address names, and where the next page begins."""
    after = request.args.get("after", "")
    last = int(after) if after.isascii() and after.isdecimal() and len(after) < 9 else 0
    query = select(SheetRow).where(SheetRow.import_id == sheet.id, SheetRow.number > last, *_limit(shown))
    loaded = query.options(joinedload(SheetRow.product)).order_by(SheetRow.number).limit(ROWS_A_PAGE + 1)
    rows = db.session.scalars(loaded).all()
    return rows[:ROWS_A_PAGE], rows[ROWS_A_PAGE - 1].number if len(rows) > ROWS_A_PAGE else None


def _limit(shown: str) -> list[Any]:
    limits_by_choice: dict[str, list[Any]] = {
        "all": [],
        "good": [SheetRow.verdict == Verdict.ADD, SheetRow.is_warned.is_(False)],
        "warned": [SheetRow.verdict == Verdict.ADD, SheetRow.is_warned],
        "bad": [SheetRow.verdict == Verdict.BAD],
        "there": [SheetRow.verdict == Verdict.THERE],
        "kept": [SheetRow.kept_because != ""],
    }
    return limits_by_choice[shown]


def _figures(sheet: SheetImport) -> dict[str, int]:
    """How many rows each filter leaves."""
    counts = sheet.counts
    if not counts:
        return {}
    figures = {key: counts[key] for key in ("good", "warned", "there", "bad")}
    figures["all"] = sum(figures.values())
    more = {"added": counts["good"] + counts["warned"], "photos": counts["photos"]}
    return {**figures, **more, "kept": counts.get("kept", 0), "removed": counts.get("removed", 0)}


# -- acts --


def _act(place: Place, sheet: SheetImport, operation: Any) -> Any:
    address = place.url("sheet", import_id=sheet.public_id)
    try:
        operation(db.session, sheet, by=signed_in(), at=now())
    except SomebodyWasFirst:
        return _first(address)
    return redirect(address, 303)


def _first(address: str) -> Any:
    """Whoever was second, or pressed twice, sees how it stands."""
    db.session.rollback()
    return redirect(address, 303)


def _firm(place: Place, public_id: str) -> Member | None:
    return next((each for each in firms_of(place) if each.public_id == public_id or place.member is not None), None)


def _data_of(given: FileStorage) -> bytes:
    return given.stream.read(MOST_BYTES_WITH_PICTURES + 1)


def _is_over_limit(person: str) -> bool:
    with apart(db.engine) as session:
        return limits.hit(session, "sheet", person, seconds=HOUR, at=now()) > SHEETS_AN_HOUR
