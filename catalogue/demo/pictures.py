"""The demonstration's photographs: parked as they would come, then made by the project's own picture job."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.database import writing
from catalogue.demo.content import PHOTOS
from catalogue.demo.stage import Picture
from catalogue.media.confined import ChildFailed
from catalogue.media.keeping import Parked, check_file, park
from catalogue.media.stores import NotStored, Store
from catalogue.outbox.models import Due, DueState
from catalogue.outbox.settling import settle_job
from catalogue.products.photographed import show_anew

KIND = "file.check"
# Each decodes in a process of its own; more than four would take a machine from whoever works on it.
MOST_AT_ONCE = 4


class Clock(Protocol):
    """Tells the present moment."""

    def __call__(self) -> datetime:
        """In UTC."""


@dataclass(frozen=True)
class Waiting:
    """A job of the outbox, and the file that it is about."""

    due_id: int
    file_id: int


def park_all(store: Store, pictures: Iterable[Picture]) -> dict[Picture, Parked]:
    """Store every picture as it would come, before any transaction. What is never kept is swept away by the worker."""
    return {picture: park(store, (PHOTOS / picture[1]).read_bytes(), picture[1]) for picture in pictures}


def waiting(session: Session) -> Sequence[Waiting]:
    """The pictures of demonstrations that are not made yet, in the order in which they came."""
    query = (
        select(Due)
        .join(Consortium, Consortium.id == Due.consortium_id)
        .where(Due.kind == KIND, Due.state == DueState.WAITING, Consortium.is_demo)
        .order_by(Due.id)
    )
    return [Waiting(due.id, due.payload["file_id"]) for due in session.scalars(query)]


def make_all(engine: Engine, store: Store, jobs: Sequence[Waiting], clock: Clock) -> Iterator[bool]:
    """Make them; whether it went well, after each. What does not is left to the worker, which tries again.

    Ended at any moment, it can simply begin again: the job may be done twice, and a worker beside it does no harm.
    """
    at_once = min(MOST_AT_ONCE, max(2, os.cpu_count() or 1))
    with ThreadPoolExecutor(at_once) as pool:
        futures = [pool.submit(_make, engine, store, job, clock) for job in jobs]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _make(engine: Engine, store: Store, job: Waiting, clock: Clock) -> bool:
    try:
        check_file(engine, store, job.file_id, changed=show_anew)
    except (ChildFailed, NotStored, OSError):
        return False
    with writing(engine) as session:
        settle_job(session, job.due_id, at=clock())
    return True
