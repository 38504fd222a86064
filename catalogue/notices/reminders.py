"""The letters that remind managers: the digest of the morning, and that an answer is late."""

from datetime import date, datetime, timedelta

from babel.dates import format_date
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.inquiries import clock, inbox, terms
from catalogue.inquiries.models import Inquiry
from catalogue.inquiries.reminder_models import Digest
from catalogue.inquiries.reminders import mornings_of
from catalogue.notices.addresses import desk_inbox, desk_letters, desk_page, no_digest_page
from catalogue.notices.letters import Letter, notice
from catalogue.outbox.worker import Leased, NotNeeded

OFFICE_LANGUAGE = "lo"
LASTS = timedelta(hours=12)


@notice("digest")
def digest(session: Session, due: Leased) -> Letter:
    """To one manager: what is new, late and waiting at each of their consortia; no contact of any buyer or member."""
    row = session.get(Digest, due.payload["digest_id"])
    if row is None or not _can_be_written_to(row.person) or not row.person.wants_digest:
        raise NotNeeded("this manager wants no digest")
    mornings = mornings_of(session, row.person, at=due.created_at)
    if not mornings:
        raise NotNeeded("nothing waits any more")
    language = row.person.language
    return Letter(
        to=row.person.email or "",
        to_name=row.person.name,
        from_name="Sala",
        language=language,
        automatic=True,
        until=due.created_at + LASTS,
        unsubscribe=no_digest_page(row),
        context={
            "day": _day(row.day, language),
            "unsubscribe": no_digest_page(row),
            "mornings": [
                {
                    "name": morning.consortium.name.in_(language),
                    "new": [_line(each, language) for each in morning.new],
                    "overdue": [_line(each, language) for each in morning.overdue],
                    "waiting": morning.waiting,
                    "held": morning.held,
                    "failed": morning.failed_letters,
                    "address": desk_inbox(morning.consortium),
                    "letters": desk_letters(morning.consortium),
                }
                for morning in mornings
            ],
        },
    )


@notice("answer_late")
def answer_late(session: Session, due: Leased) -> Letter:
    """To a manager, or to the shared contact: a buyer waits too long. Not sent once the office has answered."""
    inquiry = session.get(Inquiry, due.payload["inquiry_id"])
    since = datetime.fromisoformat(due.payload["since"])
    if inquiry is None or not inquiry.is_open or inbox.waiting_since(inquiry) != since:
        raise NotNeeded("the office has answered")
    person_id = due.payload.get("person_id")
    person = session.get(Person, person_id) if person_id else None
    if person_id and not _can_be_written_to(person):
        raise NotNeeded("this manager has no address any more")
    language = person.language if person else OFFICE_LANGUAGE
    name = inquiry.consortium.name.in_(language)
    return Letter(
        to=(person and person.email) or inquiry.consortium.shared_contact_email,
        to_name=person.name if person else name,
        from_name=name,
        language=language,
        automatic=True,
        context={
            "number": inquiry.number,
            "country": _country(inquiry, language),
            "consortium": name,
            "since": _day(clock.working_time().day_of(since), language),
            "due": _day(clock.working_time().day_of(clock.due_at(since)), language),
            "address": desk_page(inquiry),
        },
    )


def _can_be_written_to(person: Person | None) -> bool:
    return person is not None and bool(person.email) and not person.is_disabled


def _day(day: date, language: str) -> str:
    return format_date(day, "d MMMM", locale=language)


def _line(inquiry: Inquiry, language: str) -> tuple[str, str, str]:
    return inquiry.number, _country(inquiry, language), desk_page(inquiry)


def _country(inquiry: Inquiry, language: str) -> str:
    country = terms.countries().get(inquiry.country)
    return country.name.in_(language) if country else inquiry.country
