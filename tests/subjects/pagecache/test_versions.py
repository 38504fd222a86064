"""The version that a kept page stands under, read beside the site's own connections."""

import logging
import threading

import pytest
from sqlalchemy import text

from catalogue.consortia.showing import VERSION_OF_CONSORTIUM, VERSION_OF_NETWORK, bump
from catalogue.database import writing
from catalogue.pagecache.versions import versions_in


@pytest.fixture
def versions(database_url):
    """The reader of the test's database."""
    reader = versions_in(database_url, VERSION_OF_CONSORTIUM, VERSION_OF_NETWORK)
    reader.outage.rest_seconds = 0
    yield reader
    reader.close()


def test_each_scope_has_its_version(versions, make, engine):
    silver, silk = make.consortium(), make.consortium()
    network, first = versions.of(""), versions.of(silver.slug)
    other = versions.of(silk.slug)
    for _time in range(3):
        with writing(engine) as own:
            bump(own, silver.id)
    assert (versions.of(""), versions.of(silver.slug), versions.of(silk.slug)) == (network + 3, first + 3, other)


@pytest.mark.parametrize("slug", ["nobody", "' OR 1=1 --", "{}", "$1", "?", "ຂັນ", "x" * 10_000])
def test_who_is_not_there_has_none(versions, make, slug):
    make.consortium()
    assert versions.of(slug) is None
    assert not versions.outage.is_on


def test_what_is_not_committed_is_not_seen(versions, make, engine):
    silver = make.consortium()
    before = versions.of(silver.slug)
    with writing(engine) as own:
        own.execute(text("UPDATE consortium SET catalogue_version = catalogue_version + 1"))
        assert versions.of(silver.slug) == before
    assert versions.of(silver.slug) == before + 1


def test_many_threads_read_at_once(versions, make):
    slug = make.consortium().slug
    found = []

    def read():
        found.extend(versions.of(slug) for _time in range(200))

    threads = [threading.Thread(target=read) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1600
    assert set(found) == {versions.of(slug)}


@pytest.mark.only("postgresql")
def test_a_database_that_ends_its_connections_is_asked_again(versions, make, session, caplog):
    silver = make.consortium()
    version = versions.of(silver.slug)
    here = "pid <> pg_backend_pid() AND datname = current_database()"
    session.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {here}"))
    with caplog.at_level(logging.WARNING):
        found = [versions.of(silver.slug) for _time in range(3)]
    assert found == [None, version, version]
    assert [record.message.split(",")[0] for record in caplog.records] == [
        "the database is away",
        "the database is back",
    ]


@pytest.mark.only("sqlite")
def test_a_file_that_is_not_there_is_not_made(tmp_path, caplog):
    reader = versions_in(f"sqlite:///{tmp_path / 'none.db'}", VERSION_OF_CONSORTIUM, VERSION_OF_NETWORK)
    assert [reader.of(""), reader.of("silver"), reader.of("")] == [None, None, None]
    assert not (tmp_path / "none.db").exists()
    assert len(caplog.records) == 1


@pytest.mark.only("postgresql")
def test_a_server_that_is_away_costs_one_try(caplog):
    reader = versions_in("postgresql+psycopg://nobody@127.0.0.1:9/none", VERSION_OF_CONSORTIUM, VERSION_OF_NETWORK)
    assert [reader.of(""), reader.of("silver")] == [None, None]
    assert len(caplog.records) == 1
