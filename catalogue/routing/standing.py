"""Where each candidate stands before a division: its level, and what one unit more adds to it, in millionths."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from hashlib import sha256

from catalogue.routing.eligibility import least_new, median
from catalogue.routing.terms import Candidate, Rules

MILLIONTHS = Decimal(1_000_000)


def millionths(amount: Decimal) -> int:
    """Levels are compared as whole millionths of the book currency's unit, so that everybody's sums agree."""
    return int((amount * MILLIONTHS).to_integral_value(ROUND_HALF_EVEN))


def amount(level: int) -> Decimal:
    return Decimal(level).scaleb(-6)


def _rounded(exact: Decimal) -> Decimal:
    return amount(millionths(exact))


@dataclass(frozen=True)
class Taker:
    """One who can take part; quantities in units, `step` (what one unit adds to the level) in millionths."""

    candidate: Candidate
    household: str | int  # who share a level; a firm alone is its own
    charge: Decimal
    weight: Decimal
    step: int
    least: int
    room: int
    rank: str  # decides what nothing else decides

    @property
    def member(self) -> int:
        return self.candidate.member


@dataclass(frozen=True)
class Standing:
    """All who can take part, and the level of each household before the division, in millionths."""

    takers: tuple[Taker, ...]
    levels: dict[str | int, int]
    equal_share: Decimal


def standing_of(rules: Rules, eligible: Sequence[Candidate], holders: Sequence[Candidate]) -> Standing:
    """History is the household's, clipped to the median; what is held of this same order comes on top, unclipped.

    `holders` are all who hold something of it, those who take no part in this division too.
    """
    firms = _households(eligible)
    weights = {key: max(firm.weight for firm in group) for key, group in firms.items()}
    usual = median(candidate.charge for candidate in eligible if candidate.charge) or Decimal(1)
    share = _rounded(rules.quantity * usual / sum(weights.values())) if weights else Decimal(0)
    takers = tuple(_taker(rules, candidate, weights[_key(candidate)], usual) for candidate in eligible)
    levels = {key: millionths(_clipped(rules, group, weights[key], share)) for key, group in firms.items()}
    for firm in holders:
        if (key := _key(firm)) in levels:
            levels[key] += firm.held * _step(firm, weights[key], usual)
    return Standing(takers, levels, share)


def _households(eligible: Sequence[Candidate]) -> dict[str | int, list[Candidate]]:
    firms: dict[str | int, list[Candidate]] = {}
    for candidate in eligible:
        firms.setdefault(_key(candidate), []).append(candidate)
    return firms


def _key(candidate: Candidate) -> str | int:
    return candidate.household or candidate.member


def _clipped(rules: Rules, group: Sequence[Candidate], weight: Decimal, share: Decimal) -> Decimal:
    known = [firm.history for firm in group if firm.history is not None]
    if not known:
        return rules.median_history
    reach = rules.history_reach * share
    return min(max(max(known) / weight, rules.median_history - reach), rules.median_history + reach)


def _taker(rules: Rules, candidate: Candidate, weight: Decimal, usual: Decimal) -> Taker:
    return Taker(
        candidate=candidate,
        household=_key(candidate),
        charge=candidate.charge or usual,
        weight=weight,
        step=_step(candidate, weight, usual),
        least=least_new(rules, candidate),
        room=candidate.room,
        rank=sha256(f"{rules.seed}\n{candidate.member}".encode()).hexdigest(),
    )


def _step(candidate: Candidate, weight: Decimal, usual: Decimal) -> int:
    return max(1, millionths((candidate.charge or usual) / weight))
