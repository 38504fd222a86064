"""Versions of a product: which one may be written into, and how a new one begins."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import event, func, inspect, select
from sqlalchemy.orm import Mapper, Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.products.models import ListingStatus, Product, ProductPhoto, ProductVersion

OWN_OF_A_VERSION = {"id", "product_id", "number", "created_at", "created_by", "is_on_behalf", "frozen_at"}
OWN_OF_A_PHOTO = {"id", "version_id"}


def first_version(session: Session, product: Product, *, by: Person | None, at: datetime) -> ProductVersion:
    """An empty version for a product that has none."""
    version = ProductVersion(
        consortium_id=product.consortium_id,
        product_id=product.id,
        number=1,
        created_at=at,
        created_by=by.id if by else None,
        currency=product.consortium.currency,
    )
    session.add(version)
    session.flush()
    product.working = version
    session.flush()
    return version


def version_to_edit(session: Session, product: Product, *, by: Person | None, at: datetime) -> ProductVersion:
    """The working version, or a copy of it where that one is frozen (it was submitted or published once).

    For a product that the public sees, or saw once, the copy begins a proposal: the public keeps the old text.
    """
    working = product.working
    if working is None:
        return first_version(session, product, by=by, at=at)
    if working.frozen_at is None:
        return working
    product.working = copy_of(session, working, by=by, at=at)
    if product.stage in {ListingStatus.PUBLISHED, ListingStatus.WITHDRAWN}:
        product.proposal = ListingStatus.DRAFT
    session.flush()
    return product.working


def copy_of(session: Session, version: ProductVersion, *, by: Person | None, at: datetime) -> ProductVersion:
    """A new version that says the same, as the last of its product. The product's row must be locked."""
    last = session.scalar(select(func.max(ProductVersion.number)).filter_by(product_id=version.product_id)) or 0
    copy = ProductVersion(
        product_id=version.product_id, number=last + 1, created_at=at, created_by=by.id if by else None
    )
    for column in _columns(ProductVersion, OWN_OF_A_VERSION):
        setattr(copy, column, getattr(version, column))
    copy.photos = copies_of(version.photos)
    session.add(copy)
    session.flush()
    return copy


def copies_of(photos: Iterable[ProductPhoto]) -> list[ProductPhoto]:
    """The same photographs for another version: the files are shared, what is said of them is copied."""
    return [
        ProductPhoto(**{column: getattr(photo, column) for column in _columns(ProductPhoto, OWN_OF_A_PHOTO)})
        for photo in photos
    ]


def _columns(model: type[ProductVersion | ProductPhoto], own: set[str]) -> list[str]:
    mapper: Mapper[Any] = inspect(model)
    return [column.key for column in mapper.column_attrs if column.key not in own]


@event.listens_for(Session, "before_flush")
def _mark_on_behalf(session: Session, *_others: object) -> None:
    """What a manager writes on behalf of a firm says so, by whatever way it was written; sending it does not count."""
    if log.on_behalf_of(session) is None:
        return
    for version in [each for each in (*session.new, *session.dirty) if isinstance(each, ProductVersion)]:
        changed = {attribute.key for attribute in inspect(version).attrs if attribute.history.has_changes()}
        if changed - {"frozen_at"}:
            version.is_on_behalf = True
