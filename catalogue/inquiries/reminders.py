"""What reminds managers: the digest of the morning, and a letter when an answer is late; each planned once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Consortium, Role, RoleName
from catalogue.database import insert_or_update
from catalogue.inquiries import clock, inbox
from catalogue.inquiries.inbox import View
from catalogue.inquiries.links import NO_DIGEST, is_opened_by
from catalogue.inquiries.models import Inquiry
from catalogue.inquiries.reminder_models import Digest, Escalation
from catalogue.outbox import queue
from catalogue.outbox.reading import count_failed_letters
from catalogue.tokens import TokenMaker

VIENTIANE = ZoneInfo("Asia/Vientiane")
# A worker that was down in the morning makes up for it until noon; a digest in the evening would only confuse.
FROM, UNTIL = time(7, 30), time(12)
A_DAY = timedelta(days=1)
# Answers that were late long before, as on a site that was just moved, stand in the digest alone.
LATE_SINCE = timedelta(days=3)


@dataclass(frozen=True)
class Morning:
    """What one consortium's manager finds in the morning: numbers, and the inquiries that came since yesterday."""

    consortium: Consortium
    new: Sequence[Inquiry]
    overdue: Sequence[Inquiry]
    waiting: int
    held: int
    failed_letters: int

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.new or self.overdue or self.waiting or self.held or self.failed_letters)


def plan_digests(session: Session, *, at: datetime) -> int:
    """Between 7:30 and noon in Vientiane, have each manager written to who was not yet today; how many letters.

    It is decided once a day: where nothing waits there is no letter, and none later that day. Two workers, or a clock
    that jumps back, meet the row of that day.
    """
    local = at.astimezone(VIENTIANE)
    if not FROM <= local.time() < UNTIL:
        return 0
    written_to = select(Digest.person_id).where(Digest.day == local.date())
    query = _managers().where(Person.wants_digest, Person.id.not_in(written_to)).distinct().order_by(Person.id)
    return sum(_plan_digest(session, person, at) for person in session.scalars(query).all())


def mornings_of(session: Session, person: Person, *, at: datetime) -> list[Morning]:
    """What a manager finds, for each consortium where something waits."""
    query = (
        select(Consortium)
        .join(Role, Role.consortium_id == Consortium.id)
        .where(Role.person_id == person.id, Role.name == RoleName.MANAGER, Role.ended_at.is_(None))
        .order_by(Consortium.id)
    )
    mornings = [_morning(session, consortium, person, at) for consortium in session.scalars(query)]
    return [morning for morning in mornings if not morning.is_quiet]


def plan_escalations(session: Session, *, at: datetime) -> int:
    """Have managers written to about each answer that is late, once a wait; how many letters.

    To whoever has taken the inquiry; where nobody has, to every manager; where none has an address, to the shared
    contact.
    """
    return sum(_escalate(session, consortium, at) for consortium in session.scalars(select(Consortium)).all())


def stop_digest(person: Person) -> None:
    """No more digests for this person, until they ask for them on their account page."""
    person.wants_digest = False


def digest_of_token(session: Session, token: str, tokens: TokenMaker) -> Digest | None:
    """The digest whose way out this token is, in any letter case; it stays one for good."""
    row = session.scalar(select(Digest).where(Digest.link_key == tokens.key_of(token)))
    return row if row and is_opened_by(row, token, tokens, NO_DIGEST) else None


def _plan_digest(session: Session, person: Person, at: datetime) -> int:
    insert = insert_or_update(session)(Digest).on_conflict_do_nothing(index_elements=["person_id", "day"])
    day = at.astimezone(VIENTIANE).date()
    first = insert.returning(Digest.id)
    digest_id = session.scalar(first, {"person_id": person.id, "day": day, "created_at": at})
    if digest_id is None or not mornings_of(session, person, at=at):
        return 0
    about = f"{Digest.__tablename__}:{digest_id}"
    queue.letter(session, "digest", at=at, consortium_id=None, about=about, digest_id=digest_id, person_id=person.id)
    return 1


def _morning(session: Session, consortium: Consortium, person: Person, at: datetime) -> Morning:
    came = select(Inquiry).where(
        Inquiry.consortium_id == consortium.id, Inquiry.created_at > at - A_DAY, Inquiry.merged_into_id.is_(None)
    )
    counts = inbox.counts(session, consortium, person, at=at)
    return Morning(
        consortium=consortium,
        new=session.scalars(came.order_by(Inquiry.id)).all(),
        overdue=inbox.overdue(session, consortium, at=at),
        waiting=counts[View.OFFICE],
        held=counts[View.HELD],
        failed_letters=count_failed_letters(session, consortium.id),
    )


def _escalate(session: Session, consortium: Consortium, at: datetime) -> int:
    return sum(_tell_of(session, inquiry, at) for inquiry in inbox.overdue(session, consortium, at=at))


def _tell_of(session: Session, inquiry: Inquiry, at: datetime) -> int:
    since = inbox.waiting_since(inquiry)
    if since is None or at - clock.due_at(since) > LATE_SINCE:
        return 0
    given = {"consortium_id": inquiry.consortium_id, "inquiry_id": inquiry.id, "since": since, "created_at": at}
    insert = insert_or_update(session)(Escalation).on_conflict_do_nothing(index_elements=["inquiry_id", "since"])
    if session.scalar(insert.returning(Escalation.id), given) is None:
        return 0
    who = _told(session, inquiry)
    for person_id in who:
        _letter(session, inquiry, person_id, since, at)
    data = {"people": [each for each in who if each]}
    log.record(session, "answer.late", inquiry, at=at, chain=inquiry.consortium_id, data=data)
    return len(who)


def _told(session: Session, inquiry: Inquiry) -> list[int | None]:
    """The keys of the people to be told; None stands for the shared contact."""
    managers = _managers().where(Role.consortium_id == inquiry.consortium_id).order_by(Person.id)
    keys = [person.id for person in session.scalars(managers)]
    taken = [key for key in keys if key == inquiry.assigned_to_id]
    return [*(taken or keys)] or [None]


def _letter(session: Session, inquiry: Inquiry, person_id: int | None, since: datetime, at: datetime) -> None:
    queue.letter(
        session,
        "answer_late",
        at=at,
        consortium_id=inquiry.consortium_id,
        about=log.name_of(inquiry),
        inquiry_id=inquiry.id,
        person_id=person_id,
        since=since.isoformat(),
    )


def _managers() -> Select[Any]:
    """Everybody who manages a consortium now and has an address to be written to."""
    return (
        select(Person)
        .join(Role, Role.person_id == Person.id)
        .where(Role.name == RoleName.MANAGER, Role.ended_at.is_(None))
        .where(Person.disabled_at.is_(None), Person.email.is_not(None), Person.email != "")
    )
