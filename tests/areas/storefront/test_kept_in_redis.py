"""Two web processes with one Redis: what one rendered, the other answers; without Redis both go on."""

from dataclasses import replace

import pytest

from catalogue.app import create_app
from catalogue.extensions import db
from tests import redis_server

pytestmark = pytest.mark.only("sqlite")


@pytest.fixture
def redis(tmp_path):
    if not redis_server.is_there():
        pytest.skip("there is no redis-server on this machine")
    with redis_server.running(tmp_path) as server:
        yield server


@pytest.fixture
def processes(settings, redis):
    """Two sites with one database and one Redis."""
    apps = [create_app(replace(settings, CACHE_URL=redis.url)) for _each in range(2)]
    yield apps
    for app in apps:
        app.extensions["pagecache"].close()
        with app.app_context():
            db.engine.dispose()


def test_what_one_rendered_the_other_answers(processes, make):
    one, other = processes
    make.consortium(slug="silver")
    first = one.test_client().get("/en/silver/")
    other.extensions["pagecache"].site = None  # whatever it cannot answer itself fails
    second = other.test_client().get("/en/silver/")
    assert (second.status_code, second.data) == (200, first.data)
    assert second.headers.to_wsgi_list() == first.headers.to_wsgi_list()


def test_without_redis_both_go_on(processes, redis, make):
    make.consortium(slug="silver")
    redis.end()
    for app in processes:
        for _time in range(2):
            answer = app.test_client().get("/en/silver/")
            assert answer.status_code == 200
            assert answer.headers["ETag"]
