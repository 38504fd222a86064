"""What one mail does: it goes on in an inquiry, opens one, is only recorded, or waits for a person. Nothing is lost."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from catalogue import lao, limits
from catalogue.activity import log
from catalogue.consortia.models import Consortium
from catalogue.inquiries import conversation, defences
from catalogue.inquiries.bouncing import bounce_token, take_bounce
from catalogue.inquiries.defences import HOUR, Signs
from catalogue.inquiries.intake import Asked, Buyer, send_inquiry
from catalogue.inquiries.mail_places import Place, bounce_tags
from catalogue.inquiries.models import Channel, Inquiry, MessageChannel
from catalogue.mail import kinds
from catalogue.mail.kinds import Bounce
from catalogue.mail.models import Action
from catalogue.mail.reading import Mail
from catalogue.mail.trimming import trimmed
from catalogue.media.keeping import Parked, keep
from catalogue.media.models import FileKind, StoredFile
from catalogue.outbox.models import Due
from catalogue.outbox.reading import letters_about
from catalogue.text import clean_line, clean_text
from catalogue.tokens import TokenMaker

MOST_LETTERS_BACK, LETTERS_BACK_SECONDS = 2, 3 * HOUR
MOST_MESSAGES_AN_HOUR = 30
# Anybody can write any domain into a From: beyond this, mails wait at the desk and cause no letter to the office.
MOST_NEW_AN_HOUR = 100
LONGEST_MESSAGE = 50_000
SUBJECT_BEGINS = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|antw|sv|tr)\s*:)+\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Rules:
    """What a site's mail is read with: its mail domain, and what checks its tokens."""

    domain: str
    tokens: TokenMaker


@dataclass(frozen=True)
class Done:
    """What a mail did. `inquiry` is where it went to, `said_id` the message it became."""

    action: Action
    reason: str | None = None
    text: str = ""
    party: str | None = None
    inquiry: Inquiry | None = None
    said_id: int | None = None
    consortium_id: int | None = None
    sent: int = 0


def written_now(mail: Mail) -> str:
    """What its writer wrote now, without the history below."""
    return clean_text(trimmed(mail.text, mail.subject).text)[:LONGEST_MESSAGE]


def is_for_people(mail: Mail, rules: Rules) -> bool:
    """Whether a person wrote it, so that its files are taken in."""
    return not (kinds.is_own(mail, rules.domain) or kinds.bounce(mail) or kinds.automatic(mail))


def act_on(session: Session, mail: Mail, place: Place, parked: Sequence[Parked], rules: Rules, at: datetime) -> Done:
    """Do what a mail asks for, in this transaction. Who wrote it is never believed beyond its token."""
    text = written_now(mail)
    if kinds.is_own(mail, rules.domain):
        return _recorded(Action.REJECTED, "our own letter", place, text)
    if bounce := kinds.bounce(mail):
        return _bounced(session, mail, bounce, rules, at, text)
    if reason := kinds.automatic(mail):
        return _recorded(Action.AUTOMATIC, reason, place, text)
    if place.inquiry is not None:
        return _go_on(session, place.inquiry, mail, place, text, parked, at)
    if place.consortium is not None:
        return _open(session, place.consortium, mail, text, parked, at)
    return Done(Action.UNMATCHED, place.reason, text, consortium_id=place.waits_at)


def open_from(
    session: Session, consortium: Consortium, mail: Mail, parked: Sequence[Parked], *, at: datetime
) -> Inquiry:
    """A manager says that a mail is an inquiry: it is opened, and the buyer told like any other."""
    asked = _asked(mail, written_now(mail), parked)
    return send_inquiry(session, consortium, asked, at=at, confirm=bool(asked.buyer.email))


def append_from(
    session: Session, inquiry: Inquiry, mail: Mail, parked: Sequence[Parked], *, at: datetime
) -> conversation.Message:
    """A manager says that a mail belongs to this inquiry: it goes on there."""
    return conversation.write_as_buyer(
        session,
        inquiry,
        written_now(mail) or mail.subject,
        at=at,
        files=_files(session, inquiry.consortium_id, parked, at),
        channel=MessageChannel.MAIL,
        is_unverified=not is_from_buyer(inquiry, mail),
    )


def is_from_buyer(inquiry: Inquiry, mail: Mail) -> bool:
    """Whether it says that it is from the address that the buyer gave."""
    contact = inquiry.buyer_contact
    return bool(contact and contact.email) and contact.email.casefold() == mail.sender.casefold()


def _recorded(action: Action, reason: str, place: Place, text: str) -> Done:
    consortium_id = place.inquiry.consortium_id if place.inquiry else place.consortium.id if place.consortium else None
    return Done(action, reason, text, place.party, place.inquiry, consortium_id=consortium_id)


