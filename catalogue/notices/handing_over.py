"""The letter to those who may decide in the place of a manager with a tie to a candidate."""

from babel.dates import format_datetime
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.inquiries.clock import working_time
from catalogue.notices.addresses import site_address
from catalogue.notices.letters import Letter, notice
from catalogue.outbox.worker import Leased, NotNeeded
from catalogue.routing.handing_models import HandOver
from catalogue.routing.handing_over import is_manager


@notice("handed_over")
def handed_over(session: Session, due: Leased) -> Letter:
    """To another manager, who may take it at once, or to the deputy, who may from a time. Not sent once it is taken."""
    over = session.get(HandOver, due.payload["hand_over_id"])
    person = session.get(Person, due.payload["person_id"])
    if over is None or over.taken_by_id is not None:
        raise NotNeeded("somebody took it over")
    if person is None or not person.email or person.is_disabled:
        raise NotNeeded("this person has no address any more")
    consortium, language = over.inquiry.consortium, person.language
    from_when = over.deputy_at.astimezone(working_time().zone)
    return Letter(
        to=person.email,
        to_name=person.name,
        from_name=consortium.name.in_(language),
        language=language,
        automatic=True,
        context={
            "number": over.inquiry.number,
            "consortium": consortium.name.in_(language),
            "by": over.asked_by.name if over.asked_by else "",
            "at_once": is_manager(session, consortium.id, person),
            "from_when": format_datetime(from_when, "d MMMM, H:mm", locale=language),
            "address": site_address("desk.hand_over", slug=consortium.slug, inquiry_id=over.inquiry.public_id),
        },
    )
