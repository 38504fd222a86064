"""The inbox: open inquiries by whom they wait for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload

from catalogue.consortia.models import Consortium, Member
from catalogue.inquiries.models import (
    Attachment,
    BuyerContact,
    Inquiry,
    InquiryLine,
    InquiryStatus,
    Message,
    MessageKind,
)
from catalogue.products.models import Product, ProductVersion

MOST_ROWS = 200


class WaitingFor(StrEnum):
    """Who has to do the next thing. Calls to members come with routing."""

    OFFICE = "office"
    BUYER = "buyer"
    NOBODY = "nobody"


@dataclass(frozen=True)
class InboxRow:
    """One inquiry in the inbox, and the last thing said to or by the buyer."""

    inquiry: Inquiry
    last: Message | None

    @property
    def waiting_for(self) -> WaitingFor:
        """Computed from the state and from who spoke last; never stored."""
        return waiting_for(self.inquiry, self.last)


def waiting_for(inquiry: Inquiry, last: Message | None) -> WaitingFor:
    """Who has to do the next thing: the office, until it answered last."""
    if not inquiry.is_open:
        return WaitingFor.NOBODY
    return WaitingFor.BUYER if last and last.kind is MessageKind.ANSWER else WaitingFor.OFFICE


def open_inquiries_for(session: Session, member: Member) -> Sequence[Inquiry]:
    """Open inquiries that ask for something this firm makes, the oldest first."""
    asked = (
        select(InquiryLine.inquiry_id)
        .join(Product, Product.id == InquiryLine.product_id)
        .where(Product.member_id == member.id, Product.consortium_id == member.consortium_id)
    )
    query = select(Inquiry).where(Inquiry.id.in_(asked), Inquiry.consortium_id == member.consortium_id)
    return [each for each in session.scalars(query.order_by(Inquiry.id)) if each.is_open]


def inbox(session: Session, consortium: Consortium, *, closed: bool = False, words: str = "") -> Sequence[InboxRow]:
    """Open (or closed) inquiries with buyer and lines, oldest wait first; at most 200.

    `words` looks in number, name, company and e-mail address.
    """
    last_id = (
        select(func.max(Message.id))
        .where(Message.inquiry_id == Inquiry.id, Message.kind != MessageKind.NOTE)
        .correlate(Inquiry)
        .scalar_subquery()
    )
    last = aliased(Message)
    query = (
        select(Inquiry, last)
        .join(Inquiry.buyer_contact)
        .outerjoin(last, last.id == last_id)
        .where(Inquiry.consortium_id == consortium.id, _is_closed() if closed else ~_is_closed())
        .options(
            contains_eager(Inquiry.buyer_contact),
            joinedload(Inquiry.consortium),
            joinedload(last.author),
            _lines_with_photos(),
        )
        .order_by(Inquiry.changed_at.desc() if closed else Inquiry.changed_at)
        .limit(MOST_ROWS)
    )
    return [InboxRow(inquiry, message) for inquiry, message in session.execute(_with_words(query, words))]


def attachments_of(session: Session, inquiry: Inquiry) -> Sequence[Attachment]:
    """The files that came with an inquiry and its messages."""
    return session.scalars(select(Attachment).where(Attachment.inquiry_id == inquiry.id).order_by(Attachment.id)).all()


def count_waiting_for_office(session: Session, consortium: Consortium) -> int:
    """How many open inquiries wait for the office."""
    answered_last = (
        select(Message.kind)
        .where(Message.inquiry_id == Inquiry.id, Message.kind != MessageKind.NOTE)
        .order_by(Message.id.desc())
        .limit(1)
        .correlate(Inquiry)
        .scalar_subquery()
    )
    query = select(func.count()).where(
        Inquiry.consortium_id == consortium.id,
        ~_is_closed(),
        or_(answered_last.is_(None), answered_last != MessageKind.ANSWER),
    )
    return session.scalar(query) or 0


def _lines_with_photos() -> Any:
    lines = selectinload(Inquiry.lines)
    return lines.selectinload(InquiryLine.product_version).selectinload(ProductVersion.photos)


def _is_closed() -> ColumnElement[bool]:
    return Inquiry.status.in_([InquiryStatus.CLOSED, InquiryStatus.DECLINED, InquiryStatus.EXPIRED])


def _with_words(query: Select, words: str) -> Select:
    if not words.strip():
        return query
    found = [
        column.icontains(words.strip()[:100], autoescape=True)
        for column in (Inquiry.number, BuyerContact.name, BuyerContact.company, BuyerContact.email)
    ]
    return query.where(or_(*found))
