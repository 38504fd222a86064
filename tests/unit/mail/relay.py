"""A real SMTP relay on this machine that keeps what it takes, and answers as it is told."""

import asyncio
import socket
import ssl
import threading
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass
class Relay:
    """The handler of aiosmtpd. `replies` maps a step ("RCPT", "DATA") to what is answered there instead."""

    replies: dict[str, str] = field(default_factory=dict)
    taken: list[Envelope] = field(default_factory=list)
    was_tls: list[bool] = field(default_factory=list)
    was_known: list[bool] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "MAIL" in self.replies:
            return self.replies["MAIL"]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if "RCPT" in self.replies:
            return self.replies["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.replies.get("DATA") == "hang":
            while not self.gone.is_set():
                await asyncio.sleep(0.05)
        if "DATA" in self.replies:
            return self.replies["DATA"]
        self.taken.append(envelope)
        self.was_tls.append(server.transport.get_extra_info("ssl_object") is not None)
        self.was_known.append(bool(session.authenticated))
        return "250 OK"


def accept(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    """The one account of this relay."""
    is_known = (given.login, given.password) == (b"sala@site", b"p:ss/w@rd")
    return AuthResult(success=is_known, handled=False)


def controller(
    relay: Relay, *, context: ssl.SSLContext | None = None, at_once: bool = False, auth: bool = False
) -> Controller:
    """The relay behind a free port; STARTTLS, TLS at once, or neither."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options: dict[str, Any] = {"enable_SMTPUTF8": True}
    if context and not at_once:
        options |= {"tls_context": context, "require_starttls": True}
    if auth:
        options |= {"authenticator": accept, "auth_required": not at_once, "auth_require_tls": not at_once}
    return Controller(relay, hostname="127.0.0.1", port=port, ssl_context=context if at_once else None, **options)
