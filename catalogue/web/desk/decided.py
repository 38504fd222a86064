"""What the office decided beside the rule, as members read it in the studio."""

from typing import Any

from flask import request

from catalogue.consortia.models import Consortium
from catalogue.web.access import requires
from catalogue.web.departure_words import cases_of, years_of
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.loaders import consortium_at
from catalogue.web.reading import reading_of


@blueprint.get("/<slug>/decided", endpoint="decided")
@requires("interest.read", load=consortium_at)
def show_decided(consortium: Consortium) -> Any:
    """Every share changed by hand, member left out, call closed early, and attempt that was refused, by year."""
    reading, (year, years) = reading_of(consortium), years_of(consortium, request.args.get("year", ""))
    cases = cases_of(consortium, year, reading)
    return desk_page("desk/decided.html", consortium, "rules", cases=cases, year=year, years=years, reading=reading)
