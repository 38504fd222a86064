"""Where a mail belongs: the inquiry and party of its token, or of the letter it answers, or an office's address."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.consortia.models import Consortium
from catalogue.inquiries.links import REPLY_BUYER, REPLY_OFFICE, LinkIsOver, inquiry_of_token, living
from catalogue.inquiries.models import Inquiry
from catalogue.mail.reading import Mail
from catalogue.outbox.models import Due
from catalogue.tokens import TOKEN_LENGTH, TokenMaker

LOCAL_PART = "inquiry"
# Long enough for a late "thank you, once more please", short enough that an old printout opens nothing.
LASTS_AFTER_CLOSING = timedelta(days=180)
PARTIES = {REPLY_BUYER: "buyer", REPLY_OFFICE: "office"}


@dataclass(frozen=True)
class Place:
    """Where a mail belongs. Of inquiry and consortium one at most is given; without either, `reason` says why.

    `waits_at` is the key of the consortium whose office decides about a mail that reached nobody.
    """

    inquiry: Inquiry | None = None
    party: str | None = None
    consortium: Consortium | None = None
    reason: str | None = None
    waits_at: int | None = None

    @property
    def name(self) -> str:
        """The place as the identity of a mail holds it: the same mail may come once to each of several places."""
        if self.inquiry:
            return f"inquiry:{self.inquiry.id}:{self.party}"
        return f"consortium:{self.consortium.id}" if self.consortium else "nowhere"


def place_of(session: Session, mail: Mail, *, domain: str, tokens: TokenMaker, at: datetime) -> Place:
    """Find where a mail belongs: by the first address with a valid token, by the letter it answers, by an office's own
    address. A token that opens nothing makes no new inquiry: a person decides.
    """
    tags = _tags(mail, domain)
    reason = waits_at = None
    for tag in (each for each in tags if len(each) == TOKEN_LENGTH):
        try:
            found = _of_token(session, tag, tokens)
        except LinkIsOver:
            reason, waits_at = "token replaced", _office_of(session, tag, tokens)
            continue
        if found is None:
            reason = reason or "token unknown"
        elif _is_over(found, at):
            reason, waits_at = "token expired", _office_of(session, tag, tokens)
        else:
            return found
    if reason is None and (found := _of_letter(session, mail, domain, at)):
        return found
    return Place(reason=reason, waits_at=waits_at) if reason else _of_office(session, mail, tags)


def bounce_tags(mail: Mail, domain: str) -> list[str]:
    """What stands in the return paths of ours that a mail came to."""
    return _tags(mail, domain, "bounce")


def _tags(mail: Mail, domain: str, local_part: str = LOCAL_PART) -> list[str]:
    """What stands behind "inquiry+" in the addresses of our domain, in their order; the bare address gives ""."""
    found = []
    for address in mail.recipients:
        local, _at, host = address.casefold().rpartition("@")
        name, _plus, tag = local.partition("+")
        if host == domain.casefold() and name == local_part:
            found.append(tag)
    return found


def _of_token(session: Session, tag: str, tokens: TokenMaker) -> Place | None:
    is_over = False
    for purpose, party in PARTIES.items():
        try:
            if inquiry := inquiry_of_token(session, tag, tokens, purpose):
                return Place(living(session, inquiry), party)
        except LinkIsOver:
            is_over = True
    if is_over:
        raise LinkIsOver
    return None


def _office_of(session: Session, tag: str, tokens: TokenMaker) -> int | None:
    """Whose inquiry a token was once for."""
    return session.scalar(select(Inquiry.consortium_id).where(Inquiry.link_key == tokens.key_of(tag)))


def _is_over(place: Place, at: datetime) -> bool:
    closed_at = place.inquiry.closed_at if place.inquiry else None
    return closed_at is not None and closed_at + LASTS_AFTER_CLOSING < at


def _of_letter(session: Session, mail: Mail, domain: str, at: datetime) -> Place | None:
    """By the letter that it answers, whose Message-ID nobody can guess; only for the buyer's own address.

    A letter from before the links were renewed opens nothing, like its token: whoever has the one has the other.
    """
    ends = f"@{domain.casefold()}"
    ours = [each.casefold().removesuffix(ends) for each in mail.references if each.casefold().endswith(ends)]
    for letter in session.scalars(select(Due).where(Due.message_id.in_(ours))):
        inquiry = session.get(Inquiry, letter.payload.get("inquiry_id", 0))
        contact = inquiry.buyer_contact if inquiry else None
        if inquiry and contact and contact.email and contact.email.casefold() == mail.sender.casefold():
            if _is_before_renewal(session, inquiry, letter):
                return Place(reason="token replaced", waits_at=inquiry.consortium_id)
            place = Place(living(session, inquiry), "buyer")
            over = Place(reason="token expired", waits_at=inquiry.consortium_id)
            return over if _is_over(place, at) else place
    return None


def _is_before_renewal(session: Session, inquiry: Inquiry, letter: Due) -> bool:
    about = [log.name_of(each) for each in (inquiry, living(session, inquiry))]
    renewed = select(Entry.id).where(
        Entry.subject.in_(about), Entry.action == "link.renewed", Entry.at > letter.created_at
    )
    return session.scalar(renewed.limit(1)) is not None


def _of_office(session: Session, mail: Mail, tags: list[str]) -> Place:
    """The consortium whose address it came to: `inquiry+<slug>@`, its own shared address, or the bare one of a site
    with one consortium. The envelope is asked first, so that a mail to two offices reaches each.
    """
    slugs = {f"{LOCAL_PART}+{tag}": tag for tag in tags if tag}
    for address in mail.recipients:
        local = address.casefold().rpartition("@")[0]
        query = select(Consortium).where(func.lower(Consortium.shared_contact_email) == address.casefold())
        if local in slugs:
            query = select(Consortium).where(Consortium.slug == slugs[local])
        if consortium := session.scalar(query):
            return _office(consortium, mail)
    all_of_them = session.scalars(select(Consortium).limit(2)).all()
    if "" in tags and len(all_of_them) == 1:
        return _office(all_of_them[0], mail)
    return Place(reason="no such address")


def _office(consortium: Consortium, mail: Mail) -> Place:
    if mail.sender.casefold() == consortium.shared_contact_email.casefold():
        return Place(reason="from the office itself")
    return Place(consortium=consortium)
