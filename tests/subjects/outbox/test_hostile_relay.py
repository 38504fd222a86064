"""A relay that misbehaves, two workers and a clock that jumps: nothing lost, nothing sent wrongly, states true."""

import threading
from collections import Counter
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from catalogue.mail.transport import Smtp
from catalogue.outbox.models import Due, DueState, Lane
from catalogue.outbox.queue import letter
from catalogue.outbox.worker import ANY, LEASES, PAUSES, work_off
from tests.factories import NOW
from tests.unit.mail.hostile import FAULTS, HostileRelay


def queue(session, count):
    for number in range(count):
        letter(
            session,
            "answer_sent",
            at=NOW,
            consortium_id=None,
            about=f"inquiry:{number}",
            to=f"buyer-{number}@x.example",
        )
    session.commit()


def sender(relay):
    """What the site does with each letter, with as little in it as can be."""
    smtp = Smtp("127.0.0.1", relay.port, tls="none", step_seconds=2, whole_seconds=4)

    def deliver(_engine, due, _at):
        message = EmailMessage()
        message["To"], message["Message-ID"] = due.payload["to"], f"<{due.message_id}@sala.example>"
        message.set_content("line\n" * 100)
        smtp.send(message, to=due.payload["to"], from_="bounce@sala.example")

    return {ANY: deliver}


def proved(session, relay):
    """Every letter by its state; what was taken went to whom it is for, under an id of its own."""
    session.expire_all()
    for each in relay.taken:
        assert each.to == each.message["To"]
    copies = Counter(each.message["Message-ID"].partition("@")[0].strip("<") for each in relay.taken)
    dues = session.scalars(select(Due).order_by(Due.id)).all()
    for due in dues:
        assert bool(copies[due.message_id]) == (due.state is DueState.DONE), (due.about, due.last_error)
    return dues, copies


def test_every_fault_is_outlived(session, engine):
    queue(session, len(FAULTS) + 1)
    refused = "buyer-10@x.example"
    with HostileRelay(FAULTS, refused=frozenset({refused})) as relay:
        at = NOW
        for pause in (timedelta(), *PAUSES):
            at += pause + timedelta(seconds=1)
            work_off(engine, Lane.LETTER, sender(relay), lambda at=at: at)

        dues, copies = proved(session, relay)
    states = Counter(due.state for due in dues)
    assert states == {DueState.DONE: len(FAULTS), DueState.FAILED: 1}
    assert "550 5.1.1" in next(due for due in dues if due.state is DueState.FAILED).last_error
    # Only a letter that was taken without a word was sent once more, under the same id.
    assert sorted(copies.values())[-2:] == [1, 2]


def test_a_relay_that_is_away_for_long_fails_letters_that_can_be_tried_again(session, engine):
    queue(session, 2)
    with HostileRelay(["hang up at once"] * 2 * (len(PAUSES) + 1)) as relay:
        at = NOW
        for pause in (timedelta(), *PAUSES):
            at += pause + timedelta(seconds=1)
            work_off(engine, Lane.LETTER, sender(relay), lambda at=at: at)
        dues, _copies = proved(session, relay)
    assert {due.state for due in dues} == {DueState.FAILED}
    assert all("the relay" in (due.last_error or "") for due in dues)


def test_two_workers_send_each_letter_once(session, engine):
    queue(session, 12)
    with HostileRelay() as relay:
        args = (engine, Lane.LETTER, sender(relay), lambda: NOW)
        workers = [threading.Thread(target=work_off, args=args) for _each in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        dues, copies = proved(session, relay)
    assert {due.state for due in dues} == {DueState.DONE}
    assert set(copies.values()) == {1}


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=1)], ids=["back", "forth"])
def test_a_clock_that_jumps_while_letters_leave_loses_none(session, engine, jump):
    queue(session, 3)
    times = iter([NOW, NOW, NOW + jump])
    with HostileRelay(["take it and hang up", "later, says RCPT"]) as relay:
        work_off(engine, Lane.LETTER, sender(relay), lambda: next(times, NOW + jump))
        for hours in range(0, 72, 12):
            at = NOW + jump + timedelta(hours=hours) + max(LEASES.values())
            work_off(engine, Lane.LETTER, sender(relay), lambda at=at: at)
        dues, copies = proved(session, relay)
    assert {due.state for due in dues} == {DueState.DONE}
    assert sum(copies.values()) == 4
