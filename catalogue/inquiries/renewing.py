"""A new private link in place of one that too many people know: the old one is over, the new one goes out by letter."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from catalogue.activity import log
from catalogue.inquiries.links import merged_into
from catalogue.inquiries.models import Inquiry, Sending
from catalogue.outbox import queue

BUYER = "buyer"


class RenewedBefore(Exception):
    """Somebody asked for a new link a moment before."""


def renew(session: Session, found: Inquiry | Sending, *, at: datetime, actor: str = BUYER) -> None:
    """Have every link of an inquiry, or of a whole sending with its parts, replaced: to read, to answer, to say no.

    The new one goes to the known e-mail address alone, never onto the page: whoever asked may be the stranger. Raises
    `RenewedBefore`.
    """
    inquiries = found.inquiries if isinstance(found, Sending) else [found]
    _one_more(session, found)
    for inquiry in inquiries:
        if inquiry is not found:
            _one_more(session, inquiry)
        # The links of what was merged into it lead here as well.
        for part in merged_into(session, inquiry):
            _one_more(session, part)
        log.record(session, "link.renewed", inquiry, at=at, chain=inquiry.consortium_id, actor=actor)
    for inquiry, opens in _written_to(found, inquiries):
        _letter(session, inquiry, opens, at)


def can_be_renewed(found: Inquiry | Sending) -> bool:
    """Whether there is an address that the new link can go to."""
    inquiries = found.inquiries if isinstance(found, Sending) else [found]
    return any(each.buyer_contact.email for each in inquiries)


def _written_to(found: Inquiry | Sending, inquiries: Sequence[Inquiry]) -> list[tuple[Inquiry, Inquiry | Sending]]:
    """Which inquiry's address gets the link to what: the page of all goes only to an address that all of them have."""
    known = [each for each in inquiries if each.buyer_contact.email]
    if len({each.buyer_contact.email.casefold() for each in known}) > 1:
        return [(each, each) for each in known]
    return [(each, found) for each in known[:1]]


def _one_more(session: Session, linked: Inquiry | Sending) -> None:
    session.flush()
    table = type(linked)
    step = (
        update(table)
        .where(table.id == linked.id, table.link_generation == linked.link_generation)
        .values(link_generation=table.link_generation + 1)
    )
    is_first = session.connection().execute(step).rowcount == 1
    session.refresh(linked)
    if not is_first:
        raise RenewedBefore


def _letter(session: Session, inquiry: Inquiry, found: Inquiry | Sending, at: datetime) -> None:
    queue.letter(
        session,
        "link_renewed",
        at=at,
        consortium_id=inquiry.consortium_id,
        about=log.name_of(inquiry),
        inquiry_id=inquiry.id,
        sending_id=found.id if isinstance(found, Sending) else None,
    )
