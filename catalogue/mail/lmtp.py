"""Listening for mail that a mail server on this machine hands over by LMTP (RFC 2033)."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import SplitResult

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session

from catalogue.mail.arriving import Arrived, Take
from catalogue.mail.models import Source
from catalogue.mail.reading import MOST_BYTES

PORT = 8024
LONGEST_LINE = 1024 * 1024
STEP_SECONDS = 120
READY_SECONDS = 10

logger = logging.getLogger("sala.mail")


@contextmanager
def listening(parts: SplitResult, take: Take) -> Iterator[int]:
    """Listen at this address as long as the context lasts; gives the port. Each mail is kept before it is accepted."""
    door = _Door(
        _Hand(take),
        hostname=parts.hostname,
        port=PORT if parts.port is None else parts.port,
        data_size_limit=MOST_BYTES,
        enable_SMTPUTF8=True,
        decode_data=False,
        ident="Sala",
        timeout=STEP_SECONDS,
        ready_timeout=READY_SECONDS,
    )
    door.start()
    try:
        server: Any = door.server
        yield server.sockets[0].getsockname()[1]
    finally:
        door.stop()


class _Lmtp(LMTP):
    # Mail programs write longer lines than the standard has.
    line_length_limit = LONGEST_LINE


class _Door(Controller):
    def factory(self) -> LMTP:
        return _Lmtp(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        """Ring once, at the port that it really has: aiosmtpd waits for its first caller."""
        server: Any = self.server
        with socket.create_connection(server.sockets[0].getsockname()[:2], READY_SECONDS) as caller:
            caller.recv(1)


class _Hand:
    """What aiosmtpd calls at each step."""

    def __init__(self, take: Take) -> None:
        self.take = take

    async def handle_RCPT(  # noqa: N802
        self, _server: LMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """One recipient a mail: each gets its own answer, and what was accepted is never sent twice."""
        if envelope.rcpt_tos:
            return "452 4.5.3 One recipient at a time"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: LMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep it, then say so. Where it could not be kept, the server that brought it tries again."""
        try:
            await asyncio.to_thread(self.take, _arrived(envelope))
        except Exception:
            logger.exception("mail not kept")
            return "451 4.3.0 Not kept, try again later"
        return "250 2.0.0 Kept"


def _arrived(envelope: Envelope) -> Arrived:
    """With the trace of a final delivery on top (RFC 5321, 4.4): what the envelope said is kept with the mail."""
    content: Any = envelope.content or b""
    recipient = envelope.rcpt_tos[0]
    sender = (envelope.mail_from or "").strip("<>")
    trace = f"Return-Path: <{sender}>\r\nDelivered-To: {recipient}\r\n"
    return Arrived(trace.encode("utf-8", "replace") + bytes(content), Source.LMTP, (recipient,))
