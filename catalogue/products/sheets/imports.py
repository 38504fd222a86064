"""What people do with a sheet in the browser: bring it, explain its columns, import its good rows, undo, throw away."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Consortium, Member
from catalogue.database import insert_or_update
from catalogue.media.keeping import clean_name
from catalogue.media.stores import Store
from catalogue.outbox import queue, worker
from catalogue.outbox.models import Due, DueState, Lane
from catalogue.outbox.worker import NotFailed
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.models import ImportState, SheetImport, SheetLayout, SheetRow
from catalogue.products.sheets.reading import most_bytes, refuse_ending
from catalogue.tokens import new_key

CLEARED_AFTER = timedelta(days=30)
NEWEST = 50
LOOK, STORE, UNDO, REST, CLEAR = "sheet.look", "sheet.store", "sheet.undo", "sheet.rest", "sheet.clear"
CAN_BE_EXPLAINED = (ImportState.COLUMNS, ImportState.PREVIEW, ImportState.REFUSED)
CAN_BE_THROWN = (ImportState.COLUMNS, ImportState.PREVIEW, ImportState.REFUSED)
WORKS = (ImportState.WAITING, ImportState.STORING)


class SomebodyWasFirst(Exception):
    """The import is not in the state any more in which this can be done."""


@dataclass(frozen=True)
class Brought:
    """A file that lies in the store as it came and is no import yet."""

    secret: str
    name: str
    size: int
    sha256: str


def bring(store: Store, consortium_id: int, data: bytes, name: str) -> Brought:
    """Store a file as it came, before any transaction. Raises `SheetRefused` for what is told by name and size alone.

    What is brought and becomes no import is swept away after a day.
    """
    name = clean_name(name)
    refuse_ending(name)
    if not data:
        raise SheetRefused("empty", file=name)
    if len(data) > most_bytes(name):
        raise SheetRefused("too-big", file=name, most=most_bytes(name) // 1024 // 1024)
    brought = Brought(new_key() + new_key(), name, len(data), hashlib.sha256(data).hexdigest())
    store.put(f"sheets/{consortium_id}/{brought.secret}/raw", data)
    return brought


def begin(session: Session, member: Member, brought: Brought, *, by: Person, at: datetime) -> SheetImport:
    """A new import for a firm, to be read by the worker. Raises `SheetRefused` for a firm that left."""
    if not member.is_active:
        raise SheetRefused("member-left", member=member.name.en or member.name.lo)
    sheet = SheetImport(
        consortium_id=member.consortium_id,
        member_id=member.id,
        secret=brought.secret,
        name=brought.name,
        size=brought.size,
        sha256=brought.sha256,
        created_at=at,
        created_by=by.id,
    )
    session.add(sheet)
    session.flush()
    _have_done(session, sheet, LOOK, at)
    return sheet


def explain(
    session: Session, sheet: SheetImport, mapping: dict[str, Any], *, key: str, by: Person, at: datetime
) -> None:
    """Say what the columns mean, for this sheet and for all later ones of the same headings. Raises `SomebodyWasFirst`.

    `key` is the layout's, as `understanding.layout_key` gives it.
    """
    step = update(SheetImport).where(SheetImport.id == sheet.id, SheetImport.state.in_(CAN_BE_EXPLAINED))
    _step(session, step.values(state=ImportState.WAITING, mapping=mapping, refused=None))
    values = {"mapping": mapping, "saved_at": at, "saved_by": by.id}
    new = insert_or_update(session)(SheetLayout).values(consortium_id=sheet.consortium_id, key=key, **values)
    session.execute(new.on_conflict_do_update(index_elements=["consortium_id", "key"], set_=values))
    session.execute(delete(SheetRow).where(SheetRow.import_id == sheet.id))
    session.refresh(sheet)
    _have_done(session, sheet, LOOK, at)
    _log(session, "sheet.explained", sheet, by, at)


def accept(session: Session, sheet: SheetImport, *, by: Person, at: datetime) -> None:
    """Have the good rows imported. Raises `SomebodyWasFirst`; asked for twice, it is done once."""
    step = update(SheetImport).where(SheetImport.id == sheet.id, SheetImport.state == ImportState.PREVIEW)
    _step(session, step.values(state=ImportState.STORING, imported_by=by.id))
    session.refresh(sheet)
    _have_done(session, sheet, STORE, at)


def take_back(session: Session, sheet: SheetImport, *, by: Person, at: datetime) -> None:
    """Have an import undone. Raises `SomebodyWasFirst`."""
    step = update(SheetImport).where(SheetImport.id == sheet.id, SheetImport.state == ImportState.IMPORTED)
    _step(session, step.values(state=ImportState.UNDOING, undone_by=by.id))
    session.refresh(sheet)
    _have_done(session, sheet, UNDO, at)


def throw_away(session: Session, sheet: SheetImport, *, at: datetime) -> None:
    """Forget a sheet that was not imported, with its file. Raises `SomebodyWasFirst`."""
    rows = delete(SheetRow).where(SheetRow.import_id == sheet.id)
    step = delete(SheetImport).where(SheetImport.id == sheet.id, SheetImport.state.in_(CAN_BE_THROWN))
    folder, consortium_id = sheet.folder, sheet.consortium_id
    session.execute(rows)
    _step(session, step)
    session.expunge(sheet)
    clear_later(session, consortium_id, [folder], at=at)


def clear_later(session: Session, consortium_id: int, keys: Sequence[str], *, at: datetime) -> None:
    """Have everything below these keys taken out of the store, once this transaction holds."""
    if keys:
        queue.job(session, CLEAR, at=at, consortium_id=consortium_id, keys=list(keys))
        session.flush()


def try_again(session: Session, sheet: SheetImport, *, at: datetime) -> None:
    """Have what failed done again; what is on its way is left alone."""
    if sheet.due is None:
        return
    try:
        worker.retry(session, sheet.due, at)
    except NotFailed:
        return


def has_failed(sheet: SheetImport) -> bool:
    """Whether the worker gave up what this sheet waits for."""
    is_waiting = sheet.state in {ImportState.WAITING, ImportState.STORING, ImportState.UNDOING}
    return is_waiting and sheet.due is not None and sheet.due.state in {DueState.FAILED, DueState.DROPPED}


# -- reading --


def imports_of(session: Session, consortium: Consortium, member: Member | None = None) -> Sequence[SheetImport]:
    """The newest imports of a consortium, or of one firm."""
    query = select(SheetImport).where(SheetImport.consortium_id == consortium.id)
    if member is not None:
        query = query.where(SheetImport.member_id == member.id)
    loaded = query.options(*map(joinedload, (SheetImport.member, SheetImport.creator, SheetImport.importer)))
    return session.scalars(loaded.order_by(SheetImport.created_at.desc(), SheetImport.id.desc()).limit(NEWEST)).all()


def kept_layout(session: Session, sheet: SheetImport, key: str) -> SheetLayout | None:
    """What the consortium said before of a layout."""
    return session.scalar(select(SheetLayout).filter_by(consortium_id=sheet.consortium_id, key=key))


# -- steps --


def _step(session: Session, statement: Any) -> None:
    if session.connection().execute(statement).rowcount != 1:
        raise SomebodyWasFirst


def _have_done(session: Session, sheet: SheetImport, kind: str, at: datetime) -> Due:
    about, house = f"sheet_import:{sheet.id}", sheet.consortium_id
    due = queue.job(session, kind, at=at, lane=Lane.HEAVY, consortium_id=house, about=about, import_id=sheet.id)
    session.flush()
    sheet.due_id = due.id
    session.flush()
    return due


def _log(session: Session, action: str, sheet: SheetImport, by: Person, at: datetime) -> None:
    log.record(session, action, sheet, at=at, chain=sheet.consortium_id, actor=log.actor_name(by))
