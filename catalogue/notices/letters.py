"""What a letter is, and the list of all: one function a letter, found by the kind that the outbox names."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.outbox.models import Due, DueState
from catalogue.outbox.worker import Leased

SENT_OR_ON_ITS_WAY = (DueState.DONE, DueState.WAITING)


@dataclass(frozen=True)
class Letter:
    """To whom, from whom, in which language and with what facts; the words lie in `templates/mail/<kind>/`.

    `to` is one bare address; `from_name` and `to_name` are ours, never typed by a visitor. `automatic` letters say so,
    and no machine is to answer them. `earlier` holds the Message-IDs of the same talk to the same party, oldest first.
    After `until` the letter is of no use.
    """

    to: str
    language: str
    from_name: str
    context: dict[str, Any] = field(repr=False)
    to_name: str = ""
    reply_to: str | None = None
    automatic: bool = False
    earlier: tuple[str, ...] = ()
    until: datetime | None = None


Compose = Callable[[Session, Leased], Letter]
LETTERS: dict[str, Compose] = {}


def notice(kind: str) -> Callable[[Compose], Compose]:
    """Have the letter `kind` composed by this function."""

    def register(compose: Compose) -> Compose:
        LETTERS[kind] = compose
        return compose

    return register


def earlier_letters(session: Session, due: Leased, kinds: Collection[str]) -> tuple[str, ...]:
    """The Message-IDs of the letters of these kinds about the same thing before this one."""
    query = (
        select(Due.message_id)
        .where(
            Due.about == due.about,
            Due.kind.in_(kinds),
            Due.id < due.id,
            Due.state.in_(SENT_OR_ON_ITS_WAY),
            Due.message_id.is_not(None),
        )
        .order_by(Due.id)
    )
    return tuple(message_id for message_id in session.scalars(query) if message_id)
