"""`make run` from outside: it starts, says what is in the way, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue.processes import descendants, is_alive
from config import HERE
from tests.live import environment_for, free_port

READY = "Sala runs at"
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


class Run:
    """One `make run`, without its environment of packages."""

    def __init__(self, folder: Path, **settings: str) -> None:
        environment = {**environment_for("", folder), "DEMO": "", **settings}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "catalogue.serving"],
            env=environment,
            cwd=HERE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""

    def read_until_ready(self) -> None:
        """Return when it says that the site runs."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if READY in line:
                return
        raise AssertionError(f"it never ran:\n{self.said}")

    def end(self, sent: signal.Signals | None = None) -> int:
        """Send a signal and wait for the end; the exit code."""
        if sent:
            self.process.send_signal(sent)
        said, _nothing = self.process.communicate(timeout=60)
        self.said += said
        return self.process.returncode


@pytest.fixture
def start(tmp_path: Path) -> Iterator[object]:
    """Starts a site in a temporary folder; whatever still runs is ended."""
    runs: list[Run] = []

    def start(**settings: str) -> Run:
        runs.append(Run(tmp_path / "var", **settings))
        return runs[-1]

    yield start
    for run in runs:
        if run.process.poll() is None:
            run.end(signal.SIGTERM)


def test_ends_with_every_process_it_started_and_starts_again(start):
    said = []
    for sent in (signal.SIGINT, signal.SIGTERM):
        run = start()
        run.read_until_ready()
        family = descendants(run.process.pid)
        assert len(family) >= 3, "a web server, its process, and a worker"

        code = run.end(sent)

        assert (code, [pid for pid in family if is_alive(pid)]) == (0, [])
        assert run.said.rstrip().endswith("Stopped.")
        said.append(run.said)
    assert ["newest shape" in each for each in said] == [True, False]


@on_linux
def test_half_a_site_is_stopped_and_says_which_half_ended(start):
    run = start()
    run.read_until_ready()
    family = descendants(run.process.pid)
    worker = next(pid for pid in family if b"work" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"))

    os.kill(worker, signal.SIGKILL)
    code = run.end()

    assert code == 1
    assert "The worker ended by itself" in run.said
    assert [pid for pid in family if is_alive(pid)] == []


@on_linux
def test_web_server_that_loses_its_process_makes_another(start):
    run = start()
    run.read_until_ready()
    before = descendants(run.process.pid)
    web = max(before, key=lambda pid: len(_ancestors(pid, run.process.pid)))

    os.kill(web, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and descendants(run.process.pid) <= before:
        time.sleep(0.2)

    assert descendants(run.process.pid) - before, "another process took its place"


def test_busy_port_is_one_sentence(start):
    with socket.create_server(("127.0.0.1", free_port())) as busy:
        port = str(busy.getsockname()[1])
        run = start(PORT=port)
        assert run.end() == 1
    assert run.said == f"Not started. Port {port} is in use. Take another: make run PORT={int(port) + 1}\n"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"PORT": "eighty"}, "PORT is 'eighty'"),
        ({"VAR": "/dev/null/nowhere"}, "The folder /dev/null/nowhere cannot be written"),
        ({"DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/none"}, "The database does not answer"),
        ({"SITE_URL": "http://sala.example"}, "set SECRET_KEY"),
    ],
)
def test_what_is_in_the_way_is_one_sentence(start, settings, words):
    run = start(**settings)
    assert run.end() == 1
    assert words in run.said
    assert len(run.said.splitlines()) == 1


def test_newer_database_is_left_alone(start, tmp_path):
    import sqlite3

    (tmp_path / "var").mkdir()
    with sqlite3.connect(tmp_path / "var" / "sala.db") as database:
        database.execute("CREATE TABLE alembic_version (version_num TEXT)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
    database.close()

    run = start()

    assert run.end() == 1
    assert "newer than this program" in run.said


def _ancestors(pid: int, last: int) -> list[int]:
    parents = [pid]
    while parents[-1] != last:
        stat = Path(f"/proc/{parents[-1]}/stat").read_text().rpartition(")")[2].split()
        parents.append(int(stat[1]))
    return parents
