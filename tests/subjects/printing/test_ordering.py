"""Asking for a line sheet: one wish is one sheet and one job, and how far it is can be read."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from catalogue.outbox.models import DueState, Lane
from catalogue.outbox.worker import lease
from catalogue.printing import ordering
from catalogue.printing.models import LineSheet
from catalogue.printing.ordering import Progress, Stage, TooManyWait, Wanted


@pytest.fixture
def wanted(make):
    return Wanted(make.consortium().id, 7, "en", [1, 2, 3], "Bowls", "2026-11-04 1.6 USD")


def ordered(session, wanted, at):
    ordering.order(session, wanted, at=at)
    return ordering.sheet_of(session, wanted)


def test_two_who_ask_for_the_same_get_one_sheet_and_one_job(session, outbox, wanted, at):
    first, second = ordered(session, wanted, at), ordered(session, wanted, at)

    assert first is second
    assert session.scalar(select(func.count(LineSheet.id))) == 1
    assert [due.payload for due in outbox.jobs(ordering.KIND)] == [{"sheet_id": first.id}]
    assert first.due.lane is Lane.HEAVY


@pytest.mark.parametrize(
    "change",
    [
        {"catalogue_version": 8},
        {"language": "lo"},
        {"product_ids": [1, 3, 2]},
        {"scope": "Boxes"},
        {"priced_by": "2026-11-05 1.6 USD"},
    ],
)
def test_whatever_the_sheet_shows_makes_it_another(session, wanted, at, change):
    ordered(session, wanted, at)
    assert ordering.sheet_of(session, replace(wanted, **change)) is None


def test_so_many_wait_that_no_other_is_taken(session, wanted, at, monkeypatch):
    monkeypatch.setattr(ordering, "MOST_WAITING", 1)
    ordered(session, wanted, at)
    with pytest.raises(TooManyWait):
        ordering.order(session, replace(wanted, language="lo"), at=at)


def test_the_way_of_a_sheet_is_told_honestly(session, wanted, at):
    earlier = ordered(session, replace(wanted, language="lo"), at - timedelta(seconds=5))
    sheet = ordered(session, wanted, at)
    assert ordering.progress_of(session, sheet, at=at) == Progress(Stage.WAITING, before=1, of=3)

    lease(session, Lane.HEAVY, at, limit=2)
    sheet.done = 2
    assert ordering.progress_of(session, sheet, at=at) == Progress(Stage.MAKING, done=2, of=3)

    sheet.due.lease, sheet.due.leased_until, sheet.due.due_at = None, None, at + timedelta(minutes=1)
    assert ordering.progress_of(session, sheet, at=at).stage is Stage.AGAIN

    sheet.due.state = DueState.FAILED
    assert ordering.progress_of(session, sheet, at=at).stage is Stage.FAILED

    earlier.made_at = at
    assert ordering.progress_of(session, earlier, at=at) == Progress(Stage.READY, done=3, of=3)


def test_what_failed_can_be_tried_again_and_nothing_else(session, wanted, at):
    sheet = ordered(session, wanted, at)
    ordering.order_again(session, sheet, at=at)
    assert sheet.due.attempts == 0

    sheet.due.state, sheet.due.attempts, sheet.done = DueState.FAILED, 7, 2
    session.flush()
    ordering.order_again(session, sheet, at=at)
    assert (sheet.due.state, sheet.due.attempts, sheet.done) == (DueState.WAITING, 0, 0)
