"""What makes an inquiry look like no person wrote it: counted in points, held for a manager, never refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address, ip_network

from sqlalchemy.orm import Session

from catalogue import limits

HOUR, DAY = 3600, 86_400
FLOOD_WINDOW, FLOOD, MOST_WITH_FILES = 600, 300, 30
MOST_FROM_EMAIL, MOST_FROM_NETWORK = 10, 60
MOST_CONFIRMED, MOST_CONFIRMED_IN_ALL = 5, 1000
HELD_FROM = 2
PERSON_NEEDS_SECONDS = 2.0

LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
SPAM_WORD = re.compile(
    r"backlink|seo (?:service|expert|agency|package)|guest post|casino|viagra|cialis|payday|forex|crypto|bitcoin|"
    r"rank (?:higher|your)|first page of google|web ?site traffic|bulk email|sex ?chat|onlyfans|loan offer|lottery",
    re.IGNORECASE,
)


class Reason(StrEnum):
    """Why an inquiry is held: kept with it, and said to the office in words."""

    TRAP = "trap"
    EMAIL = "many from e-mail"
    NETWORK = "many from network"
    LINKS = "links"
    WORDS = "words"
    FORM = "not our form"
    FAST = "fast"


@dataclass(frozen=True)
class Signs:
    """What is known of how an inquiry came. `seconds` is the time from page to sending, None where it is not known."""

    text: str = ""
    trap_filled: bool = False
    seconds: float | None = None
    form_is_ours: bool = True
    from_email_today: int = 1
    from_network_this_hour: int = 1


@dataclass(frozen=True)
class Verdict:
    """What is to be done with an inquiry: refused for now as part of a flood, held, or taken and confirmed."""

    is_flood: bool = False
    held_reason: Reason | None = None
    may_confirm: bool = False


def points(signs: Signs) -> dict[Reason, int]:
    """The points against an inquiry, by reason; speed alone never reaches `HELD_FROM`."""
    return {reason: given for reason, given in _points(signs) if given}


def held_reason(signs: Signs) -> Reason | None:
    """The weightiest reason to hold an inquiry, None when nothing much speaks against it."""
    given = points(signs)
    return max(given, key=lambda reason: given[reason]) if sum(given.values()) >= HELD_FROM else None


def judge(session: Session, signs: Signs, email: str, network: str, *, at: datetime) -> Verdict:
    """Count one more inquiry from this address and network, and say what is to be done with it."""
    if is_flood(session, network, at=at):
        return Verdict(is_flood=True)
    signs = replace(
        signs,
        from_email_today=limits.hit(session, "inquiry e-mail", mailbox(email), seconds=DAY, at=at),
        from_network_this_hour=limits.hit(session, "inquiry network", network, seconds=HOUR, at=at),
    )
    reason = held_reason(signs)
    return Verdict(held_reason=reason, may_confirm=reason is None and may_confirm(session, email, at=at))


def is_flood(session: Session, network: str, *, at: datetime) -> bool:
    """Count one sending from a network; whether there were so many in ten minutes that no person makes them."""
    return limits.hit(session, "inquiry flood", network, seconds=FLOOD_WINDOW, at=at) > FLOOD


def brings_too_many_files(session: Session, network: str, *, at: datetime) -> bool:
    """Count one form with files from a network; whether its files would fill the disk. The inquiry itself is taken."""
    return limits.hit(session, "forms with files", network, seconds=FLOOD_WINDOW, at=at) > MOST_WITH_FILES


def may_confirm(session: Session, email: str, *, at: datetime) -> bool:
    """Count one confirmation letter; whether it may go: few a day to one address, and a cap on all together."""
    to_one = limits.hit(session, "confirmation", mailbox(email), seconds=DAY, at=at)
    if to_one > MOST_CONFIRMED:
        return False
    return limits.hit(session, "confirmation", "all", seconds=DAY, at=at) <= MOST_CONFIRMED_IN_ALL


def mailbox(email: str) -> str:
    """An address as limits count it: one mailbox stays one, whatever its case and "+tag"."""
    local, _at, domain = email.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def network_of(address: str | None) -> str:
    """The network that an IP address belongs to: its /24, or its /64; one that cannot be read stays as it is."""
    try:
        ip = ip_address(address or "")
    except (ValueError, AddressValueError):
        return address or "unknown"
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return str(ip_network((ip, 24 if isinstance(ip, IPv4Address) else 64), strict=False))


def _points(signs: Signs) -> Iterator[tuple[Reason, int]]:
    yield Reason.TRAP, 3 if signs.trap_filled else 0
    yield Reason.EMAIL, 2 if signs.from_email_today > MOST_FROM_EMAIL else 0
    yield Reason.NETWORK, 2 if signs.from_network_this_hour > MOST_FROM_NETWORK else 0
    yield Reason.LINKS, _by_number(len(LINK.findall(signs.text)), one=3, two=5)
    yield Reason.WORDS, _by_number(len(SPAM_WORD.findall(signs.text)), one=1, two=2)
    yield Reason.FORM, 0 if signs.form_is_ours else 1
    yield Reason.FAST, 1 if signs.seconds is not None and signs.seconds < PERSON_NEEDS_SECONDS else 0


def _by_number(found: int, *, one: int, two: int) -> int:
    return 2 if found >= two else 1 if found >= one else 0
