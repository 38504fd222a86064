"""The worker as a verb: what it does at once, and how it runs and ends as a process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from catalogue import limits
from catalogue.activity.models import Entry
from catalogue.cli.work import log_failure
from catalogue.database import begin_write
from catalogue.inquiries import lists
from catalogue.inquiries.models import InquiryList
from catalogue.media.keeping import keep, park
from catalogue.media.models import FileKind, FileState, StoredFile
from catalogue.media.stores import store_for
from catalogue.outbox import queue
from catalogue.outbox.models import DueState
from catalogue.web.clock import now
from tests.unit.media import hostile

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def photograph(session, make, settings) -> Callable[..., StoredFile]:
    """Keeps a photograph as a member's screen does."""
    consortium = make.consortium()

    def photograph(data: bytes = hostile.photograph(300, 200)) -> StoredFile:
        parked, consortium_id = park(store_for(settings.media_url), data, "bowl.jpg"), consortium.id
        session.commit()
        begin_write(session)  # a worker may be writing beside us
        file = keep(session, parked, consortium_id=consortium_id, kind=FileKind.PHOTO, at=now())
        session.commit()
        return file

    return photograph


def waited_for(what: Callable[[], bool], seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def test_a_photograph_is_ready_after_one_round(runner, session, photograph):
    file = photograph()
    result = runner.invoke(args=["work", "--once"])
    assert (result.exit_code, result.output) == (0, "1 done.\n")
    assert file.state is FileState.READY


def test_a_job_that_nothing_does_fails_and_is_logged(runner, session, make):
    consortium = make.consortium()
    due = queue.job(session, "tea.make", at=now(), consortium_id=consortium.id)
    assert runner.invoke(args=["work", "--once"]).exit_code == 0
    assert (due.state, due.last_error) == (DueState.FAILED, "nothing here does 'tea.make'")
    entry = session.scalars(select(Entry).where(Entry.chain == consortium.id)).one()
    assert (entry.action, entry.subject, entry.data["kind"]) == ("job.failed", f"due:{due.id}", "tea.make")


def test_a_letter_that_fails_is_logged_as_a_letter(session, make):
    consortium = make.consortium()
    due = queue.letter(session, "answer_sent", at=now(), consortium_id=consortium.id, about="inquiry:7")
    session.flush()
    log_failure(session, due, now())
    session.commit()
    entry = session.scalars(select(Entry).where(Entry.chain == consortium.id)).one()
    assert (entry.action, entry.data) == ("letter.failed", {"kind": "answer_sent", "about": "inquiry:7"})


def test_a_round_sweeps_what_is_past(runner, session):
    limits.hit(session, "sign-in", "somebody", seconds=60, at=now() - timedelta(hours=1))
    limits.hit(session, "sign-in", "somebody", seconds=86_400 * 30, at=now())
    runner.invoke(args=["work", "--once"])
    assert len(session.scalars(select(limits.LimitCount)).all()) == 1


def test_a_round_forgets_lists_that_nobody_touches(runner, make, session):
    for visitor, days in (("old", 31), ("new", 29)):
        lists.add_product(session, visitor, make.product(), at=now() - timedelta(days=days))

    runner.invoke(args=["work", "--once"])

    assert [found.visitor_hash for found in session.scalars(select(InquiryList))] == ["new"]


@contextmanager
def running(settings) -> Iterator[subprocess.Popen[bytes]]:
    """The worker as a process, begun."""
    environment = {**os.environ, "VAR": settings.VAR, "DATABASE_URL": settings.DATABASE_URL}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "work"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as process:
        try:
            assert process.stderr
            while b"the worker began" not in (line := process.stderr.readline()):
                assert line, "the worker ended before it began"
            yield process
        finally:
            process.kill()


def end(process: "subprocess.Popen[bytes]", sign: signal.Signals) -> float:
    """End the worker by a signal; the seconds it took."""
    began = time.monotonic()
    process.send_signal(sign)
    assert process.wait(timeout=10) == 0
    return time.monotonic() - began


def children_of(process_id: int) -> list[Path]:
    """The processes that a process has begun, as their folders in /proc."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if words[1] == str(process_id) and words[0] != "Z":
            found.append(folder)
    return found


def decodes(process: Path) -> bool:
    """Whether this process opens a file, and is not the one that draws pictures of pages beside it."""
    try:
        return b"catalogue.media.child" in (process / "cmdline").read_bytes()
    except OSError:
        return False


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_does_what_comes_and_ends_when_told(session, settings, photograph, sign):
    with running(settings) as process:
        file = photograph()

        def is_ready() -> bool:
            session.rollback()
            return file.is_ready

        assert waited_for(is_ready)
        assert end(process, sign) < 20


def test_a_worker_told_to_end_leaves_no_process_and_loses_nothing(session, settings, photograph, outbox):
    file = photograph(hostile.scan_bomb())
    with running(settings) as process:
        assert waited_for(lambda: any(decodes(child) for child in children_of(process.pid)))
        children = children_of(process.pid)
        assert end(process, signal.SIGTERM) < 3
    assert waited_for(lambda: not any(child.exists() for child in children), 3)
    session.rollback()
    (due,) = outbox.jobs("file.check")
    assert (file.state, due.state, due.attempts) == (FileState.WAITING, DueState.WAITING, 1)
    assert due.leased_until
