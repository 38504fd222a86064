"""The studio: what the people of a member firm meet."""

from flask import Blueprint

from catalogue.web.arriving import read_piece
from catalogue.web.language import speak_to_reader

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
blueprint.before_request(read_piece)
speak_to_reader(blueprint)

from catalogue.web.studio import (  # noqa: E402
    answers,  # noqa: F401
    calendar,  # noqa: F401
    calendar_more,  # noqa: F401
    calendar_rest,  # noqa: F401
    calls,  # noqa: F401
    capture,  # noqa: F401
    claims,  # noqa: F401
    fairness,  # noqa: F401
    firm,  # noqa: F401
    kept_offers,  # noqa: F401
    our_page,  # noqa: F401
    phone,  # noqa: F401
    photos,  # noqa: F401
    product,  # noqa: F401
    question,  # noqa: F401
    record_papers,  # noqa: F401
    rules,  # noqa: F401
    second_thoughts,  # noqa: F401
    shares,  # noqa: F401
    sheets,  # noqa: F401
    today,  # noqa: F401
    told,  # noqa: F401
    uploads,  # noqa: F401
)
