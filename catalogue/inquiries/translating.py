"""The other side of what was said: a message in the second of the two languages, and who wrote it."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.inquiries.holding_models import Passing
from catalogue.inquiries.models import Inquiry, Message


class TranslatedMeanwhile(Exception):
    """Somebody else wrote or changed the translation after the page was opened."""


def translate(
    session: Session,
    inquiry: Inquiry,
    said: Inquiry | Message,
    translation: str,
    *,
    before: str,
    by: Person,
    at: datetime,
) -> None:
    """Put the other language beside a message, or beside what the inquiry opened with (`said` is the inquiry then).

    `before` is the translation as the writer read it. Raises `TranslatedMeanwhile` when it is another by now. An empty
    text takes it away.
    """
    session.flush()
    kind = type(said)
    step = (
        update(kind)
        .where(kind.id == said.id, kind.translation == before)
        .values(translation=translation, translator_id=by.id if translation else None)
    )
    if session.connection().execute(step).rowcount != 1:
        raise TranslatedMeanwhile
    session.refresh(said)
    # What was decided of a contact in the earlier words says nothing about these.
    part = f"message:{said.id}.translation" if isinstance(said, Message) else "inquiry.translation"
    session.execute(delete(Passing).where(Passing.inquiry_id == inquiry.id, Passing.part == part))
    data = {"message": said.id} if isinstance(said, Message) else {}
    actor = log.actor_name(by)
    log.record(session, "message.translated", inquiry, at=at, chain=inquiry.consortium_id, actor=actor, data=data)
