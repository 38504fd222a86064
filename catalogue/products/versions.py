"""Versions of a product: which one may be written into, and how a new one begins."""

from datetime import datetime

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.products.models import ListingStatus, Product, ProductPhoto, ProductVersion

OWN_OF_A_VERSION = {"id", "product_id", "number", "created_at", "created_by", "frozen_at"}


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
    product.working = _copy(session, working, by=by, at=at)
    if product.stage in {ListingStatus.PUBLISHED, ListingStatus.WITHDRAWN}:
        product.proposal = ListingStatus.DRAFT
    session.flush()
    return product.working


def _copy(session: Session, version: ProductVersion, *, by: Person | None, at: datetime) -> ProductVersion:
    last = session.scalar(select(func.max(ProductVersion.number)).filter_by(product_id=version.product_id)) or 0
    columns = [column.key for column in inspect(ProductVersion).column_attrs if column.key not in OWN_OF_A_VERSION]
    copy = ProductVersion(
        product_id=version.product_id, number=last + 1, created_at=at, created_by=by.id if by else None
    )
    for column in columns:
        setattr(copy, column, getattr(version, column))
    copy.photos = [
        ProductPhoto(
            consortium_id=photo.consortium_id,
            file_id=photo.file_id,
            coming_id=photo.coming_id,
            position=photo.position,
            kind=photo.kind,
            alt=photo.alt,
        )
        for photo in version.photos
    ]
    session.add(copy)
    session.flush()
    return copy
