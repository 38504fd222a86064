"""The web server and the worker as two processes that can be killed at any moment and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 30


class Site:
    """One web server and one worker on 127.0.0.1, each in a process group of its own."""

    def __init__(self, var: Path, environment: Mapping[str, str] | None = None) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "VAR": str(var),
            "SITE_URL": self.url,
            "TRUSTED_PROXIES": "1",
            "SECRET_KEY": "for the endurance test only, on this machine",
            **(environment or {}),
        }
        self.log = (var / "site.log").open("ab")
        self.web: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    def start_web(self) -> None:
        """Start the web server, and wait until it answers."""
        serve = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)]
        self.web = self._start([sys.executable, "-m", *serve, "--workers", "1", "--blocking-threads", "4", "wsgi:app"])
        give_up = time.monotonic() + STARTS_WITHIN
        while not self.answers():
            if time.monotonic() > give_up:
                raise TimeoutError("the web server does not answer")
            time.sleep(0.1)

    def start_worker(self) -> None:
        """Start the worker."""
        self.worker = self._start([sys.executable, "-m", "flask", "--app", "wsgi", "work"])

    def kill_web(self) -> None:
        """SIGKILL to the web server and its children, with whatever requests are open."""
        self._kill(self.web)

    def kill_worker(self) -> None:
        """SIGKILL to the worker and its children, in the middle of whatever it does."""
        self._kill(self.worker)

    def stop(self) -> None:
        """End both."""
        self._kill(self.web)
        self._kill(self.worker)
        self.log.close()

    def answers(self) -> bool:
        """Whether /health says that it is well."""
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def _start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True
        )

    def _kill(self, process: "subprocess.Popen[bytes] | None") -> None:
        if process and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
