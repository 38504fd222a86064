"""Pages shared in a real Redis: between processes, never between releases, and the site goes on without it."""

import logging
import pickle
import socket
import time

import pytest

from catalogue.pagecache.pages import page_to_keep
from catalogue.pagecache.shared import SharedStore
from catalogue.pagecache.stores import MEGABYTE, MemoryStore, store_for
from tests import redis_server
from tests.live import free_port

PAGE = page_to_keep("200 OK", [("Content-Type", "text/html"), ("Cache-Control", "public")], "ຂັນ".encode() * 100)


@pytest.fixture
def redis(tmp_path):
    if not redis_server.is_there():
        pytest.skip("there is no redis-server on this machine")
    with redis_server.running(tmp_path) as server:
        yield server


@pytest.fixture
def process():
    """Makes what one process has: a store with a memory of its own."""
    stores = []

    def begin(url, release="r1", rest_seconds=0.0):
        store = SharedStore(url, MemoryStore(), release)
        store.outage.rest_seconds = rest_seconds
        stores.append(store)
        return store

    yield begin
    for store in stores:
        store.close()


def raw(store, *command):
    return store._redis.execute_command(*command)


def test_what_one_process_kept_another_finds(redis, process):
    one, other = process(redis.url), process(redis.url)
    one.put("key", PAGE)
    assert other.get("key") == PAGE
    assert other.near.get("key") == PAGE
    assert other.get("another") is None


def test_a_new_release_finds_nothing_of_the_old(redis, process):
    process(redis.url).put("key", PAGE)
    assert process(redis.url, release="r2").get("key") is None


def test_pages_end_by_themselves_and_are_not_pickled(redis, process):
    store = process(redis.url)
    store.put("key", PAGE)
    (name,) = raw(store, "KEYS", "*")
    assert 3600 < raw(store, "TTL", name) <= 26 * 3600
    with pytest.raises(pickle.UnpicklingError):
        pickle.loads(raw(store, "GET", name))


@pytest.mark.parametrize("spoiled", [b"", b"odd", pickle.dumps({"a": 1}), b"\x00\x00\x00\x02[]"])
def test_what_somebody_else_wrote_there_is_never_sent(redis, process, spoiled):
    one, other = process(redis.url), process(redis.url)
    one.put("key", PAGE)
    (name,) = raw(one, "KEYS", "*")
    raw(one, "SET", name, spoiled)
    assert other.get("key") is None


def test_a_value_of_another_kind_is_no_page(redis, process):
    one, other = process(redis.url), process(redis.url)
    one.put("key", PAGE)
    (name,) = raw(one, "KEYS", "*")
    raw(one, "DEL", name)
    raw(one, "LPUSH", name, "a")
    assert other.get("key") is None


def test_a_page_too_large_for_memory_is_not_sent_there_either(redis, process):
    store = process(redis.url)
    store.put("key", page_to_keep("200 OK", [], b"x" * 8 * MEGABYTE))
    assert raw(store, "KEYS", "*") == []


def test_without_redis_the_memory_of_the_process_goes_on(redis, process, caplog):
    store = process(redis.url)
    store.put("key", PAGE)
    redis.end()
    with caplog.at_level(logging.WARNING):
        for number in range(5):
            store.put(f"new {number}", PAGE)
            assert store.get(f"new {number}") == PAGE
            assert store.get(f"other {number}") is None
    assert store.get("key") == PAGE
    assert [record.message.split(",")[0] for record in caplog.records] == ["Redis is away"]


def test_redis_that_comes_back_is_used_again(redis, process, caplog):
    store, other = process(redis.url), process(redis.url)
    redis.end()
    assert store.get("key") is None
    redis.start()
    store.put("key", PAGE)
    assert other.get("key") == PAGE
    assert [record.message for record in caplog.records][-1] == "Redis is back"


def test_redis_that_accepts_and_never_answers_costs_one_short_wait(process):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        store = process(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", rest_seconds=60)
        began = time.monotonic()
        for number in range(50):
            assert store.get(str(number)) is None
        assert time.monotonic() - began < 2


def test_nothing_is_asked_of_redis_before_the_first_page():
    store = store_for(f"redis://127.0.0.1:{free_port()}/0", release=lambda: "r1")
    assert store.release == "r1"
    store.close()
