"""For machines: health."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import text

from catalogue.extensions import db
from catalogue.web.access import public

blueprint = Blueprint("machines", __name__)


@blueprint.get("/health")
@public
def health() -> Response:
    """200 when the database answers; a failing database is the 500 of every page."""
    db.session.execute(text("SELECT 1"))
    response = jsonify({"status": "ok"})
    response.headers["Cache-Control"] = "no-store"
    return response
