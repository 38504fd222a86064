"""Mail that reached nobody: listed for whoever decides where it belongs, which the worker then carries out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Consortium
from catalogue.database import writing
from catalogue.inquiries.incoming import append_from, open_from
from catalogue.inquiries.links import living
from catalogue.inquiries.mail_room import MailRoom, park_files, read_kept
from catalogue.inquiries.models import Inquiry
from catalogue.mail.models import FOR_A_PERSON, OTHER_WORDS, Action, ReceivedMail
from catalogue.mail.reading import Unreadable
from catalogue.outbox import queue
from catalogue.outbox.worker import CannotBeDone

KIND = "mail.place"
MOST_ROWS = 200


class AlreadySettled(Exception):
    """Somebody else said a moment ago what becomes of it."""


def waiting_mails(session: Session, consortium: Consortium) -> Sequence[ReceivedMail]:
    """The mails of an office that wait for a person, the oldest first; those of nobody too where it is the only one."""
    query = _waiting(_of_office(session, consortium)).order_by(ReceivedMail.id).limit(MOST_ROWS)
    return session.scalars(query).all()


def count_waiting_mails(session: Session, consortium: Consortium) -> int:
    """How many there are."""
    rows = _waiting(_of_office(session, consortium)).with_only_columns(ReceivedMail.id).subquery()
    return session.scalar(select(func.count()).select_from(rows)) or 0


def mails_of_nobody(session: Session) -> Sequence[ReceivedMail]:
    """The mails that no office can be told of, for the operator; the oldest first."""
    query = _waiting(ReceivedMail.consortium_id.is_(None)).order_by(ReceivedMail.id).limit(MOST_ROWS)
    return session.scalars(query).all()


def mail_of_office(session: Session, consortium: Consortium, public_id: str) -> ReceivedMail | None:
    """One mail that this office may read: its own, or nobody's where it is the only office."""
    query = select(ReceivedMail).where(ReceivedMail.public_id == public_id, _of_office(session, consortium))
    return session.scalar(query)


def place_in(session: Session, mail: ReceivedMail, inquiry: Inquiry, *, by: Person, at: datetime) -> None:
    """A manager says that it belongs to this inquiry. Raises `AlreadySettled`."""
    _order(session, mail, inquiry.consortium_id, by=by, at=at, inquiry_id=living(session, inquiry).id)


def open_as_inquiry(session: Session, mail: ReceivedMail, consortium: Consortium, *, by: Person, at: datetime) -> None:
    """A manager says that it is a new inquiry. Raises `AlreadySettled`."""
    _order(session, mail, consortium.id, by=by, at=at)


def give_to(session: Session, mail: ReceivedMail, consortium: Consortium) -> None:
    """The operator says which office it is for; there it waits further. Raises `AlreadySettled`."""
    step = update(ReceivedMail).where(
        ReceivedMail.id == mail.id, ReceivedMail.consortium_id.is_(None), ReceivedMail.settled_at.is_(None)
    )
    if session.connection().execute(step.values(consortium_id=consortium.id)).rowcount != 1:
        raise AlreadySettled
    session.refresh(mail)


def settle(session: Session, mail: ReceivedMail, *, by: Person, at: datetime) -> None:
    """Nothing is to be done with it; it stays kept. Raises `AlreadySettled`."""
    _settle(session, mail, by, at)
    chain = mail.consortium_id or log.NETWORK
    log.record(session, "mail.settled", mail, at=at, chain=chain, actor=log.actor_name(by))


def carry_out(room: MailRoom, payload: dict[str, Any], at: datetime) -> None:
    """Have a mail do what a manager said; done twice it does it once."""
    with Session(room.engine) as session:
        row = session.get_one(ReceivedMail, payload["mail_id"])
        session.expunge(row)
    try:
        mail = read_kept(room.store, row)
    except Unreadable as broken:
        raise CannotBeDone(f"the mail cannot be read: {broken}") from None
    parked = park_files(room.store, mail)
    with writing(room.engine) as session:
        row = session.get_one(ReceivedMail, row.id, with_for_update=True)
        if row.action is Action.APPEND:
            return
        if payload.get("inquiry_id"):
            inquiry = session.get_one(Inquiry, payload["inquiry_id"])
            row.said_id = append_from(session, inquiry, mail, parked, at=at).id
        else:
            consortium = session.get_one(Consortium, payload["consortium_id"])
            inquiry = open_from(session, consortium, mail, parked, at=at)
        row.action, row.reason = Action.APPEND, "placed by hand"
        row.consortium_id, row.inquiry_id = inquiry.consortium_id, inquiry.id


def _order(
    session: Session, mail: ReceivedMail, consortium_id: int, *, by: Person, at: datetime, inquiry_id: int | None = None
) -> None:
    _settle(session, mail, by, at)
    mail.consortium_id = consortium_id
    queue.job(
        session,
        KIND,
        at=at,
        consortium_id=consortium_id,
        about=log.name_of(mail),
        mail_id=mail.id,
        inquiry_id=inquiry_id,
    ).payload |= {"consortium_id": consortium_id}
    data = {"inquiry": inquiry_id} if inquiry_id else {}
    log.record(session, "mail.placed", mail, at=at, chain=consortium_id, actor=log.actor_name(by), data=data)


def _settle(session: Session, mail: ReceivedMail, by: Person, at: datetime) -> None:
    session.flush()
    step = (
        update(ReceivedMail)
        .where(ReceivedMail.id == mail.id, ReceivedMail.settled_at.is_(None))
        .values(settled_at=at, settled_by_id=by.id)
    )
    if session.connection().execute(step).rowcount != 1:
        raise AlreadySettled
    session.refresh(mail)


def _waiting(whose: ColumnElement[bool]) -> Select[ReceivedMail]:
    is_for_a_person = or_(ReceivedMail.action.in_(FOR_A_PERSON), ReceivedMail.reason == OTHER_WORDS)
    return select(ReceivedMail).where(is_for_a_person, ReceivedMail.settled_at.is_(None), whose)


def _of_office(session: Session, consortium: Consortium) -> ColumnElement[bool]:
    own = ReceivedMail.consortium_id == consortium.id
    is_only_one = session.scalar(select(func.count(Consortium.id))) == 1
    return or_(own, ReceivedMail.consortium_id.is_(None)) if is_only_one else own
