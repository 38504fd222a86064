"""Putting letters and jobs into the outbox, in the transaction of their cause."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from catalogue.outbox.models import Due, Lane
from catalogue.tokens import new_key


def letter(
    session: Session,
    kind: str,
    *,
    at: datetime,
    consortium_id: int | None,
    about: str,
    due_at: datetime | None = None,
    **payload: Any,
) -> Due:
    """Have the letter `kind` sent, now or at `due_at`. Its Message-ID is fixed here: sent twice, it is seen to be one.

    `payload` holds ids; recipient, subject and words are read when the letter is composed.
    """
    due = _due(Lane.LETTER, kind, at, consortium_id, about, payload)
    due.due_at = due_at or at
    due.message_id = f"{new_key()}.{new_key()}"
    session.add(due)
    return due


def job(
    session: Session,
    kind: str,
    *,
    at: datetime,
    lane: Lane = Lane.QUICK,
    consortium_id: int | None = None,
    about: str | None = None,
    **payload: Any,
) -> Due:
    """Have the worker do `kind`; what it does is mapped in `cli/work.py`. `payload` holds ids."""
    due = _due(lane, kind, at, consortium_id, about, payload)
    session.add(due)
    return due


def _due(
    lane: Lane, kind: str, at: datetime, consortium_id: int | None, about: str | None, payload: dict[str, Any]
) -> Due:
    return Due(
        lane=lane, kind=kind, about=about, payload=payload, consortium_id=consortium_id, created_at=at, due_at=at
    )
