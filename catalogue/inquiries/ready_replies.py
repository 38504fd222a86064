"""Ready replies in pairs, English and Lao: ours that every consortium begins with, and those an office writes."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Consortium
from catalogue.inquiries.office_models import ReadyReply
from catalogue.text import Bilingual

OURS = Path(__file__).parent / "terms" / "replies.toml"
PLACES = ("buyer", "number", "consortium", "needed_by", "place", "asked", "manager")
PLACE = re.compile(r"\{([^{}\n]{1,40})\}")
MOST = 100


class UnknownPlace(Exception):
    """A text names a place that nothing fills in."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class ChangedMeanwhile(Exception):
    """Somebody else changed this reply after it was opened."""


class TooMany(Exception):
    """There are a hundred already: more would not be found again."""


@dataclass(frozen=True)
class Reply:
    """One ready reply. `key` names it in addresses; `version` is 0 as long as nobody changed one of ours."""

    key: str
    name: Bilingual
    text: Bilingual
    version: int = 0


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into their places. A place without a value stays as it is, for the writer to see."""
    return PLACE.sub(lambda found: values.get(found[1].strip(), "") or found[0], text)


def open_places(text: str) -> list[str]:
    """Places of ours that are still to be filled in, in order, each once."""
    return [name for name in _names(text) if name in PLACES]


def unknown_places(*texts: str) -> list[str]:
    """Names in braces that nothing fills in, in order, each once."""
    return [name for name in _names("\n".join(texts)) if name not in PLACES]


@cache
def our_replies() -> tuple[Reply, ...]:
    """The replies that every consortium begins with."""
    written = tomllib.loads(OURS.read_text("utf-8"))["reply"]
    return tuple(
        Reply(
            each["key"],
            Bilingual(**each["name"]),
            Bilingual(**{lang: text.strip() for lang, text in each["text"].items()}),
        )
        for each in written
    )


def replies_of(session: Session, consortium: Consortium) -> Sequence[Reply]:
    """What this office can choose from: ours as it changed them and without those it took out, then its own."""
    rows = session.scalars(
        select(ReadyReply).where(ReadyReply.consortium_id == consortium.id).order_by(ReadyReply.id)
    ).all()
    instead = {row.key: row for row in rows if row.key}
    ours = [instead.get(reply.key, reply) for reply in our_replies()]
    own = [row for row in rows if row.key is None]
    return [_reply(each) for each in (*ours, *own) if isinstance(each, Reply) or not each.is_gone]


def reply_of(session: Session, consortium: Consortium, key: str) -> Reply | None:
    """One reply of this office, by the key that addresses name."""
    return next((reply for reply in replies_of(session, consortium) if reply.key == key), None)


def keep(
    session: Session,
    consortium: Consortium,
    earlier: Reply | None,
    name: Bilingual,
    text: Bilingual,
    *,
    by: Person,
    at: datetime,
) -> Reply:
    """Write a new reply, or change one as it was read (`earlier`).

    Raises `UnknownPlace` for a name in braces that nothing fills in, `ChangedMeanwhile`, and `TooMany`.
    """
    if names := unknown_places(text.lo, text.en):
        raise UnknownPlace(names)
    row = _row_of(session, consortium, earlier) if earlier else None
    if earlier is None and len(replies_of(session, consortium)) >= MOST:
        raise TooMany
    if row is None:
        row = ReadyReply(consortium_id=consortium.id, key=earlier.key if earlier else None)
        session.add(row)
    row.name, row.text, row.changed_at = name, text, at
    return _settle(session, consortium, row, "reply.kept", by, at)


def drop(session: Session, consortium: Consortium, earlier: Reply, *, by: Person, at: datetime) -> None:
    """Take a reply out of the list. Raises `ChangedMeanwhile`."""
    row = _row_of(session, consortium, earlier)
    if row is None:
        row = ReadyReply(consortium_id=consortium.id, key=earlier.key, name=earlier.name, text=earlier.text)
        session.add(row)
    row.is_gone, row.changed_at = True, at
    _settle(session, consortium, row, "reply.dropped", by, at)


def _row_of(session: Session, consortium: Consortium, earlier: Reply) -> ReadyReply | None:
    """The row of a reply as it was read; none yet for one of ours that nobody changed."""
    is_it = ReadyReply.key == earlier.key if earlier.key in _our_keys() else ReadyReply.public_id == earlier.key
    row = session.scalar(select(ReadyReply).where(ReadyReply.consortium_id == consortium.id, is_it))
    if (row.version if row else 0) != earlier.version:
        raise ChangedMeanwhile
    return row


def _settle(session: Session, consortium: Consortium, row: ReadyReply, action: str, by: Person, at: datetime) -> Reply:
    try:
        session.flush()
    except StaleDataError:
        raise ChangedMeanwhile from None
    log.record(session, action, row, at=at, chain=consortium.id, actor=log.actor_name(by))
    return _reply(row)


def _reply(row: Reply | ReadyReply) -> Reply:
    return row if isinstance(row, Reply) else Reply(row.key or row.public_id, row.name, row.text, row.version)


@cache
def _our_keys() -> frozenset[str]:
    return frozenset(reply.key for reply in our_replies())


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(found.strip() for found in PLACE.findall(text)))
