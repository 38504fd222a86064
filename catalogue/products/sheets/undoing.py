"""Undoing an import: its drafts go, but for those that somebody touched since, each of which says why it stays."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.database import writing
from catalogue.media.models import StoredFile
from catalogue.products.editing import content_of
from catalogue.products.models import ListingStatus, Product, ProductPhoto, ProductVersion
from catalogue.products.sheets.as_json import content_json
from catalogue.products.sheets.imports import clear_later
from catalogue.products.sheets.models import ImportState, Outcome, SheetImport, SheetRow

MANY = 400
# Why a product stays.
SENT, CHANGED, USED = "sent", "changed", "used"


def undo_import(engine: Engine, import_id: int, *, at: datetime) -> None:
    """Undo an import that waits for it. Killed at any moment, it can simply run again."""
    with writing(engine) as session:
        step = update(SheetImport).where(SheetImport.id == import_id, SheetImport.state == ImportState.UNDOING)
        if session.connection().execute(step.values(state=ImportState.UNDONE, undone_at=at)).rowcount == 1:
            _undo(session, session.get_one(SheetImport, import_id), at)


def mark_of(product: Product, version: ProductVersion) -> str:
    """A hash of all that may be said of a draft besides its photographs, to tell whether anybody changed it."""
    says = [
        content_json(content_of(version)),
        [version.machine_languages, version.translated_from, version.typed],
        [product.reference, product.making_right, product.right_claimed_at is not None, product.returned_reasons],
    ]
    return hashlib.sha256(json.dumps(says, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _undo(session: Session, sheet: SheetImport, at: datetime) -> None:
    by = session.get(Person, sheet.undone_by) if sheet.undone_by else None
    query = select(SheetRow.id).filter_by(import_id=sheet.id, outcome=Outcome.ADDED).order_by(SheetRow.number)
    row_ids = session.scalars(query).all()
    files: set[int] = set()
    for start in range(0, len(row_ids), MANY):
        _lock(session, row_ids[start : start + MANY])
        rows = session.scalars(_with_products(row_ids[start : start + MANY])).all()
        reasons = _reasons(session, sheet, rows)
        free = [row.product for row in rows if row.product is not None and row.product.id not in reasons]
        reasons |= _removed(session, free, files)
        for row_id, product_id in [(row.id, row.product_id) for row in rows]:
            _note(session, sheet, row_id, product_id, reasons.get(product_id) if product_id else None, by, at)
        session.expunge_all()
        sheet = session.get_one(SheetImport, sheet.id)
    _remove_files(session, sheet, files, at)
    _sum_up(session, sheet, at)


def _lock(session: Session, row_ids: Sequence[int]) -> None:
    """Lock the products of these rows: what somebody is saving now is waited for, and then seen."""
    of_rows = select(SheetRow.product_id).where(SheetRow.id.in_(row_ids))
    session.execute(select(Product.id).where(Product.id.in_(of_rows)).order_by(Product.id).with_for_update())


def _with_products(row_ids: Sequence[int]) -> Any:
    """Rows with all that tells whether their products were touched."""
    version = joinedload(SheetRow.product).joinedload(Product.working)
    query = select(SheetRow).where(SheetRow.id.in_(row_ids)).order_by(SheetRow.number)
    return query.options(version.selectinload(ProductVersion.photos))


def _reasons(session: Session, sheet: SheetImport, rows: Sequence[SheetRow]) -> dict[int, str]:
    """Why products stay, by their key; a draft as it came in is not among them."""
    ids = [row.product_id for row in rows if row.product_id]
    touched = _touched(session, sheet, ids)
    several = select(ProductVersion.product_id).where(ProductVersion.product_id.in_(ids))
    grown = set(session.scalars(several.group_by(ProductVersion.product_id).having(func.count() > 1)))
    found = {}
    for row in rows:
        if row.product is not None and (reason := _why_kept(row, row.product, touched | grown)):
            found[row.product.id] = reason
    return found


def _touched(session: Session, sheet: SheetImport, product_ids: Sequence[int]) -> set[int]:
    """The products that the log tells something of since the import."""
    subjects = [f"product:{each}" for each in product_ids]
    query = select(Entry.subject).where(
        Entry.chain == sheet.consortium_id, Entry.subject.in_(subjects), Entry.at > sheet.imported_at
    )
    return {int(subject.rpartition(":")[2]) for subject in session.scalars(query)}


def _why_kept(row: SheetRow, product: Product, touched: set[int]) -> str | None:
    if product.status is not ListingStatus.DRAFT or product.published_id or product.proposal:
        return SENT
    is_changed = (
        product.id in touched
        or product.working is None
        or mark_of(product, product.working) != row.mark
        or len(product.working.photos) != row.photos
    )
    return CHANGED if is_changed else None


def _removed(session: Session, products: Sequence[Product], files: set[int]) -> dict[int, str]:
    """Delete these drafts; those that something else refers to stay, with the reason. `files` gets what they showed."""
    shown = {each.id: {photo.file_id for photo in each.working.photos} for each in products if each.working}
    ids = [each.id for each in products]
    session.expunge_all()
    kept: dict[int, str] = {}
    if not _deleted(session, ids):
        kept = {each: USED for each in ids if not _deleted(session, [each])}
    files.update(file_id for each, listed in shown.items() if each not in kept for file_id in listed)
    return kept


def _deleted(session: Session, product_ids: Sequence[int]) -> bool:
    versions = select(ProductVersion.id).where(ProductVersion.product_id.in_(product_ids))
    steps: tuple[Any, ...] = (
        update(SheetRow).where(SheetRow.product_id.in_(product_ids)).values(product_id=None),
        update(Product).where(Product.id.in_(product_ids)).values(working_id=None),
        delete(ProductPhoto).where(ProductPhoto.version_id.in_(versions)),
        delete(ProductVersion).where(ProductVersion.product_id.in_(product_ids)),
        delete(Product).where(Product.id.in_(product_ids)),
    )
    try:
        with session.begin_nested():
            for step in steps:
                session.connection().execute(step)
    except IntegrityError:
        return False
    return True


def _note(
    session: Session,
    sheet: SheetImport,
    row_id: int,
    product_id: int | None,
    reason: str | None,
    by: Person | None,
    at: datetime,
) -> None:
    """What became of one row's product; one that somebody removed before is gone as well."""
    outcome = {"outcome": Outcome.KEPT if reason else Outcome.REMOVED, "kept_because": reason or ""}
    session.connection().execute(update(SheetRow).where(SheetRow.id == row_id).values(outcome))
    if product_id and not reason:
        chain, actor = sheet.consortium_id, log.actor_name(by)
        log.record(session, "product.removed", _Gone(product_id), at=at, chain=chain, actor=actor)


