"""Bringing an earlier version of a listing back: as a new version, for review or before the public at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.products import listing
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.products.steps import SomebodyWasFirst, hold, move, record
from catalogue.products.versions import copy_of


class ProposalIsOpen(Exception):
    """There is a proposal that must be decided, or discarded, before another takes its place."""


def version_numbered(session: Session, product: Product, number: int) -> ProductVersion | None:
    """One version of a product."""
    return session.scalar(select(ProductVersion).filter_by(product_id=product.id, number=number))


def propose_again(
    session: Session, product: Product, version: ProductVersion, *, opened_version: int | None, by: Person, at: datetime
) -> None:
    """An earlier version as it was, waiting for review. Raises `ProposalIsOpen` or `SomebodyWasFirst`.

    Of a listing that was never published it becomes the working text, in the stage that the listing is in.
    """
    hold(session, product, opened_version)
    if product.proposal is not None:
        raise ProposalIsOpen
    copy = _again(session, product, version, by=by, at=at)
    if product.published_id is None:
        move(session, product, Product.published_id.is_(None), working_id=copy.id)
    else:
        waits: dict[str, Any] = {"proposal": ListingStatus.SUBMITTED, "submitted_at": at, "returned_reasons": []}
        move(session, product, Product.proposal.is_(None), working_id=copy.id, **waits)
    record(session, "listing.restored", product, by=by, at=at, version=copy.number, of=version.number)


def publish_again(
    session: Session, product: Product, version: ProductVersion, *, opened_version: int | None, by: Person, at: datetime
) -> None:
    """An earlier version as it was, before the public at once; a proposal that somebody works on stays as it is.

    Raises `NotReady`, `ContactInText` or `SomebodyWasFirst`.
    """
    hold(session, product, opened_version)
    listing.check_for_public(session, product, version)
    copy = _again(session, product, version, by=by, at=at)
    if product.proposal is None:
        product.working = copy
    listing.show(session, product, copy, Product.id == product.id, at=at)
    record(session, "listing.restored", product, by=by, at=at, version=copy.number, of=version.number)
    record(session, "listing.published", product, by=by, at=at, version=copy.number)


def _again(session: Session, product: Product, version: ProductVersion, *, by: Person, at: datetime) -> ProductVersion:
    if version.product_id != product.id:
        raise SomebodyWasFirst
    if product.working is not None and product.working.frozen_at is None and product.proposal is None:
        product.working.frozen_at = at
    copy = copy_of(session, version, by=by, at=at)
    copy.frozen_at = at
    session.flush()
    return copy
