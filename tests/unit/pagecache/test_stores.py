"""Pages in memory: within the bound, the least used go first."""

import tracemalloc

import pytest

from catalogue.pagecache.pages import AROUND, page_to_keep
from catalogue.pagecache.stores import LARGEST_PART, MEGABYTE, MemoryStore, store_for

HEADERS = [(f"X-Header-{number}", "something that is said of each page") for number in range(11)]


def page_of(size, number=0):
    return page_to_keep("200 OK", [*HEADERS, ("X-Number", str(number))], bytes([number % 256]) * size)


def test_what_was_asked_for_last_stays():
    store = MemoryStore(10 * (1000 + AROUND))
    for number in range(10):
        store.put(str(number), page_of(1000, number))
    store.get("0")
    store.put("new", page_of(1000))
    assert store.get("0")
    assert store.get("1") is None
    assert store.get("2")


def test_the_bound_holds_in_real_memory():
    store = MemoryStore(2 * MEGABYTE)
    tracemalloc.start()
    for number in range(2000):
        store.put(f"silver|7|2026-11-02|br|/en/silver/products/{number}", page_of(5000, number))
        assert store.bytes <= store.most_bytes
    taken, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(store) > 100
    assert taken < 1.1 * store.most_bytes


def test_the_same_key_counts_once():
    store = MemoryStore()
    for size in (100, 5000, 10):
        store.put("one", page_of(size))
    assert (len(store), store.bytes) == (1, 10 + AROUND)


def test_a_page_too_large_pushes_nothing_out():
    store = MemoryStore(MEGABYTE)
    store.put("small", page_of(10))
    store.put("large", page_of(MEGABYTE // LARGEST_PART))
    assert store.get("large") is None
    assert store.get("small")


@pytest.mark.parametrize(("url", "megabytes"), [("memory:", 24), ("memory:64", 64)])
def test_the_setting_names_the_bound(url, megabytes):
    store = store_for(url, release=lambda: pytest.fail("memory needs no name of the release"))
    assert store.most_bytes == megabytes * MEGABYTE
