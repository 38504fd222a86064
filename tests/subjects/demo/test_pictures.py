"""The photographs of the demonstration, made by the picture job of the site; ended at any moment it can begin again."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.database import writing
from catalogue.demo import pictures
from catalogue.media.keeping import keep, raw_key, size_key
from catalogue.media.models import FileKind, FileState, StoredFile
from catalogue.media.stores import FileStore
from catalogue.outbox.models import Due, DueState
from catalogue.web.clock import now

PICTURES = [("MS-0142", "silver-khan-1.jpg"), ("silver", "hero-silver.jpg"), ("MS-0111", "silver-bangle-1.jpg")]


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "media")


@pytest.fixture
def jobs(engine: Engine, make, store):
    """Three photographs of a demonstration wait."""
    consortium_id = make.consortium(is_demo=True).id
    make.session.commit()
    parked = pictures.park_all(store, PICTURES)
    with writing(engine) as session:
        for each in parked.values():
            keep(session, each, consortium_id=consortium_id, kind=FileKind.PHOTO, at=now())
    with Session(engine) as session:
        return pictures.waiting(session)


def states(session: Session) -> list[FileState]:
    return list(session.scalars(select(StoredFile.state).order_by(StoredFile.id)))


def test_every_size_is_there_and_the_jobs_are_done(engine, session, store, jobs):
    assert list(pictures.make_all(engine, store, jobs, now)) == [True] * 3

    for file in session.scalars(select(StoredFile)):
        assert file.state is FileState.READY
        assert all(
            store.has(size_key(file, width, ending)) for width in file.widths for ending in ("avif", "webp", "jpg")
        )
        assert not store.has(raw_key(file))
    assert pictures.waiting(session) == []
    assert set(session.scalars(select(Due.state))) == {DueState.DONE}


def test_what_was_left_is_made_the_next_time(engine, session, store, jobs):
    steps = pictures.make_all(engine, store, jobs, now)
    next(steps)
    steps.close()
    assert FileState.READY in states(session)
    session.commit()

    left = pictures.waiting(session)
    session.commit()
    assert list(pictures.make_all(engine, store, left, now)) == [True] * len(left)

    assert states(session) == [FileState.READY] * 3
    assert pictures.waiting(session) == []


def test_the_job_of_a_picture_that_was_made_already_is_only_ended(engine, session, store, jobs):
    list(pictures.make_all(engine, store, jobs[:1], now))
    session.get(Due, jobs[0].due_id).state = DueState.WAITING
    session.commit()

    assert list(pictures.make_all(engine, store, jobs[:1], now)) == [True]

    assert session.get(Due, jobs[0].due_id, populate_existing=True).state is DueState.DONE


def test_what_cannot_be_made_is_left_to_the_worker(engine, session, store, jobs):
    store.delete(raw_key(session.get(StoredFile, jobs[1].file_id)))
    session.commit()

    assert sorted(pictures.make_all(engine, store, jobs, now)) == [False, True, True]

    assert [job.file_id for job in pictures.waiting(session)] == [jobs[1].file_id]


def test_photographs_of_real_consortia_are_not_touched(session, make, jobs):
    assert len(pictures.waiting(session)) == 3
    session.scalar(select(Consortium)).is_demo = False
    assert pictures.waiting(session) == []
