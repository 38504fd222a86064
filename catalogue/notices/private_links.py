"""The letters about a buyer's private link and e-mail address: a new link, an address to confirm, the old one told."""

from datetime import datetime

from sqlalchemy.orm import Session

from catalogue.inquiries.address_models import AddressChange
from catalogue.inquiries.links import REPLY_BUYER, token_of
from catalogue.inquiries.models import Inquiry, Sending
from catalogue.inquiries.new_address import CONFIRM, CONFIRM_WITHIN, REFUSE, REFUSE_WITHIN
from catalogue.notices.addresses import answers_to, buyer_page, sending_page, site_address, token_maker
from catalogue.notices.letters import Letter, notice
from catalogue.outbox.worker import Leased, NotNeeded


@notice("link_renewed")
def link_renewed(session: Session, due: Leased) -> Letter:
    """To the buyer: the private page's new address."""
    inquiry = _inquiry(session, due)
    if not inquiry.buyer_contact.email:
        raise NotNeeded("the buyer has no e-mail address")
    sending = session.get(Sending, due.payload["sending_id"]) if due.payload.get("sending_id") else None
    language = inquiry.language
    page = sending_page(sending, language) if sending else buyer_page(inquiry, language)
    # As of a sending's confirmation: an answer would reach one office, and quote the link that shows the others.
    reply_to = None if sending else answers_to(inquiry, REPLY_BUYER)
    return _letter(inquiry, inquiry.buyer_contact.email, reply_to=reply_to, address=page)


@notice("address_to_confirm")
def address_to_confirm(session: Session, due: Leased) -> Letter:
    """To a new address: the link that confirms it. Nothing of the inquiry: the address may be somebody else's."""
    change = _change(session, due)
    page = _page("storefront.new_address", change, CONFIRM)
    return _letter(change.inquiry, change.new_email, until=change.asked_at + CONFIRM_WITHIN, address=page)


@notice("address_may_change")
def address_may_change(session: Session, due: Leased) -> Letter:
    """To the address that is known: that another one was given, and how to refuse. Never the other address."""
    change = _change(session, due)
    page = _page("storefront.old_address", change, REFUSE)
    return _letter(change.inquiry, change.old_email, until=change.asked_at + REFUSE_WITHIN, address=page)


def _letter(
    inquiry: Inquiry, to: str, *, address: str, until: datetime | None = None, reply_to: str | None = None
) -> Letter:
    name = inquiry.consortium.name.in_(inquiry.language)
    return Letter(
        to=to,
        from_name=name,
        language=inquiry.language,
        reply_to=reply_to,
        automatic=True,
        until=until,
        context={"number": inquiry.number, "consortium": name, "address": address},
    )


def _page(endpoint: str, change: AddressChange, purpose: str) -> str:
    return site_address(endpoint, lang=change.inquiry.language, token=token_of(change, token_maker(), purpose))


def _inquiry(session: Session, due: Leased) -> Inquiry:
    inquiry = session.get(Inquiry, due.payload["inquiry_id"])
    if inquiry is None or inquiry.buyer_contact is None:
        raise NotNeeded("the inquiry is no longer there")
    return inquiry


def _change(session: Session, due: Leased) -> AddressChange:
    change = session.get(AddressChange, due.payload["change_id"])
    if change is None or change.refused_at:
        raise NotNeeded("the change of address is over")
    return change
