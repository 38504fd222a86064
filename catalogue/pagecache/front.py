"""The WSGI application in front of the site: it answers kept pages itself, and keeps those that it had to ask for.

A page to keep is asked for with nothing of the visitor's request but the address and the encoding. So no cookie, host
or other header can reach what everybody gets, and whoever is signed in gets the same bytes as everybody else.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from catalogue.pagecache.addresses import Place
from catalogue.pagecache.pages import Headers, Page, is_for_everybody, page_to_keep
from catalogue.pagecache.stores import Store
from catalogue.pagecache.versions import Versions

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# In the environment of a request for a page to keep: the site makes it true where its view allows that.
KEEP = "sala.keep"
MOST_PLACES = 10_000
LOCKS = 64
# Whoever waits longer for somebody else's rendering does it too.
PATIENCE = 5.0


class Front:
    """Answers what is kept, and hands on everything else, as it came, to `site`.

    `place_at` tells what a path shows; `choose` an encoding from Accept-Encoding, "" for none; `day` the date in
    Vientiane; `origin` is the address of the site ("https://sala.example").
    """

    def __init__(
        self,
        site: "WSGIApplication",
        *,
        place_at: Callable[[str], Place | None],
        versions: Versions,
        store: Store,
        choose: Callable[[str], str],
        day: Callable[[], str],
        origin: str,
    ) -> None:
        self.site, self.store, self.versions = site, store, versions
        self._place_at, self._choose, self._day = place_at, choose, day
        self._origin = _said_of(origin)
        self._places: dict[str, Place] = {}
        self._locks = [Lock() for _each in range(LOCKS)]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        path = environ.get("PATH_INFO", "")
        place = self._places.get(path) or self._place_at(path)
        if place is None or method not in {"GET", "HEAD"} or environ.get("SCRIPT_NAME") or "HTTP_RANGE" in environ:
            return self.site(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        if query and (query := place.canonical(query)) is None:
            return self.site(environ, start_response)
        version = self.versions.of(place.scope)
        if version is None:
            return self.site(environ, start_response)

        encoding = self._choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
        key = f"{place.scope}|{version}|{self._day()}|{encoding}|{path}?{query}"
        page = self.store.get(key)
        if page is None:
            page = self._rendered_once(key, environ, path, query, encoding, place)

        had = environ.get("HTTP_IF_NONE_MATCH")
        if had is not None and page.is_had(had):
            start_response("304 Not Modified", page.unchanged.copy())
            return []
        start_response(page.status, page.headers.copy())
        return [page.body] if method == "GET" else []  # a list: servers send it in one piece, and count it

    def close(self) -> None:
        """End the connections behind it."""
        self.versions.close()
        self.store.close()

    def _rendered_once(
        self, key: str, environ: "WSGIEnvironment", path: str, query: str, encoding: str, place: Place
    ) -> Page:
        """The page, which others who ask for it meanwhile wait for."""
        lock = self._locks[hash(key) % LOCKS]
        is_first = lock.acquire(timeout=PATIENCE)
        try:
            page = self.store.get(key) or self._rendered(self._clean(environ, path, query, encoding))
            if page.etag:
                self.store.put(key, page)
                self._remember(path, place)
        finally:
            if is_first:
                lock.release()
        return page

    def _rendered(self, clean: "WSGIEnvironment") -> Page:
        """What the site answers. Its version was read before, so it is never older than what it is kept under."""
        status, headers, body = _answer_of(self.site, clean)
        if clean.get(KEEP) is True and is_for_everybody(status, headers):
            return page_to_keep(status, headers, body)
        return Page(status, headers, body)

    def _clean(self, environ: "WSGIEnvironment", path: str, query: str, encoding: str) -> "WSGIEnvironment":
        """The request without anything of who sent it, through whatever proxies, to whatever host."""
        server = {name: value for name, value in environ.items() if name.startswith("wsgi.")}
        asked = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_ACCEPT_ENCODING": encoding}
        return {**server, **self._origin, **asked, "wsgi.input": BytesIO(), KEEP: False}

    def _remember(self, path: str, place: Place) -> None:
        if len(self._places) >= MOST_PLACES:
            self._places.clear()
        self._places[path] = place


def _said_of(origin: str) -> dict[str, Any]:
    """What a request to the site's own address carries."""
    parts = urlsplit(origin)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    server = {"SERVER_NAME": parts.hostname or "", "SERVER_PORT": str(port), "SERVER_PROTOCOL": "HTTP/1.1"}
    host = {"HTTP_HOST": parts.netloc, "wsgi.url_scheme": parts.scheme}
    return {"REQUEST_METHOD": "GET", "SCRIPT_NAME": "", **server, **host}


def _answer_of(site: "WSGIApplication", environ: "WSGIEnvironment") -> tuple[str, Headers, bytes]:
    told: list[tuple[str, Headers]] = []
    written: list[bytes] = []

    def start_response(status: str, headers: Headers, _fault: object = None) -> Callable[[bytes], object]:
        told.append((status, headers))
        return written.append

    chunks = site(environ, start_response)
    try:
        written.extend(chunks)
    finally:
        if close := getattr(chunks, "close", None):
            close()
    return *told[-1], b"".join(written)
