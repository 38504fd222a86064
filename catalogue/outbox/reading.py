"""What the office sees of letters: those on their way, delivered, or in need of a person."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from catalogue.outbox.models import Due, DueState, Lane


def letters_of(session: Session, consortium_id: int, *, limit: int = 200) -> Sequence[Due]:
    """The newest letters of a consortium, failed ones first."""
    query = (
        select(Due)
        .where(Due.consortium_id == consortium_id, Due.lane == Lane.LETTER)
        .order_by(has_failed().desc(), Due.id.desc())
        .limit(limit)
    )
    return session.scalars(query).all()


def letters_about(session: Session, about: str) -> Sequence[Due]:
    """The letters that one thing ("inquiry:12") caused, in order."""
    query = select(Due).where(Due.about == about, Due.lane == Lane.LETTER).order_by(Due.id)
    return session.scalars(query).all()


def count_failed_letters(session: Session, consortium_id: int) -> int:
    """How many letters of a consortium will not leave without a person's help."""
    query = select(func.count()).where(Due.consortium_id == consortium_id, Due.lane == Lane.LETTER, has_failed())
    return session.scalar(query) or 0


def has_failed() -> ColumnElement[bool]:
    """Rows that a person has to see to: they came to nothing, or came back."""
    return or_(Due.state == DueState.FAILED, Due.bounced_at.is_not(None))
