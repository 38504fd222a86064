"""Working off the outbox: everything ends visibly, nothing is lost, nothing waits for another lane."""

import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.database import writing
from catalogue.mail.transport import Refused, TryAgain
from catalogue.outbox import queue, worker
from catalogue.outbox.models import Due, DueState, Lane
from tests.factories import NOW

ROOT = Path(__file__).resolve().parents[3]
MINUTE = timedelta(minutes=1)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


class Hands:
    """A handler that notes what it did, and raises what it is told to."""

    def __init__(self, *faults: Exception) -> None:
        self.done: list[worker.Leased] = []
        self.faults = list(faults)

    def __call__(self, _engine, due, _at) -> None:
        self.done.append(due)
        if self.faults:
            raise self.faults.pop(0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def letter(session) -> Due:
    due = queue.letter(session, "inquiry_received", at=NOW, consortium_id=None, about="inquiry:1", inquiry_id=1)
    session.commit()
    return due


def read(session: Session, due: Due) -> Due:
    session.rollback()
    session.refresh(due)
    return due


def work(engine, hands, clock, lane=Lane.LETTER, **options) -> int:
    return worker.work_off(engine, lane, {worker.ANY: hands}, clock, **options)


def test_a_letter_is_done_once(session, engine, letter, clock):
    hands = Hands()
    assert work(engine, hands, clock) == 1
    assert work(engine, hands, clock) == 0
    (seen,) = hands.done
    assert (seen.kind, seen.payload, seen.message_id) == ("inquiry_received", {"inquiry_id": 1}, letter.message_id)
    assert (read(session, letter).state, letter.done_at, letter.attempts) == (DueState.DONE, NOW, 1)


def test_nothing_is_done_before_it_is_due(session, engine, letter, clock):
    clock.at = NOW - MINUTE
    assert work(engine, Hands(), clock) == 0


def test_a_lane_does_only_its_own(session, engine, letter, clock):
    queue.job(session, "file.check", at=NOW, file_id=1)
    session.commit()
    assert work(engine, Hands(), clock, Lane.QUICK) == 1
    assert work(engine, Hands(), clock, Lane.HEAVY) == 0
    assert read(session, letter).state is DueState.WAITING


def test_the_longest_due_goes_first(session, engine, clock):
    for kind, minutes in (("second", 2), ("first", 3), ("third", 1)):
        queue.job(session, kind, at=NOW - minutes * MINUTE)
    session.commit()
    hands = Hands()
    work(engine, hands, clock, Lane.QUICK)
    assert [due.kind for due in hands.done] == ["first", "second", "third"]


def test_what_went_wrong_is_tried_again_later_and_later_then_fails(session, engine, letter, clock):
    hands = Hands(*[TryAgain("451 not now")] * 7)
    waited = []
    while read(session, letter).state is DueState.WAITING:
        waited.append(letter.due_at - clock.at)
        clock.at = letter.due_at
        assert work(engine, hands, clock) == 1
    assert waited[1:] == list(worker.PAUSES)
    assert len(hands.done) == 7
    assert (letter.state, letter.last_error) == (DueState.FAILED, "TryAgain: 451 not now")


def test_it_is_done_when_it_goes_well_at_last(session, engine, letter, clock):
    hands = Hands(TryAgain("451 not now"))
    work(engine, hands, clock)
    clock.at += MINUTE
    work(engine, hands, clock)
    assert (read(session, letter).state, letter.last_error, letter.attempts) == (DueState.DONE, None, 2)
    assert len({due.message_id for due in hands.done}) == 1


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (Refused("550 no such user"), DueState.FAILED),
        (worker.CannotBeDone("no template"), DueState.FAILED),
        (worker.NotNeeded("the person is gone"), DueState.DROPPED),
    ],
)
def test_what_cannot_be_done_ends_at_once(session, engine, letter, clock, fault, state):
    work(engine, Hands(fault), clock)
    assert read(session, letter).state is state
    assert str(fault) in letter.last_error


def test_an_unknown_kind_fails_with_its_reason(session, engine, letter, clock):
    worker.work_off(engine, Lane.LETTER, {}, clock)
    assert (read(session, letter).state, letter.last_error) == (DueState.FAILED, "nothing here does 'inquiry_received'")


def test_a_reason_shows_no_address(session, engine, letter, clock):
    work(engine, Hands(Refused("550 5.1.1 <ana@buyer.example> unknown")), clock)
    assert "ana@" not in read(session, letter).last_error


def test_a_failure_is_told_in_its_own_transaction(session, engine, letter, clock):
    told = []
    work(engine, Hands(Refused("550")), clock, on_failed=lambda session, due, at: told.append((due.id, due.state, at)))
    assert told == [(letter.id, DueState.FAILED, NOW)]


def test_a_fault_in_telling_leaves_the_row_to_be_done_again(session, engine, letter, clock):
    def fault(*_) -> None:
        raise LookupError("the log is away")

    with pytest.raises(LookupError):
        work(engine, Hands(Refused("550")), clock, on_failed=fault)
    assert read(session, letter).state is DueState.WAITING


