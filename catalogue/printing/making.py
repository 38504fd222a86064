"""Making a line sheet: photographs laid in, pages set apart, the PDF stored; and clearing away what is over."""

import hashlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, or_, select, update
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.database import writing
from catalogue.media.stores import Store
from catalogue.outbox.models import Due, DueState
from catalogue.outbox.worker import CannotBeDone, NotNeeded
from catalogue.printing.contents import Sheet
from catalogue.printing.models import LineSheet
from catalogue.printing.typesetting import NotSet, desk_for

# What one consortium's sheets may fill; beyond it the oldest go first.
MOST_KEPT = 200
MOST_BYTES = 400_000_000
# A sheet of an older catalogue is left for whoever is reading its page.
OUTDATED_AFTER = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=30)
TOLD_EVERY_SECONDS = 0.5


def make_sheet(
    engine: Engine, store: Store, sheet_id: int, compose: Callable[[int], Sheet], clock: Callable[[], datetime]
) -> None:
    """Set one sheet and store it. Killed at any moment, it can simply run again.

    `compose` says what stands on it. Raises `NotNeeded` where nothing of it is shown any more, `CannotBeDone` where
    typst cannot set it.
    """
    with Session(engine) as session:
        sheet = session.get(LineSheet, sheet_id)
        session.expunge_all()
    if sheet is None or sheet.is_ready:
        return
    content = compose(sheet_id)
    if not content.pieces:
        raise NotNeeded("its products are no longer in the catalogue")
    data = _set(engine, store, sheet_id, content)
    store.put(sheet.stored_key, data)
    _mark_made(engine, sheet_id, data, clock())
    clear_away(engine, store, sheet.consortium_id)


def _set(engine: Engine, store: Store, sheet_id: int, content: Sheet) -> bytes:
    try:
        with desk_for([content], store, told=_teller(engine, sheet_id, len(content.pieces))) as desk:
            return desk.set_sheet(content)
    except NotSet as problem:
        raise CannotBeDone(f"the pages could not be set: {problem}") from None


def _teller(engine: Engine, sheet_id: int, pieces: int) -> Callable[[int], None]:
    """What writes down how many pieces are laid in, at most twice a second."""
    last = [time.monotonic()]

    def tell(count: int) -> None:
        if time.monotonic() - last[0] < TOLD_EVERY_SECONDS:
            return
        last[0] = time.monotonic()
        with writing(engine) as session:
            session.execute(update(LineSheet).where(LineSheet.id == sheet_id).values(done=min(count, pieces)))

    return tell


def _mark_made(engine: Engine, sheet_id: int, data: bytes, at: datetime) -> None:
    values = {"made_at": at, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    with writing(engine) as session:
        session.execute(update(LineSheet).where(LineSheet.id == sheet_id).values(values))


# -- clearing away --


def clear_away(engine: Engine, store: Store, consortium_id: int) -> int:
    """Keep a consortium's sheets within their bounds, the oldest going first; how many went."""
    with Session(engine) as session:
        query = select(LineSheet.id, LineSheet.size).where(
            LineSheet.consortium_id == consortium_id, LineSheet.made_at.is_not(None)
        )
        newest_first = session.execute(query.order_by(LineSheet.made_at.desc(), LineSheet.id.desc())).all()
    gone, size = [], 0
    for place, (sheet_id, bytes_of) in enumerate(newest_first):
        size += bytes_of
        if place and (place >= MOST_KEPT or size > MOST_BYTES):
            gone.append(sheet_id)
    return _discard(engine, store, gone)


def sweep_sheets(engine: Engine, store: Store, *, at: datetime) -> int:
    """Delete the sheets of older catalogues, those that came to nothing, those of a month ago; how many there were."""
    is_outdated = (LineSheet.catalogue_version != Consortium.catalogue_version) & (
        LineSheet.created_at < at - OUTDATED_AFTER
    )
    came_to_nothing = Due.state.in_([DueState.FAILED, DueState.DROPPED]) & (Due.done_at < at - OUTDATED_AFTER)
    is_over = or_(LineSheet.made_at.is_not(None), Due.state != DueState.WAITING)
    query = (
        select(LineSheet.id)
        .join(Consortium, Consortium.id == LineSheet.consortium_id)
        .outerjoin(Due, Due.id == LineSheet.due_id)
        .where(is_over, or_(is_outdated, came_to_nothing, LineSheet.created_at < at - FORGOTTEN_AFTER))
    )
    with Session(engine) as session:
        gone = list(session.scalars(query))
        houses = list(session.scalars(select(LineSheet.consortium_id).distinct()))
    swept = _discard(engine, store, gone)
    return swept + sum(clear_away(engine, store, each) for each in houses)


def _discard(engine: Engine, store: Store, sheet_ids: list[int]) -> int:
    """Delete these sheets: the row first, so that nobody is promised a file that is gone, then file and job."""
    for sheet_id in sheet_ids:
        with writing(engine) as session:
            sheet = session.get(LineSheet, sheet_id)
            if sheet is None:
                continue
            key, due_id = sheet.stored_key, sheet.due_id
            session.delete(sheet)
            session.flush()
            session.execute(delete(Due).where(Due.id == due_id, Due.state != DueState.WAITING))
        store.delete(key)
    return len(sheet_ids)
