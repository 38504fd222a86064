"""The site as it really runs, web server and worker, on a port of its own with a database and folders of its own."""

import email
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from catalogue.database import engine_for
from catalogue.web.signed_in import KEY
from config import HERE, Settings

Thing = TypeVar("Thing")
PATIENCE = 60
START_SECONDS = 120


@dataclass(frozen=True)
class Live:
    """A running site."""

    settings: Settings

    @property
    def url(self) -> str:
        """Its address, without a stroke at the end."""
        return self.settings.SITE_URL

    @cached_property
    def engine(self) -> Engine:
        """Its database, beside its own connections."""
        return engine_for(self.settings.database_url)

    def letters(self) -> list[EmailMessage]:
        """Every letter that left, the oldest first."""
        tray = self.settings.var / "outtray"
        files = sorted(tray.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [email.message_from_bytes(path.read_bytes(), policy=default) for path in files]

    def letter_to(self, address: str) -> EmailMessage:
        """The newest letter to somebody; waits for the worker."""
        return wait_for(lambda: next((each for each in reversed(self.letters()) if address in str(each["To"])), None))

    def cookie_of(self, session_key: str) -> dict[str, str]:
        """The cookie of a browser in which somebody is signed in."""
        signer = Flask("signer")
        signer.secret_key = self.settings.SECRET_KEY
        serializer = SecureCookieSessionInterface().get_signing_serializer(signer)
        assert serializer is not None
        return {"name": "session", "value": str(serializer.dumps({KEY: session_key})), "url": self.url}


@contextmanager
def running(database_url: str, folder: Path) -> Iterator[Live]:
    """Start a site as `make run` does, and end it with every process of its own.

    It has a process of its own above it: one that ends a family ends all its descendants, here the browser as well.
    """
    environment = environment_for(database_url, folder) | {"DEMO": ""}
    site = Live(Settings.from_environment(environment))
    command = [sys.executable, "-m", "catalogue.serving"]
    process = subprocess.Popen(command, env=environment, cwd=HERE, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_for(lambda: answers(site.url) or process.poll() is not None, START_SECONDS)
        assert process.poll() is None, "the site ended by itself"
        yield site
    finally:
        site.engine.dispose()
        process.terminate()
        process.wait(START_SECONDS)


def answers(url: str) -> bool:
    """Whether the site says that it is well."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def beside(site: Live) -> Session:
    """A session beside those of a running site. It takes the write lock with its first query, because what is read and
    then written would meet the worker's writes in between: end it (commit) before the site has to write.
    """
    return Session(site.engine.execution_options(write=True), expire_on_commit=False)


def environment_for(database_url: str, folder: Path) -> dict[str, str]:
    """The environment of a site for tests: none of this machine's own settings, all of it in `folder`."""
    names = {field.name for field in fields(Settings)}
    outside = {name: value for name, value in os.environ.items() if name not in names}
    own = {"VAR": str(folder), "DATABASE_URL": database_url, "PORT": str(free_port()), "FLASK_SKIP_DOTENV": "1"}
    return {**outside, **own}


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def wait_for(find: Callable[[], Thing | None], seconds: float = PATIENCE) -> Thing:
    """What `find` gives as soon as it gives something. Raises `AssertionError` when it never does."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := find():
            return found
        time.sleep(0.1)
    raise AssertionError(f"nothing came within {seconds} seconds")
