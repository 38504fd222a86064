"""What the worker does with sheets, by the kind of job."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine

from catalogue.media.stores import Store
from catalogue.outbox.worker import Handler, Leased
from catalogue.products.sheets import exporting, imports
from catalogue.products.sheets.accepting import remake_rest, store_import
from catalogue.products.sheets.clearing import clear
from catalogue.products.sheets.looking import look_at_import
from catalogue.products.sheets.undoing import undo_import


def handlers(store: Store) -> Mapping[str, Handler]:
    """The function for each kind."""

    def look(engine: Engine, due: Leased, _at: datetime) -> None:
        look_at_import(engine, store, due.payload["import_id"])

    def accept(engine: Engine, due: Leased, at: datetime) -> None:
        store_import(engine, store, due.payload["import_id"], at=at)

    def rest(engine: Engine, due: Leased, _at: datetime) -> None:
        remake_rest(engine, store, due.payload["import_id"])

    def undo(engine: Engine, due: Leased, at: datetime) -> None:
        undo_import(engine, due.payload["import_id"], at=at)

    def export(engine: Engine, due: Leased, at: datetime) -> None:
        exporting.make_export(engine, store, due.payload["export_id"], at=at)

    def forget(_engine: Engine, due: Leased, _at: datetime) -> None:
        clear(store, due.payload["keys"])

    return {
        imports.LOOK: look,
        imports.STORE: accept,
        imports.REST: rest,
        imports.UNDO: undo,
        imports.CLEAR: forget,
        exporting.KIND: export,
    }
