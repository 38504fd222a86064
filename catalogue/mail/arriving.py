"""A mail as a door hands it over, and the doors that a site may have (`MAIL_IN`)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from catalogue.mail.models import Source

LOCAL = {"127.0.0.1", "::1", "localhost"}


class UnknownDoor(Exception):
    """The address names no kind of door that is known; the message says which are."""


@dataclass(frozen=True)
class Arrived:
    """A raw mail, by which door, and for whom the envelope says that it is.

    `size` is that of the whole mail where `raw` is only its beginning, because it was too large.
    """

    raw: bytes = field(repr=False)
    source: Source
    recipients: tuple[str, ...] = ()
    size: int | None = None

    @property
    def whole_size(self) -> int:
        """How large the mail is, kept or not."""
        return self.size or len(self.raw)


# Returns when the mail is kept; raises when it could not be, and the door keeps it or says "later".
Take = Callable[[Arrived], object]


def door_at(url: str) -> SplitResult | None:
    """The parts of `MAIL_IN`; None for no door. Raises `UnknownDoor`.

    `lmtp://127.0.0.1:8024` listens. `imaps://user:password@host/Folder` looks into a mailbox, every 30 seconds unless
    `?every=60` says otherwise; `imap://`, without TLS, only on this machine. `?ca=/file.pem` names an authority of
    one's own.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"lmtp", "imap", "imaps"} or not parts.hostname:
        raise UnknownDoor("MAIL_IN begins with lmtp://, imaps:// or imap://, or is empty")
    if parts.scheme == "imap" and parts.hostname not in LOCAL:
        raise UnknownDoor("MAIL_IN sends a password: use imaps:// for another machine")
    return parts
