"""What the public sees of a consortium beside its products: its picture and its makers', and that they changed."""

from datetime import datetime

from sqlalchemy import event, update
from sqlalchemy.orm import Session, SessionTransaction

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Consortium, Member, Network
from catalogue.media.models import StoredFile
from catalogue.text import Bilingual

SHOWN_ANEW = "shown anew"
# The one primary-key read of a kept page; {} is the place for the slug in a database's own manner.
VERSION_OF_CONSORTIUM = "SELECT catalogue_version FROM consortium WHERE slug = {}"
VERSION_OF_NETWORK = "SELECT catalogue_version FROM network WHERE id = 1"


def bump(session: Session, consortium: Consortium | int) -> None:
    """Public data of a consortium (or of the one with this key) changed: what was kept of it is no longer shown.

    The one way to say so. The versions of the consortium and of the network rise once, when the transaction commits.
    """
    key = consortium if isinstance(consortium, int) else consortium.id
    session.info.setdefault(SHOWN_ANEW, set()).add(key)


def raise_versions(session: Session) -> None:
    """Raise the versions of what changed in this transaction: the network's first, then in order of id.

    So late, and always in this order, two transactions wait for one another only while they commit.
    """
    changed: set[int] = session.info.pop(SHOWN_ANEW, set())
    if not changed:
        return
    session.execute(update(Network).values(catalogue_version=Network.catalogue_version + 1))
    for key in sorted(changed):
        version = Consortium.catalogue_version + 1
        session.execute(update(Consortium).where(Consortium.id == key).values(catalogue_version=version))


def show_hero(
    session: Session, consortium: Consortium, file: StoredFile, alt: Bilingual, *, by: Person | None, at: datetime
) -> None:
    """The picture that a consortium's home opens with; `alt` says what is on it."""
    consortium.hero_id, consortium.hero_alt = file.id, alt
    bump(session, consortium)
    data = {"file": file.id}
    log.record(session, "hero.shown", consortium, at=at, chain=consortium.id, actor=log.actor_name(by), data=data)


def show_maker(session: Session, member: Member, file: StoredFile, *, by: Person | None, at: datetime) -> None:
    """The picture of a firm at work, on its own page."""
    member.photo_id = file.id
    bump(session, member.consortium)
    data = {"file": file.id}
    log.record(session, "maker.shown", member, at=at, chain=member.consortium_id, actor=log.actor_name(by), data=data)


@event.listens_for(Session, "before_commit", insert=True)
def _raise_at_commit(session: Session) -> None:
    """By the commit itself, before the log is sealed; a savepoint leaves it to the transaction around it."""
    if not session.in_nested_transaction():
        raise_versions(session)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    """What was undone changed nothing; a savepoint undone in a transaction that goes on keeps what was before it."""
    if not transaction.nested:
        session.info.pop(SHOWN_ANEW, None)
