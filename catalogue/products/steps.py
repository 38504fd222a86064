"""How a listing takes a step: its row locked and read anew, the state demanded by the update itself, the act logged."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.products.models import ListingStatus, Product


class SomebodyWasFirst(Exception):
    """The listing is no longer as this step, or the person who takes it, found it."""


def hold(session: Session, product: Product, opened_version: int | None = None) -> None:
    """Lock a product's row until the transaction ends, and read it and its working text as they stand now.

    Raises `SomebodyWasFirst` where the row moved on since the page that says `opened_version` was opened.
    """
    session.flush()
    session.refresh(product, with_for_update={"of": Product})
    if product.working:
        session.refresh(product.working)
    if opened_version is not None and product.version != opened_version:
        raise SomebodyWasFirst


def stage() -> Any:
    """`Product.stage` as the database computes it."""
    return func.coalesce(Product.proposal, Product.status)


def step_of_text(
    session: Session, product: Product, start: Collection[ListingStatus], end: ListingStatus, **columns: Any
) -> None:
    """Bring the working text from one stage to another: of the proposal where the listing is or was public."""
    moved = "proposal" if product.published_id else "status"
    move(session, product, stage().in_(start), **{moved: end}, **columns)


def move(session: Session, product: Product, start: Any, **columns: Any) -> None:
    """Write the columns where the row is at `start`. Raises `SomebodyWasFirst` where it is not."""
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


def record(
    session: Session,
    action: str,
    product: Product,
    *,
    by: Person | None,
    at: datetime,
    text: str | None = None,
    **data: Any,
) -> None:
    """Log what was done to a product; `data` holds codes and numbers, `text` free words."""
    actor, chain = log.actor_name(by), product.consortium_id
    log.record(session, action, product, at=at, chain=chain, actor=actor, data=data, text=text)
