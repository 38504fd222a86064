"""For machines: health, and the mark that a browser puts on its tab."""

from flask import Blueprint, Response, abort, jsonify
from sqlalchemy import text

from catalogue.consortia.founding import SLUG
from catalogue.extensions import db
from catalogue.web.access import public
from catalogue.web.emblems import emblem_svg

blueprint = Blueprint("machines", __name__)


@blueprint.get("/health")
@public
def health() -> Response:
    """200 when the database answers; a failing database is the 500 of every page."""
    db.session.execute(text("SELECT 1"))
    response = jsonify({"status": "ok"})
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/emblems/<sector>/<slug>.svg")
@public
def emblem(sector: str, slug: str) -> Response:
    """The emblem woven from a slug, as a picture by itself; drawn anew each time, nothing is looked up."""
    if not SLUG.fullmatch(slug):
        abort(404)
    response = Response(emblem_svg(slug, sector), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
