"""The application in front: what it answers itself, what it hands on, and what the site is told of a visitor."""

import threading
import time
from contextlib import suppress

import pytest
from werkzeug.test import Client

from catalogue.pagecache.addresses import Place
from catalogue.pagecache.front import KEEP, Front
from catalogue.pagecache.stores import MemoryStore

PLACES = {"/en/": Place(""), "/en/silver/": Place("silver", ("sort",), frozenset(), frozenset({"q"}))}
PUBLIC = [("Content-Type", "text/html"), ("Cache-Control", "public, max-age=0"), ("Vary", "Accept-Encoding")]


class Site:
    """A site that counts its answers and remembers what it was told."""

    def __init__(self):
        self.seen, self.closed = [], 0
        self.status, self.headers, self.keep, self.wait = "200 OK", PUBLIC, True, 0.0

    def __call__(self, environ, start_response):
        self.seen.append(environ)
        time.sleep(self.wait)
        if KEEP in environ:
            environ[KEEP] = self.keep
        start_response(self.status, list(self.headers))
        said = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']} {environ.get('HTTP_ACCEPT_ENCODING')}"
        return Chunks(self, [f"answer {len(self.seen)} ".encode(), said.encode()])


class Chunks(list):
    """An iterable that has to be closed."""

    def __init__(self, site, chunks):
        super().__init__(chunks)
        self.site = site

    def close(self):
        self.site.closed += 1


class Versions:
    """The versions as a test sets them."""

    def __init__(self):
        self.now = {"": 1, "silver": 1}

    def of(self, scope):
        return self.now.get(scope)

    def close(self):
        self.now.clear()


class World:
    """A front with its site, versions and day."""

    def __init__(self):
        self.site, self.versions, self.store, self.day = Site(), Versions(), MemoryStore(), "2026-11-02"
        self.front = Front(
            self.site,
            place_at=PLACES.get,
            versions=self.versions,
            store=self.store,
            choose=lambda header: "br" if "br" in header else "",
            day=lambda: self.day,
            origin="https://sala.example",
        )
        self.client = Client(self.front, use_cookies=False)

    def get(self, path="/en/silver/", **more):
        return self.client.get(path, **more)


@pytest.fixture
def world():
    return World()


def test_a_page_is_rendered_once(world):
    first, second = world.get(), world.get()
    assert (first.status_code, first.data) == (second.status_code, second.data)
    assert first.headers.to_wsgi_list() == second.headers.to_wsgi_list()
    assert len(world.site.seen) == world.site.closed == 1


def test_the_site_learns_nothing_of_who_asks(world):
    headers = {
        "Cookie": "session=secret; list=mine",
        "Accept-Language": "lo",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-For": "10.0.0.1",
        "Forwarded": "host=evil.example",
        "Host": "evil.example",
        "Referer": "https://evil.example/",
        "Authorization": "Bearer x",
        "X-Original-URL": "/desk/",
        "Accept-Encoding": "gzip, br;q=1.0",
        "Proxy": "http://evil.example",
    }
    world.get("/en/silver/?utm_source=mail&sort=new", headers=headers, environ_base={"REMOTE_ADDR": "10.0.0.1"})
    (told,) = world.site.seen
    shared = {name: told[name] for name in told if not name.startswith("wsgi.") and name != KEEP}
    assert shared == {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/en/silver/",
        "QUERY_STRING": "sort=new",
        "SERVER_NAME": "sala.example",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "sala.example",
        "HTTP_ACCEPT_ENCODING": "br",
    }
    assert told["wsgi.url_scheme"] == "https"
    assert told["wsgi.input"].read() == b""


def test_unknown_parameters_and_headers_make_no_other_page(world):
    for number in range(20):
        world.get(f"/en/silver/?x{number}={number}", headers={f"X-Own-{number}": "1", "Accept-Language": str(number)})
    assert len(world.store) == len(world.site.seen) == 1


