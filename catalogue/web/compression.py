"""Public pages travel compressed. Private ones do not: what is secret in them could be guessed from their length."""

import gzip
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
from flask import Flask, Response, request

from catalogue.web.assets import preferred

SMALLEST = 1000
TYPES = {"text/html", "application/xml", "text/xml"}
MAKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=4),
    "gzip": lambda body: gzip.compress(body, 5),
}


def compress(response: Response) -> Response:
    """Compress a plain public page in the best way that the client takes."""
    is_private = "no-store" in response.headers.get("Cache-Control", "")
    if response.mimetype not in TYPES or is_private or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    encoding = preferred(request.headers.get("Accept-Encoding", ""), MAKERS)
    body = response.get_data()
    if encoding and len(body) >= SMALLEST and "Content-Encoding" not in response.headers:
        response.set_data(MAKERS[encoding](body))
        response.headers["Content-Encoding"] = encoding
    return response


def init_app(app: Flask) -> None:
    """Compress what can be."""
    app.after_request(compress)
