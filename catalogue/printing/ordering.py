"""Asking for a line sheet: the same wish is the same sheet, made once by the worker; and how far it is."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session, joinedload

from catalogue.consortia.models import Consortium
from catalogue.database import insert_or_update
from catalogue.outbox import queue, worker
from catalogue.outbox.models import Due, DueState, Lane
from catalogue.outbox.worker import NotFailed
from catalogue.printing.models import LineSheet
from catalogue.tokens import public_id

KIND = "line_sheet.make"
MOST_PIECES = 400
# Whoever comes when so many wait is asked to come back.
MOST_WAITING = 60
# Raised whenever the layout changes, so that no old sheet is taken for a new one.
LAYOUT = 1


class TooManyWait(Exception):
    """So many sheets wait already that another would take too long."""


@dataclass(frozen=True)
class Wanted:
    """What a line sheet shall show: these products in this order, in this language.

    `scope` says in the reader's words what they are; `priced_by` names the metal reference that prices stand on.
    """

    consortium_id: int
    catalogue_version: int
    language: str
    product_ids: Sequence[int]
    scope: str = ""
    priced_by: str = ""

    @property
    def key(self) -> str:
        """A hash of everything that the sheet is made of."""
        parts = [LAYOUT, self.consortium_id, self.catalogue_version, self.language]
        parts += [list(self.product_ids), self.scope, self.priced_by]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Stage(StrEnum):
    """How far a sheet is."""

    WAITING = "waiting"
    MAKING = "making"
    AGAIN = "again"
    FAILED = "failed"
    READY = "ready"


@dataclass(frozen=True)
class Progress:
    """How far a sheet is: how many papers come first, how many of its pieces are laid in."""

    stage: Stage
    before: int = 0
    done: int = 0
    of: int = 0


def sheet_of(session: Session, wanted: Wanted) -> LineSheet | None:
    """The sheet that somebody asked for already."""
    query = select(LineSheet).where(LineSheet.key == wanted.key).options(joinedload(LineSheet.due))
    return session.scalar(query)


def sheet_at(session: Session, consortium: Consortium, sheet_id: str) -> LineSheet | None:
    """A sheet of this consortium by its public id."""
    query = select(LineSheet).where(LineSheet.consortium_id == consortium.id, LineSheet.public_id == sheet_id)
    return session.scalar(query.options(joinedload(LineSheet.due)))


def order(session: Session, wanted: Wanted, *, at: datetime) -> None:
    """Have the worker make a sheet; asked for by two at once, it is made once. Raises `TooManyWait`."""
    if waiting(session) >= MOST_WAITING:
        raise TooManyWait
    values = {
        "key": wanted.key,
        "public_id": public_id(),
        "consortium_id": wanted.consortium_id,
        "catalogue_version": wanted.catalogue_version,
        "language": wanted.language,
        "product_ids": list(wanted.product_ids),
        "scope": wanted.scope,
        "created_at": at,
    }
    new = insert_or_update(session)(LineSheet).values(values).on_conflict_do_nothing(index_elements=["key"])
    sheet_id = session.scalar(new.returning(LineSheet.id))
    if sheet_id is None:
        return
    sheet = session.get_one(LineSheet, sheet_id)
    about = f"line_sheet:{sheet_id}"
    lane, house = Lane.HEAVY, wanted.consortium_id
    sheet.due = queue.job(session, KIND, at=at, lane=lane, consortium_id=house, about=about, sheet_id=sheet_id)
    session.flush()


def waiting(session: Session) -> int:
    """How many sheets wait for the worker."""
    query = select(func.count()).where(Due.lane == Lane.HEAVY, Due.state == DueState.WAITING, Due.kind == KIND)
    return session.scalar(query) or 0


def progress_of(session: Session, sheet: LineSheet, *, at: datetime) -> Progress:
    """How far a sheet is."""
    due, of = sheet.due, len(sheet.product_ids)
    if sheet.is_ready:
        return Progress(Stage.READY, done=of, of=of)
    if due is None or due.state is not DueState.WAITING:
        return Progress(Stage.FAILED, of=of)
    if due.leased_until is not None and due.leased_until > at:
        return Progress(Stage.MAKING, done=min(sheet.done, of), of=of)
    if due.due_at > at:
        return Progress(Stage.AGAIN, of=of)
    return Progress(Stage.WAITING, before=before(session, due), of=of)


def before(session: Session, due: Due) -> int:
    """How many papers and pictures the worker makes before this one."""
    query = select(func.count()).where(
        Due.lane == Lane.HEAVY,
        Due.state == DueState.WAITING,
        tuple_(Due.due_at, Due.id) < tuple_(due.due_at, due.id),
    )
    return session.scalar(query) or 0


def order_again(session: Session, sheet: LineSheet, *, at: datetime) -> None:
    """Have a sheet tried again that could not be made; one that is on its way is left alone."""
    if sheet.is_ready or sheet.due is None:
        return
    try:
        worker.retry(session, sheet.due, at)
    except NotFailed:
        return
    sheet.done = 0
    session.flush()
