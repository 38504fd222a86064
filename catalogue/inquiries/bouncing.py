"""Letters that came back: the return path that each carries, and what a bounce to it does."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Consortium
from catalogue.inquiries.links import BOUNCE
from catalogue.inquiries.models import BuyerContact, Inquiry, SendingPart
from catalogue.leaks import mask_for_log
from catalogue.outbox.models import Due
from catalogue.tokens import TokenMaker

LONGEST_REASON = 300
# After so many letters for good refused, a machine that goes on costs the name of the whole site (RFC 5321, 7.8).
MOST_HARD_BOUNCES = 3


def bounce_token(message_id: str, to: str, tokens: TokenMaker) -> str:
    """What the return path of one letter (its `Due.message_id`) to one address holds: 42 characters.

    The address is sealed with it, so a bounce proves which address the letter went to, though nothing stores it.
    """
    return tokens.make(_purpose(to), message_id.partition(".")[0], 0)


def take_bounce(
    session: Session,
    token: str,
    tokens: TokenMaker,
    *,
    named: Iterable[str] = (),
    is_hard: bool,
    reason: str,
    at: datetime,
) -> Due | None:
    """A letter came back for good: mark it and count it against the buyer's address; the letter, or None if forged.

    `token` stands in the address that the bounce came to, in any letter case. `named` are the addresses that the bounce
    says it could not reach, if it says any; those that we know of are tried as well. `is_hard`: the status is 5.x.x and
    not about the moment. `reason` is what the other side said. The same letter twice counts once. A report of a mere
    delay is no bounce: do not call this.
    """
    letter = _letter_of(session, token, tokens)
    if letter is None:
        return None
    contacts = _contacts_of(session, letter)
    known = [*(contact.email for contact in contacts), *_our_own(session, letter)]
    address = _proved(token, tokens, [*named, *known])
    if address is None:
        return None
    if _mark(session, letter, reason, at):
        for contact in (each for each in contacts if _same(each.email) == address):
            _count(contact, is_hard, at)
        chain = letter.consortium_id or log.NETWORK
        data = {"kind": letter.kind, "about": letter.about, "hard": is_hard}
        log.record(session, "letter.bounced", letter, at=at, chain=chain, data=data)
        session.flush()
    return letter


def trust_again(session: Session, letter: Due) -> None:
    """A manager has a letter sent once more: what was counted against its addresses no longer holds it back."""
    for contact in _contacts_of(session, letter):
        contact.hard_bounces = contact.soft_bounces = 0
        contact.bounced_at = None


def is_given_up(contact: BuyerContact) -> bool:
    """Whether no letter goes to this address until a manager says so."""
    return contact.hard_bounces >= MOST_HARD_BOUNCES


def _letter_of(session: Session, token: str, tokens: TokenMaker) -> Due | None:
    key = tokens.key_of(token)
    if key is None:
        return None
    # A range, which both databases find by the index whatever their order of letters; then the exact one.
    query = select(Due).where(Due.message_id.between(f"{key}.", f"{key}.{'z' * len(key)}"))
    return next((due for due in session.scalars(query) if (due.message_id or "").startswith(f"{key}.")), None)


def _contacts_of(session: Session, letter: Due) -> Sequence[BuyerContact]:
    """The buyer's contacts of the inquiry, or of the inquiries, that a letter is about."""
    inquiry_id, sending_id = letter.payload.get("inquiry_id"), letter.payload.get("sending_id")
    of_sending = select(SendingPart.inquiry_id).where(SendingPart.sending_id == sending_id)
    query = select(BuyerContact).join(Inquiry, Inquiry.id == BuyerContact.inquiry_id)
    mine = or_(Inquiry.id == inquiry_id, Inquiry.id.in_(of_sending))
    return session.scalars(query.where(mine).order_by(Inquiry.id)).all()


def _our_own(session: Session, letter: Due) -> list[str]:
    """The addresses of the office and of its people that a letter may have gone to."""
    consortium = session.get(Consortium, letter.consortium_id) if letter.consortium_id else None
    person_id = letter.payload.get("person_id")
    person = session.get(Person, person_id) if person_id else None
    return [each for each in (consortium and consortium.shared_contact_email, person and person.email) if each]


def _proved(token: str, tokens: TokenMaker, addresses: Iterable[str]) -> str | None:
    return next((_same(each) for each in addresses if each and tokens.is_valid(_purpose(each), token, 0)), None)


def _mark(session: Session, letter: Due, reason: str, at: datetime) -> bool:
    said = mask_for_log(" ".join(reason.split()))[:LONGEST_REASON]
    step = update(Due).where(Due.id == letter.id, Due.bounced_at.is_(None)).values(bounced_at=at, bounce_said=said)
    is_first = session.connection().execute(step).rowcount == 1
    session.refresh(letter)
    return is_first


def _count(contact: BuyerContact, is_hard: bool, at: datetime) -> None:
    contact.bounced_at = at
    if is_hard:
        contact.hard_bounces += 1
    else:
        contact.soft_bounces += 1


def _purpose(address: str) -> str:
    return f"{BOUNCE} {_same(address)}"


def _same(address: str) -> str:
    return address.strip().casefold()
