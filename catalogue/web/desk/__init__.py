"""The desk: what managers and observers of a consortium meet."""

from flask import Blueprint

from catalogue.web.language import speak_to_reader

blueprint = Blueprint("desk", __name__, url_prefix="/desk")
speak_to_reader(blueprint)

from catalogue.web.desk import by_hand, figures, inbox, inquiry, leaving, letters, maker_page, members, products, review  # noqa: E402, F401
from catalogue.web.desk import edit_products, rights, translate  # noqa: E402, F401
from catalogue.web.desk import history, listing_acts, revise  # noqa: E402, F401
from catalogue.web.desk import photos  # noqa: E402, F401
from catalogue.web.desk import joining, member  # noqa: E402, F401
from catalogue.web.desk import sheets  # noqa: E402, F401
