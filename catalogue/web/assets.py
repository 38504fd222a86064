"""Static files under names that carry their content: joined, minified, compressed and kept in memory.

WhiteNoise was tried and left: it serves files that lie on disk with compressed copies beside them, so joined styles
would need a writable build folder for each release, and a race between the processes that fill it. What is left to do
is small enough to own: some twenty-five files, well under a megabyte, that work from a read-only folder.
"""

import gzip
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.http import parse_accept_header, parse_etags
from werkzeug.wrappers import Request, Response

from catalogue.web.emblems import drawn_emblem, emblem_svg
from catalogue.web.headers import ALWAYS, ONE_YEAR

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STATIC = Path(__file__).resolve().parents[2] / "static"
PREFIX = "/static/"
FOREVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=300"


def blocks(*names: str) -> tuple[str, ...]:
    """The files of these CSS blocks, each named after its macro."""
    return tuple(f"css/blocks/{name}.css" for name in names)


def scripts(*names: str) -> tuple[str, ...]:
    """The files of these scripts of the studio, in the order that they run in."""
    return tuple(f"js/studio/{name}.js" for name in names)


GROUND = ("css/tokens.css", "css/base.css")
BASICS = blocks("button", "status", "crumb", "notice", "masthead", "search", "form", "picture", "bilingual", "table")
JOINING = GROUND + BASICS + blocks("acting", "plain", "studio", "joining")

BUNDLES = {
    "site.css": GROUND
    + BASICS
    + blocks("hero", "cards", "sectors", "prose", "facets", "pager", "empty", "gallery", "label", "zoom", "lines")
    + blocks("asking", "landscape", "makers", "story", "added", "path", "thread", "quotation", "buyer", "plain", "foot")
    + blocks("comfort", "making", "acting", "print"),
    "joining.css": JOINING,
    # Paper of two sizes: a sheet of four cards (A4), one card by itself (A6).
    "card-sheet.css": (*JOINING, "css/paper/a4.css"),
    "card-alone.css": (*JOINING, "css/paper/a6.css"),
    "slip.css": JOINING + blocks("slip"),
    "desk.css": GROUND
    + BASICS
    + blocks("calendar")
    + blocks("acting", "members", "to_ask", "rules")
    + blocks("desk", "tabs", "inbox", "day", "inquiry", "next", "thread", "answering", "lines", "label", "quotation")
    + blocks("review", "asking", "path", "plot", "division", "facets", "pager", "empty", "cards", "gallery", "zoom")
    + blocks(
        "translate", "grid", "claims", "framing", "making", "sheets", "held", "delivery", "telling", "calls", "by_phone"
    )
    + blocks("fairness"),
    # Scripts of the public pages: each file is a block of its own, so they may neither import nor export.
    "site.js": ("js/enhance.js", "js/list-count.js", "js/search.js"),
    "studio.css": GROUND
    + BASICS
    + blocks("acting", "rules")
    + blocks("studio", "todo", "tasks", "shots", "question", "fix", "offer", "thread", "label", "plot", "empty")
    + blocks("pager", "claims", "framing", "phone", "tabs", "making", "sheets", "calendar", "fairness"),
    "operator.css": GROUND + BASICS + blocks("acting", "plain", "plot", "division", "rules", "fairness"),
    # The scripts of one inquiry at the desk; each file is a block of its own as well.
    "inquiry.js": tuple(f"js/desk/{name}.js" for name in ("here", "drafts", "replies", "undo")),
    # The scripts of the studio share what they need of one another through the one object `studio`.
    "studio.js": (
        "js/enhance.js",
        *scripts("here", "keep", "shrink", "send", "queue", "shots", "answers", "drafts", "start"),
    ),
}

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
TEXTUAL = frozenset(TYPES) - {".woff2"}

