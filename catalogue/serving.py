"""`make run`: the site on this machine, from an empty folder to an address; one sentence for whatever is in the way.

A process of its own that loads neither Flask nor SQLAlchemy when nothing has changed: a start takes as long as its
children's imports.
"""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from importlib.util import find_spec
from types import FrameType

from catalogue.migrations.state import NoAnswer, State, newest, numbers, state_of
from catalogue.processes import Family
from config import HERE, Settings, UnsafeSettings

HOST = "127.0.0.1"
READY_SECONDS = 120
WEB = "web server"
WORKER = "worker"


class NotStarted(Exception):
    """Why the site does not run, in one sentence that says what to do."""


def main() -> int:
    """Run until Ctrl-C, SIGTERM or a fault; the exit code."""
    for sign in (signal.SIGTERM, signal.SIGINT):  # SIGINT too: a shell may have started us with it ignored
        signal.signal(sign, _interrupt)
    try:
        run(with_defaults(os.environ))
    except (NotStarted, UnsafeSettings) as refusal:
        print(f"Not started. {refusal}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
    return 0


def run(environment: dict[str, str]) -> None:
    """Prepare what is missing, start web server and worker, and watch over them. Returns only by exception."""
    settings = Settings.from_environment(environment)
    refuse_busy(settings.port)
    prepare_folder(settings)
    state = prepare_database(settings)
    if state.is_empty and settings.DEMO and find_spec("catalogue.demo.player"):
        play_demo(environment)
        state = state_of(settings.database_url)
    with Family(is_all=True) as family:
        family.start(WEB, web_command(settings.port), environment, HERE)
        family.start(WORKER, flask_command("work"), environment, HERE)
        try:
            wait_until_ready(family, settings.port)
            announce(settings, state)
            watch(family)
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)


def with_defaults(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of the site: on this machine alone it is a demonstration, unless DEMO says otherwise."""
    # glibc would give each of the web server's threads a heap of its own, none of which is ever given back.
    memory = {"MALLOC_ARENA_MAX": "2"}
    environment = {"FLASK_SKIP_DOTENV": "1", "PYTHONUNBUFFERED": "1", **memory, **environ}
    if "DEMO" not in environ and Settings.from_environment(environ).is_local:
        environment["DEMO"] = "1"
    return environment


def web_command(port: int) -> list[str]:
    """The web server: one process, whose threads wait for the database side by side."""
    options = {"--host": HOST, "--port": port, "--workers": 1, "--blocking-threads": 16, "--workers-kill-timeout": 5}
    written = [str(part) for option in options.items() for part in option]
    flags = ["--interface", "wsgi", "--no-ws", "--respawn-failed-workers", "--log-level", "warning"]
    return [sys.executable, "-m", "granian", *flags, *written, "wsgi:app"]


def flask_command(*verb: str) -> list[str]:
    """One of the site's own verbs."""
    return [sys.executable, "-m", "flask", "--app", "wsgi", *verb]


def refuse_busy(port: int) -> None:
    """Raises `NotStarted` where another program listens already."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as fault:
            if fault.errno == errno.EADDRINUSE:
                raise NotStarted(f"Port {port} is in use. Take another: make run PORT={port + 1}") from None
            raise NotStarted(f"Port {port} cannot be used ({fault.strerror}): make run PORT=8000") from None


def prepare_folder(settings: Settings) -> None:
    """Make the folder of everything that the site writes. Raises `NotStarted` where it cannot."""
    trial = settings.var / ".written"
    try:
        settings.var.mkdir(parents=True, exist_ok=True)
        trial.touch()
        trial.unlink()
    except OSError as fault:
        said = f"The folder {settings.var} cannot be written ({fault.strerror})"
        raise NotStarted(f"{said}: make it writable, or name another: make run VAR=/some/folder") from None


def prepare_database(settings: Settings) -> State:
    """Bring the database to its newest shape; what it holds then. Raises `NotStarted`."""
    url, known = settings.database_url, numbers()
    try:
        state = state_of(url)
    except NoAnswer as fault:
        raise NotStarted(f"The database does not answer: {fault}") from None
    if state.number not in {"", *known}:
        raise NotStarted(f"The database is newer than this program (it knows step {state.number}): update the program.")
    if state.number != newest():
        migrate(url)
    return state


def migrate(url: str) -> None:
    """Run the migrations that are due. Raises `NotStarted` with what the database said."""
    from sqlalchemy.exc import SQLAlchemyError  # only when there is something to do: these imports take a second

    from catalogue.migrations.apply import apply_all

    print("Bringing the database to its newest shape ...", flush=True)
    try:
        apply_all(url)
    except SQLAlchemyError as fault:
        said = str(fault).splitlines()[0]
        raise NotStarted(f"The database could not be brought to its newest shape: {said}") from None


def play_demo(environment: Mapping[str, str]) -> None:
    """Fill the empty database with the demonstration. Raises `NotStarted`."""
    print("Filling in the demonstration; this takes a moment, once ...", flush=True)
    played = subprocess.run(flask_command("demo"), env=environment, cwd=HERE, check=False)
    if played.returncode:
        raise NotStarted("The demonstration could not be filled in; what went wrong stands above.")


def wait_until_ready(family: Family, port: int) -> None:
    """Return when the site answers. Raises `NotStarted` when a process ends first, or nothing answers."""
    from http.client import HTTPConnection, HTTPException  # while the children load

    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        refuse_ended(family)
        connection = HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    raise NotStarted(f"The web server did not answer within {READY_SECONDS} seconds.")


def refuse_ended(family: Family) -> None:
    """Raises `NotStarted` when one of the processes has ended: half a site must not look like a whole one."""
    if ended := family.ended():
        name, code = ended
        other = WORKER if name == WEB else WEB
        raise NotStarted(f"The {name} ended by itself (exit code {code}), so the {other} was stopped as well.")


def announce(settings: Settings, state: State) -> None:
    """Say where the site is, and who can sign in."""
    lines = [f"Sala runs at {settings.SITE_URL}/ (stop it with Ctrl-C)"]
    if settings.mail_url.startswith("outtray:"):
        lines.append(f"Letters are kept in {settings.mail_url.removeprefix('outtray:')}")
    if state.is_demo and settings.DEMO and find_spec("catalogue.demo.sign_ins"):
        from catalogue.demo.sign_ins import SIGN_INS

        lines.append(f"Sign in at {settings.SITE_URL}/sign-in as")
        lines += [f"  {role:<34} {email:<34} {password}" for role, email, password in SIGN_INS]
    print("\n".join(lines), flush=True)


def watch(family: Family) -> None:
    """Wait for as long as both processes run. Raises `NotStarted` when one ends."""
    while True:
        refuse_ended(family)
        time.sleep(0.2)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
