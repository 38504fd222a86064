"""Who else has an inquiry open on the desk, and who is writing an answer: rows of minutes, told by their browsers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person
from catalogue.database import insert_or_update
from catalogue.inquiries.models import Inquiry
from catalogue.inquiries.office_models import Presence

# A browser tells every fifteen seconds; one lost in between must not make anybody vanish.
HERE_FOR = timedelta(seconds=40)
WRITING_FOR = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Other:
    """Somebody else who has it open."""

    name: str
    is_writing: bool


def note(session: Session, inquiry_id: int, consortium_id: int, person_id: int, *, at: datetime, writes: bool) -> None:
    """This person has the inquiry open, and has typed since the last time (`writes`)."""
    session.execute(delete(Presence).where(Presence.person_id == person_id, Presence.seen_at < at - FORGOTTEN_AFTER))
    seen = {"seen_at": at, **({"wrote_at": at} if writes else {})}
    row = insert_or_update(session)(Presence).values(
        inquiry_id=inquiry_id, consortium_id=consortium_id, person_id=person_id, **seen
    )
    session.execute(row.on_conflict_do_update(index_elements=["inquiry_id", "person_id"], set_=seen))


def leave(session: Session, inquiry_id: int, person_id: int) -> None:
    """This person closed the page."""
    session.execute(delete(Presence).where(Presence.inquiry_id == inquiry_id, Presence.person_id == person_id))


def others(session: Session, inquiry: Inquiry, person: Person, *, at: datetime) -> Sequence[Other]:
    """Who else has it open now, those who write first."""
    query = (
        select(Presence)
        .where(Presence.inquiry_id == inquiry.id, Presence.person_id != person.id, Presence.seen_at > at - HERE_FOR)
        .options(joinedload(Presence.person))
        .order_by(Presence.person_id)
    )
    found = [Other(row.person.name, _writes(row, at)) for row in session.scalars(query)]
    return sorted(found, key=lambda other: not other.is_writing)


def _writes(row: Presence, at: datetime) -> bool:
    return row.wrote_at is not None and row.wrote_at > at - WRITING_FOR
