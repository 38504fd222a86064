"""`doctor`: well when all is well, and a plain sentence for each thing that is not."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.outbox import queue
from catalogue.outbox.models import DueState
from catalogue.web.clock import now


def ill(runner) -> list[str]:
    result = runner.invoke(args=["doctor"])
    found = [row.removeprefix("ILL").strip() for row in result.output.splitlines() if row.startswith("ILL")]
    assert result.exit_code == (1 if found else 0)
    return found


def test_a_new_site_is_well(runner, app):
    assert ill(runner) == []


def test_a_failed_letter_is_found(runner, session):
    queue.letter(session, "answer_sent", at=now(), consortium_id=None, about="inquiry:1").state = DueState.FAILED
    assert ill(runner) == ["1 letters or jobs have failed and wait for a person; see the desk."]


def test_a_worker_that_does_not_run_is_suspected(runner, session):
    queue.letter(session, "answer_sent", at=now() - timedelta(hours=1), consortium_id=None, about="inquiry:1")
    assert ill(runner) == ["1 letters or jobs are late: is the worker running?"]


def test_a_broken_chain_is_found(runner, session, make):
    consortium = make.consortium(slug="silversmiths")
    log.record(session, "listing.published", consortium, at=now(), chain=consortium.id)
    session.commit()
    session.execute(update(Entry).where(Entry.chain == consortium.id).values(action="listing.returned"))
    assert ill(runner) == ["The log of silversmiths: entry 1 was changed."]


def test_a_store_that_cannot_be_written_is_found(runner, settings):
    (Path(settings.VAR) / "media").write_text("a file is in the way")
    (found,) = ill(runner)
    assert found.startswith("Photographs cannot be kept")


def test_an_old_shape_is_found(runner, session):
    newest = session.scalar(text("SELECT version_num FROM alembic_version"))
    session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    try:
        assert ill(runner) == [f"The database is at migration 0000, this version of the site needs {newest}."]
    finally:
        session.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": newest})
        session.commit()


@pytest.mark.only("sqlite")
def test_a_reference_to_nothing_is_found(runner, settings, make):
    make.member()
    database = sqlite3.connect(settings.DATABASE_URL.removeprefix("sqlite:///"))  # its foreign keys are off
    database.execute("UPDATE member SET photo_id = 999")
    database.commit()
    database.close()
    assert ill(runner) == ["References point to nothing in: member."]
