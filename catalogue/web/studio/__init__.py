"""The studio area: what members of a firm meet."""

from flask import Blueprint

from catalogue.web.language import speak_to_reader

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
speak_to_reader(blueprint)
