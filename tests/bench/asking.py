"""Asking a server again and again over a few kept connections, with as little work on this side as can be."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.bench.servers import Server

CONNECTIONS = 2
LARGEST_READ = 256 * 1024
# What a browser on a telephone says, as far as it changes the answer.
HEADERS = {
    "Host": "127.0.0.1",
    "Accept": "text/html",
    "Accept-Encoding": "gzip, deflate, br",
    "Accept-Language": "en",
    "User-Agent": "bench",
}
HOP_BY_HOP = {"connection", "transfer-encoding", "date", "server", "keep-alive"}


class WrongAnswer(Exception):
    """A server answered something else than 200."""


@dataclass(frozen=True)
class Answer:
    """One answer: its status, headers and bytes as they travelled."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(frozen=True)
class Asked:
    """What many requests cost: CPU of the server in ms a request, and how many it answered in a second."""

    cpu_ms: float
    per_second: float


def ask(server: Server, path: str, headers: dict[str, str] | None = None) -> Answer:
    """One request of its own."""
    with Connection(server.port) as connection:
        return connection.ask(request_for(path, headers))


def final(server: Server, path: str) -> str:
    """The address behind a redirect, if there is one: pages are measured by the address that links say."""
    answer = ask(server, path)
    return dict(answer.headers)["location"] if 300 <= answer.status < 400 else path


def ask_for(server: Server, path: str, seconds: float, connections: int = CONNECTIONS) -> Asked:
    """The same request over a few connections for so long. Raises `WrongAnswer`."""
    request, until = request_for(path), time.perf_counter() + seconds
    cpu, began = server.cpu_seconds(), time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        count = sum(pool.map(lambda _number: _ask_until(server.port, request, until), range(connections)))
    seconds, cpu = time.perf_counter() - began, server.cpu_seconds() - cpu
    return Asked(1000 * cpu / count, count / seconds)


def request_for(path: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> bytes:
    """The bytes of a GET, or of a POST with a body."""
    said = {**HEADERS, **(headers or {})} | ({} if body is None else {"Content-Length": str(len(body))})
    lines = [f"{name}: {value}" for name, value in said.items()]
    method = "GET" if body is None else "POST"
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode() + (body or b"")


class Connection:
    """A kept connection that reads an answer only as far as it must."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_failure: object) -> None:
        self.socket.close()

    def ask(self, request: bytes) -> Answer:
        """Send a request, and read its whole answer. Raises `WrongAnswer` where it does not say its length."""
        self.socket.sendall(request)
        head = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers = [(name.lower(), value.strip()) for name, _colon, value in (line.partition(":") for line in head[1:])]
        named = dict(headers)
        if "content-length" in named:
            body = self._exactly(int(named["content-length"]))
        elif named.get("transfer-encoding") == "chunked":
            body = self._chunks()
        else:
            raise WrongAnswer(f"an answer without its length: {head[0]}")
        return Answer(int(head[0].split()[1]), [each for each in headers if each[0] not in HOP_BY_HOP], body)

    def _until(self, sign: bytes) -> bytes:
        while sign not in self.rest:
            self._read()
        found, _sign, self.rest = self.rest.partition(sign)
        return found

    def _exactly(self, length: int) -> bytes:
        while len(self.rest) < length:
            self._read()
        found, self.rest = self.rest[:length], self.rest[length:]
        return found

    def _chunks(self) -> bytes:
        whole = b""
        while length := int(self._until(b"\r\n"), 16):
            whole += self._exactly(length)
            self._until(b"\r\n")
        self._until(b"\r\n")
        return whole

    def _read(self) -> None:
        data = self.socket.recv(LARGEST_READ)
        if not data:
            raise WrongAnswer("the server closed the connection")
        self.rest += data


def _ask_until(port: int, request: bytes, until: float) -> int:
    """How many were answered."""
    count = 0
    with Connection(port) as connection:
        while count == 0 or time.perf_counter() < until:
            if (answer := connection.ask(request)).status != 200:
                raise WrongAnswer(f"{answer.status} for {request.splitlines()[0].decode()}")
            count += 1
    return count
