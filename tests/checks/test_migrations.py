"""Migrations reach the models, on both databases, and break no reference on the way."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from catalogue.activity.models import Head
from catalogue.database import writing
from catalogue.migrations import apply, rules, state
from catalogue.models import Base


@pytest.mark.both_databases
def test_migrations_reach_the_models(engine):
    options = {"include_name": rules.include_name, "compare_type": True}
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []


@pytest.mark.both_databases
def test_the_chain_of_the_network_has_its_head(session):
    assert [(head.seq, head.hash) for head in session.scalars(select(Head))] == [(0, "")]


@pytest.mark.both_databases
def test_applying_twice_changes_nothing(engine, database_url):
    before = inspect(engine).get_table_names()
    apply.apply_all(database_url)
    assert inspect(engine).get_table_names() == before


@pytest.mark.both_databases
def test_state_is_read_without_sqlalchemy(database_url, make):
    assert state.state_of(database_url) == state.State(state.newest(), is_empty=True, is_demo=False)
    make.consortium(is_demo=True)
    assert state.state_of(database_url) == state.State(state.newest(), is_empty=False, is_demo=True)


def test_nothing_is_there_before_the_first_migration(tmp_path):
    assert state.state_of(f"sqlite:///{tmp_path}/none.db") == state.State()
    assert not (tmp_path / "none.db").exists()


def test_numbers_follow_one_another():
    assert state.numbers() == [f"{number:04}" for number in range(1, len(state.numbers()) + 1)]


def test_broken_reference_stops_a_migration_and_undoes_it(tmp_path):
    url = f"sqlite:///{tmp_path}/broken.db"
    command.upgrade(apply.configuration(url), "0001")
    engine = _engine_without_references(url)
    with writing(engine) as session:
        session.execute(text("INSERT INTO activity_text (entry_id, salt, text) VALUES (7, 'salt', 'words of nothing')"))

    with pytest.raises(rules.BrokenReferences, match="activity_text"):
        apply.apply_all(url)

    with Session(engine) as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "0001"
    engine.dispose()


def _engine_without_references(url):
    from sqlalchemy import create_engine, event

    engine = create_engine(url)
    event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA foreign_keys=OFF"))
    return engine
