"""Erasing again after a restore: a backup still holds what was erased since, and the tombstones tell what that was."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.database import writing
from catalogue.inquiries.models import BuyerContact, Inquiry
from catalogue.mail.models import ReceivedMail
from catalogue.mail.transport import Transport
from catalogue.media.stores import Store
from catalogue.privacy.clearing import clear
from catalogue.privacy.erasing import Erased, LastOperator, erase_buyer, erase_person, hash_of
from catalogue.privacy.models import Tombstone, Whose
from catalogue.privacy.trail import Trail, trail_of_inquiries

FOLDER = "erased"


def erase_again(engine: Engine, store: Store, transport: Transport, *, at: datetime) -> int:
    """Erase what the tombstones of database and store name and what is here nevertheless; how many erasures that took.

    Only what is older than its tombstone: who came back since is not erased.
    """
    with writing(engine) as session:
        _gather(session, store)
    with writing(engine) as session:
        done = [*_buyers(session, at), *_people(session, at)]
        lefts = [(each.tombstone.id, each.left) for each in done]
    for tombstone_id, left in lefts:
        clear(engine, store, transport, tombstone_id, left)
    return len(lefts)


def _gather(session: Session, store: Store) -> None:
    """Take over the tombstones that the store knows and the restored database does not."""
    known = set(session.scalars(select(Tombstone.key)))
    for place in sorted(store.names(FOLDER)):
        given = json.loads(store.get(place))
        if given["key"] not in known:
            erased_at = datetime.fromisoformat(given.pop("erased_at"))
            session.add(Tombstone(**{**given, "of": Whose(given["of"])}, erased_at=erased_at))


def _buyers(session: Session, at: datetime) -> Iterable[Erased]:
    stones = _stones(session, Whose.BUYER)
    of_row = {row: stone for stone in stones for row in stone.rows}
    of_hash = _latest_by_hash(stones)
    found: set[int] = set()
    query = select(Inquiry.id, Inquiry.public_id, Inquiry.created_at, BuyerContact.email)
    for key, public_id, created_at, email in session.execute(
        query.join(BuyerContact, BuyerContact.inquiry_id == Inquiry.id).where(Inquiry.erased_at.is_(None))
    ):
        if public_id in of_row or _is_buried(of_hash, email, created_at):
            found.add(key)
    mails = [
        key
        for key, sender, received_at in session.execute(
            select(ReceivedMail.id, ReceivedMail.sender, ReceivedMail.received_at)
        )
        if _is_buried(of_hash, sender, received_at)
    ]
    if found or mails:
        trail = trail_of_inquiries(session, found)
        trail.keys[ReceivedMail.__tablename__] = sorted({*trail.keys[ReceivedMail.__tablename__], *mails})
        yield erase_buyer(session, Trail("", trail.keys), by=None, at=at)


def _people(session: Session, at: datetime) -> Iterable[Erased]:
    buried = {row for stone in _stones(session, Whose.PERSON) for row in stone.rows}
    people = session.scalars(select(Person).where(Person.public_id.in_(buried), Person.email.is_not(None))).all()
    for person in people:
        try:
            yield erase_person(session, person, by=None, at=at)
        except LastOperator:
            continue


def _stones(session: Session, of: Whose) -> list[Tombstone]:
    return list(session.scalars(select(Tombstone).where(Tombstone.of == of).order_by(Tombstone.id)))


def _latest_by_hash(stones: Iterable[Tombstone]) -> dict[str, dict[str, datetime]]:
    """By salt and hash, when an address was last erased."""
    found: dict[str, dict[str, datetime]] = defaultdict(dict)
    for stone in stones:
        if stone.address_hash:
            earlier = found[stone.salt].get(stone.address_hash, stone.erased_at)
            found[stone.salt][stone.address_hash] = max(earlier, stone.erased_at)
    return found


def _is_buried(of_hash: dict[str, dict[str, datetime]], email: str, made_at: datetime) -> bool:
    if not email:
        return False
    erased = (hashes.get(hash_of(salt, email)) for salt, hashes in of_hash.items())
    return any(each is not None and made_at <= each for each in erased)
