"""What the demonstration's firms answer to calls: drawn from a seed by order and firm, the same for every playing."""

from datetime import datetime, timedelta
from random import Random

from catalogue.consortia.by_law_models import PriceRule
from catalogue.demo.orders import Order, Year
from catalogue.routing.models import Answer, Call, MetalFrom
from catalogue.routing.offers import Said
from catalogue.routing.proposing import Proposal, Proposed

SILENT, DECLINES, LATE, DEAR = 0.05, 0.15, 0.07, 0.09
UNSTATED = 20


def chance_of(*parts: object) -> Random:
    """The luck of one thing."""
    return Random("|".join(map(str, parts)))  # noqa: S311


def drawn_answer(told: Year, order: Order, call: Call, slug: str) -> Said | None:
    """What a firm answers: about one in twenty nothing, one in ten no; one in fourteen needs too long."""
    chance = chance_of(told.seed, order.number, slug)
    luck, part, is_late, is_dear = chance.random(), chance.uniform(0.35, 0.95), chance.random(), chance.random()
    a_month = told.stated.get(slug, {}).get(order.thing.category, UNSTATED)
    lots = int(a_month * order.needed_in_days / 30 * part) // call.lot
    quantity = min(lots * call.lot, call.quantity)
    if order.buyer and luck < SILENT:
        return None
    if (order.buyer and luck < DECLINES) or not quantity:
        return Said(answer=Answer.NONE, declined_for=chance.choice(["no_time", "no_metal", "not_ours"]))
    days = int(order.needed_in_days * (0.5 + part / 2))
    if is_late < LATE or slug in order.late:
        days = order.needed_in_days + chance.randint(4, 15)
    charge = order.thing.charge * chance.randint(94, 108) * (130 if is_dear < DEAR else 100) / 10_000
    return Said(
        answer=Answer.ALL if quantity == call.quantity else Answer.PART,
        quantity=quantity,
        days=days,
        metal_from=chance.choice(list(MetalFrom)),
        charge=round(charge, 2) if call.price_rule is PriceRule.SEALED else None,
    )


def drawn_time(told: Year, order: Order, slug: str, called_at: datetime, closes_at: datetime) -> datetime:
    """When a firm answers: most within hours, some at the last moment."""
    chance = chance_of(told.seed, order.number, slug, "hours")
    hours = min(chance.lognormvariate(1.8, 0.9), 60) + 0.3
    return min(called_at + timedelta(hours=hours), closes_at - timedelta(minutes=chance.randint(3, 90)))


def one_lot_moved(proposal: Proposal) -> dict[int, int]:
    """The shares of two members after one lot went from the largest share to who offered most more than it gets.

    Only the larger one's where nobody could take the lot; nothing where nobody got more than one.
    """
    lot = proposal.rules.lot
    giver = max(proposal.shares, key=lambda each: each.quantity)
    if giver.quantity <= lot:
        return {}
    changed = {giver.candidate.member: giver.quantity - lot}
    taker = max((each for each in proposal.shares if each is not giver), key=_spare, default=None)
    if taker and _spare(taker) >= lot:
        changed[taker.candidate.member] = taker.quantity + lot
    return changed


def _spare(share: Proposed) -> int:
    return share.candidate.unused_offer - share.quantity
