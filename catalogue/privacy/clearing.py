"""What follows an erasure once it is committed: files, letters of the out-tray, and what databases keep of old rows."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person, SignIn, SignInLink
from catalogue.activity.models import EntryText
from catalogue.inquiries.inbox_models import SavedView
from catalogue.inquiries.models import Inquiry
from catalogue.inquiries.office_models import Draft
from catalogue.mail.transport import OutTray, Transport
from catalogue.media.models import StoredFile
from catalogue.media.stores import Store
from catalogue.media.upload_models import Upload
from catalogue.outbox.models import Due
from catalogue.outbox.worker import Handler, Leased
from catalogue.privacy.erasing import KIND, Left
from catalogue.privacy.models import Tombstone
from catalogue.privacy.trail import steps

logger = logging.getLogger("sala.privacy")


def clear(engine: Engine, store: Store, transport: Transport, tombstone_id: int, left: Left) -> None:
    """Delete what is left outside the database, keep the tombstone's copy, and wipe freed pages; twice is as once."""
    for folder in left.files:
        for key in list(store.names(folder)):
            store.delete(key)
    for key in left.keys:
        store.delete(key)
    if isinstance(transport, OutTray):
        _empty_tray(transport.folder, left.letters)
    with Session(engine) as session:
        if tombstone := session.get(Tombstone, tombstone_id):
            store.put(tombstone.place, written(tombstone))
    wipe(engine)


def wipe(engine: Engine) -> None:
    """Have the database give up deleted rows: they would lie on in free pages, in its log, or as dead rows.

    Where others hold it too long, the next erasure, or PostgreSQL's own housekeeping, does it.
    """
    of_sqlite = ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"]
    statements = of_sqlite if engine.dialect.name == "sqlite" else [f"VACUUM {', '.join(sorted(_touched()))}"]
    connection = engine.raw_connection()
    try:
        driver: Any = connection.driver_connection
        if engine.dialect.name == "postgresql":
            driver.autocommit = True
        for statement in statements:
            driver.execute(statement).close()
    except Exception as fault:
        # Each driver has errors of its own for "somebody else writes now".
        logger.warning("not wiped", extra={"facts": {"fault": type(fault).__name__}})
    finally:
        connection.invalidate()
        connection.close()


def _touched() -> set[str]:
    """The tables that an erasure deletes or changes rows of."""
    on_trail = {table.name for table, _columns in steps()}
    others = (Inquiry, StoredFile, EntryText, Due, Person, SignIn, SignInLink, SavedView, Draft, Upload)
    return on_trail | {model.__tablename__ for model in others}


def handlers(store: Store, transport: Transport) -> Mapping[str, Handler]:
    """What the worker does of this subject."""

    def do(engine: Engine, due: Leased, _at: datetime) -> None:
        left = Left(*(tuple(due.payload[name]) for name in ("files", "keys", "letters")))
        clear(engine, store, transport, due.payload["tombstone_id"], left)

    return {KIND: do}


def written(tombstone: Tombstone) -> bytes:
    """A tombstone as it lies in the store."""
    return json.dumps(
        {
            "key": tombstone.key,
            "of": tombstone.of,
            "salt": tombstone.salt,
            "address_hash": tombstone.address_hash,
            "rows": tombstone.rows,
            "erased_at": tombstone.erased_at.isoformat(),
        }
    ).encode()


def _empty_tray(folder: Path, letters: tuple[str, ...]) -> None:
    for each in letters:
        for place in folder.glob(f"*-{each}_*.eml"):
            place.unlink(missing_ok=True)
