"""Taking out of the store what sheets no longer need: files of what was undone, and everything past its days."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, or_, select
from sqlalchemy.orm import Session

from catalogue.database import writing
from catalogue.media.stores import Store
from catalogue.products.sheets.models import ImportState, SheetExport, SheetImport, SheetRow

FOLDER = "sheets"
KEPT_FOR = timedelta(days=30)
ORPHAN_AFTER = timedelta(days=1)
SETTLED = (ImportState.IMPORTED, ImportState.UNDONE)


def clear(store: Store, keys: Sequence[str]) -> None:
    """Delete everything below these folders of the store."""
    for folder in keys:
        for key in list(store.names(folder)):
            store.delete(key)


def sweep(engine: Engine, store: Store, *, at: datetime) -> int:
    """Forget exports past their time, sheets that nobody imported for a month, the files of those imported that long
    ago, and files that never became an import; how many there were."""
    return _exports(engine, store, at) + _imports(engine, store, at) + _orphans(engine, store, at)


def _exports(engine: Engine, store: Store, at: datetime) -> int:
    with Session(engine) as session:
        old = {each.id: each.key for each in session.scalars(select(SheetExport).where(SheetExport.ends_at < at))}
    for export_id, key in old.items():
        store.delete(key)
        with writing(engine) as session:
            session.execute(delete(SheetExport).where(SheetExport.id == export_id))
    return len(old)


def _imports(engine: Engine, store: Store, at: datetime) -> int:
    """What was imported stays as a row that says who did it and when; what was not goes altogether."""
    is_old = or_(SheetImport.imported_at < at - KEPT_FOR, SheetImport.created_at < at - 2 * KEPT_FOR)
    abandoned = SheetImport.state.not_in(SETTLED) & (SheetImport.created_at < at - KEPT_FOR)
    query = select(SheetImport).where(SheetImport.cleared_at.is_(None), or_(abandoned, is_old))
    with Session(engine) as session:
        old = [(each.id, each.folder, each.state in SETTLED) for each in session.scalars(query)]
    for sheet_id, folder, is_settled in old:
        clear(store, [folder])
        with writing(engine) as session:
            sheet = session.get(SheetImport, sheet_id)
            if sheet is not None and is_settled:
                sheet.cleared_at = at
            elif sheet is not None:
                session.execute(delete(SheetRow).where(SheetRow.import_id == sheet_id))
                session.delete(sheet)
    return len(old)


def _orphans(engine: Engine, store: Store, at: datetime) -> int:
    old = list(store.names(FOLDER, before=at - ORPHAN_AFTER))
    with Session(engine) as session:
        folders = {each.folder for each in session.scalars(select(SheetImport))}
        exports = {each.key for each in session.scalars(select(SheetExport))}
    gone = [key for key in old if key not in exports and "/".join(key.split("/")[:3]) not in folders]
    for key in gone:
        store.delete(key)
    return len(gone)