def _sum_up(session: Session, sheet: SheetImport, at: datetime) -> None:
    query = select(SheetRow.outcome, func.count()).filter_by(import_id=sheet.id).group_by(SheetRow.outcome)
    counted = {row[0]: row[1] for row in session.execute(query)}
    data = {"removed": counted.get(Outcome.REMOVED, 0), "kept": counted.get(Outcome.KEPT, 0)}
    sheet.counts = {**sheet.counts, **data}
    chain, actor = sheet.consortium_id, f"person:{sheet.undone_by}" if sheet.undone_by else log.SYSTEM
    log.record(session, "products.import_undone", sheet.member, at=at, chain=chain, actor=actor, data=data)


class _Gone:
    """A product that is no more, as the log names it."""

    __tablename__ = Product.__tablename__

    def __init__(self, product_id: int) -> None:
        self.id: Any = product_id


def _remove_files(session: Session, sheet: SheetImport, file_ids: Iterable[int], at: datetime) -> None:
    """Delete the files that nothing shows any more; their bytes go once this holds."""
    gone = []
    for file_id in sorted(file_ids):
        file = session.get(StoredFile, file_id)
        if file is None or session.scalar(select(ProductPhoto.id).filter_by(file_id=file_id).limit(1)):
            continue
        try:
            with session.begin_nested():
                session.execute(delete(StoredFile).where(StoredFile.id == file_id))
        except IntegrityError:
            continue
        gone.append(file.key)
        session.expunge(file)
    clear_later(session, sheet.consortium_id, gone, at=at)
