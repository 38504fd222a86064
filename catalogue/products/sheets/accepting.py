"""What the worker does once a sheet was accepted: its photographs parked, its good rows stored, all or nothing."""

import hashlib
from datetime import datetime

from sqlalchemy import Engine, Table, bindparam, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.database import writing
from catalogue.media.keeping import Parked
from catalogue.media.recognise import media_type_of
from catalogue.media.stores import NotStored, Store
from catalogue.outbox import queue
from catalogue.outbox.models import Lane
from catalogue.products.models import ProductVersion
from catalogue.products.sheets.as_json import finding_json
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.importing import Looked, Verdict, plan
from catalogue.products.sheets.imports import REST
from catalogue.products.sheets.looking import Waiting, counts_of, keep_rest, looked_of, waiting_at, write_rows
from catalogue.products.sheets.models import ImportState, Outcome, SheetImport, SheetRow
from catalogue.products.sheets.storing import Stored, known_to, store_with_photos
from catalogue.products.sheets.undoing import mark_of

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/avif": "avif", "image/gif": "gif"}


def store_import(engine: Engine, store: Store, import_id: int, *, at: datetime) -> None:
    """Store the good rows of an accepted sheet. Killed at any moment, it can simply run again."""
    waiting = waiting_at(engine, import_id)
    if waiting is None or waiting.sheet.state is not ImportState.STORING:
        return
    try:
        looked, numbers = looked_of(store, waiting)
        photos = {row: [park_again(store, waiting.sheet, each) for each in listed] for row, listed in numbers.items()}
        with writing(engine) as session:
            _store(session, waiting, looked, photos, at)
    except (SheetRefused, NotStored) as problem:
        refusal = problem if isinstance(problem, SheetRefused) else SheetRefused("unreadable", file=waiting.sheet.name)
        _send_back(engine, import_id, refusal)


def park_again(store: Store, sheet: SheetImport, number: int) -> Parked:
    """One picture of the sheet as a file that waits to be kept; twice gives the same. Raises `NotStored`."""
    data = store.get(f"{sheet.folder}/{number}")
    media_type = media_type_of(data)
    secret = hashlib.sha256(f"{sheet.secret}|{number}".encode()).hexdigest()[:32]
    digest = hashlib.sha256(data).hexdigest()
    parked = Parked(secret, media_type, len(data), digest, f"{number + 1}.{ENDINGS[media_type]}")
    store.put(parked.key, data)
    return parked


def _store(session: Session, waiting: Waiting, looked: Looked, photos: dict[int, list[Parked]], at: datetime) -> None:
    sheet_id, before = waiting.sheet.id, waiting.sheet.counts
    step = update(SheetImport).where(SheetImport.id == sheet_id, SheetImport.state == ImportState.STORING)
    if session.connection().execute(step.values(state=ImportState.IMPORTED, imported_at=at)).rowcount != 1:
        return
    sheet = session.get_one(SheetImport, sheet_id)
    by = session.get(Person, sheet.imported_by) if sheet.imported_by else None
    if not sheet.member.is_active:
        raise SheetRefused("member-left", member=sheet.member.name.en or sheet.member.name.lo)
    stored = store_with_photos(session, sheet.member, looked, photos, by=by, at=at)
    shown = {number: len(listed) for number, listed in photos.items()}
    sheet.counts = counts_of(stored.plan, shown)
    write_rows(session, sheet, stored.plan.rows, shown)
    _note_products(session, sheet, stored)
    if sheet.counts["bad"] != before.get("bad"):
        about, house = f"sheet_import:{sheet.id}", sheet.consortium_id
        queue.job(session, REST, at=at, lane=Lane.HEAVY, consortium_id=house, about=about, import_id=sheet.id)


def _note_products(session: Session, sheet: SheetImport, stored: Stored) -> None:
    """Which product each row became, and a mark of it as it came in."""
    ids = [product.id for product in stored.products.values()]
    versions: dict[int, ProductVersion] = {}
    for start in range(0, len(ids), 500):
        query = select(ProductVersion).where(ProductVersion.product_id.in_(ids[start : start + 500]))
        versions |= {version.product_id: version for version in session.scalars(query)}
    values = [
        {"of": number, "product_id": product.id, "mark": mark_of(product, versions[product.id])}
        for number, product in stored.products.items()
    ]
    table: Table = SheetRow.__table__  # type: ignore[assignment]  # every mapped class of ours has a plain table
    step = update(table).where(table.c.import_id == sheet.id, table.c.number == bindparam("of"))
    if values:
        session.connection().execute(step.values(outcome=Outcome.ADDED), values)


def _send_back(engine: Engine, import_id: int, refusal: SheetRefused) -> None:
    """Nothing was stored: the preview again, with the reason."""
    step = update(SheetImport).where(SheetImport.id == import_id, SheetImport.state == ImportState.STORING)
    values = {"state": ImportState.PREVIEW, "imported_by": None, "refused": finding_json(refusal.finding)}
    with writing(engine) as session:
        session.connection().execute(step.values(values))


def remake_rest(engine: Engine, store: Store, import_id: int) -> None:
    """Write the rows that stayed out anew, where others stayed out than the preview said."""
    waiting = waiting_at(engine, import_id)
    if waiting is None or waiting.sheet.state is not ImportState.IMPORTED:
        return
    looked, _photos = looked_of(store, waiting)
    with Session(engine) as session:
        rows = session.scalars(select(SheetRow).filter_by(import_id=import_id, verdict=Verdict.BAD))
        bad = {row.number for row in rows}
        decided = plan(looked, known_to(session, waiting.sheet.member))
    if any(row.number in bad for row in decided.of(Verdict.BAD)):
        keep_rest(store, waiting, decided)
