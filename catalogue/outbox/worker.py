"""Working off what is due: leased, done outside any transaction, and brought to a visible end; nothing is lost.

A letter or job is done at least once. Killed between doing it and saying so, a worker leaves a lease that runs out, and
the next worker does it again; a letter's Message-ID stays the same, so that the second copy is seen to be one.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, or_, select, update
from sqlalchemy.orm import Session

from catalogue.database import writing
from catalogue.leaks import mask_for_log
from catalogue.mail.transport import Refused
from catalogue.outbox.models import Due, DueState, Lane
from catalogue.tokens import new_key

LEASES = {Lane.LETTER: timedelta(minutes=2), Lane.QUICK: timedelta(minutes=2), Lane.HEAVY: timedelta(minutes=10)}
PAUSES = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
# A row that ends its worker again and again is given up too; being unlucky at a few restarts is not that.
MOST_LEASES = 2 * len(PAUSES)
ANY = "*"

logger = logging.getLogger("sala.work")


class CannotBeDone(Exception):
    """The job or letter can never be done; it fails at once, with this reason. For handlers to raise."""


class NotNeeded(Exception):
    """The letter or job has no more use, such as one to an erased person; it is dropped, with this reason."""


class NotFailed(Exception):
    """Only what failed or was dropped can be tried again; somebody was first."""


@dataclass(frozen=True)
class Leased:
    """A copy of a due row for the one who does it, bound to no session. `attempt` counts from 1."""

    id: int
    lease: str
    lane: Lane
    kind: str
    about: str | None
    payload: dict[str, Any]
    consortium_id: int | None
    created_at: datetime
    message_id: str | None
    attempt: int


Handler = Callable[[Engine, Leased, datetime], None]
Told = Callable[[Session, Due, datetime], None]


@dataclass(frozen=True)
class Outcome:
    """How one attempt ended; `pause` is set when it is to be tried again."""

    state: DueState
    reason: str | None = None
    pause: timedelta | None = None


def lease(session: Session, lane: Lane, at: datetime, limit: int = 1) -> list[Leased]:
    """Take up to `limit` due rows of a lane, the longest due first, from under every other worker.

    PostgreSQL skips rows that another worker is taking; on SQLite the write lock lets in one worker at a time. Rows
    whose lease ran out, because their worker was killed, are due again.
    """
    query = select(Due).where(_is_due(lane, at)).order_by(Due.due_at, Due.id).limit(limit)
    taken = session.scalars(query.with_for_update(skip_locked=True)).all()
    key = new_key()
    for due in taken:
        due.lease, due.leased_until, due.attempts = key, at + LEASES[lane], due.attempts + 1
    session.flush()
    return [_copy(due, key) for due in taken]


def has_due(session: Session, lane: Lane, at: datetime) -> bool:
    """Whether anything is due, without taking a lock."""
    return session.scalar(select(Due.id).where(_is_due(lane, at)).limit(1)) is not None


def _is_due(lane: Lane, at: datetime) -> ColumnElement[bool]:
    is_free = or_(Due.leased_until.is_(None), Due.leased_until < at)
    return (Due.lane == lane) & (Due.state == DueState.WAITING) & (Due.due_at <= at) & is_free


def _copy(due: Due, key: str) -> Leased:
    return Leased(
        id=due.id,
        lease=key,
        lane=due.lane,
        kind=due.kind,
        about=due.about,
        payload=dict(due.payload),
        consortium_id=due.consortium_id,
        created_at=due.created_at,
        message_id=due.message_id,
        attempt=due.attempts,
    )


def work_off(
    engine: Engine,
    lane: Lane,
    handlers: Mapping[str, Handler],
    clock: Callable[[], datetime],
    *,
    on_failed: Told | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> int:
    """Do everything that is due in a lane, one after another; how many were taken.

    `handlers` maps a kind to what does it, `"*"` to what does every other kind. `on_failed` is called inside the
    transaction that marks a row failed, to have it logged.
    """
    count = 0
    while not should_stop():
        at = clock()
        with Session(engine) as session:
            if not has_due(session, lane, at):
                break
        with writing(engine) as session:
            taken = lease(session, lane, at)
        for leased in taken:
            _do(engine, leased, handlers, clock, on_failed)
            count += 1
    return count


def _do(
    engine: Engine,
    leased: Leased,
    handlers: Mapping[str, Handler],
    clock: Callable[[], datetime],
    on_failed: Told | None,
) -> None:
    began = time.perf_counter()
    outcome = attempt(engine, leased, handlers, clock())
    at = clock()
    with writing(engine) as session:
        settle(session, leased, outcome, at, on_failed)
    facts = {
        "id": leased.id,
        "kind": leased.kind,
        "attempt": leased.attempt,
        "state": outcome.state.value,
        "reason": outcome.reason,
        "ms": round((time.perf_counter() - began) * 1000),
    }
    logger.info("again later" if outcome.pause else "ended", extra={"facts": facts})


def attempt(engine: Engine, leased: Leased, handlers: Mapping[str, Handler], at: datetime) -> Outcome:
    """Do one thing, in no transaction of ours; whatever is raised becomes an outcome."""
    if leased.attempt > MOST_LEASES:
        return Outcome(DueState.FAILED, "its worker was ended each time it was done")
    handler = handlers.get(leased.kind) or handlers.get(ANY)
    if handler is None:
        return Outcome(DueState.FAILED, f"nothing here does {leased.kind!r}")
    try:
        handler(engine, leased, at)
    except NotNeeded as useless:
        return Outcome(DueState.DROPPED, said(useless))
    except (Refused, CannotBeDone) as refused:
        return Outcome(DueState.FAILED, said(refused))
    except Exception as error:
        logger.warning("not done", exc_info=True, extra={"facts": {"id": leased.id, "kind": leased.kind}})
        return _again(leased, said(error))
    return Outcome(DueState.DONE)


def _again(leased: Leased, reason: str) -> Outcome:
    if leased.attempt > len(PAUSES):
        return Outcome(DueState.FAILED, reason)
    return Outcome(DueState.WAITING, reason, pause=PAUSES[leased.attempt - 1])


def said(error: Exception) -> str:
    """What an exception says, short enough to be shown and with no contact in it."""
    return mask_for_log(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)[:300]


def settle(session: Session, leased: Leased, outcome: Outcome, at: datetime, on_failed: Told | None = None) -> None:
    """Write an outcome down, unless the lease ran out meanwhile and another worker has the row."""
    is_over = outcome.pause is None
    step = (
        update(Due)
        .where(Due.id == leased.id, Due.lease == leased.lease, Due.state == DueState.WAITING)
        .values(
            state=outcome.state,
            last_error=outcome.reason,
            done_at=at if is_over else None,
            due_at=at + outcome.pause if outcome.pause else Due.due_at,
            lease=None,
            leased_until=None,
        )
    )
    is_ours = session.connection().execute(step).rowcount == 1
    if is_ours and outcome.state is DueState.FAILED and on_failed:
        on_failed(session, session.get_one(Due, leased.id), at)


def retry(session: Session, due: Due, at: datetime) -> None:
    """Have what failed, was dropped or came back tried again, from the first attempt. Raises `NotFailed`."""
    came_back = (Due.state == DueState.DONE) & Due.bounced_at.is_not(None)
    step = (
        update(Due)
        .where(Due.id == due.id, or_(Due.state.in_([DueState.FAILED, DueState.DROPPED]), came_back))
        .values(
            state=DueState.WAITING,
            attempts=0,
            due_at=at,
            done_at=None,
            bounced_at=None,
            bounce_said=None,
            lease=None,
            leased_until=None,
        )
    )
    if session.connection().execute(step).rowcount != 1:
        raise NotFailed
    session.refresh(due)
