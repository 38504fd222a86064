"""The life of a listing: draft, submitted, returned, published, withdrawn. Each step is one conditional update."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.sector import sector
from catalogue.consortia.showing import bump
from catalogue.leaks import Leak
from catalogue.products import readiness, search
from catalogue.products.models import ListingStatus, Product


class NotReady(Exception):
    """The listing lacks what this step needs; `missing` holds field names."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class ContactInText(Exception):
    """The contact detector found something in what the public would read; `leaks` holds it by field."""

    def __init__(self, leaks: dict[str, list[Leak]]) -> None:
        super().__init__(", ".join(leaks))
        self.leaks = leaks


class SomebodyWasFirst(Exception):
    """The listing is no longer in the state that this step starts from."""


@dataclass(frozen=True)
class Reason:
    """Why a field was sent back, in words for the member (Lao) and for colleagues."""

    field: str
    text: str


def submit(session: Session, product: Product, *, by: Person, at: datetime) -> None:
    """Send a draft to the office. Raises `NotReady` or `SomebodyWasFirst`."""
    if missing := readiness.missing_for_submission(_working(product), sector(product.consortium.sector_key)):
        raise NotReady(missing)
    _move(session, product, {ListingStatus.DRAFT, ListingStatus.RETURNED}, ListingStatus.SUBMITTED, submitted_at=at)
    _working(product).frozen_at = at
    _log(session, "listing.submitted", product, by, at)


def publish(session: Session, product: Product, *, by: Person, at: datetime) -> None:
    """Show the working version to the public. Raises `NotReady`, `ContactInText` or `SomebodyWasFirst`."""
    version = _working(product)
    if missing := readiness.missing_for_publication(version, sector(product.consortium.sector_key)):
        raise NotReady(missing)
    if leaks := readiness.leaks_in(version, product.consortium.public_contacts):
        raise ContactInText(leaks)
    version.frozen_at = version.frozen_at or at
    first = {ListingStatus.SUBMITTED, ListingStatus.DRAFT, ListingStatus.WITHDRAWN}
    _move(session, product, first, ListingStatus.PUBLISHED, published_id=version.id, published_at=at)
    search.index(session, product)
    bump(session, product.consortium)
    _log(session, "listing.published", product, by, at, version=version.number)


def return_to_member(
    session: Session, product: Product, reasons: Collection[Reason], *, by: Person, at: datetime
) -> None:
    """Send a submitted listing back with a reason a field. Raises `SomebodyWasFirst`."""
    rows = [{"field": reason.field, "text": reason.text} for reason in reasons]
    _move(session, product, {ListingStatus.SUBMITTED}, ListingStatus.RETURNED, returned_reasons=rows)
    _log(session, "listing.returned", product, by, at, fields=[reason.field for reason in reasons])


def withdraw(session: Session, product: Product, *, by: Person, at: datetime) -> None:
    """Take a published listing out of the catalogue. Raises `SomebodyWasFirst`."""
    _move(session, product, {ListingStatus.PUBLISHED}, ListingStatus.WITHDRAWN)
    search.forget(session, product)
    bump(session, product.consortium)
    _log(session, "listing.withdrawn", product, by, at)


def _working(product: Product) -> Any:
    if product.working is None:
        raise NotReady(["name"])
    return product.working


def _move(
    session: Session, product: Product, start: Collection[ListingStatus], end: ListingStatus, **columns: Any
) -> None:
    session.flush()
    step = (
        update(Product)
        .where(Product.id == product.id, Product.status.in_(start))
        .values(status=end, version=Product.version + 1, **columns)
        .execution_options(synchronize_session=False)
    )
    if session.connection().execute(step).rowcount != 1:
        raise SomebodyWasFirst
    session.refresh(product)


def _log(session: Session, action: str, product: Product, by: Person, at: datetime, **data: Any) -> None:
    log.record(session, action, product, at=at, chain=product.consortium_id, actor=log.actor_name(by), data=data)
