"""The calls of a consortium: those that members answer, those to divide, those whose shares are out, the rest."""

from typing import Any

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.routing import handing_over
from catalogue.routing.call_reading import calls_of
from catalogue.routing.share_lists import unsettled
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.loaders import consortium_at
from catalogue.web.offer_page import quantity_words
from catalogue.web.routing_words import CALL_STATES, closing_words, state_of
from catalogue.web.signed_in import signed_in


@blueprint.get("/<slug>/calls", endpoint="calls")
@requires("call.list", load=consortium_at)
def show_calls(consortium: Consortium) -> Any:
    """What waits for answers, what waits for the office, and what is done. A deputy sees what was handed over."""
    at, someone = now(), signed_in()
    among = None
    if not handing_over.is_manager(db.session, consortium.id, someone):
        among = handing_over.inquiries_taken_by(db.session, consortium, someone)
    return desk_page(
        "desk/calls.html",
        consortium,
        "calls",
        calls=calls_of(db.session, consortium, at=at, inquiries=among),
        state_of=lambda call: state_of(call, at),
        states=CALL_STATES,
        closing_words=closing_words,
        quantity_words=quantity_words,
        unsettled=unsettled(db.session, consortium),
    )
