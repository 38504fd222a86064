"""Drafts: what a person wrote and has not sent, one for each inquiry, found again on any machine."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.database import insert_or_update
from catalogue.inquiries.conversation import message_of_submission
from catalogue.inquiries.models import Attachment, Inquiry, Message
from catalogue.inquiries.office_models import Draft


def draft_of(session: Session, inquiry: Inquiry, person: Person) -> Draft | None:
    """What this person has written here and not yet sent."""
    return session.get(Draft, (inquiry.id, person.id), populate_existing=True)


def keep(
    session: Session,
    inquiry: Inquiry,
    person: Person,
    text: str,
    translation: str = "",
    *,
    at: datetime,
    submission: str | None = None,
) -> bool:
    """Keep what stands in the form now; an empty form forgets the draft. False where `submission` was sent already:
    a last saving that comes late brings no sent words back.
    """
    if submission and message_of_submission(session, inquiry, submission):
        return False
    earlier = draft_of(session, inquiry, person)
    if not text and not translation and not (earlier and earlier.files_of_id):
        forget(session, inquiry, person)
        return True
    given = {"text": text, "translation": translation, "changed_at": at}
    whose = {"consortium_id": inquiry.consortium_id, "inquiry_id": inquiry.id, "person_id": person.id}
    row = insert_or_update(session)(Draft).values(**whose, **given)
    session.execute(row.on_conflict_do_update(index_elements=["inquiry_id", "person_id"], set_=given))
    return True


def forget(session: Session, inquiry: Inquiry, person: Person) -> None:
    """Nothing waits any more: it was sent, kept as a note, or emptied."""
    session.execute(delete(Draft).where(Draft.inquiry_id == inquiry.id, Draft.person_id == person.id))


def give_back(session: Session, inquiry: Inquiry, message: Message, person: Person, *, at: datetime) -> None:
    """Make a draft of an answer that was taken back. What was begun since then stands below it."""
    begun = draft_of(session, inquiry, person)
    text, translation = message.text, message.translation
    if begun:
        text = "\n\n".join(filter(None, (text, begun.text)))
        translation = "\n\n".join(filter(None, (translation, begun.translation)))
    keep(session, inquiry, person, text, translation, at=at)
    draft = draft_of(session, inquiry, person)
    if draft and _files_of(session, message.id):
        draft.files_of_id = message.id
        session.flush()


def files_given_back(session: Session, inquiry: Inquiry, person: Person) -> list[Attachment]:
    """The files of the answer that was taken back; they go along with the next one."""
    draft = draft_of(session, inquiry, person)
    return _files_of(session, draft.files_of_id) if draft and draft.files_of_id else []


def hand_over_files(session: Session, inquiry: Inquiry, person: Person, message: Message) -> None:
    """Let the files of the answer that was taken back be those of the one that goes instead."""
    for attachment in files_given_back(session, inquiry, person):
        attachment.message_id = message.id
    session.flush()


def _files_of(session: Session, message_id: int) -> list[Attachment]:
    query = select(Attachment).where(Attachment.message_id == message_id).order_by(Attachment.id)
    return list(session.scalars(query))
