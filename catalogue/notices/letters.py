"""What a letter is, and the list of all: one function a letter, found by the kind that the outbox names."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.inquiries.models import Inquiry
from catalogue.mail.models import Action, ReceivedMail
from catalogue.media.models import StoredFile
from catalogue.outbox.models import Due, DueState
from catalogue.outbox.worker import Leased

# What strangers wrote goes into a header of ours: signs that can do no harm there, and no more of them than others use.
FOREIGN_ID = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\[\]:-]{1,150}@[A-Za-z0-9.\[\]:_-]{1,100}")
SENT_OR_ON_ITS_WAY = (DueState.DONE, DueState.WAITING)


@dataclass(frozen=True)
class Letter:
    """To whom, from whom, in which language and with what facts; the words lie in `templates/mail/<kind>/`.

    `to` is one bare address; `from_name` and `to_name` are ours, never typed by a visitor. `automatic` letters say so,
    and no machine is to answer them. `earlier` holds the Message-IDs of the same talk with the same party, oldest
    first; those of our own letters without the domain. `files` go along as far as they fit; `about` names them.
    After `until` the letter is of no use. `unsubscribe` is where a POST ends letters of this kind (RFC 8058).
    """

    to: str
    language: str
    from_name: str
    context: dict[str, Any] = field(repr=False)
    to_name: str = ""
    reply_to: str | None = None
    automatic: bool = False
    earlier: tuple[str, ...] = ()
    files: tuple[StoredFile, ...] = ()
    about: str = ""
    until: datetime | None = None
    unsubscribe: str = ""


Compose = Callable[[Session, Leased], Letter]
LETTERS: dict[str, Compose] = {}


def notice(kind: str) -> Callable[[Compose], Compose]:
    """Have the letter `kind` composed by this function."""

    def register(compose: Compose) -> Compose:
        LETTERS[kind] = compose
        return compose

    return register


def talk_before(
    session: Session, due: Leased, kinds: Collection[str], *, with_mails_of: Inquiry | None = None
) -> tuple[str, ...]:
    """The Message-IDs of the letters of these kinds about the same thing before this one, oldest first.

    `with_mails_of` adds the buyer's own mails, so that their mail program shows one talk; never those of strangers who
    had the address to answer to.
    """
    said = _letters_before(session, due, kinds)
    if with_mails_of is not None:
        said += _mails_before(session, due, with_mails_of)
    return tuple(message_id for _at, message_id in sorted(said, key=lambda each: each[0]))


def _letters_before(session: Session, due: Leased, kinds: Collection[str]) -> list[tuple[datetime, str]]:
    query = (
        select(Due.created_at, Due.message_id)
        .where(
            Due.about == due.about,
            Due.kind.in_(kinds),
            Due.id < due.id,
            Due.state.in_(SENT_OR_ON_ITS_WAY),
            Due.message_id.is_not(None),
        )
        .order_by(Due.id)
    )
    return [(at, message_id) for at, message_id in session.execute(query).all() if message_id]


def _mails_before(session: Session, due: Leased, inquiry: Inquiry) -> list[tuple[datetime, str]]:
    known = inquiry.buyer_contact.email.casefold()
    query = select(ReceivedMail).where(
        ReceivedMail.inquiry_id == inquiry.id,
        ReceivedMail.action.in_([Action.APPEND, Action.HELD]),
        ReceivedMail.received_at <= due.created_at,
    )
    own = [mail for mail in session.scalars(query) if known and mail.sender.casefold() == known]
    said = [(mail.received_at, mail.message_id or "") for mail in own]
    return [(at, message_id) for at, message_id in said if FOREIGN_ID.fullmatch(message_id)]
