"""The fixtures of all tests: databases, the site, and the people who use it."""

import gc
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from catalogue.database import engine_for
from config import Settings
from tests import databases, postgres
from tests.cast import Cast
from tests.compiled_once import keep_compiled_statements
from tests.factories import NOW, Make
from tests.outbox import Outbox
from tests.shown_anew import show_changes
from tests.visitor import Visitor

ON_BOTH = {"subjects", "areas"}
HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--db sqlite` for a quick run."""
    parser.addoption("--db", choices=(*databases.NAMES, "both"), default="both", help="databases to test with")


# What lands is decided by the same examples each time; at a desk they are new ones with every run.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


def pytest_configure(config: pytest.Config) -> None:
    """Each process keeps what it compiled; the run's first one the folder of PostgreSQL."""
    config.addinivalue_line("markers", "both_databases: run on both databases, though the folder's tests run on SQLite")
    config.addinivalue_line("markers", "only(name): run on this database alone")
    keep_compiled_statements()
    if not hasattr(config, "workerinput"):
        config.stash[FOLDER] = postgres.prepare()


def pytest_unconfigure(config: pytest.Config) -> None:
    """The run's first process ends PostgreSQL."""
    if FOLDER in config.stash:
        postgres.end(config.stash[FOLDER])


FOLDER = pytest.StashKey[Path]()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Subjects and areas are tested on both databases (see below for areas), the rest on SQLite."""
    if "database_name" not in metafunc.fixturenames:
        return
    only = metafunc.definition.get_closest_marker("only")
    is_on_both = metafunc.definition.path.relative_to(HERE).parts[0] in ON_BOTH
    if only:
        names: tuple[str, ...] = only.args
    elif is_on_both or metafunc.definition.get_closest_marker("both_databases"):
        names = databases.NAMES
    else:
        names = ("sqlite",)
    asked = metafunc.config.getoption("--db")
    metafunc.parametrize("database_name", [name for name in names if asked in {name, "both"}], scope="session")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: Python need not look through it again and again for what is no longer used."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL an area's test runs with the first of its cases: what differs there are statements, not values."""
    tried: set[tuple[Path, str]] = set()
    left_out = [item for item in items if _is_area_on_postgresql(item) and _was_tried(item, tried)]
    if left_out and config.getoption("--db") == "both":
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _is_area_on_postgresql(item: pytest.Item) -> bool:
    given = getattr(item, "callspec", None)
    is_area = item.path.relative_to(HERE).parts[0] == "areas"
    return is_area and given is not None and given.params.get("database_name") == "postgresql"


def _was_tried(item: pytest.Item, tried: set[tuple[Path, str]]) -> bool:
    test = (item.path, item.originalname)  # type: ignore[attr-defined]
    if test in tried:
        return True
    tried.add(test)
    return False


# -- databases --


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> databases.Sqlite:
    """SQLite, migrated once for this process."""
    return databases.Sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql() -> databases.Postgres:
    """PostgreSQL, migrated once for this process."""
    return databases.Postgres(f"sala_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")


@pytest.fixture
def database_url(database_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database."""
    with request.getfixturevalue(database_name).empty(tmp_path) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The engine under `session`, and under the site where there is one."""
    engine = engine_for(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on an empty database. A visitor ends its transaction before each request."""
    with Session(engine) as session:
        yield session


# -- things and people --


@pytest.fixture
def at() -> datetime:
    """A time to hand to operations."""
    return NOW


@pytest.fixture
def make(session: Session) -> Make:
    """Factories: everything made is committed."""
    return Make(session)


@pytest.fixture
def cast(make: Make) -> Cast:
    """The fixed cast; each comes to life when first named."""
    return Cast(make)


@pytest.fixture
def outbox(session: Session) -> Outbox:
    """Letters and jobs due."""
    return Outbox(session)


# -- the site --


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of a site that writes into a temporary folder."""
    return Settings(VAR=str(tmp_path), DATABASE_URL=database_url, TESTING=True)


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates, compiled once for this process instead of once for each site."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def compiled_rules() -> None:
    """Addresses, compiled once for this process as well."""
    from tests.compiled_once import keep_compiled_rules

    keep_compiled_rules()


@pytest.fixture
def app(settings: Settings, compiled_templates: FileSystemBytecodeCache, compiled_rules: None) -> Iterator[Flask]:
    """The site."""
    from catalogue.app import create_app  # tests without a site do not load Flask

    app = create_app(settings)
    app.jinja_env.bytecode_cache = compiled_templates
    yield app
    with app.app_context():
        from catalogue.extensions import db

        db.engine.dispose()
    app.extensions["pagecache"].close()


@pytest.fixture
def visitor(app: Flask, make: Make) -> Visitor:
    """A browser in which nobody is signed in."""
    show_changes(make.session)
    return Visitor(app, make)


@pytest.fixture
def runner(app: Flask, session: Session) -> FlaskCliRunner:
    """Runs verbs: `runner.invoke(args=["verify-log"])`."""

    class Runner(FlaskCliRunner):
        def invoke(self, cli: Any = None, args: Any = None, **given: Any) -> Any:
            session.commit()
            result = super().invoke(cli, args, **given)
            session.expire_all()
            return result

    return Runner(app)