# A quoted string, url(...) or a comment is one token, so that nothing inside the first two is ever touched.
CSS_TOKEN = re.compile(
    r"""(?P<kept> "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | url\([^)"']*\) ) | (?P<note> /\*.*?\*/ )""",
    re.DOTALL | re.VERBOSE,
)
CSS_LINK = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<target>(?!data:|\#|/|https?:)[^)"']+)(?P=quote)\s*\)""")
JSON_LINK = re.compile(r""""src":\s*(?P<quote>")(?P<target>[^"/][^"]*)(?P=quote)""")
JS_LINK = re.compile(r"""\b(?:from|import)\s*\(?\s*(?P<quote>["'])(?P<target>\.[^"']+)(?P=quote)""")


class UnknownAsset(LookupError):
    """A template or a stylesheet names a file that is not in static/."""


@dataclass(frozen=True)
class Asset:
    """One file as it is sent: its hashed address, its type and its bytes in each encoding."""

    address: str
    content_type: str
    body: bytes
    is_textual: bool

    @cached_property
    def etag(self) -> str:
        return hashlib.sha256(self.body).hexdigest()[:20]

    @cached_property
    def encoded(self) -> dict[str, bytes]:
        """The compressed bodies that are worth sending, best first."""
        if not self.is_textual:
            return {}
        made = {"br": brotli.compress(self.body), "gzip": gzip.compress(self.body, mtime=0)}
        return {encoding: body for encoding, body in made.items() if len(body) < len(self.body)}


@dataclass(frozen=True)
class Assets:
    """Every static file by its plain name ("img/icons.svg", "site.css") and by its hashed address."""

    root: Path
    bundles: dict[str, tuple[str, ...]] = field(default_factory=lambda: BUNDLES)

    @cached_property
    def by_name(self) -> dict[str, Asset]:
        made: dict[str, Asset] = {}
        for name in (*self.bundles, *self._single_files()):
            self._finish(name, made)
        return made

    @cached_property
    def by_address(self) -> dict[str, Asset]:
        return {asset.address: asset for asset in self.by_name.values()}

    def address(self, name: str) -> str:
        """The hashed address of a file; raises UnknownAsset, so that a misspelt name fails before a browser sees it."""
        try:
            return self.by_name[name].address
        except KeyError:
            raise UnknownAsset(name) from None

    def _single_files(self) -> list[str]:
        """The names of the files that are sent by themselves."""
        joined = {part for parts in self.bundles.values() for part in parts if part.endswith(".css")}
        files = (path.relative_to(self.root).as_posix() for path in sorted(self.root.rglob("*")) if path.is_file())
        return [name for name in files if name not in joined and not PurePosixPath(name).name.startswith(".")]

    def _finish(self, name: str, made: dict[str, Asset]) -> Asset:
        """Make a file and, before it, the files it refers to: their addresses are part of its content."""
        if name not in made:
            body = self._body(name, made)
            suffix = PurePosixPath(name).suffix
            content_type = TYPES.get(suffix) or guess_type(name)[0] or "application/octet-stream"
            made[name] = Asset(hashed(name, body), content_type, body, suffix in TEXTUAL)
        return made[name]

    def _body(self, name: str, made: dict[str, Asset]) -> bytes:
        if name in self.bundles:
            join = self._style if name.endswith(".css") else self._script
            return "".join(join(part, made) for part in self.bundles[name]).encode()
        if name.endswith(".css"):
            return self._style(name, made).encode()
        if name.endswith(".js"):
            return self._relink(name, JS_LINK, made).encode()
        if name.endswith(".webmanifest"):
            return self._relink(name, JSON_LINK, made).encode()
        return self._path(name).read_bytes()

    def _style(self, name: str, made: dict[str, Asset]) -> str:
        return minify(self._relink(name, CSS_LINK, made))

    def _script(self, name: str, made: dict[str, Asset]) -> str:
        return f"{{\n{self._relink(name, JS_LINK, made)}\n}}\n"

    def _relink(self, name: str, links: re.Pattern[str], made: dict[str, Asset]) -> str:
        """The text of a file with every relative address in it replaced by the hashed one."""

        def replace(link: re.Match[str]) -> str:
            target = normpath(PurePosixPath(name).parent / link["target"])
            return link.group().replace(link["target"], self._finish(target, made).address)

        return links.sub(replace, self._path(name).read_text(encoding="utf-8"))

    def _path(self, name: str) -> Path:
        path = self.root / name
        if not path.is_file():
            raise UnknownAsset(name)
        return path


def hashed(name: str, body: bytes) -> str:
    """The address of a file: "img/icons.svg" becomes "/static/img/icons.<12 hex digits>.svg"."""
    path = PurePosixPath(name)
    return f"{PREFIX}{path.with_suffix('')}.{hashlib.sha256(body).hexdigest()[:12]}{path.suffix}"


def minify(css: str) -> str:
    """Without comments and needless spaces. Those around operators and in selectors stay: there they have meaning."""
    small, end = [], 0
    for token in CSS_TOKEN.finditer(css):
        small += [_without_spaces(css[end : token.start()]), token["kept"] or ""]
        end = token.end()
    small.append(_without_spaces(css[end:]))
    return "".join(small).replace(";}", "}").strip()


def _without_spaces(css: str) -> str:
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"(?<=:) | ?([{};,]) ?", r"\1", css)


