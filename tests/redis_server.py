"""A real Redis for tests: a process of its own on a port of its own, ended by itself."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.live import free_port, wait_for

PROGRAM = "redis-server"
OPTIONS = ("--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--loglevel", "warning")
END_SECONDS = 10


def is_there() -> bool:
    """Whether this machine has the program."""
    return shutil.which(PROGRAM) is not None


@dataclass
class RedisServer:
    """A server that a test may end and start again at the same address."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [PROGRAM, "--port", str(self.port), "--dir", str(self.folder), *OPTIONS]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self._answers)

    def end(self) -> None:
        """End it, with everything in it."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(END_SECONDS)
            self.process = None

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as wire:
                wire.sendall(b"PING\r\n")
                return wire.recv(16).startswith(b"+PONG")
        except OSError:
            return False


@contextmanager
def running(folder: Path) -> Iterator[RedisServer]:
    """A running server."""
    server = RedisServer(folder, free_port())
    try:
        server.start()
        yield server
    finally:
        server.end()
