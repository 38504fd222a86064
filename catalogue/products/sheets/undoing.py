"""Undoing an import: its drafts go, but for those that somebody touched since, each of which says why it stays."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

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

MANY = 500
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
    query = select(SheetRow).filter_by(import_id=sheet.id, outcome=Outcome.ADDED).order_by(SheetRow.number)
    rows = session.scalars(query).all()
    files: set[int] = set()
    removed = kept = 0
    for start in range(0, len(rows), MANY):
        some = rows[start : start + MANY]
        touched = _touched(session, sheet, [row.product_id for row in some if row.product_id])
        for row in some:
            reason = _why_kept(session, row, touched)
            if reason is None:
                own = _files_of(session, row.product_id)
                reason = _remove(session, sheet, row, by, at)
                files |= own if reason is None else set()
            row.outcome, row.kept_because = (Outcome.KEPT, reason) if reason else (Outcome.REMOVED, "")
            removed, kept = removed + (not reason), kept + bool(reason)
        session.flush()
    _remove_files(session, sheet, files, at)
    sheet.counts = {**sheet.counts, "removed": removed, "kept": kept}
    about: dict[str, Any] = {"chain": sheet.consortium_id, "actor": log.actor_name(by)}
    log.record(session, "products.import_undone", sheet.member, at=at, data={"removed": removed, "kept": kept}, **about)


def _touched(session: Session, sheet: SheetImport, product_ids: Sequence[int]) -> set[str]:
    """The products that the log tells something of since the import."""
    subjects = [f"product:{each}" for each in product_ids]
    query = select(Entry.subject).where(
        Entry.chain == sheet.consortium_id, Entry.subject.in_(subjects), Entry.at > sheet.imported_at
    )
    return set(session.scalars(query))


def _why_kept(session: Session, row: SheetRow, touched: set[str]) -> str | None:
    """Why a product stays; None for a draft as it came in. One that somebody removed before is gone already."""
    product = row.product
    if product is None:
        return None
    if product.status is not ListingStatus.DRAFT or product.published_id or product.proposal:
        return SENT
    versions = session.scalar(select(func.count()).where(ProductVersion.product_id == product.id))
    is_changed = (
        f"product:{product.id}" in touched
        or versions != 1
        or product.working is None
        or mark_of(product, product.working) != row.mark
        or len(product.working.photos) != row.photos
    )
    return CHANGED if is_changed else None


def _files_of(session: Session, product_id: int | None) -> set[int]:
    query = select(ProductPhoto.file_id).join(ProductPhoto.version).where(ProductVersion.product_id == product_id)
    return set(session.scalars(query))


def _remove(session: Session, sheet: SheetImport, row: SheetRow, by: Person | None, at: datetime) -> str | None:
    """Delete one draft; why not, where something else refers to it."""
    product = row.product
    if product is None:
        return None
    product_id = product.id
    versions = select(ProductVersion.id).where(ProductVersion.product_id == product_id)
    session.flush()
    session.expunge(product)
    row_id = row.id
    try:
        with session.begin_nested():
            session.execute(update(SheetRow).where(SheetRow.id == row_id).values(product_id=None))
            session.execute(update(Product).where(Product.id == product_id).values(working_id=None))
            session.execute(delete(ProductPhoto).where(ProductPhoto.version_id.in_(versions)))
            session.execute(delete(ProductVersion).where(ProductVersion.product_id == product_id))
            session.execute(delete(Product).where(Product.id == product_id))
    except IntegrityError:
        return USED
    about: dict[str, Any] = {"chain": sheet.consortium_id, "actor": log.actor_name(by)}
    log.record(session, "product.removed", _Gone(product_id), at=at, **about)
    return None


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
