"""A buyer's new e-mail address: nothing changes until it is confirmed there, and the old address can say no."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql.dml import Update

from catalogue.activity import log
from catalogue.inquiries.address_models import AddressChange
from catalogue.inquiries.conversation import ClosedReason
from catalogue.inquiries.links import is_opened_by
from catalogue.inquiries.models import BuyerContact, Inquiry, Sending, SendingPart
from catalogue.inquiries.renewing import renew
from catalogue.outbox import queue
from catalogue.tokens import TokenMaker

BUYER = "buyer"
CONFIRM = "new-address"
REFUSE = "old-address"
# Long enough for somebody who travels to notice; a wrong change does harm for no longer.
CONFIRM_WITHIN = timedelta(days=3)
REFUSE_WITHIN = timedelta(days=14)


class SameAddress(Exception):
    """The new address is the one that is known already."""


class NoLongerOpen(Exception):
    """The change was confirmed or refused before, another one took its place, or its time is over."""


def ask_for_change(session: Session, found: Inquiry | Sending, email: str, *, at: datetime) -> list[AddressChange]:
    """Write to the new address, which has to confirm, and to the old one, which can refuse.

    One change for all of a sending; where its inquiries have several addresses one for each, so that none of these can
    say anything about another's inquiry. A change that still waited gives way. Raises `SameAddress`.
    """
    all_of_them = found.inquiries if isinstance(found, Sending) else [found]
    inquiries = [each for each in all_of_them if each.erased_at is None]
    others = [each for each in inquiries if each.buyer_contact.email != email]
    if not others:
        raise SameAddress
    session.connection().execute(_waiting([each.id for each in inquiries]).values(refused_at=at))
    is_one_address = len({each.buyer_contact.email for each in inquiries}) == 1
    return [_ask(session, each, email, at) for each in ([found] if is_one_address else others)]


def _ask(session: Session, found: Inquiry | Sending, email: str, at: datetime) -> AddressChange:
    first = found.inquiries[0] if isinstance(found, Sending) else found
    old = first.buyer_contact.email
    change = AddressChange(
        consortium_id=first.consortium_id,
        inquiry=first,
        sending=found if isinstance(found, Sending) else None,
        old_email=old,
        new_email=email,
        asked_at=at,
    )
    session.add(change)
    session.flush()
    _letter(session, "address_to_confirm", change, at)
    if old:
        _letter(session, "address_may_change", change, at)
    _log(session, "address.asked", change, at)
    return change


def may_be_changed(found: Inquiry | Sending) -> bool:
    """Whether an address can be given: not where its owner said that the inquiry is not theirs."""
    inquiries = found.inquiries if isinstance(found, Sending) else [found]
    return not any(each.closed_reason == ClosedReason.NOT_THEIRS for each in inquiries)


def change_of_token(session: Session, token: str, tokens: TokenMaker, purpose: str) -> AddressChange | None:
    """The change that a link confirms (`CONFIRM`) or refuses (`REFUSE`)."""
    query = select(AddressChange).where(AddressChange.link_key == tokens.key_of(token))
    change = session.scalar(query.options(joinedload(AddressChange.inquiry)))
    return change if change and is_opened_by(change, token, tokens, purpose) else None


def can_be_confirmed(change: AddressChange, at: datetime) -> bool:
    """Whether the new address may still confirm."""
    return not change.confirmed_at and not change.refused_at and at <= change.asked_at + CONFIRM_WITHIN


def can_be_refused(change: AddressChange, at: datetime) -> bool:
    """Whether the old address may still say no."""
    return not change.refused_at and at <= change.asked_at + REFUSE_WITHIN


def confirm(session: Session, change: AddressChange, *, at: datetime) -> None:
    """Write to the new address from now on; letters that came back from the old one no longer count.

    Raises `NoLongerOpen`.
    """
    if not can_be_confirmed(change, at) or not _decide(session, change, confirmed_at=at):
        raise NoLongerOpen
    _write_to(session, change.inquiries, change.new_email)
    _log(session, "address.changed", change, at)


def refuse(session: Session, change: AddressChange, *, at: datetime) -> None:
    """The old address says that it did not want this: it stays or comes back, and the private link is a new one.

    Whoever asked for the change had the link. Raises `NoLongerOpen`.
    """
    if not can_be_refused(change, at) or not _decide(session, change, refused_at=at):
        raise NoLongerOpen
    _let_go_later(session, change, at)
    if change.confirmed_at:
        _write_to(session, change.inquiries, change.old_email)
    renew(session, change.sending or change.inquiry, at=at, actor=BUYER)
    _log(session, "address.refused", change, at)


def forget_old_changes(session: Session, *, at: datetime) -> int:
    """Delete changes that nobody can refuse any more: they hold addresses. How many there were."""
    old = delete(AddressChange).where(AddressChange.asked_at < at - REFUSE_WITHIN)
    return session.connection().execute(old).rowcount


def _decide(session: Session, change: AddressChange, **when: datetime) -> bool:
    """Take the step if nobody took it before; a change that was refused is never confirmed."""
    open_still = [AddressChange.refused_at.is_(None)]
    if "confirmed_at" in when:
        open_still.append(AddressChange.confirmed_at.is_(None))
    step = update(AddressChange).where(AddressChange.id == change.id, *open_still).values(**when)
    was_open = session.connection().execute(step).rowcount == 1
    session.refresh(change)
    return was_open


def _waiting(inquiry_ids: Sequence[int]) -> Update:
    """The changes that nobody confirmed yet; one that was confirmed stays as long as it can be refused."""
    return update(AddressChange).where(
        _about(inquiry_ids), AddressChange.confirmed_at.is_(None), AddressChange.refused_at.is_(None)
    )


def _let_go_later(session: Session, change: AddressChange, at: datetime) -> None:
    """Close what was asked for after a change that is refused, confirmed or not.

    Each has an address of the stranger as its old one, which could take everything back by refusing in its turn.
    """
    about = [each.id for each in change.inquiries]
    session.connection().execute(_waiting(about).values(refused_at=at))
    later = update(AddressChange).where(_about(about), AddressChange.id > change.id, AddressChange.refused_at.is_(None))
    session.connection().execute(later.values(refused_at=at))


def _about(inquiry_ids: Sequence[int]) -> ColumnElement[bool]:
    """The changes for these inquiries, alone or as part of a sending."""
    sendings = select(SendingPart.sending_id).where(SendingPart.inquiry_id.in_(inquiry_ids))
    return or_(AddressChange.inquiry_id.in_(inquiry_ids), AddressChange.sending_id.in_(sendings))


def _write_to(session: Session, inquiries: Sequence[Inquiry], email: str) -> None:
    for inquiry in inquiries:
        contact = session.get(BuyerContact, inquiry.id)
        # An address that was erased stays erased.
        is_erased = inquiry.erased_at is not None or inquiry.closed_reason == ClosedReason.NOT_THEIRS
        if contact is not None and not is_erased:
            contact.email, contact.hard_bounces, contact.soft_bounces, contact.bounced_at = email, 0, 0, None
    session.flush()


def _letter(session: Session, kind: str, change: AddressChange, at: datetime) -> None:
    queue.letter(
        session,
        kind,
        at=at,
        consortium_id=change.consortium_id,
        about=log.name_of(change.inquiry),
        inquiry_id=change.inquiry_id,
        change_id=change.id,
    )


def _log(session: Session, action: str, change: AddressChange, at: datetime) -> None:
    for inquiry in change.inquiries:
        log.record(session, action, inquiry, at=at, chain=inquiry.consortium_id, actor=BUYER, data={})
