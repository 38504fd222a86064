"""The demonstration told once, for the tests that only read it."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from catalogue.database import engine_for
from catalogue.demo import pictures
from catalogue.demo.player import read_programme, tell
from catalogue.media.stores import FileStore
from tests.databases import Sqlite

DAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def told(sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with the demonstration, told of the days before `DAY`; its photographs are parked and wait."""
    folder, programme = tmp_path_factory.mktemp("demo"), read_programme(DAY)
    with sqlite.empty(folder) as url:
        engine = engine_for(url)
        tell(engine, programme, pictures.park_all(FileStore(folder), programme.pictures))
        yield engine
        engine.dispose()


@pytest.fixture
def story(told: Engine) -> Iterator[Session]:
    """A session to read it."""
    with Session(told) as session:
        yield session
