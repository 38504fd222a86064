"""Which public pages are kept for everybody, and what they depend on: a view says so beside its access."""

import hashlib
import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError, MapAdapter, RequestRedirect

from catalogue.consortia.showing import VERSION_OF_CONSORTIUM, VERSION_OF_NETWORK
from catalogue.extensions import db
from catalogue.pagecache.addresses import Place
from catalogue.pagecache.front import KEEP, Front
from catalogue.pagecache.stores import store_for
from catalogue.pagecache.versions import versions_in
from catalogue.web.access import View
from catalogue.web.assets import preferred
from catalogue.web.clock import in_vientiane, now
from catalogue.web.compression import MAKERS
from catalogue.web.language import LANGUAGES
from config import HERE, Settings

# A browser asks each time and mostly hears 304: whoever has just published something sees it. Caches between, which
# many visitors share, may answer by themselves for a minute.
CONTROL = "public, max-age=0, s-maxage=60, must-revalidate"
PLAIN_PATH = re.compile(r"/[A-Za-z0-9/._~-]*")
BEGINNINGS = (*(f"/{lang}/" for lang in LANGUAGES), "/sitemap")
# Everything that a page is made of, beside the data.
PROGRAM = ("catalogue", "templates", "static", "translations", "config.py", "requirements.txt")
ENDINGS = {".py", ".toml", ".json", ".csv", ".txt", ".html", ".xml", ".css", ".js", ".svg", ".mo", ".woff2"}


@dataclass(frozen=True)
class Mark:
    """What a kept page depends on. `of` is "consortium" where it shows that of its address alone, else "network"."""

    of: str
    parameters: tuple[str, ...]
    one_of: frozenset[str]
    unless: frozenset[str]


def kept(
    of: str, *parameters: str, one_of: Collection[str] = (), unless: Collection[str] = ()
) -> Callable[[View], View]:
    """Keep the pages of a view that is the same for everybody, under the version "of" a consortium or the network.

    It gets the `parameters` named here and no others; of those in `one_of` only one at a time. With a value for one in
    `unless`, the page is made anew each time, as a search is.
    """

    def decorate(view: View) -> View:
        view.kept = Mark(of, parameters, frozenset(one_of), frozenset(unless))  # type: ignore[attr-defined]
        return view

    return decorate


def leave_unkept() -> None:
    """This one answer of a kept view shall not be kept."""
    g.is_left_unkept = True


def keep_only_as(parameters: Mapping[str, Any]) -> None:
    """Keep the page only under what it really shows: values that nobody knows make no page of their own."""
    shown = [(name, each) for name, value in parameters.items() for each in _values(value)]
    if sorted(shown) != sorted(request.args.items(multi=True)):
        leave_unkept()


def _values(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, (list, tuple)) else [str(value)]


def mark_of(app: Flask, endpoint: str | None) -> Mark | None:
    """What the view of an endpoint says."""
    return getattr(app.view_functions.get(endpoint or ""), "kept", None)


def allow(response: Response) -> Response:
    """Let a page that was asked for to be kept be so, here and on its way, where its view is one of those."""
    is_asked = KEEP in request.environ and response.status_code == 200
    if is_asked and mark_of(current_app, request.endpoint) and not g.get("is_left_unkept"):
        response.headers.setdefault("Cache-Control", CONTROL)
        request.environ[KEEP] = True
    return response


# -- where kept pages are --


@dataclass(frozen=True)
class Places:
    """Finds what a path shows."""

    app: Flask
    adapter: MapAdapter

    def at(self, path: str) -> Place | None:
        """The kept page at a path; None where there is none, or where the path is not written in its one right way."""
        if not path.startswith(BEGINNINGS) or not PLAIN_PATH.fullmatch(path):
            return None
        try:
            endpoint, values = self.adapter.match(path, "GET")
            mark = mark_of(self.app, endpoint)
            is_right = mark is not None and self.adapter.build(endpoint, values, "GET", append_unknown=False) == path
        except (HTTPException, RequestRedirect, BuildError):
            return None
        if mark is None or not is_right:
            return None
        scope = values["slug"] if mark.of == "consortium" else ""
        return Place(scope, mark.parameters, mark.one_of, mark.unless)


class Day:
    """The date in Vientiane, worked out once a day."""

    def __init__(self, clock: Callable[[], float] = time.time, at: Callable[[], datetime] = now) -> None:
        self._clock, self._at = clock, at
        self._text, self._from, self._until = "", 0.0, 0.0

    def __call__(self) -> str:
        if not self._from <= self._clock() < self._until:
            begin = in_vientiane(self._at()).replace(hour=0, minute=0, second=0, microsecond=0)
            self._from, self._until = begin.timestamp(), (begin + timedelta(days=1)).timestamp()
            self._text = begin.date().isoformat()
        return self._text


@lru_cache(maxsize=256)
def chosen_encoding(accept_encoding: str) -> str:
    """The best encoding that a client takes, "" for none."""
    return preferred(accept_encoding, MAKERS)


def choose_encoding(accept_encoding: str) -> str:
    """The same, and no one fills the memory with what no browser sends."""
    return chosen_encoding(accept_encoding) if len(accept_encoding) < 100 else preferred(accept_encoding, MAKERS)


def release_of(settings: Settings) -> str:
    """A name for this program on this site: another for every change of its code, templates, texts or static files."""
    digest = hashlib.sha256()
    for path in _files():
        digest.update(f"{path.relative_to(HERE)}|{path.stat().st_size}|".encode())
        digest.update(path.read_bytes())
    for value in (settings.SITE_URL, settings.DEMO, settings.MAIL_DOMAIN, settings.database_url):
        digest.update(f"|{value}".encode())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    for name in PROGRAM:
        found = [HERE / name] if (HERE / name).is_file() else sorted((HERE / name).rglob("*"))
        yield from (path for path in found if path.suffix in ENDINGS and path.is_file())


def init_app(app: Flask) -> None:
    """Answer kept pages in front of everything else. Call it last."""
    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        database_url = db.engine.url
    front = Front(
        app.wsgi_app,
        place_at=Places(app, app.url_map.bind("")).at,
        versions=versions_in(database_url, VERSION_OF_CONSORTIUM, VERSION_OF_NETWORK),
        store=store_for(settings.CACHE_URL, lambda: release_of(settings)),
        choose=choose_encoding,
        day=Day(),
        origin=settings.SITE_URL,
    )
    app.extensions["pagecache"] = front
    app.after_request(allow)
    app.wsgi_app = front  # type: ignore[method-assign]
