"""The pages of exports: asking for a sheet of what there is, or the empty one, and taking it away."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Response, abort, flash, redirect, request, send_file
from flask_babel import gettext as _

from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.media.stores import NotStored
from catalogue.products.models import ListingStatus
from catalogue.products.sheets import exporting
from catalogue.products.sheets.exporting import TooManyWait, has_failed
from catalogue.products.sheets.models import ExportKind, SheetExport
from catalogue.web.attachments import store
from catalogue.web.clock import in_vientiane, now
from catalogue.web.product_words import STATUS_NAMES
from catalogue.web.sheet_place import Place
from catalogue.web.signed_in import signed_in

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class Panel:
    """What the list of sheets shows of exports: those there were, and the states to choose from."""

    exports: list[tuple[SheetExport, bool]]
    states: dict[str, Any]


def export_panel(place: Place) -> Panel:
    """The newest exports, each with whether it failed."""
    found = exporting.exports_of(db.session, place.consortium, place.member)
    return Panel([(each, has_failed(each)) for each in found], {key.value: said for key, said in STATUS_NAMES.items()})


def ask(place: Place, _whole: Any) -> Any:
    """Have the worker make a sheet; the next page says when it is there."""
    form = request.form
    member = place.member or _member(place, form.get("member", ""))
    status, kind = form.get("status", ""), form.get("kind", "")
    try:
        export = exporting.order(
            db.session,
            place.consortium,
            member,
            ExportKind(kind) if kind in set(ExportKind) else ExportKind.XLSX,
            by=signed_in(),
            at=now(),
            is_template=form.get("template") == "1",
            status=ListingStatus(status) if status in set(ListingStatus) else None,
            has_photos=form.get("photos") == "1",
            has_office_price=form.get("office_price") == "1",
        )
    except TooManyWait:
        db.session.rollback()
        flash(_("Many sheets are being made at this moment. Please try again in a few minutes."), "warning")
        return redirect(place.url("sheets"), 303)
    return redirect(place.url("sheet_export", export_id=export.public_id), 303)


def export_page(place: Place, export: SheetExport) -> Any:
    """How far a sheet is; once it is made, the way to it."""
    ended = export.ends_at < now()
    return place.page("sheets/export.html", where=place, export=export, is_failed=has_failed(export), has_ended=ended)


def export_file(_place: Place, export: SheetExport) -> Response:
    """The sheet itself, until its time is over."""
    if export.made_at is None or export.ends_at < now():
        abort(404)
    key, name, kind = export.key, file_name(export), export.kind.value
    db.session.rollback()
    return given_away(key, name, kind)


def file_name(export: SheetExport) -> str:
    """What the file is called: whose products, and of which day."""
    whose = export.member.slug if export.member else export.consortium.slug
    what = "template" if export.is_template else in_vientiane(export.made_at or export.created_at).date().isoformat()
    return f"{whose}-{what}.{export.kind.value}"


def given_away(key: str, name: str, kind: str) -> Response:
    """A file of the store to keep, never opened in the page."""
    try:
        data = store().get(key)
    except NotStored:
        abort(404)
    answer = send_file(BytesIO(data), mimetype=KINDS[kind], download_name=name, as_attachment=True)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _member(place: Place, public_id: str) -> Member | None:
    """The firm that was chosen; None for all of them."""
    if not public_id:
        return None
    found = db.session.query(Member).filter_by(consortium_id=place.consortium.id, public_id=public_id).first()
    return found or abort(404)
