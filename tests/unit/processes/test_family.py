"""A family of processes ends whole, and alone."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from catalogue.processes import Family, is_alive
from config import HERE

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# Starts a grandchild in a session of its own, says its number, and (with "leave") ends before it.
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(0 if sys.argv[2] == "leave" else 60)
"""
ALONE = """
import os, sys, time
from pathlib import Path
from catalogue.processes import Family
with Family(is_all=True) as family:
    family.start("parent", [sys.executable, "-c", sys.argv[1], sys.argv[2], sys.argv[3]], os.environ, Path.cwd())
    while not (Path(sys.argv[2]).exists() and Path(sys.argv[2]).read_text()):
        time.sleep(0.05)
    time.sleep(0.2)
"""


def written(path):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if path.exists() and path.read_text():
            return int(path.read_text())
        time.sleep(0.05)
    raise AssertionError("the grandchild never ran")


def test_grandchild_in_a_session_of_its_own_ends_too(tmp_path):
    with Family() as family:
        family.start("parent", [sys.executable, "-c", PARENT, str(tmp_path / "pid"), "stay"], os.environ, HERE)
        grandchild = written(tmp_path / "pid")
        assert is_alive(grandchild)
    assert not is_running(grandchild)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux hands orphans to an ancestor")
def test_orphan_ends_where_the_family_is_all(tmp_path):
    subprocess.run([sys.executable, "-c", ALONE, PARENT, str(tmp_path / "pid"), "leave"], cwd=HERE, check=True)
    assert not is_running(written(tmp_path / "pid"))


def test_other_children_of_the_process_stay(tmp_path):
    stranger = subprocess.Popen(SLEEP)
    with Family() as family:
        family.start("child", SLEEP, os.environ, tmp_path)
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_child_that_ended_is_named_with_its_exit_code(tmp_path):
    with Family() as family:
        family.start("stays", SLEEP, os.environ, tmp_path)
        family.start("ends", [sys.executable, "-c", "raise SystemExit(3)"], os.environ, tmp_path)
        family.children["ends"].wait()
        assert family.ended() == ("ends", 3)


def is_running(pid):
    """Alive, and not only waiting to be counted by whoever inherited it."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.parent.parent.joinpath("self").exists():
        return is_alive(pid)
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
