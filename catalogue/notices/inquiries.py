"""The letters about an inquiry: to the office and to the buyer; each side has its own address to answer to."""

from dataclasses import dataclass, replace

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from catalogue.inquiries import terms
from catalogue.inquiries.bouncing import is_given_up
from catalogue.inquiries.defences import Reason
from catalogue.inquiries.links import REPLY_BUYER, REPLY_OFFICE
from catalogue.inquiries.models import Attachment, Inquiry, InquiryLine, Message, Sending
from catalogue.lao import has_lao
from catalogue.mail.transport import TryAgain
from catalogue.media.models import FileState, StoredFile
from catalogue.money import CURRENCIES, NBSP, Money, format_money, format_number
from catalogue.notices.addresses import answers_to, buyer_page, desk_page, not_me_page, sending_page
from catalogue.notices.letters import Letter, notice, talk_before
from catalogue.outbox.worker import CannotBeDone, Leased, NotNeeded

OFFICE_LANGUAGE = "lo"
# The third try comes after two and a half minutes: a file that is not checked by then waits for a worker that is away.
WITHOUT_FILES_AT = 3
TO_OFFICE = {"inquiry_received", "buyer_wrote", "mail_not_sent"}
TO_BUYER = {"inquiry_confirmed", "answer_sent"}

HELD_BECAUSE: dict[str, LazyString] = {
    Reason.TRAP: _l("a field was filled in that people do not see"),
    Reason.EMAIL: _l("many inquiries came from this e-mail address today"),
    Reason.NETWORK: _l("many inquiries came from one network within an hour"),
    Reason.LINKS: _l("there are many links in it"),
    Reason.WORDS: _l("it has words that advertising letters have"),
    Reason.FORM: _l("it did not come from our own form"),
    Reason.FAST: _l("it was filled in faster than a person writes"),
}


@dataclass(frozen=True)
class LineSaid:
    """One line of an inquiry in words."""

    name: str
    reference: str
    amount: str
    price: str
    note: str
    description: str
    wants_sample: bool


@notice("inquiry_received")
def inquiry_received(session: Session, due: Leased) -> Letter:
    """To the shared contact: everything that is needed to answer, in the buyer's own words."""
    inquiry = _inquiry(session, due)
    role, kind = terms.roles().get(inquiry.buyer_role), terms.order_types().get(inquiry.order_type)
    return _to_office(
        session,
        due,
        inquiry,
        held_because=HELD_BECAUSE.get(inquiry.held_reason or ""),
        lines=[_said(line, inquiry) for line in inquiry.lines],
        role=role.name.in_(OFFICE_LANGUAGE) if role else "",
        order_type=kind.name.in_(OFFICE_LANGUAGE) if kind else "",
        delivery=" ".join(filter(None, (inquiry.incoterm, inquiry.named_place))),
        needs_a_port=terms.needs_a_port(inquiry.incoterm, inquiry.named_place),
        has_files=_has_files(session, inquiry, None),
    )


@notice("buyer_wrote")
def buyer_wrote(session: Session, due: Leased) -> Letter:
    """To the shared contact: what the buyer wrote."""
    inquiry, message = _inquiry(session, due), _message(session, due)
    return _to_office(session, due, inquiry, text=message.text, has_files=_has_files(session, inquiry, message.id))


@notice("mail_not_sent")
def mail_not_sent(session: Session, due: Leased) -> Letter:
    """To the shared contact: what was written to us by mail is a note now, and the buyer has not got it."""
    return _to_office(session, due, _inquiry(session, due), text=_message(session, due).text)


@notice("inquiry_confirmed")
def inquiry_confirmed(session: Session, due: Leased) -> Letter:
    """To the buyer: number and private link. Nothing that the buyer typed: the address may be somebody else's."""
    inquiry = _inquiry(session, due)
    return _to_buyer(session, due, inquiry, automatic=True, not_me=not_me_page(inquiry, inquiry.language))


@notice("sending_confirmed")
def sending_confirmed(session: Session, due: Leased) -> Letter:
    """To the buyer, once for all: each number with its consortium, and the one private page.

    It has no address to answer to: an answer would reach one office, and quote the link that shows the others.
    """
    sending = session.get(Sending, due.payload["sending_id"])
    known = [each for each in sending.inquiries if each.buyer_contact and each.buyer_contact.email] if sending else []
    if sending is None or not known:
        raise NotNeeded("the buyer has no e-mail address")
    language = sending.language
    return Letter(
        to=known[0].buyer_contact.email,
        from_name="Sala",
        language=language,
        automatic=True,
        context={
            "inquiries": [(each.number, each.consortium.name.in_(language)) for each in known],
            "address": sending_page(sending, language),
            "not_me": not_me_page(sending, language),
        },
    )


