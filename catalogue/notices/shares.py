"""The letters about shares: to each member its own, with the link to why; to the office that all have answered."""

from datetime import date

from babel.dates import format_date
from sqlalchemy.orm import Session

from catalogue.notices.addresses import site_address, token_maker
from catalogue.notices.letters import Letter, notice
from catalogue.notices.routing import MEMBERS_LANGUAGE, address_of, amount_of
from catalogue.outbox.worker import Leased, NotNeeded
from catalogue.routing.division_models import Allocation, Share, ShareState
from catalogue.routing.proposing import to_divide_again
from catalogue.routing.share_links import token_of

TO_MEMBERS = {"share_told", "share_changed"}


@notice("share_told")
def share_told(session: Session, due: Leased) -> Letter:
    """To one member: how much is its own, until when to say so, and the link to why. Not where it answered already."""
    share = _share(session, due)
    allocation = share.allocation
    if share.answered_at is not None or share.state is not ShareState.TOLD:
        raise NotNeeded("this member has answered")
    if allocation.round > 1 and not share.quantity:
        raise NotNeeded("nothing of what was handed back went to this member")
    return _to_member(session, share, is_more=allocation.round > 1, until=_day(allocation.held_until))


@notice("share_changed")
def share_changed(session: Session, due: Leased) -> Letter:
    """To one member: its share lapsed unanswered, or the office answered what it wrote."""
    share = _share(session, due)
    return _to_member(session, share, has_lapsed=share.state is ShareState.LAPSED)


@notice("shares_complete")
def shares_complete(session: Session, due: Leased) -> Letter:
    """To the shared contact: every member has answered; what was handed back, and who does not agree."""
    allocation = session.get(Allocation, due.payload["allocation_id"])
    if allocation is None:
        raise NotNeeded("the division is no longer there")
    call, name = allocation.call, allocation.call.consortium.name.in_(MEMBERS_LANGUAGE)
    shares = allocation.shares
    taken = sum(share.quantity for share in shares if share.state in (ShareState.TAKEN, ShareState.AWARDED))
    free = to_divide_again(session, call)
    return Letter(
        to=call.consortium.shared_contact_email,
        to_name=name,
        from_name=name,
        language=MEMBERS_LANGUAGE,
        automatic=True,
        context={
            "number": call.number,
            "consortium": name,
            "wanted": call.wanted.in_(MEMBERS_LANGUAGE),
            "taken": amount_of(call, taken),
            "free": amount_of(call, free) if free else "",
            "objections": sum(1 for share in shares if share.objection and share.objection_answered_at is None),
            "address": site_address("desk.allocation", slug=call.consortium.slug, number=call.number),
        },
    )


def share_page(share: Share, language: str) -> str:
    """The address where a member reads its share and answers without signing in."""
    return site_address("storefront.offer", lang=language, token=token_of(share, token_maker()))


def _share(session: Session, due: Leased) -> Share:
    share = session.get(Share, due.payload["share_id"])
    if share is None or not share.member.is_active:
        raise NotNeeded("this member no longer takes part")
    return share


def _to_member(session: Session, share: Share, **more: object) -> Letter:
    call, member = share.allocation.call, share.member
    name = call.consortium.name.in_(MEMBERS_LANGUAGE)
    return Letter(
        to=address_of(session, member),
        to_name=member.name.in_(MEMBERS_LANGUAGE),
        from_name=name,
        language=MEMBERS_LANGUAGE,
        automatic=True,
        context={
            "member": member.name.in_(MEMBERS_LANGUAGE),
            "consortium": name,
            "phone": call.consortium.shared_contact_phone,
            "wanted": call.wanted.in_(MEMBERS_LANGUAGE),
            "share": amount_of(call, share.quantity) if share.quantity else "",
            "whole": amount_of(call, call.quantity),
            "due": _day(share.due_on),
            "address": share_page(share, MEMBERS_LANGUAGE),
            **more,
        },
    )


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale=MEMBERS_LANGUAGE)
