"""Writing, sealing and checking the log."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import bindparam, event, select
from sqlalchemy.orm import Session, SessionTransaction, joinedload

from catalogue.activity.models import Entry, EntryText, Head
from catalogue.tokens import new_key

NETWORK = 0
SYSTEM = "system"
ON_BEHALF_OF = "on_behalf_of"
PAGE = 500


class Numbered(Protocol):
    """Anything with a key."""

    id: Any


@dataclass(frozen=True)
class Act:
    """What is to be logged at the end of the transaction."""

    chain: int
    at: datetime
    actor: str
    action: str
    subject: Numbered
    data: dict[str, Any] = field(default_factory=dict)
    text: str | None = None


def actor_name(person: Numbered | None) -> str:
    """How the log names who acted: "person:7", or "system"."""
    return f"person:{person.id}" if person else SYSTEM


def act_on_behalf(session: Session, member_id: int | None) -> None:
    """From now on whatever is done in this session is done on behalf of this firm (None: of nobody)."""
    session.info[ON_BEHALF_OF] = member_id


def on_behalf_of(session: Session) -> int | None:
    """The key of the firm on whose behalf this session acts."""
    return session.info.get(ON_BEHALF_OF)


def name_of(subject: Numbered) -> str:
    """How the log names a thing: its table and key, such as "product:12"."""
    return f"{getattr(subject, '__tablename__', type(subject).__name__.lower())}:{subject.id}"


def record(
    session: Session,
    action: str,
    subject: Numbered,
    *,
    at: datetime,
    chain: int,
    actor: str = SYSTEM,
    data: dict[str, Any] | None = None,
    text: str | None = None,
) -> None:
    """Note that `action` ("listing.published") was done to `subject`; it is sealed when the transaction commits.

    `data` holds ids and codes only. Free words go into `text`, which can be erased without breaking the chain. What is
    done on behalf of a firm says so.
    """
    member_id = on_behalf_of(session)
    marked = {**(data or {}), **({ON_BEHALF_OF: member_id} if member_id else {})}
    session.info.setdefault("acts", []).append(Act(chain, at, actor, action, subject, marked, text))


def seal(session: Session) -> None:
    """Chain everything recorded in this transaction, each chain under its head's lock, in order of id."""
    acts: list[Act] = session.info.pop("acts", [])
    if not acts:
        return
    session.flush()
    for chain in sorted({act.chain for act in acts}):
        head = _locked_head(session, chain)
        for act in (act for act in acts if act.chain == chain):
            _append(session, head, act)
    session.flush()


def verify(session: Session, chain: int) -> str | None:
    """Recompute a whole chain. None when it holds, else a sentence that names the first entry that does not."""
    seq, previous = 0, ""
    for entry in _entries(session, chain):
        seq += 1
        if entry.seq != seq:
            return f"entry {seq} is missing"
        if entry.previous != previous or entry.hash != _hash(entry):
            return f"entry {seq} was changed"
        if entry.said and entry.text_hash != _text_hash(entry.said.salt, entry.said.text):
            return f"the words of entry {seq} were changed"
        previous = entry.hash
    head = session.get(Head, chain)
    if (head.seq, head.hash) != (seq, previous) if head else seq:
        return f"the head does not fit entry {seq}"
    return None


def chains(session: Session) -> list[int]:
    """Every chain there is, the network's first."""
    return list(session.scalars(select(Head.chain).order_by(Head.chain)))


def _entries(session: Session, chain: int) -> Iterator[Entry]:
    last = 0
    query = select(Entry).where(Entry.chain == chain).options(joinedload(Entry.said)).order_by(Entry.seq).limit(PAGE)
    while rows := session.scalars(query.where(Entry.seq > last)).all():
        yield from rows
        last = rows[-1].seq


LOCKED_HEAD = (
    select(Head).where(Head.chain == bindparam("chain")).with_for_update().execution_options(populate_existing=True)
)


def _locked_head(session: Session, chain: int) -> Head:
    head = session.scalar(LOCKED_HEAD, {"chain": chain})
    if head is None:
        head = Head(chain=chain, seq=0, hash="")
        session.add(head)
    return head


def _append(session: Session, head: Head, act: Act) -> None:
    said = EntryText(salt=new_key(), text=act.text) if act.text else None
    entry = Entry(
        chain=act.chain,
        seq=head.seq + 1,
        at=act.at,
        actor=act.actor,
        action=act.action,
        subject=name_of(act.subject),
        data=act.data,
        text_hash=_text_hash(said.salt, said.text) if said else None,
        previous=head.hash,
        said=said,
    )
    entry.hash = _hash(entry)
    session.add(entry)
    head.seq, head.hash = entry.seq, entry.hash


def _hash(entry: Entry) -> str:
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [entry.chain, entry.seq, at, entry.actor, entry.action, entry.subject, entry.data, entry.text_hash]
    canonical = json.dumps([*parts, entry.previous], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _text_hash(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}|{text}".encode()).hexdigest()


@event.listens_for(Session, "before_commit")
def _seal_last(session: Session) -> None:
    """Sealed by the commit itself, so that no path, web, worker or command, can forget it."""
    seal(session)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    """What was undone is not logged; a savepoint undone in a transaction that goes on keeps the acts before it."""
    if not transaction.nested:
        session.info.pop("acts", None)
