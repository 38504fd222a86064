"""The rules of the consortium for its members: by-laws in plain words, declared ties, and what the office decided."""

from typing import Any

from flask import request

from catalogue.consortia import by_laws, deputies, interests
from catalogue.consortia.by_law_values import values_of
from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.web.access import requires
from catalogue.web.by_law_words import rows_of, with_changes
from catalogue.web.clock import in_vientiane, now
from catalogue.web.departure_words import cases_of, tie_words, years_of
from catalogue.web.loaders import own_member
from catalogue.web.reading import reading_as
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page


@blueprint.get("/rules", endpoint="rules")
@requires("by_laws.read", load=own_member)
def show_rules(member: Member) -> Any:
    """How work is divided here: the by-laws in force, what comes, and how they were adopted."""
    consortium, today = member.consortium, in_vientiane(now()).date()
    sets = with_changes(by_laws.all_sets(db.session, consortium), consortium)
    holding = by_laws.in_force(db.session, consortium, today)
    return studio_page(
        "studio/rules.html",
        consortium,
        member,
        "rules",
        holding=holding,
        rows=rows_of(values_of(holding), consortium),
        coming=[each for each in sets if each[0].in_force_from > today],
        former=[each for each in sets if each[0].in_force_from <= today],
    )


@blueprint.get("/decided", endpoint="decided")
@requires("interest.read", load=own_member)
def show_decided(member: Member) -> Any:
    """Who at the office has ties to which member, and every case beside the rule with its reason, by year."""
    consortium, today = member.consortium, in_vientiane(now()).date()
    year, years = years_of(consortium, request.args.get("year", ""))
    found = interests.all_interests(db.session, consortium)
    return studio_page(
        "studio/decided.html",
        consortium,
        member,
        "rules",
        cases=cases_of(consortium, year, reading_as(consortium, member.id)),
        year=year,
        years=years,
        holding=[each for each in found if each.ends_on is None or each.ends_on >= today],
        over=[each for each in found if each.ends_on is not None and each.ends_on < today],
        tie_words=tie_words,
        today=today,
        deputy=deputies.deputy_of(db.session, consortium),
    )
