"""The inquiry list: what one visitor gathers over all consortia, before anything is asked."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session, joinedload

from catalogue.consortia.models import Consortium
from catalogue.database import insert_or_update
from catalogue.inquiries.models import InquiryList, InquiryListItem
from catalogue.products.models import MakingRight, Product, ProductVersion

MOST_LINES = 100
KEPT_FOR = timedelta(days=30)


class ListIsFull(Exception):
    """The list has as many lines as it can hold."""


class ProductNotOffered(Exception):
    """The product is not in the catalogue, or not in this consortium's."""


@dataclass(frozen=True)
class Wish:
    """What a visitor wants of one line; everything may be open. `unit` is a code of UN/ECE Rec 20."""

    quantity: int | None = None
    unit: str = "C62"
    target_price: Decimal | None = None
    note: str = ""
    wants_sample: bool = False
    description: str = ""


def visitor_hash(key: str) -> str:
    """What is stored of the random key in a visitor's cookie."""
    return hashlib.sha256(f"inquiry list|{key}".encode()).hexdigest()


def items_of(session: Session, visitor: str | None, consortium: Consortium | None = None) -> Sequence[InquiryListItem]:
    """The lines of a visitor, of all consortia or of one, each with its product, photograph and consortium.

    What came to be made for one buyer alone is in nobody's list.
    """
    query = (
        select(InquiryListItem)
        .join(InquiryListItem.inquiry_list)
        .where(InquiryList.visitor_hash == visitor, _is_for_anybody())
        .options(
            joinedload(InquiryListItem.consortium),
            joinedload(InquiryListItem.product).joinedload(Product.published).selectinload(ProductVersion.photos),
        )
        .order_by(InquiryListItem.consortium_id, InquiryListItem.id)
    )
    if consortium is not None:
        query = query.where(InquiryListItem.consortium_id == consortium.id)
    return session.scalars(query).all() if visitor else []


def count(session: Session, visitor: str | None) -> int:
    """How many lines a visitor has."""
    query = select(func.count(InquiryListItem.id)).join(InquiryListItem.inquiry_list)
    return session.scalar(query.where(InquiryList.visitor_hash == visitor, _is_for_anybody())) or 0


def _is_for_anybody() -> ColumnElement[bool]:
    ordered = select(Product.id).where(
        Product.id == InquiryListItem.product_id, Product.making_right == MakingRight.BUYER
    )
    return ~ordered.exists()


def add_product(
    session: Session,
    visitor: str,
    product: Product,
    *,
    quantity: int | None = None,
    wants_sample: bool = False,
    at: datetime,
) -> None:
    """Put a product into the list, or set the quantity of one that is there; twice is as good as once.

    Without a quantity the line starts at the product's minimum; a sample once asked for stays asked for.
    Raises `ProductNotOffered` or `ListIsFull`.
    """
    version = product.published
    if not product.is_visible or version is None:
        raise ProductNotOffered(product.reference)
    list_id = list_of(session, visitor, at)
    _refuse_more(session, list_id, product)
    line = insert_or_update(session)(InquiryListItem).values(
        list_id=list_id,
        consortium_id=product.consortium_id,
        product_id=product.id,
        quantity=quantity or version.minimum_order,
        unit=version.unit,
        wants_sample=wants_sample,
    )
    again: dict[str, Any] = {"quantity": quantity} if quantity else {"unit": version.unit}
    again |= {"wants_sample": True} if wants_sample else {}
    session.execute(line.on_conflict_do_update(index_elements=["list_id", "product_id"], set_=again))


def add_words(session: Session, visitor: str, consortium: Consortium, wish: Wish, *, at: datetime) -> None:
    """Put something that is not in the catalogue into the list, in the visitor's words. Raises `ListIsFull`.

    The same words to the same consortium again change nothing.
    """
    list_id = list_of(session, visitor, at)
    same = select(InquiryListItem.id).where(
        InquiryListItem.list_id == list_id,
        InquiryListItem.consortium_id == consortium.id,
        InquiryListItem.product_id.is_(None),
        InquiryListItem.description == wish.description,
        InquiryListItem.quantity == wish.quantity,
    )
    if session.scalar(same.limit(1)) is not None:
        return
    _refuse_more(session, list_id)
    item = InquiryListItem(list_id=list_id, consortium_id=consortium.id, description=wish.description)
    session.add(item)
    change(session, item, wish, at=at)


def change(session: Session, item: InquiryListItem, wish: Wish, *, at: datetime) -> None:
    """Keep what the visitor now wants of a line. The description of a product's line is the product's own."""
    item.quantity, item.unit, item.target_price = wish.quantity, wish.unit, wish.target_price
    item.note, item.wants_sample = wish.note, wish.wants_sample
    if item.product_id is None:
        item.description = wish.description or item.description
    if item.inquiry_list is not None:
        item.inquiry_list.changed_at = at
    session.flush()


def remove(session: Session, visitor: str, item_id: str) -> None:
    """Take a line out by its public id; one that is not there, or is another visitor's, is left alone."""
    own = select(InquiryList.id).where(InquiryList.visitor_hash == visitor).scalar_subquery()
    _delete(session, InquiryListItem.public_id == item_id, InquiryListItem.list_id == own)


def clear(session: Session, visitor: str, consortium: Consortium) -> None:
    """Take out the lines of one consortium: they were asked for."""
    own = select(InquiryList.id).where(InquiryList.visitor_hash == visitor).scalar_subquery()
    _delete(session, InquiryListItem.consortium_id == consortium.id, InquiryListItem.list_id == own)


def forget_old(session: Session, *, at: datetime) -> None:
    """Delete the lists that nobody touched for thirty days, with their lines."""
    old = select(InquiryList.id).where(InquiryList.changed_at < at - KEPT_FOR).scalar_subquery()
    _delete(session, InquiryListItem.list_id.in_(old))
    session.execute(delete(InquiryList).where(InquiryList.changed_at < at - KEPT_FOR))


def list_of(session: Session, visitor: str, at: datetime) -> int:
    """The key of a visitor's list, which is made where there is none; it counts as touched."""
    first = insert_or_update(session)(InquiryList).values(visitor_hash=visitor, created_at=at, changed_at=at)
    upsert = first.on_conflict_do_update(index_elements=["visitor_hash"], set_={"changed_at": at})
    return session.scalars(upsert.returning(InquiryList.id)).one()


def _refuse_more(session: Session, list_id: int, product: Product | None = None) -> None:
    lines = select(func.count(InquiryListItem.id)).where(InquiryListItem.list_id == list_id)
    if product is not None:
        lines = lines.where(InquiryListItem.product_id.is_distinct_from(product.id))
    if (session.scalar(lines) or 0) >= MOST_LINES:
        raise ListIsFull


def _delete(session: Session, *conditions: ColumnElement[bool]) -> None:
    session.execute(delete(InquiryListItem).where(*conditions).execution_options(synchronize_session="fetch"))