def test_a_failed_letter_can_be_tried_again(session, engine, letter, clock):
    work(engine, Hands(Refused("550")), clock)
    worker.retry(session, read(session, letter), clock.at)
    session.commit()
    assert work(engine, Hands(), clock) == 1
    assert (read(session, letter).state, letter.attempts) == (DueState.DONE, 1)


@pytest.mark.parametrize("state", [DueState.WAITING, DueState.DONE])
def test_what_has_not_failed_is_not_tried_again(session, letter, state):
    letter.state = state
    session.commit()
    with pytest.raises(worker.NotFailed):
        worker.retry(session, letter, NOW)


def test_it_stops_between_two_letters(session, engine, letter, clock):
    queue.letter(session, "answer_sent", at=NOW, consortium_id=None, about="inquiry:1")
    session.commit()
    hands = Hands()
    assert work(engine, hands, clock, should_stop=lambda: bool(hands.done)) == 1


def test_the_work_is_done_outside_any_transaction(session, engine, letter, clock):
    def hand(engine, _due, _at) -> None:
        with writing(engine) as other:
            queue.job(other, "another", at=NOW)

    assert worker.work_off(engine, Lane.LETTER, {worker.ANY: hand}, clock) == 1
    assert read(session, letter).state is DueState.DONE


# -- leases --


def test_what_is_leased_is_nobody_elses(session, engine, letter, clock):
    with writing(engine) as one:
        assert len(worker.lease(one, Lane.LETTER, NOW)) == 1
    assert work(engine, Hands(), clock) == 0


def test_a_lease_runs_out(session, engine, letter, clock):
    with writing(engine) as one:
        worker.lease(one, Lane.LETTER, NOW)
    clock.at = NOW + 2 * MINUTE
    assert work(engine, Hands(), clock) == 0
    clock.at += timedelta(seconds=1)
    assert work(engine, Hands(), clock) == 1


def test_who_lost_the_lease_does_not_end_what_another_does(session, engine, letter, clock):
    with writing(engine) as one:
        (lost,) = worker.lease(one, Lane.LETTER, NOW)
    with writing(engine) as two:
        (held,) = worker.lease(two, Lane.LETTER, NOW + 3 * MINUTE)
    with writing(engine) as one:
        worker.settle(one, lost, worker.Outcome(DueState.FAILED, "late"), NOW + 4 * MINUTE)
    assert read(session, letter).lease == held.lease
    assert letter.state is DueState.WAITING


def test_a_row_that_ends_its_worker_each_time_fails_at_last(session, engine, letter, clock):
    for _ in range(worker.MOST_LEASES):
        with writing(engine) as one:
            worker.lease(one, Lane.LETTER, clock.at)
        clock.at += 3 * MINUTE
    hands = Hands()
    work(engine, hands, clock)
    assert hands.done == []
    assert (read(session, letter).state, letter.last_error) == (
        DueState.FAILED,
        "its worker was ended each time it was done",
    )


@pytest.mark.only("postgresql")
def test_rows_that_another_worker_is_taking_are_skipped(session, engine, clock):
    for _ in range(2):
        queue.job(session, "a", at=NOW)
    session.commit()
    with writing(engine) as one, writing(engine) as two:
        taken = [worker.lease(each, Lane.QUICK, NOW)[0].id for each in (one, two)]
    assert len(set(taken)) == 2


def test_four_workers_do_forty_jobs_once_each(session, engine, clock):
    for number in range(40):
        queue.job(session, "count", at=NOW, number=number)
    session.commit()
    seen, lock = Counter(), threading.Lock()

    def hand(_engine, due, _at) -> None:
        with lock:
            seen[due.payload["number"]] += 1

    with ThreadPoolExecutor(4) as pool:
        totals = pool.map(lambda _: worker.work_off(engine, Lane.QUICK, {"count": hand}, clock), range(4))
    assert sum(totals) == 40
    assert set(seen.values()) == {1}


KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from catalogue import models
from catalogue.database import engine_for
from catalogue.outbox.models import Lane
from catalogue.outbox.worker import ANY, work_off

url, notes, at, moment = sys.argv[1:]

def hand(engine, due, at):
    if moment == "before":
        os.kill(os.getpid(), 9)
    with Path(notes).open("a") as file:
        print(due.message_id, file=file)
    if moment == "after":
        os.kill(os.getpid(), 9)

work_off(engine_for(url), Lane.LETTER, {ANY: hand}, lambda: datetime.fromisoformat(at))
"""


@pytest.mark.parametrize(("moment", "copies"), [("before", 1), ("after", 2)])
def test_a_killed_worker_loses_nothing(session, engine, letter, tmp_path, moment, copies):
    def run(at: datetime, moment: str) -> int:
        url = engine.url.render_as_string(hide_password=False)
        arguments = [sys.executable, "-c", KILLED, url, str(tmp_path / "sent"), at.isoformat(), moment]
        return subprocess.run(arguments, cwd=ROOT, check=False).returncode

    assert run(NOW, moment) == -9
    assert run(NOW + 3 * MINUTE, "never") == 0
    assert read(session, letter).state is DueState.DONE
    assert (tmp_path / "sent").read_text().split() == [letter.message_id] * copies
    assert session.scalars(select(Due)).all() == [letter]
