"""What a member has to make: its shares, with the words of their calls."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from catalogue.consortia.models import Member
from catalogue.inquiries.clock import working_time
from catalogue.routing.capacity import Span
from catalogue.routing.division_models import HOLDING, Allocation, Share
from catalogue.routing.models import Call
from catalogue.text import Bilingual


@dataclass(frozen=True)
class ToMake:
    """One share that a member holds: of what, how many, and the days from its division to the day it is due."""

    share_id: str
    call_number: str
    wanted: Bilingual
    quantity: int
    category: str
    unit: str
    span: Span
    is_answered: bool

    def is_late(self, today: date) -> bool:
        """Whether it was due before today."""
        return self.span.ends_on < today


def to_make(session: Session, member: Member) -> list[ToMake]:
    """What a member has to make, what is due first before the rest."""
    query = (
        select(Share)
        .join(Share.allocation)
        .join(Allocation.call)
        .where(
            Share.consortium_id == member.consortium_id,
            Share.member_id == member.id,
            Share.state.in_(HOLDING),
            Share.quantity > 0,
        )
        .options(contains_eager(Share.allocation).contains_eager(Allocation.call))
        .order_by(Share.due_on, Share.id)
    )
    return [_shown(share, share.allocation.call) for share in session.scalars(query)]


def _shown(share: Share, call: Call) -> ToMake:
    begins_on = working_time().day_of(share.allocation.confirmed_at) + timedelta(days=1)
    return ToMake(
        share_id=share.public_id,
        call_number=call.number,
        wanted=call.wanted,
        quantity=share.quantity,
        category=call.category,
        unit=call.unit,
        span=Span(begins_on, share.due_on),
        is_answered=share.answered_at is not None,
    )
