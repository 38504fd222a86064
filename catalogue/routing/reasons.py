"""Why each share is what it is: one code for the step that limited it, and figures that give the share again.

`recomputed` is how: a reader with the figures and nothing else comes to the same number of units.

declined, no_answer, handed_back, left_out, late, band, own_lot, smallest, no_capacity: nothing, the figures say why.
offer, capacity: all it offered, all it has free. lots: whole lots of these; one more would not fit. first_claim: the
maker took all it could. one_hand, turn: all one maker could take, and nothing for the others. makers: enough makers
already. level: the fewest lots that reach the fair level (and `drawn` units more, a lot that could not be divided
between those on it). own_lot, smallest with a quantity: the least it makes, though fewer would have reached the level.
"""

from decimal import Decimal

from catalogue.routing.stage import Stage, is_new
from catalogue.routing.standing import Taker, amount, millionths
from catalogue.routing.terms import Figures, Portion, Rules

ALONE = ("one_hand", "turn", "first_claim")


def reasoned(rules: Rules, stage: Stage) -> list[Portion]:
    """A portion for everyone who took part in `stage`."""
    return [_portion(rules, stage, taker) for taker in stage.part.takers]


def _portion(rules: Rules, stage: Stage, taker: Taker) -> Portion:
    share = stage.share(taker)
    reason, own = _why_some(rules, stage, taker) if share else _why_none(rules, stage, taker)
    return Portion(taker.member, share, reason, _figures(stage, taker) | own)


def _figures(stage: Stage, taker: Taker) -> Figures:
    """What is known of every share; levels and money in the book currency, quantities in units."""
    candidate, share = taker.candidate, stage.share(taker)
    history = "new" if candidate.history is None else str(candidate.history)
    return {
        "quantity": stage.part.quantity,
        "offered": candidate.offered,
        "held": candidate.held,
        **({} if candidate.capacity is None else {"capacity": candidate.capacity}),
        "lot": stage.part.lot,
        "least": taker.least,
        "odd": share % stage.part.lot,
        "history": history,
        "weight": str(taker.weight),
        "charge": str(taker.charge),
        "value": str(taker.charge * share),
        "start": str(amount(stage.start(taker))),
        "step": str(amount(taker.step)),
        "level": str(amount(stage.level)),
    }


def _why_some(rules: Rules, stage: Stage, taker: Taker) -> tuple[str, Figures]:
    if stage.first_claim and stage.share(taker) + stage.part.lot > min(taker.room, stage.part.quantity):
        return "first_claim", {}
    if rules.one_hand or rules.goes_whole:
        return _alone(rules), {}
    if stage.share(taker) + stage.part.lot > taker.room:
        return _limit_of_room(stage, taker), {}
    return _by_level(rules, stage, taker)


def _alone(rules: Rules) -> str:
    return "one_hand" if rules.one_hand else "turn"


def _limit_of_room(stage: Stage, taker: Taker) -> str:
    share, candidate = stage.share(taker), taker.candidate
    if share == candidate.unused_offer:
        return "offer"
    return "capacity" if share == candidate.capacity else "lots"


def _by_level(rules: Rules, stage: Stage, taker: Taker) -> tuple[str, Figures]:
    share = stage.share(taker)
    fewest = lots_to_level(stage.level, stage.start(taker), taker.step, stage.part.lot, share % stage.part.lot)
    if fewest < share and 0 < share - stage.part.lot < taker.least:
        return _least(rules, taker), {}
    return "level", {"drawn": share - fewest}


def lots_to_level(level: int, start: int, step: int, lot: int, odd: int) -> int:
    """The fewest units, whole lots and the odd rest, that bring a member from `start` to `level`."""
    short = max(0, level - start - odd * step)
    return odd + -(-short // (step * lot)) * lot


def _least(rules: Rules, taker: Taker) -> str:
    smallest = 1 if rules.goes_whole else rules.smallest_share
    return "own_lot" if taker.candidate.own_lot >= smallest and taker.candidate.own_lot > 1 else "smallest"


def _why_none(rules: Rules, stage: Stage, taker: Taker) -> tuple[str, Figures]:
    if rules.one_hand or (rules.goes_whole and stage.part.quantity):
        return _alone(rules), {"left": stage.unfilled}
    if stage.part.quantity < taker.least:
        return ("first_claim" if stage.part.quantity == 0 else _least(rules, taker)), {"left": stage.part.quantity}
    if stage.makers_left == 0 and is_new(taker):
        return "makers", {"makers": rules.most_makers or 0}
    if stage.unfilled >= stage.part.lot:
        return _least_or_lots(rules, stage, taker, stage.unfilled)
    if stage.start(taker) >= stage.level:
        return "level", {"drawn": 0}
    return _least_or_lots(rules, stage, taker, _left_at(stage, taker))


def _least_or_lots(rules: Rules, stage: Stage, taker: Taker, left: int) -> tuple[str, Figures]:
    """Its least share was more than was left when its turn came; or that would have left more unfilled."""
    return (_least(rules, taker), {"left": left}) if left < taker.least else ("lots", {"left": left, "fits": 0})


def _left_at(stage: Stage, taker: Taker) -> int:
    """What is left of the quantity once all who take part stand above this one's level."""
    needed = 0
    for other in stage.part.takers:
        if share := stage.share(other):
            lot = stage.part.lot
            past = lots_to_level(stage.start(taker) + 1, stage.start(other), other.step, lot, share % lot)
            needed += min(share, max(past, other.least))
    return max(0, stage.part.quantity - needed)


def recomputed(reason: str, figures: Figures) -> int:
    """The share that the figures of a reason give, in units."""
    if "start" not in figures or "left" in figures or "makers" in figures:
        return 0
    lot, odd, least = (int(figures[name]) for name in ("lot", "odd", "least"))
    unused = int(figures["offered"]) - int(figures["held"])
    capacity = int(figures.get("capacity", unused))
    if reason == "offer":
        return unused
    if reason == "capacity":
        return capacity
    if reason in (*ALONE, "lots"):
        most = min(unused, capacity, int(figures["quantity"]))
        return (most - odd) // lot * lot + odd
    if reason in ("own_lot", "smallest"):
        return -((odd - least) // lot) * lot + odd
    level, start, step = (millionths(Decimal(figures[name])) for name in ("level", "start", "step"))
    return lots_to_level(level, start, step, lot, odd) + int(figures["drawn"])
