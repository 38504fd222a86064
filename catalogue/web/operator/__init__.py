"""The operator's pages: what whoever runs the machine meets."""

from flask import Blueprint

from catalogue.web.language import speak_to_reader

blueprint = Blueprint("operator", __name__, url_prefix="/operator")
speak_to_reader(blueprint)

from catalogue.web.operator import consortia, deputies, fairness, mail, privacy  # noqa: E402, F401
