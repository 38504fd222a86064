"""Which offers can be divided among, and why each of the others cannot."""

from collections.abc import Iterable
from decimal import Decimal

from catalogue.routing.terms import Candidate, Figures, Portion, Rules

FEWEST_TO_COMPARE = 3  # below that a median says nothing


def median(values: Iterable[Decimal]) -> Decimal:
    """The middle value, of two the mean; nought where there is none."""
    ordered = sorted(values)
    if not ordered:
        return Decimal(0)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def least_new(rules: Rules, candidate: Candidate) -> int:
    """The least it can be given now, in units: its own least and the smallest share, less what it holds."""
    smallest = 1 if rules.goes_whole else rules.smallest_share
    return max(1, max(candidate.own_lot, smallest) - candidate.held)


def most_new(rules: Rules, candidate: Candidate, quantity: int) -> int:
    """The most of `quantity` it can be given now, in units: whole lots, the odd rest of `quantity` with them."""
    room = min(candidate.room, quantity)
    odd = quantity % rules.lot
    shares = [room // rules.lot * rules.lot]
    if odd and room >= odd:
        shares.append((room - odd) // rules.lot * rules.lot + odd)
    return max((share for share in shares if share >= least_new(rules, candidate)), default=0)


def band_limit(rules: Rules, candidates: Iterable[Candidate]) -> Decimal | None:
    """The highest charge still in the band; None where charges are not compared, or fewer than three can be.

    Only offers that could be taken are compared: one that is late or too small moves nobody else's limit.
    """
    if rules.price_band is None:
        return None
    charges = [
        candidate.charge
        for candidate in candidates
        if candidate.charge and unfit(rules, candidate) is None and too_little(rules, candidate) is None
    ]
    if len(charges) < FEWEST_TO_COMPARE:
        return None
    return median(charges) * (1 + rules.price_band)


def set_aside(rules: Rules, candidate: Candidate, limit: Decimal | None) -> Portion | None:
    """The portion of nothing of one who cannot take part, with its reason; None for one who can."""
    return unfit(rules, candidate) or _above(candidate, limit) or too_little(rules, candidate)


def unfit(rules: Rules, candidate: Candidate) -> Portion | None:
    """It gave no offer, or one that comes too late."""
    if candidate.absence:
        return Portion(candidate.member, 0, candidate.absence, {})
    if rules.needed_in_days is not None and (candidate.days or 0) > rules.needed_in_days:
        figures: Figures = {"days": candidate.days or 0, "needed": rules.needed_in_days}
        return Portion(candidate.member, 0, "late", figures)
    return None


def too_little(rules: Rules, candidate: Candidate) -> Portion | None:
    """No share is both large enough for it and small enough for what it offered, has free, and the order."""
    if most_new(rules, candidate, rules.quantity):
        return None
    figures: Figures = {
        "offered": candidate.offered,
        "held": candidate.held,
        "quantity": rules.quantity,
        "own_lot": candidate.own_lot,
        "smallest": rules.smallest_share,
        "lot": rules.lot,
        **({} if candidate.capacity is None else {"capacity": candidate.capacity}),
    }
    return Portion(candidate.member, 0, _limiting(rules, candidate), figures)


def _limiting(rules: Rules, candidate: Candidate) -> str:
    least = least_new(rules, candidate)
    of_offer = min(candidate.unused_offer, rules.quantity)
    if candidate.unused_offer == 0:
        return "offer"
    if of_offer < candidate.own_lot - candidate.held:
        return "own_lot"
    if of_offer < least:
        return "smallest"
    if candidate.room < least:
        return "no_capacity"
    return "lots"


def _above(candidate: Candidate, limit: Decimal | None) -> Portion | None:
    if limit is None or candidate.charge <= limit:
        return None
    return Portion(candidate.member, 0, "band", {"charge": str(candidate.charge), "limit": str(limit)})
