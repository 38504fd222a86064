"""What every page is compared with: a bare Flask view that returns given bytes and headers, and does nothing else.

Served as the site is (`python -m granian ... tests.bench.bare:app`). BENCH_ANSWERS names a folder of `<name>.json`
(status and headers) beside `<name>.body`; each is answered at `/<name>`.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

from flask import Flask, Response


def view_of(path: Path) -> Callable[[], Response]:
    """A view that returns what lies in these files."""
    headers, body = json.loads(path.read_text()), path.with_suffix(".body").read_bytes()

    def view() -> Response:
        return Response(body, headers=headers)

    return view


def create_app(folder: Path) -> Flask:
    """The application over a folder of answers."""
    bare = Flask("bare")
    bare.add_url_rule("/health", "health", lambda: "ok")
    for path in folder.glob("*.json"):
        bare.add_url_rule(f"/{path.stem}", path.stem, view_of(path))
    return bare


app = create_app(Path(os.environ["BENCH_ANSWERS"])) if "BENCH_ANSWERS" in os.environ else None