def test_each_version_day_encoding_and_parameter_has_its_own_page(world):
    world.get()
    world.versions.now["silver"] = 2
    world.get()
    world.day = "2026-11-03"
    world.get()
    world.get(headers={"Accept-Encoding": "br"})
    world.get("/en/silver/?sort=new")
    world.get("/en/")
    assert len(world.site.seen) == len(world.store) == 6
    world.versions.now[""] = 2
    world.get("/en/")
    world.get()
    assert len(world.site.seen) == 7


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"])
def test_other_methods_reach_the_site_as_they_came(world, method):
    world.get()
    world.client.open("/en/silver/", method=method, data={"a": "1"}, headers={"Cookie": "a=b"})
    told = world.site.seen[-1]
    assert (told["REQUEST_METHOD"], told["HTTP_COOKIE"]) == (method, "a=b")
    assert len(world.site.seen) == 2


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/en/silver/", {"headers": {"Range": "bytes=0-10"}}),
        ("/en/silver/?q=bowl", {}),
        ("/en/silver", {}),
        ("/en/silver//", {}),
        ("/en/silver/;x", {}),
        ("/EN/silver/", {}),
        ("/desk/", {}),
        ("/en/silver/", {"environ_overrides": {"SCRIPT_NAME": "/below"}}),
        (f"/en/silver/?sort={'x' * 2000}", {}),
    ],
)
def test_what_is_not_kept_reaches_the_site_each_time(world, path, more):
    for _time in range(2):
        assert world.get(path, **more).status_code == 200
    assert len(world.site.seen) == 2
    assert len(world.store) == 0
    assert KEEP not in world.site.seen[0]


@pytest.mark.parametrize("scope", ["", "silver"])
def test_without_a_version_the_site_answers(world, scope):
    world.versions.now.pop(scope)
    path = "/en/silver/" if scope else "/en/"
    world.get(path, headers={"Cookie": "a=b"})
    world.get(path)
    assert len(world.site.seen) == 2
    assert world.site.seen[0]["HTTP_COOKIE"] == "a=b"


@pytest.mark.parametrize(
    ("status", "more", "keep"),
    [
        ("404 NOT FOUND", [], True),
        ("500 INTERNAL SERVER ERROR", [], True),
        ("301 MOVED PERMANENTLY", [("Location", "/en/")], True),
        ("410 GONE", [], True),
        ("200 OK", [("Set-Cookie", "a=b")], True),
        ("200 OK", [("Vary", "Cookie")], True),
        ("200 OK", [("Cache-Control", "private")], True),
        ("200 OK", [("Cache-Control", "no-store")], True),
        ("200 OK", [], False),
    ],
)
def test_what_must_not_be_kept_is_answered_and_forgotten(world, status, more, keep):
    world.site.status, world.site.headers, world.site.keep = status, [*PUBLIC, *more], keep
    for number in (1, 2):
        answer = world.get()
        assert answer.status == status
        assert answer.data.startswith(f"answer {number}".encode())
        assert "ETag" not in answer.headers
    assert len(world.store) == 0


def test_head_is_the_page_without_its_bytes(world):
    head = world.client.head("/en/silver/")
    page = world.get()
    assert head.data == b""
    assert head.headers.to_wsgi_list() == page.headers.to_wsgi_list()
    assert int(page.headers["Content-Length"]) == len(page.data)
    assert len(world.site.seen) == 1
    assert world.site.seen[0]["REQUEST_METHOD"] == "GET"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_the_page_hears_only_that(world, method):
    etag = world.get().headers["ETag"]
    answer = world.client.open("/en/silver/", method=method, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert world.get(headers={"If-None-Match": '"other"'}).status_code == 200


def test_each_encoding_has_its_own_etag(world):
    plain = world.get().headers["ETag"]
    assert world.get(headers={"Accept-Encoding": "br"}).headers["ETag"] != plain


def test_a_page_is_kept_under_the_version_read_before_it_was_made(world):
    """Whatever is published while a page is made, the page is not taken for the newer one."""
    first = world.site.__call__

    def publish_meanwhile(environ, start_response):
        world.versions.now["silver"] = 2
        return first(environ, start_response)

    world.front.site = publish_meanwhile
    world.get()
    world.front.site = world.site
    world.get()
    assert len(world.site.seen) == 2


def test_many_who_ask_at_once_wait_for_one_rendering(world):
    world.site.wait = 0.2
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(world.get().data)) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(world.site.seen) == 1
    assert len(set(answers)) == 1
    assert len(answers) == 8


def test_a_fault_of_the_site_leaves_no_lock_behind(world):
    kept, world.front.site = world.front.site, broken
    with suppress(ZeroDivisionError):
        world.get()
    world.front.site = kept
    assert world.get().status_code == 200


def broken(_environ, _start_response):
    raise ZeroDivisionError


def test_headers_that_a_server_changes_stay_whole(world):
    """A server may change the list of headers that it is handed (PEP 3333)."""
    world.get()
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/en/silver/", "QUERY_STRING": ""}
    world.front(environ, lambda _status, headers: headers.clear())
    assert world.get().headers["ETag"]
