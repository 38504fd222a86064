"""The studio: what the people of a member firm meet."""

from flask import Blueprint

from catalogue.web.language import speak_to_reader

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
speak_to_reader(blueprint)

from catalogue.web.studio import photos, product, products  # noqa: E402, F401
