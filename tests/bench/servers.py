"""Servers of a run, on ports of their own: started, measured by the kernel's own count, and ended by their own ids."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from catalogue.processes import Family, descendants
from catalogue.serving import flask_command, web_command
from config import HERE
from tests.bench.made.catalogues import Catalogue
from tests.live import environment_for, free_port

LOG, NEW_LINE = "server.log", "\n"
SITE, BARE = "wsgi:app", "tests.bench.bare:app"
READY_SECONDS = 60


class NotReady(Exception):
    """A server ended, or did not answer."""


@dataclass(frozen=True)
class Server:
    """A running server and all its processes."""

    pid: int
    port: int

    @property
    def url(self) -> str:
        """Its address, without a stroke at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pids(self) -> set[int]:
        """Its process and those that it started."""
        return {self.pid, *descendants(self.pid)}

    def cpu_seconds(self) -> float:
        """What all its processes have used so far."""
        return sum(_cpu_seconds(pid) for pid in self.pids)

    def memory_mb(self) -> dict[str, float]:
        """What all its processes hold: `rss`, and `pss`, where shared pages count for each by its share."""
        held = [_memory_kb(pid) for pid in self.pids]
        return {kind: sum(each[kind] for each in held) / 1024 for kind in ("rss", "pss")}

    def largest_rss_mb(self) -> float:
        """What the largest of its processes holds by itself."""
        return max(_memory_kb(pid)["rss"] for pid in self.pids) / 1024


@contextmanager
def site(catalogue: Catalogue, folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The site's web server over a copy of a catalogue, with the options of `make run`."""
    folder.mkdir(parents=True)
    environment = environment_of(catalogue.copied(folder), folder) | dict(settings or {})
    with serving(SITE, environment) as server:
        yield server


@contextmanager
def serving(app: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """An application on the port that its environment names, once it answers `/health`. Raises `NotReady`."""
    port = int(environment["PORT"])
    command = [*web_command(port)[:-1], app]
    with running(command, environment) as (family, pid):
        wait_until_ready(family, port, Path(environment["BENCH_LOG"]))
        yield Server(pid, port)


@contextmanager
def working(environment: Mapping[str, str]) -> Iterator[Server]:
    """The site's worker, which listens on no port."""
    with running(flask_command("work"), environment) as (_family, pid):
        yield Server(pid, 0)


@contextmanager
def running(command: list[str], environment: Mapping[str, str]) -> Iterator[tuple[Family, int]]:
    """One process with its descendants, which writes into `LOG` of its folder; all are ended with the context."""
    quiet = ["sh", "-c", 'exec "$@" >>"$BENCH_LOG" 2>&1', "sh", *command]
    with Family() as family:
        family.start("server", quiet, environment, HERE)
        yield family, family.children["server"].pid


def environment_of(catalogue: Catalogue, folder: Path) -> dict[str, str]:
    """The environment of a site over this very catalogue, on a free port."""
    own = {
        "MEDIA_URL": catalogue.media_url,
        "SECRET_KEY": "for measuring only, on this machine",
        "TRUSTED_PROXIES": "1",
    }
    return environment_for(catalogue.url, folder) | own | {"BENCH_LOG": str(folder / LOG)}


def bare_environment(folder: Path) -> dict[str, str]:
    """The environment of the bare application over the answers in a folder."""
    own = {"PORT": str(free_port()), "BENCH_ANSWERS": str(folder), "BENCH_LOG": str(folder / LOG)}
    return {**os.environ, "PYTHONPATH": str(HERE), **own}


def wait_until_ready(family: Family, port: int, log: Path) -> None:
    """Return when it answers. Raises `NotReady`, with the last line that it wrote."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if ended := family.ended():
            raise NotReady(
                f"the server ended with exit code {ended[1]}: {log.read_text().strip().rpartition(NEW_LINE)[2]}"
            )
        if answers(port):
            return
        time.sleep(0.01)
    raise NotReady(f"nothing answered within {READY_SECONDS} seconds")


def answers(port: int) -> bool:
    """Whether somebody answers `/health` with 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _cpu_seconds(pid: int) -> float:
    """By the kernel's own clock of a process, which runs in nanoseconds and counts threads that ended as well."""
    try:
        return time.clock_gettime(_clock_of(pid))
    except OSError:
        return 0.0


def _clock_of(pid: int) -> int:
    """The id of that clock, as clock_getcpuclockid(3) makes it on Linux; Python names it only for its own threads."""
    return (~pid << 3) | 2


def _memory_kb(pid: int) -> dict[str, float]:
    found = {"rss": 0.0, "pss": 0.0}
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return found
    for line in lines[1:]:
        name, amount = line.split()[:2]
        if name in {"Rss:", "Pss:"}:
            found[name[:-1].lower()] = float(amount)
    return found
