"""The desk area: what managers and observers of a consortium meet."""

from flask import Blueprint

from catalogue.web.language import speak_to_reader

blueprint = Blueprint("desk", __name__, url_prefix="/desk")
speak_to_reader(blueprint)
