"""Sending one letter to one address: by SMTP, or into a folder that stands for it on one machine."""

import re
import secrets
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from catalogue.durable import write_durably

# Seven bits on the wire: no relay on the way has to know 8BITMIME.
WIRE = SMTP.clone(cte_type="7bit")
ADDRESS = re.compile(r"[^\s\x00-\x20\x7f<>\"(),:;@\[\\\]]{1,64}@[^\s\x00-\x20\x7f<>\"(),:;@\[\\\]]{1,255}")
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")
FOLD = re.compile(r"\r?\n[ \t]+")
LOCAL = {"127.0.0.1", "::1", "localhost"}
STEP_SECONDS = 15
WHOLE_SECONDS = 100
# Replies that speak of this site's account with its relay, not of the letter (RFC 4954, RFC 3207).
OF_THE_ACCOUNT = {530, 534, 535, 538}


@dataclass
class TryAgain(Exception):
    """Not sent now; it may go later: the network, the relay's "not now" (4xx), a certificate, our account there."""

    reason: str

    def __str__(self) -> str:
        return self.reason


@dataclass
class Refused(Exception):
    """Refused for good (5xx), or not a letter that may be sent; trying again would change nothing."""

    reason: str

    def __str__(self) -> str:
        return self.reason


class UnknownTransport(Exception):
    """The address names no kind of transport that is known; the message says which are."""


class Transport(Protocol):
    """A way out for letters."""

    def send(self, message: EmailMessage, *, to: str, from_: str) -> None:
        """Hand one letter over for one address; returns when it was accepted.

        `from_` is the envelope's sender, where bounces go; empty for automatic answers (RFC 3834). The headers say what
        they say. Raises `TryAgain` or `Refused`.
        """


def transport_for(url: str) -> Transport:
    """The transport of `MAIL_URL`.

    `outtray:/folder`; `smtp://user:password@host:587`, where TLS is demanded and its certificate verified unless the
    host is this machine or `?tls=none` says otherwise; `smtps://...:465`, TLS from the first byte. `?ca=/file.pem`
    names the authority of a relay of one's own. User and password are percent-encoded. Raises `UnknownTransport`.
    """
    parts = urlsplit(url)
    if parts.scheme == "outtray" and parts.path:
        return OutTray(Path(unquote(parts.path)))
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        return smtp_at(parts)
    raise UnknownTransport("MAIL_URL begins with outtray:, smtp:// or smtps://")


def smtp_at(parts: SplitResult) -> "Smtp":
    """The relay of an `smtp:` or `smtps:` address (see `transport_for`)."""
    options = parse_qs(parts.query)
    tls = "at once" if parts.scheme == "smtps" else "demanded"
    if parts.scheme == "smtp" and (parts.hostname in LOCAL or options.get("tls") == ["none"]):
        tls = "none" if "ca" not in options else tls
    return Smtp(
        host=str(parts.hostname),
        port=parts.port or {"smtp": 587, "smtps": 465}[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        ca=options.get("ca", [""])[0],
    )


def bytes_of(message: EmailMessage) -> bytes:
    """The letter as it goes out. Raises `Refused` where a header could become two."""
    if not isinstance(message, EmailMessage):
        raise Refused("not an EmailMessage")
    for part in message.walk():
        # Raw: what `items` gives has lost its line breaks, what is written has not.
        for name, value in part.raw_items():
            if CONTROL.search(name) or CONTROL.search(FOLD.sub(" ", str(value))):
                raise Refused(f"a control character in the header {name[:40]!r}")
    return message.as_bytes(policy=WIRE)


def checked_address(address: str) -> str:
    """One bare address, its domain as the wire knows it. Raises `Refused` for anything else."""
    if not ADDRESS.fullmatch(address):
        raise Refused("not one address")
    local, _at, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        raise Refused("not the name of a domain") from None


@dataclass(frozen=True)
class OutTray:
    """A folder in which each letter handed over becomes one `.eml` file, whole from the moment it is seen.

    The name is the time, a random part and the Message-ID: a letter sent twice gives two files, so that doubling can be
    counted. What an SMTP envelope would say stands above the letter, as a mailbox would write it.
    """

    folder: Path

    def send(self, message: EmailMessage, *, to: str, from_: str) -> None:
        envelope = (
            f"Return-Path: <{checked_address(from_) if from_ else ''}>\r\nDelivered-To: {checked_address(to)}\r\n"
        )
        written = envelope.encode() + bytes_of(message)
        seconds, fraction = divmod(time.time_ns(), 1_000_000_000)
        stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime(seconds))
        name = re.sub(r"[^A-Za-z0-9._-]+", "_", str(message["Message-ID"] or "none").strip("<> "))[:100]
        try:
            write_durably(self.folder / f"{stamp}.{fraction // 1000:06}-{secrets.token_hex(3)}-{name}.eml", written)
        except OSError as error:
            raise TryAgain(f"the out-tray: {error.strerror}") from None


