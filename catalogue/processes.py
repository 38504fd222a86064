"""Processes started together and ended together, with everything that they started in turn."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

GRACE_SECONDS = 8
ROUNDS = 5
SET_PARENT_DEATH_SIGNAL = 1
SET_CHILD_SUBREAPER = 36


class Family:
    """Named children of this process. Leaving the context ends them all, and leaves no descendant behind.

    `is_all` says that this process has no other children: then even those are found whose parents ended before.
    """

    def __init__(self, *, is_all: bool = False) -> None:
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.is_all = is_all
        if is_all:
            _prctl(SET_CHILD_SUBREAPER, 1)

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        """Start a child in a session of its own, so that Ctrl-C in a terminal reaches this process alone."""
        self.children[name] = subprocess.Popen(
            command, env=environment, cwd=folder, start_new_session=True, preexec_fn=_end_with_parent
        )

    def ended(self) -> tuple[str, int] | None:
        """The first child that has ended, with its exit code."""
        for name, child in self.children.items():
            if child.poll() is not None:
                return name, child.returncode
        return None

    def __enter__(self) -> "Family":
        return self

    def __exit__(self, *_failure: object) -> None:
        seen = self.members()
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        while any(child.poll() is None for child in self.children.values()) and time.monotonic() < deadline:
            time.sleep(0.05)
        self._kill(seen)

    def members(self) -> set[int]:
        """Every process of the family that runs now."""
        if self.is_all:
            return descendants(os.getpid())
        running = {child.pid for child in self.children.values() if child.poll() is None}
        return running.union(*(descendants(pid) for pid in running))

    def _kill(self, seen: set[int]) -> None:
        """End whatever is left for good: members now, and those seen before that lost their parent meanwhile."""
        for _round in range(ROUNDS):
            left = {pid for pid in self.members() | seen if is_alive(pid)}
            for pid in left:
                _end_for_good(pid)
            for child in self.children.values():
                child.poll()
            if not left:
                return
            time.sleep(0.05)


def _end_for_good(pid: int) -> None:
    """Kill a process, and take its exit code where it is ours to take."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def is_alive(pid: int) -> bool:
    """Whether a process of ours with this id still runs."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def descendants(ancestor: int) -> set[int]:
    """Every process that `ancestor` started, or that these started, as far as it can be told now."""
    children: dict[int, list[int]] = {}
    for pid, parent in _parents():
        children.setdefault(parent, []).append(pid)
    found: set[int] = set()
    ahead = [ancestor]
    while ahead:
        new = set(children.get(ahead.pop(), ())) - found
        found |= new
        ahead += new
    return found


def _parents() -> list[tuple[int, int]]:
    """The id and the parent's id of every process."""
    if Path("/proc/self/stat").exists():
        stats = (_stat(path) for path in Path("/proc").glob("[0-9]*/stat"))
        return [stat for stat in stats if stat]
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=False).stdout
    return [(int(pid), int(parent)) for pid, parent in (line.split() for line in listed.splitlines())]


def _stat(path: Path) -> tuple[int, int] | None:
    try:
        after_name = path.read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return int(path.parent.name), int(after_name[1])


def _end_with_parent() -> None:
    """On Linux a child gets SIGTERM even when this process is killed outright."""
    _prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value)
