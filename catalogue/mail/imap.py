"""Looking into a mailbox by IMAP: each mail is kept first, and only then marked there as taken."""

import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from imaplib import IMAP4
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from catalogue.mail.arriving import Arrived, Take
from catalogue.mail.models import Source
from catalogue.mail.reading import MOST_BYTES

SECONDS = 30
STEP_SECONDS = 30
# A mark of ours: that somebody read it in another program does not mean that it is taken in.
TAKEN = "SalaTaken"
BEGINNING = 256 * 1024
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class MailboxAway(Exception):
    """The mailbox could not be reached or broke off; what was not marked is taken the next time."""


def poll(parts: SplitResult, take: Take, *, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Take what is new in the mailbox of a door's address; how many there were. Raises `MailboxAway`."""
    count = 0
    with _breaking_off(), _mailbox(parts) as box:
        mark, search = _mark(box)
        for uid in _found(box, search):
            if should_stop():
                break
            if arrived := _fetched(box, uid):
                take(arrived)
                count += 1
            _demand(box.client.uid("STORE", uid, "+FLAGS.SILENT", f"({mark})"))
    return count


def seconds_between(parts: SplitResult) -> int:
    """How long to wait from one look to the next."""
    said = parse_qs(parts.query).get("every", [""])[0]
    return max(1, int(said)) if said.isdecimal() else SECONDS


@contextmanager
def _mailbox(parts: SplitResult) -> Iterator[BaseMailBox]:
    host = str(parts.hostname)
    box: BaseMailBox
    if parts.scheme == "imaps":
        ca = parse_qs(parts.query).get("ca", [None])[0]
        context = ssl.create_default_context(cafile=ca)
        box = MailBox(host, parts.port or 993, timeout=STEP_SECONDS, ssl_context=context)
    else:
        box = MailBoxUnencrypted(host, parts.port or 143, timeout=STEP_SECONDS)
    try:
        box.login(
            unquote(parts.username or ""), unquote(parts.password or ""), unquote(parts.path.strip("/")) or "INBOX"
        )
        yield box
    finally:
        with suppress(IMAP4.error, OSError, ImapToolsError):
            box.logout()
        with suppress(OSError):
            box.client.shutdown()


@contextmanager
def _breaking_off() -> Iterator[None]:
    try:
        yield
    except (IMAP4.error, OSError, ssl.SSLError, ImapToolsError) as broken:
        raise MailboxAway(f"{type(broken).__name__}: {broken}"[:300]) from None


def _mark(box: BaseMailBox) -> tuple[str, str]:
    """What marks a mail as taken, and what finds those without: "seen" where the server keeps no marks of others."""
    _ok, said = box.client.response("PERMANENTFLAGS")
    allowed = b" ".join(each for each in said or () if each)
    if b"\\*" in allowed or TAKEN.encode() in allowed or not allowed:
        return TAKEN, f"UNKEYWORD {TAKEN}"
    return "\\Seen", "UNSEEN"


def _found(box: BaseMailBox, search: str) -> list[str]:
    data = _demand(box.client.uid("SEARCH", f"(UNDELETED {search})"))
    return [uid.decode() for each in data if each for uid in each.split()]


def _fetched(box: BaseMailBox, uid: str) -> Arrived | None:
    """The mail as it came, unmarked; None where somebody removed it meanwhile."""
    said = b" ".join(each for each in _demand(box.client.uid("FETCH", uid, "(RFC822.SIZE)")) if isinstance(each, bytes))
    size = SIZE.search(said)
    if size is None:
        return None
    is_whole = int(size[1]) <= MOST_BYTES
    wanted = "(BODY.PEEK[])" if is_whole else f"(BODY.PEEK[]<0.{BEGINNING}>)"
    parts = [each for each in _demand(box.client.uid("FETCH", uid, wanted)) if isinstance(each, tuple)]
    if not parts:
        return None
    return Arrived(parts[0][1], Source.IMAP, size=None if is_whole else int(size[1]))


def _demand(reply: tuple[str, Any]) -> list[Any]:
    status, data = reply
    if status != "OK":
        raise IMAP4.error(f"{status} {data!r}"[:200])
    return list(data or [])