@dataclass(frozen=True)
class Smtp:
    """A relay. `tls` is "none", "demanded" (STARTTLS) or "at once"; certificates are always verified.

    Every step has its time-out, and so has the whole: one letter must not take as long as its lease.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "demanded"
    ca: str = ""
    step_seconds: float = STEP_SECONDS
    whole_seconds: float = WHOLE_SECONDS

    def send(self, message: EmailMessage, *, to: str, from_: str) -> None:
        sender = checked_address(from_) if from_ else ""
        recipient, written = checked_address(to), bytes_of(message)
        with telling_apart(), self._connected() as relay:
            relay.ehlo_or_helo_if_needed()
            options = _options(relay, sender + recipient)
            _demand(relay.mail(sender, options))
            _demand(relay.rcpt(recipient))
            _demand(relay.data(written))

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        context = ssl.create_default_context(cafile=self.ca or None)
        if self.tls == "at once":
            relay: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.step_seconds, context=context)
        else:
            relay = smtplib.SMTP(self.host, self.port, timeout=self.step_seconds)
        deadline = threading.Timer(self.whole_seconds, _hang_up, [relay])
        deadline.daemon = True
        deadline.start()
        try:
            if self.tls == "demanded":
                relay.starttls(context=context)
            if self.user:
                relay.login(self.user, self.password)
            yield relay
            # The letter was accepted: a quarrel at parting must not have it sent again.
            with suppress(smtplib.SMTPException, OSError):
                relay.quit()
        finally:
            deadline.cancel()
            relay.close()


def _hang_up(relay: smtplib.SMTP) -> None:
    with suppress(OSError):
        if relay.sock:
            relay.sock.shutdown(socket.SHUT_RDWR)


def _options(relay: smtplib.SMTP, addresses: str) -> list[str]:
    if addresses.isascii():
        return []
    if not relay.has_extn("smtputf8"):
        raise Refused("the relay takes no address with such letters")
    relay.command_encoding = "utf-8"
    return ["SMTPUTF8"]


def _demand(reply: tuple[int, bytes]) -> None:
    code, said = reply
    if not 200 <= code < 300:
        raise smtplib.SMTPResponseException(code, said)


@contextmanager
def telling_apart() -> Iterator[None]:
    """Turn what smtplib raises into `TryAgain` or `Refused`."""
    try:
        yield
    except smtplib.SMTPResponseException as refused:
        raise _by_code(refused.smtp_code, refused.smtp_error) from None
    except smtplib.SMTPNotSupportedError as lacking:
        raise TryAgain(f"the relay lacks what we demand: {lacking}") from None
    except ssl.SSLCertVerificationError as wrong:
        raise TryAgain(f"the relay's certificate: {wrong.verify_message}") from None
    except TimeoutError:
        raise TryAgain("the relay took too long") from None
    except (smtplib.SMTPException, OSError) as broken:
        raise TryAgain(f"the relay: {type(broken).__name__}: {broken}") from None


def _by_code(code: int, words: bytes | str) -> TryAgain | Refused:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    reason = f"{code} {said}"[:300]
    return Refused(reason) if 500 <= code < 600 and code not in OF_THE_ACCOUNT else TryAgain(reason)
