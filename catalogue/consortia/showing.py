"""What the public sees of a consortium beside its products: its picture and its makers', and that they changed."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Consortium, Member
from catalogue.media.models import StoredFile
from catalogue.text import Bilingual


def bump(session: Session, consortium: Consortium) -> None:
    """Public data changed: what was kept of the old catalogue is no longer shown."""
    session.flush()
    version = Consortium.catalogue_version + 1
    session.execute(update(Consortium).where(Consortium.id == consortium.id).values(catalogue_version=version))
    session.refresh(consortium, ["catalogue_version"])


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
