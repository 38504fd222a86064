"""Rows that end without the worker: letters of a past that was played, and jobs done at once."""

from datetime import timedelta

from catalogue.outbox import queue
from catalogue.outbox.models import DueState, Lane
from catalogue.outbox.settling import settle_job, settle_past
from catalogue.outbox.worker import has_due


def test_letters_of_a_played_past_never_leave(session, make, at):
    consortium, other = make.consortium(), make.consortium()
    played = queue.letter(session, "answer_sent", at=at, consortium_id=consortium.id, about="inquiry:1")
    failed = queue.letter(session, "answer_sent", at=at, consortium_id=consortium.id, about="inquiry:2")
    failed.state = DueState.FAILED
    waits = queue.letter(session, "answer_sent", at=at, consortium_id=other.id, about="inquiry:3")
    picture = queue.job(session, "file.check", at=at, consortium_id=consortium.id)

    assert settle_past(session, consortium.id, "not delivered") == 1

    session.expire_all()
    assert (played.state, played.done_at, played.last_error) == (DueState.DONE, at, "not delivered")
    assert [due.state for due in (failed, waits, picture)] == [DueState.FAILED, DueState.WAITING, DueState.WAITING]


def test_a_job_done_by_other_hands_is_not_done_again(session, make, at):
    job = queue.job(session, "file.check", at=at, consortium_id=make.consortium().id)
    session.flush()

    settle_job(session, job.id, at=at + timedelta(minutes=1))

    session.refresh(job)
    assert (job.state, job.done_at, job.attempts) == (DueState.DONE, at + timedelta(minutes=1), 1)
    assert not has_due(session, Lane.QUICK, at + timedelta(days=1))


def test_a_job_that_the_worker_ended_stays_as_it_ended(session, make, at):
    job = queue.job(session, "file.check", at=at, consortium_id=make.consortium().id)
    job.state, job.done_at = DueState.FAILED, at
    session.flush()

    settle_job(session, job.id, at=at + timedelta(minutes=1))

    session.refresh(job)
    assert (job.state, job.done_at) == (DueState.FAILED, at)
