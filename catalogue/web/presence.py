"""When a phone was last used: noted once an hour, in a short transaction beside the request's own."""

from flask import Flask, Response, g

from catalogue.accounts import sessions
from catalogue.database import apart
from catalogue.extensions import db
from catalogue.web.clock import now


def note(response: Response) -> Response:
    """After the request's own transaction; what is noted was looked up when the session was found."""
    if sign_in_id := g.get("long_unseen"):
        with apart(db.engine) as session:
            sessions.see(session, sign_in_id, at=now())
    return response


def init_app(app: Flask) -> None:
    """Note presence after everything else is settled: set up before `transactions`, it acts after them."""
    app.after_request(note)
