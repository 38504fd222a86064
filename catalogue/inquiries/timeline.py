"""Everything that happened in an inquiry, in one order of time: what was said, letters, and acts of the log."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.inquiries.links import merged_into
from catalogue.inquiries.models import Inquiry, Message
from catalogue.inquiries.sending import letters_caused_by
from catalogue.mail.models import Action, ReceivedMail
from catalogue.outbox.models import Due

# These tell of a message that stands in the thread itself.
SAID = {"inquiry.received", "message.received", "message.sent", "message.translated", "note.written", "note.received"}

SAID_BY = (Action.APPEND, Action.HELD)
MADE_BY_MACHINES = (Action.AUTOMATIC, Action.BOUNCE)


@dataclass(frozen=True)
class Said:
    """One message, or (`message` is None) what the inquiry opened with; with its letters and the mail it came by."""

    at: datetime
    message: Message | None
    letters: Sequence[Due] = ()
    mail: ReceivedMail | None = None


@dataclass(frozen=True)
class Done:
    """One act of the log. `by` is whoever of the office did it; None for the buyer (`is_buyers`) and for the site."""

    at: datetime
    action: str
    by: Person | None
    is_buyers: bool
    data: dict[str, object]
    words: str


@dataclass(frozen=True)
class Sent:
    """A letter that belongs to no message, such as the confirmation."""

    at: datetime
    letter: Due


@dataclass(frozen=True)
class Came:
    """A mail that a machine wrote: an automatic answer, or a letter that came back."""

    at: datetime
    mail: ReceivedMail


Item = Said | Done | Sent | Came


def timeline(
    session: Session, inquiry: Inquiry, *, beside: Collection[str] = (), acts: Collection[str] = ()
) -> list[Item]:
    """All of it, the oldest first. An answer that was taken back is told as an act, without its words.

    `beside` are other subjects of the log, as it names them, of which these `acts` belong to the inquiry.
    """
    whole = [inquiry, *merged_into(session, inquiry)]
    letters = [letter for each in whole for letter in letters_caused_by(session, each)]
    came = _came(session, inquiry)
    items: list[Item] = [
        *_said(session, inquiry, letters),
        *_done(session, whole, beside, acts),
        *_sent(letters),
        *came,
    ]
    return sorted(items, key=lambda item: item.at)


def _said(session: Session, inquiry: Inquiry, letters: Sequence[Due]) -> Iterable[Said]:
    by_message: dict[int, list[Due]] = {}
    for letter in letters:
        by_message.setdefault(letter.payload.get("message_id") or 0, []).append(letter)
    query = select(ReceivedMail).where(ReceivedMail.inquiry_id == inquiry.id, ReceivedMail.action.in_(SAID_BY))
    mails = {mail.said_id: mail for mail in session.scalars(query)}
    if inquiry.message:
        yield Said(inquiry.created_at, None, mail=mails.get(None))
    for message in inquiry.messages:
        if message.withdrawn_at is None:
            yield Said(message.at, message, by_message.get(message.id, ()), mails.get(message.id))


def _done(session: Session, whole: Sequence[Inquiry], beside: Collection[str], acts: Collection[str]) -> Iterable[Done]:
    names = [log.name_of(inquiry) for inquiry in whole]
    own = and_(Entry.subject.in_(names), Entry.action.not_in(SAID))
    query = select(Entry).where(or_(own, and_(Entry.subject.in_(beside), Entry.action.in_(acts))))
    entries = session.scalars(query.options(joinedload(Entry.said)).order_by(Entry.id)).all()
    keys = {int(entry.actor.partition(":")[2]) for entry in entries if entry.actor.startswith("person:")}
    people = {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(keys)))}
    for entry in entries:
        kind, _colon, key = entry.actor.partition(":")
        by = people.get(int(key)) if kind == "person" else None
        words = entry.said.text if entry.said else ""
        yield Done(entry.at, entry.action, by, entry.actor == "buyer", entry.data, words)


def _came(session: Session, inquiry: Inquiry) -> Iterable[Came]:
    query = select(ReceivedMail).where(ReceivedMail.inquiry_id == inquiry.id, ReceivedMail.action.in_(MADE_BY_MACHINES))
    return [Came(mail.received_at, mail) for mail in session.scalars(query)]


def _sent(letters: Sequence[Due]) -> Iterable[Sent]:
    return [Sent(letter.created_at, letter) for letter in letters if not letter.payload.get("message_id")]
