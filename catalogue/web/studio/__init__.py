"""The studio: what the people of a member firm meet."""

from flask import Blueprint

from catalogue.web.arriving import read_piece
from catalogue.web.language import speak_to_reader

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
blueprint.before_request(read_piece)
speak_to_reader(blueprint)

from catalogue.web.studio import answers, phone  # noqa: E402, F401
from catalogue.web.studio import firm, our_page, photos, product, products, uploads  # noqa: E402, F401
from catalogue.web.studio import claims  # noqa: E402, F401
from catalogue.web.studio import second_thoughts  # noqa: E402, F401
