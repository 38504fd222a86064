"""How a quantity is divided among the makers who offered: the published rule, the same answer for whoever runs it.

Set aside who cannot take part, each with its reason; the maker of an open design has the first claim; the rest leaves
least unfilled, then raises the lowest (history + value) / weight as high as it can be, then the next lowest, and so on,
in whole lots and least shares. Charges set nobody's share: they only decide who is inside the band.
"""

from collections.abc import Sequence
from dataclasses import replace

from catalogue.routing.bounds import Part
from catalogue.routing.division import by_one_hand, divided
from catalogue.routing.eligibility import band_limit, set_aside
from catalogue.routing.reasons import reasoned
from catalogue.routing.stage import Stage
from catalogue.routing.standing import Standing, amount, standing_of
from catalogue.routing.terms import Candidate, Division, Portion, Rules
from catalogue.routing.transcript import as_json, division_as_json, division_from_json, from_json

__all__ = [
    "VERSION",
    "Candidate",
    "Division",
    "Portion",
    "Rules",
    "as_json",
    "divide",
    "division_as_json",
    "division_from_json",
    "from_json",
]

VERSION = "2026-11"  # the name of the rule as it stands here; the ledger keeps it beside every decision


def divide(rules: Rules, candidates: Sequence[Candidate]) -> Division:
    """Divide `rules.quantity`; the order of `candidates` does not matter. ValueError where a member comes twice."""
    called = sorted(candidates, key=lambda candidate: candidate.member)
    if len({candidate.member for candidate in called}) < len(called):
        raise ValueError("a member is called once")
    limit = band_limit(rules, called)
    aside = {candidate.member: set_aside(rules, candidate, limit) for candidate in called}
    holders = [candidate for candidate in called if candidate.held]
    standing = standing_of(rules, [candidate for candidate in called if aside[candidate.member] is None], holders)
    stages = _stages(rules, standing, len(holders))
    portions = [portion for portion in aside.values() if portion is not None]
    portions += [portion for stage in stages for portion in reasoned(rules, stage)]
    return Division(
        portions=tuple(sorted(portions, key=lambda portion: portion.member)),
        unfilled=rules.quantity - sum(portion.quantity for portion in portions),
        level=amount(stages[-1].level),
        equal_share=standing.equal_share,
        band_limit=limit,
    )


def _stages(rules: Rules, standing: Standing, holders: int) -> list[Stage]:
    """The makers with a first claim, if there are any, and then the others with what is left.

    So many `holders` are makers of this order already.
    """
    makers = tuple(taker for taker in standing.takers if taker.candidate.is_maker)
    others = tuple(taker for taker in standing.takers if not taker.candidate.is_maker)
    most = 1 if rules.one_hand else rules.most_makers
    part = Part(rules.quantity, rules.lot, None if most is None else max(0, most - holders), others, standing.levels)
    if not makers:
        return [_stage(rules, part)]
    first = _stage(rules, replace(part, takers=makers), first_claim=True)
    return [first, _stage(rules, replace(first.left(), takers=others))] if others else [first]


def _stage(rules: Rules, part: Part, first_claim: bool = False) -> Stage:
    alone = rules.one_hand or rules.goes_whole
    return Stage(part, by_one_hand(part) if alone else divided(part), first_claim)
