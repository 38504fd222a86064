"""Founding a consortium, taking firms in and letting them go, and setting the price of metal that all refer to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.by_laws import found_by_laws
from catalogue.consortia.models import Consortium, Member, MemberContact, MemberStatus, MetalReference, Role
from catalogue.consortia.sector import sector
from catalogue.consortia.showing import bump
from catalogue.consortia.starting_by_laws import suiting
from catalogue.text import Bilingual
from catalogue.tokens import new_key

SLUG = re.compile(r"(?=.{3,40}\Z)[a-z][a-z0-9]*(-[a-z0-9]+)*")
RESERVED = re.compile(
    r"about|account|api|desk|health|how-to-order|inquiry|inquiry-list|makers|media|network|not-me|operator|photos|privacy|"
    r"products|robots|search|sign-in|sign-out|sitemap|static|studio|suggestions|taken-along"
)
UNSAID = Bilingual()
CODE = re.compile(r"[A-Z][A-Z0-9]{1,4}")


class AddressRefused(Exception):
    """The slug or code cannot stand in addresses and numbers, or another has it; the message says which and why."""


@dataclass(frozen=True)
class Charter:
    """What is said of a consortium at its founding. `sector_key` names a data file of `sectors`."""

    slug: str
    code: str
    sector_key: str
    name: Bilingual
    shared_contact_email: str
    tagline: Bilingual = UNSAID
    about: Bilingual = UNSAID
    story: Bilingual = UNSAID
    place: Bilingual = UNSAID
    office_hours: Bilingual = UNSAID
    shared_contact_phone: str = ""
    currency: str = "USD"
    incoterm: str = "FCA"
    named_place: str = "Vientiane"


@dataclass(frozen=True)
class Firm:
    """What the public may know of a firm: `people`, `since` which year, pieces a month, keys of `techniques`."""

    slug: str
    name: Bilingual
    village: Bilingual = UNSAID
    district: Bilingual = UNSAID
    province: Bilingual = UNSAID
    story: Bilingual = UNSAID
    techniques: Sequence[str] = ()
    people: int | None = None
    since: int | None = None
    monthly_capacity: int | None = None


@dataclass(frozen=True)
class Contact:
    """How the office reaches a firm."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


def found_consortium(
    session: Session,
    charter: Charter,
    *,
    by: Person | None,
    at: datetime,
    is_demo: bool = False,
    members_expected: int = 5,
) -> Consortium:
    """A new consortium without members; its first by-laws suit the number of members it is founded for.

    Raises `AddressRefused`; `FileNotFoundError` for a sector there is not.
    """
    sector(charter.sector_key)
    _refuse_address(session, charter)
    said = {each.name: getattr(charter, each.name) for each in fields(charter)}
    consortium = Consortium(**said, rotation_key=new_key() * 2, is_demo=is_demo, created_at=at)
    session.add(consortium)
    session.flush()
    by_laws = found_by_laws(session, consortium, at=at, starting_set=suiting(members_expected).key)
    bump(session, consortium)
    _log(session, "consortium.founded", consortium, consortium, by, at, by_laws=by_laws.seal)
    return consortium


def admit_member(
    session: Session, consortium: Consortium, firm: Firm, contact: Contact, *, by: Person | None, at: datetime
) -> Member:
    """Take a firm in; its contacts go into their own table. Raises `AddressRefused` when another firm has its slug."""
    if session.scalar(select(Member.id).filter_by(consortium_id=consortium.id, slug=firm.slug)) is not None:
        raise AddressRefused(f"another firm of this consortium is called {firm.slug!r}")
    said = {each.name: getattr(firm, each.name) for each in fields(firm)} | {"techniques": list(firm.techniques)}
    member = Member(consortium=consortium, created_at=at, **said)
    session.add(member)
    session.flush()
    reached = {each.name: getattr(contact, each.name) for each in fields(contact)}
    session.add(MemberContact(consortium_id=consortium.id, member_id=member.id, **reached))
    bump(session, consortium)
    _log(session, "member.admitted", member, consortium, by, at)
    return member


def end_membership(session: Session, member: Member, *, by: Person | None, at: datetime) -> None:
    """A firm leaves: its people lose their roles, its contacts are erased, its name stays for what it did.

    Its listings are withdrawn first, each by `products.listing`, which knows this module and not the other way round.
    """
    member.status = MemberStatus.LEFT
    own_roles = update(Role).where(Role.member_id == member.id, Role.ended_at.is_(None)).values(ended_at=at)
    session.execute(own_roles)
    session.execute(delete(MemberContact).where(MemberContact.member_id == member.id))
    bump(session, member.consortium)
    _log(session, "member.left", member, member.consortium, by, at)


def set_metal_reference(
    session: Session,
    consortium: Consortium,
    *,
    metal: str,
    on: date,
    price_per_gram: Decimal,
    currency: str,
    source: Bilingual,
    by: Person | None,
    at: datetime,
) -> MetalReference:
    """The price of a gram of fine metal on one day; a second one for the same day replaces the first."""
    same_day = select(MetalReference).filter_by(consortium_id=consortium.id, metal=metal, on=on)
    reference = session.scalar(same_day)
    if reference is None:
        reference = MetalReference(consortium_id=consortium.id, metal=metal, on=on)
        session.add(reference)
    reference.price_per_gram, reference.currency, reference.source = price_per_gram, currency, source
    session.flush()
    bump(session, consortium)
    said = {"metal": metal, "on": on.isoformat(), "price_per_gram": str(price_per_gram), "currency": currency}
    _log(session, "metal_reference.set", reference, consortium, by, at, **said)
    return reference


def _refuse_address(session: Session, charter: Charter) -> None:
    if not SLUG.fullmatch(charter.slug) or RESERVED.fullmatch(charter.slug):
        raise AddressRefused(f"{charter.slug!r} cannot be the address of a consortium")
    if not CODE.fullmatch(charter.code):
        raise AddressRefused(f"{charter.code!r} cannot begin the numbers of a consortium")
    taken = (Consortium.slug == charter.slug) | (Consortium.code == charter.code)
    if session.scalar(select(Consortium.id).where(taken).limit(1)) is not None:
        raise AddressRefused(f"another consortium has the slug {charter.slug!r} or the code {charter.code!r}")


def _log(
    session: Session,
    action: str,
    subject: log.Numbered,
    consortium: Consortium,
    by: Person | None,
    at: datetime,
    **data: str,
) -> None:
    log.record(session, action, subject, at=at, chain=consortium.id, actor=log.actor_name(by), data=data)
