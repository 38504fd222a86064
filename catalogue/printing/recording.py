"""The paper of a quarter's record: asked for once, set by the worker on one page, kept as it was made."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session, joinedload

from catalogue.consortia.models import Consortium
from catalogue.database import insert_or_update, writing
from catalogue.media.stores import Store
from catalogue.outbox import queue, worker
from catalogue.outbox.models import DueState, Lane
from catalogue.outbox.worker import CannotBeDone, NotFailed
from catalogue.printing.record_contents import RecordPage
from catalogue.printing.record_models import RecordPaper
from catalogue.printing.typesetting import NotSet, desk_for
from catalogue.tokens import public_id

KIND = "record_paper.make"
# Raised whenever the layout changes, so that a paper asked for anew is set anew.
LAYOUT = 1


@dataclass(frozen=True)
class Wanted:
    """The record of which quarter, for which kind of reader, in which language."""

    consortium_id: int
    begins_on: date
    language: str
    naming: str

    @property
    def key(self) -> str:
        """A hash of all of it."""
        parts = [LAYOUT, self.consortium_id, self.begins_on.isoformat(), self.language, self.naming]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def paper_at(session: Session, consortium: Consortium, paper_id: str) -> RecordPaper | None:
    """A paper of this consortium by its public id."""
    query = select(RecordPaper).where(RecordPaper.consortium_id == consortium.id, RecordPaper.public_id == paper_id)
    return session.scalar(query.options(joinedload(RecordPaper.due)))


def papers_of(session: Session, wanted: Sequence[Wanted]) -> dict[date, RecordPaper]:
    """Those of these papers that were made already, by the first day of their quarter."""
    query = select(RecordPaper).where(RecordPaper.key.in_([each.key for each in wanted]))
    return {paper.begins_on: paper for paper in session.scalars(query.where(RecordPaper.made_at.is_not(None)))}


def order(session: Session, wanted: Wanted, *, at: datetime) -> RecordPaper:
    """Have the worker make a paper; asked for by two at once, it is made once. One that failed is tried again."""
    values = {
        "key": wanted.key,
        "public_id": public_id(),
        "consortium_id": wanted.consortium_id,
        "begins_on": wanted.begins_on,
        "language": wanted.language,
        "naming": wanted.naming,
        "created_at": at,
    }
    new = insert_or_update(session)(RecordPaper).values(values).on_conflict_do_nothing(index_elements=["key"])
    paper_id = session.scalar(new.returning(RecordPaper.id))
    if paper_id is None:
        return _again(session, session.scalars(select(RecordPaper).where(RecordPaper.key == wanted.key)).one(), at)
    paper = session.get_one(RecordPaper, paper_id)
    about, house = f"record_paper:{paper_id}", wanted.consortium_id
    paper.due = queue.job(session, KIND, at=at, lane=Lane.HEAVY, consortium_id=house, about=about, paper_id=paper_id)
    session.flush()
    return paper


def has_failed(paper: RecordPaper) -> bool:
    """Whether the worker gave it up."""
    return not paper.is_ready and (paper.due is None or paper.due.state is not DueState.WAITING)


def _again(session: Session, paper: RecordPaper, at: datetime) -> RecordPaper:
    if paper.due is not None and not paper.is_ready:
        try:
            worker.retry(session, paper.due, at)
        except NotFailed:
            return paper
    return paper


# -- the worker's part --


def make_paper(
    engine: Engine, store: Store, paper_id: int, compose: Callable[[int], RecordPage], clock: Callable[[], datetime]
) -> None:
    """Set one paper and store it. Killed at any moment, it can simply run again."""
    with Session(engine) as session:
        paper = session.get(RecordPaper, paper_id)
        session.expunge_all()
    if paper is None or paper.is_ready:
        return
    content = compose(paper_id)
    try:
        with desk_for([], store) as desk:
            data = desk.set_record(content)
    except NotSet as problem:
        raise CannotBeDone(f"the page could not be set: {problem}") from None
    store.put(paper.stored_key, data)
    made = {"made_at": clock(), "head_seq": content.head_seq, "head_hash": content.head_hash}
    kept = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    with writing(engine) as session:
        session.execute(update(RecordPaper).where(RecordPaper.id == paper_id).values(**made, **kept))
