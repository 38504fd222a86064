"""Receiving an inquiry: stored whole, once, with its letters, before the buyer is told that it was."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Consortium
from catalogue.consortia.numbers import next_number
from catalogue.inquiries.models import Attachment, BuyerContact, Channel, Inquiry, InquiryLine
from catalogue.media.keeping import Parked, keep
from catalogue.media.models import FileKind
from catalogue.outbox import queue
from catalogue.products.models import Product

VIENTIANE = ZoneInfo("Asia/Vientiane")


@dataclass(frozen=True)
class Buyer:
    """Who asks. `country` is ISO 3166-1 alpha-2; the rest beyond name and e-mail may be empty."""

    name: str
    email: str
    country: str
    company: str = ""
    role: str = ""
    city: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Wanted:
    """One line: a published product or words, how many of which UN/ECE Rec 20 unit, and what is hoped to be paid."""

    product: Product | None = None
    description: str = ""
    quantity: int | None = None
    unit: str = "C62"
    target_price: Decimal | None = None
    wants_sample: bool = False
    note: str = ""


@dataclass(frozen=True)
class Terms:
    """What the buyer says of delivery and payment; everything may be empty."""

    needed_by: date | None = None
    incoterm: str = ""
    named_place: str = ""
    currency: str = ""
    wants_sample: bool = False
    order_type: str = ""


@dataclass(frozen=True)
class Asked:
    """A whole inquiry as it came; `files` were parked before the transaction."""

    buyer: Buyer
    message: str = ""
    wanted: Sequence[Wanted] = ()
    terms: Terms = Terms()
    language: str = "en"
    channel: Channel = Channel.WEB
    files: Sequence[Parked] = field(default=())


def send_inquiry(
    session: Session,
    consortium: Consortium,
    asked: Asked,
    *,
    at: datetime,
    submission: str | None = None,
    held_reason: str | None = None,
    confirm: bool = True,
    entered_by: Person | None = None,
) -> Inquiry:
    """Store an inquiry with its lines, activity and letters due; the same `submission` again gives the same inquiry.

    `submission` is the hash of the form's signed value and the visitor (at most 64 characters). A held inquiry tells
    the office and sends no confirmation; nor does `confirm=False` (a limit on letters to one address), or no address.
    """
    if submission and (earlier := inquiry_of(session, consortium, submission)):
        return earlier
    try:
        with session.begin_nested():
            inquiry = _store(session, consortium, asked, at, submission, held_reason, entered_by)
    except IntegrityError:
        winner = inquiry_of(session, consortium, submission) if submission else None
        if winner is None:
            raise
        return winner
    _tell(session, inquiry, at, confirm=confirm)
    return inquiry


_inquiry = Inquiry.__table__.c
OF_SUBMISSION = select(_inquiry.id).where(
    _inquiry.consortium_id == bindparam("consortium_id"), _inquiry.submission == bindparam("submission")
)


def inquiry_of(session: Session, consortium: Consortium, submission: str) -> Inquiry | None:
    """The inquiry that a form's submission made, if it made one."""
    key = session.scalar(OF_SUBMISSION, {"consortium_id": consortium.id, "submission": submission})
    return session.get(Inquiry, key) if key else None


def release(session: Session, inquiry: Inquiry, *, by: Person, at: datetime) -> None:
    """A manager says that a held inquiry is honest: it is worked on like any other, and the buyer is told."""
    if inquiry.held_reason is None:
        return
    reason, inquiry.held_reason = inquiry.held_reason, None
    inquiry.changed_at = at
    session.flush()
    if inquiry.buyer_contact.email:
        _letter(session, "inquiry_confirmed", inquiry, at)
    _log(session, "inquiry.released", inquiry, at, log.actor_name(by), reason=reason)


def _store(
    session: Session,
    consortium: Consortium,
    asked: Asked,
    at: datetime,
    submission: str | None,
    held_reason: str | None,
    entered_by: Person | None,
) -> Inquiry:
    buyer, terms = asked.buyer, asked.terms
    inquiry = Inquiry(
        consortium=consortium,
        number=next_number(session, consortium, "inquiry", at.astimezone(VIENTIANE).year),
        submission=submission,
        held_reason=held_reason,
        channel=asked.channel,
        language=asked.language,
        entered_by=entered_by.id if entered_by else None,
        created_at=at,
        changed_at=at,
        buyer_role=buyer.role,
        country=buyer.country,
        city=buyer.city,
        message=asked.message,
        needed_by=terms.needed_by,
        incoterm=terms.incoterm,
        named_place=terms.named_place,
        currency=terms.currency,
        wants_sample=terms.wants_sample,
        order_type=terms.order_type,
        buyer_contact=_contact(consortium, buyer),
    )
    session.add(inquiry)
    session.flush()
    if asked.wanted:
        lines = [_line(inquiry, position, wanted) for position, wanted in enumerate(asked.wanted)]
        session.execute(insert(InquiryLine.__table__), lines)  # type: ignore[arg-type]
    session.add_all(
        Attachment(
            consortium_id=inquiry.consortium_id,
            inquiry_id=inquiry.id,
            file=keep(session, parked, consortium_id=inquiry.consortium_id, kind=FileKind.ATTACHMENT, at=at),
        )
        for parked in asked.files
    )
    session.flush()
    return inquiry


def _contact(consortium: Consortium, buyer: Buyer) -> BuyerContact:
    return BuyerContact(
        consortium_id=consortium.id,
        name=buyer.name,
        email=buyer.email,
        company=buyer.company,
        phone=buyer.phone,
    )


def _line(inquiry: Inquiry, position: int, wanted: Wanted) -> dict[str, Any]:
    """A row of `inquiry_line`: all lines go in with one statement."""
    return {
        "consortium_id": inquiry.consortium_id,
        "inquiry_id": inquiry.id,
        "position": position,
        "product_id": wanted.product.id if wanted.product else None,
        "product_version_id": wanted.product.published_id if wanted.product else None,
        "description": wanted.description,
        "quantity": wanted.quantity,
        "unit": wanted.unit,
        "target_price": wanted.target_price,
        "wants_sample": wanted.wants_sample,
        "note": wanted.note,
    }


def _tell(session: Session, inquiry: Inquiry, at: datetime, *, confirm: bool) -> None:
    _letter(session, "inquiry_received", inquiry, at)
    if confirm and not inquiry.is_held and inquiry.buyer_contact.email:
        _letter(session, "inquiry_confirmed", inquiry, at)
    actor = f"person:{inquiry.entered_by}" if inquiry.entered_by else "buyer"
    _log(session, "inquiry.received", inquiry, at, actor, channel=inquiry.channel, held=inquiry.held_reason)


def _letter(session: Session, kind: str, inquiry: Inquiry, at: datetime) -> None:
    queue.letter(
        session,
        kind,
        at=at,
        consortium_id=inquiry.consortium_id,
        about=log.name_of(inquiry),
        inquiry_id=inquiry.id,
    )


def _log(session: Session, action: str, inquiry: Inquiry, at: datetime, actor: str, **data: object) -> None:
    log.record(session, action, inquiry, at=at, chain=inquiry.consortium_id, actor=actor, data=data)
