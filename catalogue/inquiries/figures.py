"""What a consortium's inquiries come to, in figures: no names, no contacts, no words of anybody."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.inquiries.models import Inquiry, InquiryStatus, Message, MessageKind

SOON = timedelta(days=2)


@dataclass(frozen=True)
class Figures:
    """Inquiries received since a day, held ones left out. `first_answer_hours` is a median, None without an answer."""

    received: int
    answered: int
    answered_soon: int
    first_answer_hours: float | None
    by_status: dict[InquiryStatus, int]
    by_country: tuple[tuple[str, int], ...]


def figures_of(session: Session, consortium: Consortium, *, since: datetime) -> Figures:
    """The figures of one consortium. `answered_soon`: within two days of its coming."""
    first = (
        select(func.min(Message.at))
        .where(Message.inquiry_id == Inquiry.id, Message.kind == MessageKind.ANSWER)
        .correlate(Inquiry)
        .scalar_subquery()
    )
    query = select(Inquiry.created_at, Inquiry.status, Inquiry.country, first).where(
        Inquiry.consortium_id == consortium.id, Inquiry.created_at >= since, Inquiry.held_reason.is_(None)
    )
    rows = session.execute(query).all()
    waits = [answered - came for came, _status, _country, answered in rows if answered]
    return Figures(
        received=len(rows),
        answered=len(waits),
        answered_soon=sum(wait <= SOON for wait in waits),
        first_answer_hours=median(wait.total_seconds() / 3600 for wait in waits) if waits else None,
        by_status=dict(Counter(status for _came, status, _country, _answered in rows)),
        by_country=tuple(Counter(country for _came, _status, country, _answered in rows).most_common(12)),
    )
