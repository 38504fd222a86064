"""The letters to members about a call: that it was sent, that it closes soon, that it was given up. Never who asks."""

from babel.dates import format_date
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.consortia.models import Member, MemberContact, Role, RoleName
from catalogue.consortia.sector import sector
from catalogue.inquiries import clock, terms
from catalogue.money import NBSP, format_number
from catalogue.notices.addresses import answer_page
from catalogue.notices.letters import Letter, notice
from catalogue.outbox.worker import Leased, NotNeeded
from catalogue.routing.models import Call, CallState, Candidate

MEMBERS_LANGUAGE = "lo"
TO_MEMBERS = {"call_sent", "call_closing", "call_given_up"}


@notice("call_sent")
def call_sent(session: Session, due: Leased) -> Letter:
    """To one member that is asked: what is wanted, by when, and the link to answer by."""
    candidate = _open_candidate(session, due)
    return _letter(session, candidate, until_closed=True)


@notice("call_closing")
def call_closing(session: Session, due: Leased) -> Letter:
    """To one member that has not answered, on the working day before the call closes."""
    candidate = _open_candidate(session, due)
    if candidate.answered_at is not None:
        raise NotNeeded("this member has answered")
    return _letter(session, candidate, until_closed=True)


@notice("call_given_up")
def call_given_up(session: Session, due: Leased) -> Letter:
    """To one member that was asked: nothing comes of it, and why."""
    candidate = _candidate(session, due)
    return _letter(session, candidate, until_closed=False)


def _open_candidate(session: Session, due: Leased) -> Candidate:
    candidate = _candidate(session, due)
    if candidate.call.state is not CallState.OPEN:
        raise NotNeeded("the call is over")
    return candidate


def _candidate(session: Session, due: Leased) -> Candidate:
    candidate = session.get(Candidate, due.payload["candidate_id"])
    if candidate is None or not candidate.is_called or not candidate.member.is_active:
        raise NotNeeded("this member is no longer asked")
    return candidate


def _letter(session: Session, candidate: Candidate, *, until_closed: bool) -> Letter:
    call = candidate.call
    name = call.consortium.name.in_(MEMBERS_LANGUAGE)
    working = clock.working_time()
    closes_at = call.closes_at.astimezone(working.zone)
    return Letter(
        to=address_of(session, candidate.member),
        to_name=candidate.member.name.in_(MEMBERS_LANGUAGE),
        from_name=name,
        language=MEMBERS_LANGUAGE,
        automatic=True,
        until=call.closes_at if until_closed else None,
        context={
            "member": candidate.member.name.in_(MEMBERS_LANGUAGE),
            "consortium": name,
            "phone": call.consortium.shared_contact_phone,
            "wanted": call.wanted.in_(MEMBERS_LANGUAGE),
            "amount": amount_of(call, call.quantity),
            "note": call.note.in_(MEMBERS_LANGUAGE),
            "ready_by": format_date(call.needed_by, "d MMMM y", locale=MEMBERS_LANGUAGE) if call.needed_by else "",
            "closes": f"{format_date(closes_at, 'EEEE d MMMM', locale=MEMBERS_LANGUAGE)}, {closes_at:%H:%M}",
            "reason": call.closed_reason,
            "number": call.number,
            "address": answer_page(candidate, MEMBERS_LANGUAGE),
        },
    )


def address_of(session: Session, member: Member) -> str:
    """The firm's own address, else that of the first of its people who has one."""
    own = select(MemberContact.email).where(
        MemberContact.consortium_id == member.consortium_id, MemberContact.member_id == member.id
    )
    people = (
        select(Person.email)
        .join(Role, Role.person_id == Person.id)
        .where(Role.name == RoleName.MEMBER, Role.member_id == member.id, Role.ended_at.is_(None))
        .where(Person.email.is_not(None), Person.disabled_at.is_(None))
        .order_by(Role.id)
        .limit(1)
    )
    found = session.scalar(own) or session.scalar(people)
    if not found:
        raise NotNeeded("the member has no e-mail address")
    return found


def amount_of(call: Call, quantity: int) -> str:
    """So many of a call, counted as its kind is counted in Lao."""
    category = sector(call.consortium.sector_key).category(call.category) if call.category else None
    unit = terms.unit_after(call.unit, quantity, MEMBERS_LANGUAGE)
    if call.unit == terms.DEFAULT_UNIT and category and category.classifier:
        unit = category.classifier.in_(MEMBERS_LANGUAGE)
    return f"{format_number(quantity, MEMBERS_LANGUAGE)}{NBSP}{unit}"
