"""Our last year under another rule: the consortium's own calls divided again under changed by-laws; nothing changes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, RadioField, SelectChoice

from catalogue.consortia import by_laws
from catalogue.consortia.models import Consortium, Member, MemberStatus
from catalogue.extensions import db
from catalogue.routing.evenness import gini, jain
from catalogue.routing.histories import entitlement
from catalogue.routing.replay import Change, Played, Way, replay
from catalogue.routing.replaying import LastYear, last_year
from catalogue.web.access import requires
from catalogue.web.by_law_words import LABELS
from catalogue.web.clock import in_vientiane, now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.desk.by_law_form import DaysField, PercentField, WeightField
from catalogue.web.fairness_page import two
from catalogue.web.fairness_picture import amount
from catalogue.web.fields import QuantityField
from catalogue.web.figures import days, number
from catalogue.web.loaders import consortium_at

ROOM = Decimal("1.04")


class TrialForm(Form):
    """What is tried. An empty field leaves the by-law as it was at each call."""

    way = RadioField(
        _l("Who gets the work"),
        choices=[
            SelectChoice(Way.RULE.value, _l("our rule, with these by-laws")),
            SelectChoice(Way.EQUAL.value, _l("equal parts, to compare")),
            SelectChoice(Way.FIRST.value, _l("who answers first, to compare")),
        ],
        default=Way.RULE.value,
    )
    half_life_days = DaysField(LABELS["half_life_days"])
    history_reach = WeightField(LABELS["history_reach"])
    smallest_share = QuantityField(LABELS["smallest_share"])
    most_makers = QuantityField(LABELS["most_makers"])
    price_band = PercentField(LABELS["price_band"])
    has_equal_weights = BooleanField(_l("All members entitled to the same"))

    def change(self) -> Change:
        """What was understood."""
        return Change(
            half_life_days=self.half_life_days.data or None,
            history_reach=self.history_reach.data or None,
            smallest_share=self.smallest_share.data or None,
            most_makers=self.most_makers.data or None,
            price_band=self.price_band.data if isinstance(self.price_band.data, Decimal) else None,
            has_equal_weights=bool(self.has_equal_weights.data),
            way=Way(self.way.data),
        )


@dataclass(frozen=True)
class Pair:
    """One member's two bars, in per cent of the width, and its figures in words."""

    member: Member
    before: str
    after: str
    before_width: str
    after_width: str
    difference: str
    is_less: bool


@blueprint.get("/<slug>/fairness/another-rule", endpoint="another_rule")
@requires("fairness.try_rule", load=consortium_at)
def show_another_rule(consortium: Consortium) -> Any:
    """The form; with what it asks for, each member as it was and as it would have been."""
    form = TrialForm(MultiDict(request.args) if "way" in request.args else None)
    is_asked = "way" in request.args
    values: dict[str, Any] = {"form": form, "now": _now_in_force(consortium), "result": None}
    status = 200
    if is_asked and form.validate():
        values["result"] = _result(consortium, form.change())
    elif is_asked:
        status = 422
    return desk_page("desk/another_rule.html", consortium, "fairness", **values), status


def _result(consortium: Consortium, change: Change) -> dict[str, Any]:
    year = last_year(db.session, consortium, at=now())
    played = replay(year.divisions, year.firms, change, first_on=year.first_on)
    members = [each for each in year.members.values() if each.status is MemberStatus.ACTIVE]
    members.sort(key=lambda each: (year.really.values[each.id], each.id))
    return {
        "calls": len({each.call for each in year.divisions}),
        "pairs": [_pair(each, year, played, consortium.currency) for each in members],
        "rows": _evenness(consortium, members, year.really, played),
        "currency": consortium.currency,
    }


def _pair(member: Member, year: LastYear, played: Played, currency: str) -> Pair:
    before, after = year.really.values[member.id], played.values[member.id]
    most = max([*year.really.values.values(), *played.values.values(), Decimal(1)]) * ROOM
    sign = "−" if after < before else "+" if after > before else ""
    return Pair(
        member=member,
        before=amount(before, currency),
        after=amount(after, currency),
        before_width=f"{before / most * 100:.2f}%",
        after_width=f"{after / most * 100:.2f}%",
        difference=f"{sign}{amount(abs(after - before), currency)}",
        is_less=after < before,
    )


def _evenness(
    consortium: Consortium, members: list[Member], before: Played, after: Played
) -> list[tuple[str, str, str]]:
    """Both years by one measure: the entitlement in force now."""
    laws = by_laws.in_force(db.session, consortium, in_vientiane(now()).date())
    weights = [entitlement(laws, each.id)[0] for each in members]
    was, would = ([played.values[each.id] for each in members] for played in (before, after))
    return [
        (_("Gini (0 is even)"), two(gini(was, weights)), two(gini(would, weights))),
        (_("Jain (1 is even)"), two(jain(was, weights)), two(jain(would, weights))),
        (_("Pieces without a maker"), number(before.unfilled), number(after.unfilled)),
        (
            _("Making charge shared"),
            amount(sum(was, Decimal(0)), consortium.currency),
            amount(sum(would, Decimal(0)), consortium.currency),
        ),
    ]


def _now_in_force(consortium: Consortium) -> dict[str, str]:
    """What the by-laws in force say today, beside each field."""
    laws = by_laws.in_force(db.session, consortium, in_vientiane(now()).date())
    said = {
        "half_life_days": days(laws.half_life_days),
        "history_reach": number(laws.history_reach.normalize()),
        "smallest_share": number(laws.smallest_share),
        "most_makers": number(laws.most_makers) if laws.most_makers else _("any number"),
        "price_band": f"{number((laws.price_band * 100).normalize())} %",
    }
    return {name: _("now: %(value)s. Empty: as it was.", value=value) for name, value in said.items()}
