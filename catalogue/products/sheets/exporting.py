"""Sheets of what there is, made by the worker in the layout of the template: imported again, they change nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Consortium, Member
from catalogue.consortia.sector import sector
from catalogue.database import writing
from catalogue.media.keeping import size_key
from catalogue.media.models import StoredFile
from catalogue.media.stores import NotStored, Store
from catalogue.outbox import queue
from catalogue.outbox.models import DueState, Lane
from catalogue.outbox.worker import CannotBeDone
from catalogue.products.editing import content_of
from catalogue.products.models import ListingStatus, Product, ProductPhoto, ProductVersion
from catalogue.products.sheets.models import ExportKind, SheetExport
from catalogue.tokens import new_key

KIND = "sheet.export"
KEPT_FOR = timedelta(days=7)
MOST_PRODUCTS = 20_000
MOST_PHOTOS = 1_000
MOST_WAITING = 20
MANY = 200
NEWEST = 10


class TooManyWait(Exception):
    """So many exports of the consortium wait already that another would take too long."""


def order(
    session: Session,
    consortium: Consortium,
    member: Member | None,
    kind: ExportKind,
    *,
    by: Person,
    at: datetime,
    is_template: bool = False,
    status: ListingStatus | None = None,
    has_photos: bool = False,
    has_office_price: bool = False,
) -> SheetExport:
    """Have a sheet made of a firm's products, or of all firms' without `member`. Raises `TooManyWait`.

    Whoever asks must be allowed to see what it holds: `has_office_price` only for the firm itself and the office.
    """
    waits = select(func.count()).where(SheetExport.consortium_id == consortium.id, SheetExport.made_at.is_(None))
    if (session.scalar(waits.where(SheetExport.created_at > at - timedelta(hours=1))) or 0) >= MOST_WAITING:
        raise TooManyWait
    export = SheetExport(
        consortium_id=consortium.id,
        member_id=member.id if member else None,
        secret=new_key() + new_key(),
        kind=kind,
        is_template=is_template,
        status=status.value if status else "",
        has_photos=has_photos and kind is ExportKind.XLSX,
        has_office_price=has_office_price,
        created_at=at,
        created_by=by.id,
        ends_at=at + KEPT_FOR,
    )
    session.add(export)
    session.flush()
    about, house = f"sheet_export:{export.id}", consortium.id
    due = queue.job(session, KIND, at=at, lane=Lane.HEAVY, consortium_id=house, about=about, export_id=export.id)
    session.flush()
    export.due_id = due.id
    data = {"export": export.id, "office_price": has_office_price}
    if not is_template:
        log.record(
            session, "products.exported", member or consortium, at=at, chain=house, actor=log.actor_name(by), data=data
        )
    session.flush()
    return export


def exports_of(session: Session, consortium: Consortium, member: Member | None = None) -> Sequence[SheetExport]:
    """The newest exports of a consortium, or of one firm."""
    query = select(SheetExport).filter_by(consortium_id=consortium.id, is_template=False)
    if member is not None:
        query = query.filter_by(member_id=member.id)
    loaded = query.options(joinedload(SheetExport.member), joinedload(SheetExport.creator))
    return session.scalars(loaded.order_by(SheetExport.id.desc()).limit(NEWEST)).all()


def has_failed(export: SheetExport) -> bool:
    """Whether the worker gave it up."""
    return export.made_at is None and export.due is not None and export.due.state is not DueState.WAITING


# -- the worker's part --


def make_export(engine: Engine, store: Store, export_id: int, *, at: datetime) -> None:
    """Make one sheet and store it. Killed at any moment, it can simply run again."""
    from catalogue.products.sheets.template import sheet_of, template  # with XlsxWriter: for the worker alone

    with Session(engine) as session:
        export = session.get(SheetExport, export_id)
        if export is None or export.made_at is not None:
            return
        trade, kind, key = sector(export.consortium.sector_key), export.kind.value, export.key
        if export.is_template:
            products, data = 0, template(trade, kind)
        else:
            found = list(_products(session, export))
            products, photos = len(found), _photos(found, store) if export.has_photos else {}
            said = [(product.reference, content_of(version)) for product, version in found]
            data = sheet_of(said, trade, kind, private=export.has_office_price, photos=photos)
    store.put(key, data)
    step = update(SheetExport).where(SheetExport.id == export_id)
    with writing(engine) as session:
        session.execute(step.values(made_at=at, products=products, size=len(data)))


def _products(session: Session, export: SheetExport) -> Iterator[tuple[Product, ProductVersion]]:
    """Products with their working versions, in the order of references."""
    query = _query(export)
    if (session.scalar(select(func.count()).select_from(query.subquery())) or 0) > MOST_PRODUCTS:
        raise CannotBeDone(f"more than {MOST_PRODUCTS} products")
    for product in session.scalars(query.order_by(Product.reference).execution_options(yield_per=MANY)):
        if product.working is not None:
            yield product, product.working


def _query(export: SheetExport) -> Any:
    query = select(Product).where(Product.consortium_id == export.consortium_id)
    if export.member_id is not None:
        query = query.where(Product.member_id == export.member_id)
    if export.status:
        query = query.where(Product.status == ListingStatus(export.status))
    photos = selectinload(Product.working).selectinload(ProductVersion.photos).joinedload(ProductPhoto.file)
    return query.options(photos)


def _photos(found: Sequence[tuple[Product, ProductVersion]], store: Store) -> dict[int, bytes]:
    """A small picture for each product that has a photograph, by its place."""
    from catalogue.products.sheets.template import PHOTO_PIXELS

    small: dict[int, bytes] = {}
    for place, (_product, version) in enumerate(found):
        first = next((photo.file for photo in version.photos if photo.file.is_ready), None)
        if first is not None and len(small) < MOST_PHOTOS and (data := _small(first, store, PHOTO_PIXELS)):
            small[place] = data
    return small


def _small(file: StoredFile, store: Store, height: int) -> bytes | None:
    """A JPEG of this height at most, made of the smallest size that the site has itself made of a photograph."""
    from PIL import Image

    key = size_key(file, min(file.widths, default=0), "jpg")
    try:
        data = store.get(key) if key else b""
    except NotStored:
        return None
    if not data:
        return None
    with Image.open(BytesIO(data), formats=("JPEG",)) as picture:
        picture.thumbnail((height, height))
        written = BytesIO()
        picture.convert("RGB").save(written, "JPEG", quality=78)
    return written.getvalue()
