"""A kept answer: what is sent again, what a client has already, and what may be kept at all."""

import json

import pytest

from catalogue.pagecache.pages import NotAPage, Page, is_for_everybody, pack, page_to_keep, unpack

HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "public, max-age=0"), ("X-Own", "ຂັນ")]


@pytest.fixture
def page():
    return page_to_keep("200 OK", [*HEADERS, ("Content-Length", "99")], "ຂັນເງິນ".encode())


def test_a_page_says_its_length_and_a_strong_etag(page):
    headers = dict(page.headers)
    assert headers["Content-Length"] == "21"
    assert headers["ETag"] == page.etag
    assert page.etag.startswith('"')
    assert page_to_keep("200 OK", HEADERS, b"other").etag != page.etag


def test_what_stands_for_an_unchanged_page_has_no_body_and_speaks_of_none(page):
    assert {name for name, _value in page.unchanged} == {"Cache-Control", "X-Own", "ETag"}


@pytest.mark.parametrize(
    ("sent", "is_had"),
    [("{}", True), ("W/{}", True), ('"a", {}', True), ('"a",W/{}', True), ("*", True), ('"a"', False), ("", False)],
)
def test_a_client_names_what_it_has(page, sent, is_had):
    assert page.is_had(sent.format(page.etag)) is is_had


def test_what_is_not_kept_is_never_had():
    assert not Page("404 NOT FOUND", HEADERS, b"").is_had("*")


@pytest.mark.parametrize(
    ("status", "more", "may_be"),
    [
        ("200 OK", [], True),
        ("200 OK", [("Vary", "Accept-Encoding")], True),
        ("200 OK", [("Vary", "Cookie")], False),
        ("200 OK", [("Vary", "Accept-Encoding"), ("vary", "Cookie")], False),
        ("200 OK", [("Vary", "*")], False),
        ("200 OK", [("set-cookie", "list=1")], False),
        ("200 OK", [("cache-control", "private")], False),
        ("200 OK", [("Cache-Control", "No-Store")], False),
        ("200 OK", [("Cache-Control", 'no-cache="x"')], False),
        ("404 NOT FOUND", [], False),
        ("301 MOVED PERMANENTLY", [], False),
        ("206 PARTIAL CONTENT", [], False),
    ],
)
def test_only_plain_public_answers_may_be_kept(status, more, may_be):
    assert is_for_everybody(status, [*HEADERS, *more]) is may_be


def test_an_answer_that_does_not_say_public_may_not_be_kept():
    assert not is_for_everybody("200 OK", HEADERS[:1])


def test_a_packed_page_comes_back_whole(page):
    assert unpack(pack(page)) == page


@pytest.mark.parametrize(
    "spoil",
    [
        lambda packed: b"",
        lambda packed: packed[:-1],
        lambda packed: packed + b"x",
        lambda packed: packed[4:],
        lambda packed: b"\xff\xff\xff\xff" + packed,
        lambda packed: b"\x80\x04\x95" + packed,
        lambda packed: len(b"{}").to_bytes(4, "big") + b"{}",
        lambda packed: _packed(["200 OK", [["a"]], '"e"', 0]),
        lambda packed: _packed(["200 OK", [], "", 0]),
        lambda packed: _packed(["200 OK", 7, '"e"', 0]),
    ],
)
def test_other_bytes_are_no_page(page, spoil):
    with pytest.raises(NotAPage):
        unpack(spoil(pack(page)))


def _packed(said):
    written = json.dumps(said).encode()
    return len(written).to_bytes(4, "big") + written