def preferred(accept_encoding: str, offered: Iterable[str]) -> str:
    """The first encoding offered that the client takes, "" for none; "q=0" refuses (RFC 9110, section 12.5.3)."""
    accepted = parse_accept_header(accept_encoding)
    return next((encoding for encoding in offered if accepted.quality(encoding) > 0), "")


def respond(assets: Assets, request: Request) -> Response:
    """The answer to any request below /static/; a plain name leads to the hashed one, an old hash to nothing."""
    if request.method not in {"GET", "HEAD"}:
        return Response("Method not allowed\n", 405, {"Allow": "GET, HEAD"})
    if asset := assets.by_address.get(request.path):
        return send(asset, request)
    if asset := assets.by_name.get(request.path.removeprefix(PREFIX)):
        return Response("", 302, {"Location": asset.address, "Cache-Control": BRIEFLY})
    return Response("Not found\n", 404, {"Cache-Control": BRIEFLY})


def send(asset: Asset, request: Request) -> Response:
    """One file in the best encoding that the client takes, to be kept for a year; 304 when the client has it."""
    encoding = preferred(request.headers.get("Accept-Encoding", ""), asset.encoded)
    etag = f"{asset.etag}-{encoding}" if encoding else asset.etag
    headers = Headers({"Content-Type": asset.content_type, "Cache-Control": FOREVER, "ETag": f'"{etag}"'})
    if asset.encoded:
        headers["Vary"] = "Accept-Encoding"
    if parse_etags(request.headers.get("If-None-Match")).contains_weak(etag):
        return Response(status=304, headers=headers)
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(asset.encoded.get(encoding, asset.body), headers=headers)


def in_front_of(wsgi_app: "WSGIApplication", assets: Assets) -> "WSGIApplication":
    """A WSGI application that answers /static/ itself and hands on everything else."""

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(PREFIX):
            return wsgi_app(environ, start_response)
        request = Request(environ)
        response = respond(assets, request)
        response.headers.extend({**ALWAYS, **({"Strict-Transport-Security": ONE_YEAR} if request.is_secure else {})})
        return response(environ, start_response)

    return application


@cache
def files_below(root: Path) -> Assets:
    """The files below a folder, read and joined once a process, however many sites it makes."""
    return Assets(root)


def init_app(app: Flask, root: Path = STATIC) -> None:
    """Serve the files below `root` and give templates `asset("img/icons.svg")`, their address, and the emblems.

    Every file is read and joined now, so that a missing one stops the start and not a page.
    """
    assets = files_below(root)
    app.extensions["assets"] = assets.by_address
    app.jinja_env.globals.update(asset=assets.address, drawn_emblem=drawn_emblem, emblem_svg=emblem_svg)
    app.wsgi_app = in_front_of(app.wsgi_app, assets)  # type: ignore[method-assign, assignment]
