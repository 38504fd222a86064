"""Ending rows of the outbox without the worker: letters of a past that was played, and jobs done at once."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from catalogue.outbox.models import Due, DueState, Lane


def settle_past(session: Session, consortium_id: int, reason: str) -> int:
    """End every letter of a consortium that waits, each at the time it was due; how many there were.

    No letter leaves: `reason` says so in the row. For a demonstration, whose past was played and not lived.
    """
    step = (
        update(Due)
        .where(Due.consortium_id == consortium_id, Due.lane == Lane.LETTER, Due.state == DueState.WAITING)
        .values(state=DueState.DONE, done_at=Due.due_at, last_error=reason)
    )
    session.flush()
    return session.connection().execute(step).rowcount


def settle_job(session: Session, due_id: int, *, at: datetime) -> None:
    """Somebody did a job before the worker came to it; nothing happens when the worker was first."""
    step = (
        update(Due)
        .where(Due.id == due_id, Due.state == DueState.WAITING)
        .values(state=DueState.DONE, done_at=at, attempts=Due.attempts + 1, lease=None, leased_until=None)
    )
    session.connection().execute(step)
