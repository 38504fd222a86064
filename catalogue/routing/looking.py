"""The operator's looks at a consortium's record: each is written into its log first, and its members read of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.consortia.models import Consortium

ACTION = "fairness.read_by_operator"
HOLDS_FOR = timedelta(hours=1)
SHOWN_FOR = timedelta(days=365)
MOST = 20


@dataclass(frozen=True)
class Look:
    """Who looked, and when."""

    at: datetime
    name: str


def note_look(session: Session, consortium: Consortium, *, by: Person, at: datetime) -> None:
    """Write down that the operator looks at the record of this consortium; it may be read for an hour."""
    log.record(session, ACTION, consortium, at=at, chain=consortium.id, actor=log.actor_name(by))


def is_noted(session: Session, consortium: Consortium, *, by: Person, at: datetime) -> bool:
    """Whether this person's look was written down within the hour."""
    query = _entries(consortium).where(Entry.actor == log.actor_name(by), Entry.at > at - HOLDS_FOR, Entry.at <= at)
    return session.scalar(query.limit(1)) is not None


def looks(session: Session, consortium: Consortium, *, at: datetime) -> Sequence[Look]:
    """The looks of the last year, the newest first; at most twenty."""
    query = _entries(consortium).where(Entry.at > at - SHOWN_FOR).order_by(Entry.id.desc()).limit(MOST)
    entries = session.scalars(query).all()
    keys = {int(entry.actor.partition(":")[2]) for entry in entries}
    names = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(keys))).all()) if keys else {}
    return [Look(entry.at, names.get(int(entry.actor.partition(":")[2]), "")) for entry in entries]


def _entries(consortium: Consortium) -> Select[Entry]:
    named = Entry.subject == log.name_of(consortium)
    return select(Entry).where(Entry.chain == consortium.id, named, Entry.action == ACTION)
