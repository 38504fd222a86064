"""That bulk loading leaves the very rows that the real operations leave: compared on a sample, in every run."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.database import Base, engine_for, writing
from catalogue.products.models import Product, ProductVersion, SearchEntry
from catalogue.products.search import matching
from tests.bench.made.network import SLUG, publish_really, stage_of
from tests.bench.made.products import made_product

SAMPLE = 20
# Numbers that a database gives, and addresses that are drawn.
DRAWN = {"id", "public_id", "product_id", "published_id", "working_id", "consortium_id", "member_id"}


def differences(engine: Engine, count: int, network: Path, folder: Path) -> list[str]:
    """What differs between a loaded catalogue of `count` and the real operations; nothing, where all is well.

    The real ones are done in `folder`, over a copy of the database `network` that loading began from.
    """
    with really_published(count, network, folder) as real:
        return compared(real, engine)


@contextmanager
def really_published(count: int, network: Path, folder: Path) -> Iterator[Engine]:
    """A database in which products drawn evenly from `count` were published as a member and a manager would."""
    shutil.copyfile(network, folder / "proof.db")
    engine = engine_for(f"sqlite:///{folder / 'proof.db'}")
    try:
        with writing(engine) as session:
            stage = stage_of(session)
            for number in range(0, count, max(1, count // SAMPLE))[:SAMPLE]:
                publish_really(session, stage, made_product(number))
        yield engine
    finally:
        engine.dispose()


def compared(real: Engine, engine: Engine) -> list[str]:
    """What differs between the products of the first database and the same ones in the second."""
    with Session(real) as expected, Session(engine) as found:
        own = select(Product.reference).where(Product.consortium_id == _large(expected).id)
        return [said for reference in expected.scalars(own) for said in _compared(expected, found, reference)]


def _compared(expected: Session, found: Session, reference: str) -> Iterator[str]:
    should, does = (_product(session, reference) for session in (expected, found))
    if does is None or should is None:
        yield f"{reference} is not there"
        return
    for model in (Product, ProductVersion, SearchEntry):
        wanted, there = _row(expected, model, should), _row(found, model, does)
        for name in wanted.keys() - DRAWN:
            if wanted[name] != there.get(name):
                yield f"{reference}: {model.__tablename__}.{name} is {there.get(name)!r}, not {wanted[name]!r}"
    if does.id not in {hit.product_id for hit in matching(found, _large(found), reference)}:
        yield f"{reference} is not found by its reference"


def _product(session: Session, reference: str) -> Product | None:
    return session.scalar(select(Product).filter_by(reference=reference, consortium_id=_large(session).id))


def _large(session: Session) -> Consortium:
    return session.scalars(select(Consortium).filter_by(slug=SLUG)).one()


def _row(session: Session, model: type[Base], product: Product) -> dict[str, Any]:
    """The columns of a product's row in one of its tables."""
    own = {Product: Product.id, ProductVersion: ProductVersion.product_id, SearchEntry: SearchEntry.product_id}[model]
    row = session.execute(select(*model.__table__.columns).where(own == product.id)).mappings().one_or_none()
    return {str(getattr(name, "name", name)): value for name, value in (row or {}).items()}
