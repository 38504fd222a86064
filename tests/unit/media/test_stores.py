"""Stores: what is kept comes back whole, and nothing reaches outside."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from catalogue.media.stores import NotStored, UnknownStore, store_for

UPWARD = ["/etc/passwd", "../secret", "a/../b", "..", "a//b", "a/", "a\\b"]
ODD = ["", ".hidden", "a/.hidden", "A", "a b", "a\n", "ກ", "a" * 201]


def test_what_is_kept_comes_back(store):
    store.put("3/abc/800.avif", b"\0\xff" * 1000)
    assert store.has("3/abc/800.avif")
    assert store.get("3/abc/800.avif") == b"\0\xff" * 1000


def test_a_second_file_replaces_the_first(store):
    store.put("a/b", b"one")
    store.put("a/b", b"two")
    assert store.get("a/b") == b"two"


def test_what_is_deleted_is_gone_and_may_be_deleted_again(store):
    store.put("a/b", b"one")
    store.delete("a/b")
    store.delete("a/b")
    assert not store.has("a/b")
    with pytest.raises(NotStored):
        store.get("a/b")


def test_a_folder_is_no_file(store):
    store.put("a/b", b"one")
    assert not store.has("a")
    with pytest.raises(NotStored):
        store.get("a")


def test_names_are_those_below_a_folder(store):
    for key in ("a/b", "a/c/d", "ab/c", "e"):
        store.put(key, b"")
    assert sorted(store.names("a")) == ["a/b", "a/c/d"]
    assert sorted(store.names()) == ["a/b", "a/c/d", "ab/c", "e"]
    assert list(store.names("nothing")) == []


def test_names_can_be_those_stored_before_a_time(store):
    store.put("a/b", b"")
    now = datetime.now(UTC)
    assert list(store.names("a", before=now - timedelta(hours=1))) == []
    assert list(store.names("a", before=now + timedelta(hours=1))) == ["a/b"]


@pytest.mark.parametrize("key", UPWARD + ODD)
def test_a_key_cannot_leave_the_store(store, key):
    for act in (store.get, store.has, store.delete, lambda key: store.put(key, b"x")):
        with pytest.raises(ValueError, match="not a key"):
            act(key)


def test_half_a_file_is_never_seen(tmp_path):
    store = store_for(f"file:{tmp_path / 'media'}")
    store.put("a/b", b"one")
    (tmp_path / "media/a/.0123.part").write_bytes(b"left by a power cut")
    assert list(store.names()) == ["a/b"]


def test_a_folder_that_cannot_be_written_leaves_the_old_file_whole(tmp_path):
    store = store_for(f"file:{tmp_path}")
    store.put("a", b"one")
    with pytest.raises(TypeError):
        store.put("a", "no bytes")
    assert store.get("a") == b"one"
    assert os.listdir(tmp_path) == ["a"]  # noqa: PTH208


def test_files_are_for_us_alone(tmp_path):
    store_for(f"file:{tmp_path}").put("a/b", b"one")
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0
    assert (tmp_path / "a/b").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("url", ["", "/var/media", "file:", "file://host/path", "s3:", "s3:///a", "http://example.org"])
def test_an_address_that_is_no_store_is_refused(url):
    with pytest.raises(UnknownStore):
        store_for(url)


def test_the_secret_of_a_bucket_is_not_shown():
    store = store_for("s3://key:very-secret@bucket?endpoint=http://127.0.0.1:1&region=eu-west-1")
    assert "very-secret" not in repr(store)