def _go_on(
    session: Session, inquiry: Inquiry, mail: Mail, place: Place, text: str, parked: Sequence[Parked], at: datetime
) -> Done:
    said = text or mail.subject or "—"
    if limits.hit(session, "mail to inquiry", inquiry.link_key, seconds=HOUR, at=at) > MOST_MESSAGES_AN_HOUR:
        return _recorded(Action.QUARANTINE, "too many in an hour", place, text)
    if place.party == "office":
        tell = may_write_back(session, inquiry.consortium.shared_contact_email, at=at)
        files = _files(session, inquiry.consortium_id, parked, at)
        note, sent = _counted(
            session,
            inquiry,
            lambda: conversation.note_by_mail(session, inquiry, said, at=at, files=files, tell=tell),
        )
        return Done(Action.HELD, "a mail does not act for the office", text, "office", inquiry, note.id, sent=sent)
    message, sent = _counted(session, inquiry, lambda: append_from(session, inquiry, mail, parked, at=at))
    action = Action.HELD if message.held_reason else Action.APPEND
    reason = message.held_reason or ("unverified" if message.is_unverified else None)
    return Done(action, reason, text, "buyer", inquiry, message.id, sent=sent)


def _open(
    session: Session, consortium: Consortium, mail: Mail, text: str, parked: Sequence[Parked], at: datetime
) -> Done:
    """A new inquiry under the defences of the form; the sender's domain stands for the network."""
    if not mail.sender:
        return Done(Action.UNMATCHED, "no sender", text, consortium_id=consortium.id)
    network = f"mail {mail.sender.casefold().rpartition('@')[2]}"
    signs = Signs(text=f"{mail.subject}\n{text}")
    verdict = defences.judge(session, signs, mail.sender, network, at=at)
    new = limits.hit(session, "new by mail", consortium.slug, seconds=HOUR, at=at)
    if verdict.is_flood or new > MOST_NEW_AN_HOUR:
        return Done(Action.QUARANTINE, "too many in an hour", text, consortium_id=consortium.id)
    confirm = verdict.may_confirm and may_write_back(session, mail.sender, at=at)
    inquiry = send_inquiry(
        session, consortium, _asked(mail, text, parked), at=at, held_reason=verdict.held_reason, confirm=confirm
    )
    action = Action.HELD if inquiry.is_held else Action.APPEND
    sent = len(letters_about(session, log.name_of(inquiry)))
    return Done(action, inquiry.held_reason or "new inquiry", text, "buyer", inquiry, sent=sent)


def _asked(mail: Mail, text: str, parked: Sequence[Parked]) -> Asked:
    subject = clean_line(SUBJECT_BEGINS.sub("", mail.subject))
    message = text if subject.casefold() in text.casefold() else f"{subject}\n\n{text}".strip()
    name = clean_line(mail.name) or mail.sender.partition("@")[0]
    buyer = Buyer(name=name[:120], email=mail.sender, country="")
    language = "lo" if lao.has_lao(message) else "en"
    return Asked(buyer=buyer, message=message, language=language, channel=Channel.MAIL, files=parked)


def _bounced(session: Session, mail: Mail, bounce: Bounce, rules: Rules, at: datetime, text: str) -> Done:
    """Count it for the letter that it proves to speak of; one that names none of ours does nothing."""
    if bounce.is_delay:
        return Done(Action.BOUNCE, "only late", text)
    letter = _letter_that_bounced(session, mail, bounce, rules, at)
    if letter is None:
        return Done(Action.BOUNCE, "no letter of ours", text)
    inquiry = session.get(Inquiry, letter.payload.get("inquiry_id", 0))
    reason = "for good" if bounce.is_hard else "for a time"
    return Done(Action.BOUNCE, reason, text, "buyer", inquiry, consortium_id=letter.consortium_id)


def _letter_that_bounced(session: Session, mail: Mail, bounce: Bounce, rules: Rules, at: datetime) -> Due | None:
    """By the return path that it came to, or by a Message-ID of ours in what was returned: nobody can guess either."""
    take = {"is_hard": bounce.is_hard, "reason": bounce.reason, "at": at}
    for tag in bounce_tags(mail, rules.domain):
        if letter := take_bounce(session, tag, rules.tokens, named=bounce.named, **take):  # type: ignore[arg-type]
            return letter
    ends = f"@{rules.domain.casefold()}"
    ours = [each.casefold().removesuffix(ends) for each in bounce.letter_ids if each.casefold().endswith(ends)]
    for message_id in ours:
        for address in bounce.named:
            token = _token_for(message_id, address, rules.tokens)
            if token and (letter := take_bounce(session, token, rules.tokens, **take)):  # type: ignore[arg-type]
                return letter
    return None


def _token_for(message_id: str, address: str, tokens: TokenMaker) -> str | None:
    try:
        return bounce_token(message_id, address, tokens)
    except ValueError:
        return None


def may_write_back(session: Session, address: str, *, at: datetime) -> bool:
    """Count one letter that a mail causes to its own sender; two in three hours at most, whoever answers whom."""
    whose = defences.mailbox(address)
    return limits.hit(session, "letter back", whose, seconds=LETTERS_BACK_SECONDS, at=at) <= MOST_LETTERS_BACK


def _counted(
    session: Session, inquiry: Inquiry, act: Callable[[], conversation.Message]
) -> tuple[conversation.Message, int]:
    about = log.name_of(inquiry)
    before = len(letters_about(session, about))
    message = act()
    session.flush()
    return message, len(letters_about(session, about)) - before


def _files(session: Session, consortium_id: int, parked: Sequence[Parked], at: datetime) -> list[StoredFile]:
    return [keep(session, each, consortium_id=consortium_id, kind=FileKind.ATTACHMENT, at=at) for each in parked]
