"""Made products brought into a database in bulk: straight into the tables, two processes making the rows."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from sqlalchemy import Engine, insert, select, text, update
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium, Member
from catalogue.consortia.showing import bump
from catalogue.database import writing
from catalogue.media.models import FileKind, StoredFile
from catalogue.outbox.models import Due
from catalogue.products import search
from catalogue.products.models import Product, ProductPhoto, ProductVersion, SearchEntry
from catalogue.text import Bilingual
from tests.bench.made.network import SLUG
from tests.bench.made.rows import Row, Rows, remember_analyses, rows_of

AT_ONCE = min(2, os.cpu_count() or 1)
PORTION = 500
PHOTOS_OF_ONE = (1, 2, 3, 1, 4)
ALT = Bilingual("ຮູບຂອງສິນຄ້າ", "The piece on a plain ground")
NAMING = "published_id", "working_id"


def load(engine: Engine, count: int) -> None:
    """Put the first `count` made products into the catalogue of the large consortium, with what they are found by."""
    with Session(engine) as session:
        consortium_id = session.scalars(select(Consortium.id).filter_by(slug=SLUG)).one()
        members = session.scalars(select(Member.id).filter_by(consortium_id=consortium_id).order_by(Member.id)).all()
        photos = session.scalars(select(StoredFile.id).filter_by(kind=FileKind.PHOTO).order_by(StoredFile.id)).all()
        place = Place(session, consortium_id, members, photos)
    for rows in _portions(count):
        with writing(engine) as session:
            place.put(session, rows)
    with writing(engine) as session:
        _finish(session, consortium_id)


class Place:
    """Where the rows go: the ids that only the database knows."""

    def __init__(self, session: Session, consortium_id: int, members: Sequence[int], photos: Sequence[int]) -> None:
        self.owner = {"consortium_id": consortium_id}
        self.members, self.photos = members, photos
        self.next_product = (session.scalar(select(Product.id).order_by(Product.id.desc()).limit(1)) or 0) + 1
        self.next_version = (session.scalar(select(ProductVersion.id).order_by(ProductVersion.id.desc())) or 0) + 1

    def put(self, session: Session, rows: Rows) -> None:
        """Insert the rows of the next products."""
        count = len(rows.products)
        product_ids = range(self.next_product, self.next_product + count)
        version_ids = range(self.next_version, self.next_version + count)
        self.next_product, self.next_version = product_ids.stop, version_ids.stop
        products = [self._product(row, id=own) for row, own in zip(rows.products, product_ids, strict=True)]
        versions = [
            {**row, **self.owner, "id": own, "product_id": product}
            for row, own, product in zip(rows.versions, version_ids, product_ids, strict=True)
        ]
        entries = [{**row, **self.owner, "product_id": own} for row, own in zip(rows.entries, product_ids, strict=True)]
        session.execute(insert(Product.__table__), products)  # the mapper would count row versions from 1
        session.execute(insert(ProductVersion), versions)
        session.execute(insert(SearchEntry), entries)
        self._photograph(session, version_ids)
        _name_versions(session, product_ids)

    def _product(self, row: Row, **more: int) -> Row:
        columns = {name: value for name, value in row.items() if name != "member"}
        return {**columns, **self.owner, **more, "member_id": self.members[row["member"]]}

    def _photograph(self, session: Session, version_ids: range) -> None:
        """One to four photographs a version, in turn, so that neighbours on a page differ."""
        if not self.photos:
            return
        rows = [
            {**self.owner, "version_id": own, "file_id": self.photos[(own + place) % len(self.photos)]}
            | {"position": place + 1, "alt_lo": ALT.lo, "alt_en": ALT.en}
            for own in version_ids
            for place in range(PHOTOS_OF_ONE[own % len(PHOTOS_OF_ONE)])
        ]
        session.execute(insert(ProductPhoto), rows)


def _portions(count: int) -> Iterator[Rows]:
    portions = [range(start, min(start + PORTION, count)) for start in range(0, count, PORTION)]
    if len(portions) < 2 * AT_ONCE:
        yield from map(rows_of, portions)
        return
    with ProcessPoolExecutor(AT_ONCE, get_context("spawn"), remember_analyses) as pool:
        yield from pool.map(rows_of, portions)


def _name_versions(session: Session, product_ids: range) -> None:
    own = select(ProductVersion.id).where(ProductVersion.product_id == Product.id).scalar_subquery()
    step = update(Product).where(Product.id.between(product_ids.start, product_ids.stop - 1))
    session.execute(step.values(dict.fromkeys(NAMING, own)).execution_options(synchronize_session=False))


def _finish(session: Session, consortium_id: int) -> None:
    """The full-text index in one go, and what the database should know of its own sizes."""
    search.rebuild(session)
    session.query(Due).delete()  # The pictures are made already.
    bump(session, session.get_one(Consortium, consortium_id))
    session.execute(text("ANALYZE"))
