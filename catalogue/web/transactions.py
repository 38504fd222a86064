"""One transaction a request: kept when a POST, PUT, PATCH or DELETE answers below 400, undone otherwise."""

from flask import Flask, Response, request

from catalogue.extensions import db

WRITES = {"POST", "PUT", "PATCH", "DELETE"}


def say_whether_it_writes() -> None:
    """A request that may write takes the write lock at its first query, not before: `apart` comes first."""
    db.session.info["write"] = request.method in WRITES


def settle(response: Response) -> Response:
    """Commit or undo, by method and answer. A refused operation that answers 303 has rolled back itself."""
    if request.method in WRITES and response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    return response


def init_app(app: Flask) -> None:
    """Settle every request's transaction."""
    app.before_request(say_whether_it_writes)
    app.after_request(settle)
