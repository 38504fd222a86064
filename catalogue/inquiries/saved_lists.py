"""An inquiry list shown to others by link: read-only, as it is now, free to be copied; its owner can take it back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.database import insert_or_update
from catalogue.inquiries import lists
from catalogue.inquiries.models import InquiryList, InquiryListItem, ListLink
from catalogue.tokens import new_key


def link_of(session: Session, visitor: str | None) -> ListLink | None:
    """The open link to a visitor's list, if there is one."""
    query = select(ListLink).join(ListLink.inquiry_list).where(InquiryList.visitor_hash == visitor, ListLink.is_open)
    return session.scalar(query) if visitor else None


def open_link(session: Session, visitor: str, *, at: datetime) -> None:
    """Make the list of a visitor readable by link; twice is as good as once. The list counts as touched."""
    list_id = lists.list_of(session, visitor, at)
    first = insert_or_update(session)(ListLink).values(
        list_id=list_id, link_key=new_key(), link_generation=0, is_open=True, created_at=at
    )
    session.execute(first.on_conflict_do_update(index_elements=["list_id"], set_={"is_open": True}))


def close_link(session: Session, visitor: str) -> None:
    """Take the link back: it opens nothing any more, and the next one is another."""
    own = select(InquiryList.id).where(InquiryList.visitor_hash == visitor).scalar_subquery()
    step = update(ListLink).where(ListLink.list_id == own, ListLink.is_open)
    session.execute(step.values(is_open=False, link_generation=ListLink.link_generation + 1))


def is_over(link: ListLink, at: datetime) -> bool:
    """Whether nobody touched the list for so long that it is forgotten, whether or not it was swept away yet."""
    return link.inquiry_list.changed_at < at - lists.KEPT_FOR


def copy_products(session: Session, visitor: str, items: Sequence[InquiryListItem], *, at: datetime) -> int:
    """Put the products of a list, with quantity and sample, into a visitor's own; how many found no place any more.

    What stands there already stays as it is. What was withdrawn, and what somebody wrote in words, is not copied.
    """
    here = {item.product_id for item in lists.items_of(session, visitor)}
    new = [item for item in items if item.product and item.product.is_visible and item.product_id not in here]
    list_id, room = lists.list_of(session, visitor, at), max(0, lists.MOST_LINES - lists.count(session, visitor))
    rows = [
        {
            "list_id": list_id,
            "consortium_id": item.consortium_id,
            "product_id": item.product_id,
            "quantity": item.quantity,
            "unit": item.unit,
            "wants_sample": item.wants_sample,
        }
        for item in new[:room]
    ]
    if rows:
        copied = insert_or_update(session)(InquiryListItem)
        session.execute(copied.on_conflict_do_nothing(index_elements=["list_id", "product_id"]), rows)
    return len(new) - len(rows)


def touch(session: Session, link: ListLink, *, at: datetime) -> None:
    """Somebody made use of the list: it is kept for thirty days more."""
    link.inquiry_list.changed_at = at
    session.flush()
