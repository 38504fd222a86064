"""A relay that misbehaves: one fault a connection, in the order given, then none; it keeps what it took."""

import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

FAULTS = (
    "hang up at once",
    "busy at the door",
    "rather not know you",
    "later, says RCPT",
    "later, says DATA",
    "later, says the end",
    "hang up after MAIL",
    "hang up within the letter",
    "babble",
    "take it and hang up",
)
REPLIES = {
    "later, says RCPT": ("RCPT", "451 4.3.2 try later"),
    "later, says DATA": ("DATA", "421 4.3.2 going down"),
    "later, says the end": (".", "452 4.3.1 disk is full"),
    "rather not know you": ("MAIL", "530 5.7.0 authentication required"),
    "babble": ("RCPT", "\x00\xff what"),
    "no such mailbox": ("RCPT", "550 5.1.1 no such mailbox"),
}


@dataclass
class Taken:
    """One letter that the relay answered for with 250, or took without a word."""

    to: str
    message: EmailMessage


@dataclass
class HostileRelay:
    """A real server on a free port of this machine; use it in a `with`. Into `folder` it writes what it took."""

    faults: Sequence[str] = ()
    folder: Path | None = None
    taken: list[Taken] = field(default_factory=list)
    connections: int = 0
    refused: frozenset[str] = frozenset()

    def __enter__(self) -> "HostileRelay":
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.door.getsockname()[1]
        self.lock = threading.Lock()
        self.thread = threading.Thread(target=self._open, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        self.thread.join(2)

    def _open(self) -> None:
        while True:
            try:
                talk, _who = self.door.accept()
            except OSError:
                return
            threading.Thread(target=self._hear, args=(talk,), daemon=True).start()

    def _hear(self, talk: socket.socket) -> None:
        with self.lock:
            fault = self.faults[self.connections] if self.connections < len(self.faults) else ""
            self.connections += 1
        with talk, talk.makefile("rb") as lines:
            try:
                self._serve(talk, lines, fault)
            except OSError:
                return

    def _serve(self, talk, lines, fault: str) -> None:
        def say(words: str) -> None:
            talk.sendall(words.encode("latin-1") + b"\r\n")

        if fault == "hang up at once":
            return
        say("421 busy" if fault == "busy at the door" else "220 hostile")
        step, reply = REPLIES.get(fault, ("", ""))
        to = ""
        for line in lines:
            word = line[:4].decode("latin-1").upper()
            if word == "RCPT":
                to = line.decode().partition("<")[2].partition(">")[0]
            if word == step or (word == "RCPT" and to in self.refused):
                say(reply if word == step else REPLIES["no such mailbox"][1])
            elif word == "DATA":
                say("354 go on")
                if not self._take(lines, fault, step, reply, to, say):
                    return
            elif word == "QUIT":
                say("221 bye")
                return
            else:
                say("250 OK")
                if fault == "hang up after MAIL" and word == "MAIL":
                    return

    def _take(self, lines, fault: str, step: str, reply: str, to: str, say) -> bool:
        written = b""
        for line in lines:
            if fault == "hang up within the letter" and len(written) > 200:
                return False
            if line == b".\r\n":
                break
            written += line
        if step == ".":
            say(reply)
            return True
        with self.lock:
            if self.folder:
                (self.folder / f"{len(self.taken):06}.eml").write_bytes(written)
            self.taken.append(Taken(to, message_from_bytes(written, policy=default)))  # type: ignore[arg-type]
        if fault == "take it and hang up":
            return False
        say("250 OK")
        return True
