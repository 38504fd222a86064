"""Structured logs: one JSON object a line on standard error, with addresses and telephone numbers masked."""

import json
import logging
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request

from catalogue.leaks import mask_for_log
from catalogue.tokens import public_id

PRIVATE_PATHS = ("/i/", "/o/", "/l/", "/not-me/", "/taken-along/", "/no-digest/", "/sign-in/")


class OneLine(logging.Formatter):
    """A log record as one line of JSON. Line breaks cannot get in, contacts are masked."""

    def format(self, record: logging.LogRecord) -> str:
        row = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": mask_for_log(record.getMessage()),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            row["trace"] = mask_for_log(self.formatException(record.exc_info))
        return json.dumps(row, ensure_ascii=False)


def start(level: int = logging.INFO) -> None:
    """Send the logs of this process to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    logging.basicConfig(handlers=[handler], level=level, force=True)


def path_for_log() -> str:
    """The path without what opens a private page, and without what was searched for."""
    for private in PRIVATE_PATHS:
        before, found, _token = request.path.partition(private)
        if found:
            return f"{before}{private}…"
    return request.path


def init_app(app: Flask) -> None:
    """Log each request that writes or fails, under a reference that error pages show too."""
    logger = logging.getLogger("sala.web")
    if not app.testing:
        start()

    @app.before_request
    def begin() -> None:
        g.reference, g.began = public_id(), time.perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        if request.method not in {"GET", "HEAD"} or response.status_code >= 500:
            facts = {
                "reference": g.get("reference"),
                "method": request.method,
                "path": mask_for_log(path_for_log()),
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000),
            }
            logger.info("request", extra={"facts": facts})
        return response
