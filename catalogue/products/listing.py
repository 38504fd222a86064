"""The life of a listing: draft, submitted, returned, published, withdrawn. Each step is one conditional update."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.sector import sector
from catalogue.consortia.showing import bump
from catalogue.leaks import Leak
from catalogue.products import readiness, search
from catalogue.products.models import ListingStatus, Product, ProductVersion

OPEN = frozenset({ListingStatus.DRAFT, ListingStatus.RETURNED})


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


def submit(session: Session, product: Product, *, by: Person | None, at: datetime) -> None:
    """Send a draft, or a proposal for what is published, to the office. Raises `NotReady` or `SomebodyWasFirst`."""
    if missing := readiness.missing_for_submission(_working(product), sector(product.consortium.sector_key)):
        raise NotReady(missing)
    _step(session, product, OPEN, ListingStatus.SUBMITTED, submitted_at=at)
    _working(product).frozen_at = at
    _log(session, "listing.submitted", product, by, at)


def publish(session: Session, product: Product, *, by: Person | None, at: datetime) -> None:
    """Show the working version to the public. Raises `NotReady`, `ContactInText` or `SomebodyWasFirst`."""
    version = _working(product)
    if missing := readiness.missing_for_publication(version, sector(product.consortium.sector_key)):
        raise NotReady(missing)
    if leaks := readiness.leaks_in(version, product.consortium.public_contacts):
        raise ContactInText(leaks)
    version.frozen_at = version.frozen_at or at
    start = {ListingStatus.SUBMITTED, ListingStatus.DRAFT, ListingStatus.WITHDRAWN}
    shown = {"status": ListingStatus.PUBLISHED, "proposal": None, "published_id": version.id, "published_at": at}
    _move(session, product, _stage().in_(start), **shown)
    search.index(session, product)
    bump(session, product.consortium)
    _log(session, "listing.published", product, by, at, version=version.number)


def return_to_member(
    session: Session, product: Product, reasons: Collection[Reason], *, by: Person | None, at: datetime
) -> None:
    """Send what was submitted back with a reason a field; the public keeps what it sees. Raises `SomebodyWasFirst`."""
    rows = [{"field": reason.field, "text": reason.text} for reason in reasons]
    _step(session, product, {ListingStatus.SUBMITTED}, ListingStatus.RETURNED, returned_reasons=rows)
    _log(session, "listing.returned", product, by, at, fields=[reason.field for reason in reasons])


def withdraw(session: Session, product: Product, *, by: Person | None, at: datetime) -> None:
    """Take a published listing out of the catalogue; a proposal for it stays. Raises `SomebodyWasFirst`."""
    _move(session, product, Product.status == ListingStatus.PUBLISHED, status=ListingStatus.WITHDRAWN)
    search.forget(session, product)
    bump(session, product.consortium)
    _log(session, "listing.withdrawn", product, by, at)


def _working(product: Product) -> ProductVersion:
    if product.working is None:
        raise NotReady(["name"])
    return product.working


def _stage() -> Any:
    """`Product.stage` as the database computes it."""
    return func.coalesce(Product.proposal, Product.status)


def _step(
    session: Session, product: Product, start: Collection[ListingStatus], end: ListingStatus, **columns: Any
) -> None:
    """Bring the working text from one stage to another: of the proposal where the listing is or was public."""
    moved = "proposal" if product.published_id else "status"
    _move(session, product, _stage().in_(start), **{moved: end}, **columns)


def _move(session: Session, product: Product, start: Any, **columns: Any) -> None:
    session.flush()
    step = (
        update(Product)
        .where(Product.id == product.id, start)
        .values(version=Product.version + 1, **columns)
        .execution_options(synchronize_session=False)
    )
    if session.connection().execute(step).rowcount != 1:
        raise SomebodyWasFirst
    session.refresh(product)


def _log(session: Session, action: str, product: Product, by: Person | None, at: datetime, **data: Any) -> None:
    log.record(session, action, product, at=at, chain=product.consortium_id, actor=log.actor_name(by), data=data)