@notice("answer_sent")
def answer_sent(session: Session, due: Leased) -> Letter:
    """To the buyer: the office's answer, in the buyer's language where there is such a side, with the files that fit.

    Raises `TryAgain` while the files are being checked, but not for long: then they are read on the private page.
    """
    inquiry, message = _inquiry(session, due), _message(session, due)
    if message.withdrawn_at is not None:
        raise NotNeeded("the answer was taken back")
    files = _files(session, inquiry, message.id)
    if due.attempt < WITHOUT_FILES_AT and any(file.state is FileState.WAITING for file in files):
        raise TryAgain("a file of this answer is still being checked")
    letter = _to_buyer(session, due, inquiry, text=_side(message, inquiry.language), has_files=bool(files))
    return replace(letter, files=tuple(file for file in files if file.is_ready), about=inquiry.number)


def _to_office(session: Session, due: Leased, inquiry: Inquiry, **facts: object) -> Letter:
    name = inquiry.consortium.name.in_(OFFICE_LANGUAGE)
    shared = {
        "inquiry": inquiry,
        "buyer": inquiry.buyer_contact,
        "country": _country(inquiry, OFFICE_LANGUAGE),
        "consortium": name,
        "address": desk_page(inquiry),
    }
    return Letter(
        to=inquiry.consortium.shared_contact_email,
        to_name=name,
        from_name=name,
        language=OFFICE_LANGUAGE,
        reply_to=answers_to(inquiry, REPLY_OFFICE),
        automatic=True,
        earlier=talk_before(session, due, TO_OFFICE),
        context=shared | facts,
    )


def _to_buyer(session: Session, due: Leased, inquiry: Inquiry, *, automatic: bool = False, **facts: object) -> Letter:
    if not inquiry.buyer_contact.email:
        raise NotNeeded("the buyer has no e-mail address")
    if is_given_up(inquiry.buyer_contact):
        raise CannotBeDone("letters to this address came back again and again")
    name = inquiry.consortium.name.in_(inquiry.language)
    address = buyer_page(inquiry, inquiry.language)
    return Letter(
        to=inquiry.buyer_contact.email,
        from_name=name,
        language=inquiry.language,
        reply_to=answers_to(inquiry, REPLY_BUYER),
        automatic=automatic,
        earlier=talk_before(session, due, TO_BUYER, with_mails_of=inquiry),
        context={"number": inquiry.number, "consortium": name, "address": address} | facts,
    )


def _inquiry(session: Session, due: Leased) -> Inquiry:
    inquiry = session.get(Inquiry, due.payload["inquiry_id"])
    if inquiry is None or inquiry.buyer_contact is None:
        raise NotNeeded("the inquiry is no longer there")
    return inquiry


def _message(session: Session, due: Leased) -> Message:
    message = session.get(Message, due.payload["message_id"])
    if message is None:
        raise NotNeeded("the message is no longer there")
    return message


def _side(message: Message, language: str) -> str:
    """What is said, in this language if somebody wrote that side."""
    written_in = "lo" if has_lao(message.text) else "en"
    return message.translation if message.translation and written_in != language else message.text


def _files(session: Session, inquiry: Inquiry, message_id: int) -> list[StoredFile]:
    own = select(Attachment).where(Attachment.inquiry_id == inquiry.id, Attachment.message_id == message_id)
    return [attachment.file for attachment in session.scalars(own.order_by(Attachment.id))]


def _has_files(session: Session, inquiry: Inquiry, message_id: int | None) -> bool:
    own = exists().where(Attachment.inquiry_id == inquiry.id, Attachment.message_id.is_not_distinct_from(message_id))
    return bool(session.scalar(select(own)))


def _country(inquiry: Inquiry, language: str) -> str:
    country = terms.countries().get(inquiry.country)
    return country.name.in_(language) if country else inquiry.country


def _said(line: InquiryLine, inquiry: Inquiry) -> LineSaid:
    version = line.product_version
    return LineSaid(
        name=version.name.in_(OFFICE_LANGUAGE) if version else "",
        reference=line.product.reference if line.product else "",
        amount=_amount(line),
        price=_price(line, inquiry.currency or inquiry.consortium.currency),
        note=line.note,
        description=line.description,
        wants_sample=line.wants_sample,
    )


def _amount(line: InquiryLine) -> str:
    if line.quantity is None:
        return ""
    return f"{format_number(line.quantity, OFFICE_LANGUAGE)}{NBSP}{terms.unit_after(line.unit, line.quantity, 'lo')}"


def _price(line: InquiryLine, currency: str) -> str:
    if line.target_price is None:
        return ""
    if currency not in CURRENCIES:
        return f"{format_number(line.target_price, OFFICE_LANGUAGE)}{NBSP}{currency}"
    return format_money(Money(line.target_price, currency), OFFICE_LANGUAGE)
