"""What the same buyer asked the same consortium before and since, known by e-mail address, else by telephone."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.inquiries.models import BuyerContact, Inquiry

MOST = 20


def others_of_buyer(session: Session, inquiry: Inquiry) -> Sequence[Inquiry]:
    """The buyer's other inquiries to this consortium, the newest first; those that were merged are left out."""
    contact = inquiry.buyer_contact
    if contact.email:
        is_same = func.lower(BuyerContact.email) == contact.email.lower()
    elif contact.phone:
        is_same = BuyerContact.phone == contact.phone
    else:
        return []
    query = (
        select(Inquiry)
        .join(BuyerContact, BuyerContact.inquiry_id == Inquiry.id)
        .where(
            Inquiry.consortium_id == inquiry.consortium_id,
            BuyerContact.consortium_id == inquiry.consortium_id,
            Inquiry.id != inquiry.id,
            Inquiry.merged_into_id.is_(None),
            is_same,
        )
    )
    return session.scalars(query.order_by(Inquiry.id.desc()).limit(MOST)).all()
