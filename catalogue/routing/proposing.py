"""What a division would be: the offers of a closed call through the published rule, with what it does to evenness."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.consortia.by_law_models import PriceRule
from catalogue.inquiries.clock import working_time
from catalogue.routing import allocation, evenness
from catalogue.routing.allocation import Candidate, Division, Portion, Rules
from catalogue.routing.division_models import Allocation, Share, ShareState
from catalogue.routing.free_time import free
from catalogue.routing.histories import GIVEN, Histories, histories
from catalogue.routing.models import Answer, Call, Offer
from catalogue.routing.models import Candidate as Asked
from catalogue.routing.offers import opened


class NothingToDivide(Exception):
    """The call was divided already and nothing was given back since, or it was given up."""


@dataclass(frozen=True)
class Evenness:
    """How evenly work is spread over all active members, by value / weight: 0 and 1 where it is even."""

    gini: Decimal
    jain: Decimal


@dataclass(frozen=True)
class Proposed:
    """What one member would make: by the rule (`portion`) and as it stands now (`quantity`).

    `charge` is the making charge of one in the call's currency, `value` that of the share in the consortium's own.
    `counted` is the earlier work as the rule counts it, near the median, by unit of weight.
    """

    asked: Asked
    offer: Offer | None
    candidate: Candidate
    portion: Portion
    quantity: int
    charge: Decimal
    value: Decimal
    counted: Decimal

    @property
    def is_changed(self) -> bool:
        """Whether a manager set it otherwise than the rule."""
        return self.quantity != self.portion.quantity


@dataclass(frozen=True)
class Proposal:
    """A division of `quantity` as it would be confirmed; `shares` has one for everybody who was asked."""

    call: Call
    round: int
    quantity: int
    rules: Rules
    candidates: tuple[Candidate, ...]
    division: Division
    shares: tuple[Proposed, ...]
    histories: Histories
    before: Evenness
    by_rule: Evenness
    after: Evenness

    @property
    def offered(self) -> int:
        """What was offered in all, with what came late or too dear."""
        return sum(share.candidate.unused_offer for share in self.shares)

    @property
    def divided(self) -> int:
        """What has a maker."""
        return sum(share.quantity for share in self.shares)

    @property
    def unfilled(self) -> int:
        """What nobody makes."""
        return self.quantity - self.divided

    @property
    def mark(self) -> str:
        """The shares by the rule in one line: a page that was read before something changed holds another one."""
        return f"{self.round}:" + ",".join(f"{part.member}={part.quantity}" for part in self.division.portions)


def propose(session: Session, call: Call, *, overrides: Mapping[int, int] | None = None, at: datetime) -> Proposal:
    """Divide a closed call's quantity, or what was handed back of it since, by the rule; nothing is written.

    `overrides` sets shares (by the member's key) otherwise. Raises `offers.Sealed` while the call is open and
    `NothingToDivide`.
    """
    offers = {offer.candidate_id: offer for offer in opened(session, call, at)}
    before = shares_of(session, call)
    quantity, number = _rest(session, call, before)
    known = histories(session, call.consortium, call.by_laws, besides=call, at=at)
    asked = [each for each in call.candidates if _takes_part(each) and each.member_id in known.by_member]
    room = _room(session, call, asked, at)
    rules = _rules(call, quantity, known.median)
    candidates = [_candidate(call, each, offers.get(each.id), before, known, room[each.member_id]) for each in asked]
    candidates.sort(key=lambda each: each.member)
    return _proposal(call, number, rules, candidates, asked, offers, known, overrides or {})


def shares_of(session: Session, call: Call) -> Sequence[Share]:
    """Every share of every round of a call, the first given first."""
    query = select(Share).join(Allocation, Allocation.id == Share.allocation_id).where(Allocation.call_id == call.id)
    return session.scalars(query.where(Share.consortium_id == call.consortium_id).order_by(Share.id)).all()


def to_divide_again(session: Session, call: Call) -> int:
    """What was handed back of a divided call, or lapsed, and was not divided again yet."""
    shares = shares_of(session, call)
    quantities = select(Allocation.quantity).where(Allocation.call_id == call.id, Allocation.round > 1)
    return _freed(shares) - sum(session.scalars(quantities))


def _rest(session: Session, call: Call, before: Sequence[Share]) -> tuple[int, int]:
    """How much there is to divide, and the number of the round in which it is."""
    if not before:
        return call.quantity, 1
    rest = to_divide_again(session, call)
    if rest <= 0:
        raise NothingToDivide
    rounds = session.scalars(select(Allocation.round).where(Allocation.call_id == call.id)).all()
    return rest, max(rounds) + 1


def _freed(shares: Sequence[Share]) -> int:
    return sum(share.handed_back + (share.quantity if share.state is ShareState.LAPSED else 0) for share in shares)


def _takes_part(asked: Asked) -> bool:
    return asked.is_called or bool(asked.left_out_reason)


def _room(session: Session, call: Call, asked: Sequence[Asked], at: datetime) -> dict[int, int | None]:
    """What each can still make until the day it is needed, in the call's unit; None where nothing limits it."""
    product = call.line.product
    found = free(
        session,
        call.consortium,
        [each.member_id for each in asked],
        product_id=product.public_id if product else "",
        category=call.category,
        technique=call.technique,
        unit=call.unit,
        until=call.needed_by,
        at=at,
    )
    return {member: each.pieces for member, each in found.items()}


def _rules(call: Call, quantity: int, median_history: Decimal) -> Rules:
    laws = call.by_laws
    sent_on = working_time().day_of(call.sent_at)
    return Rules(
        quantity=quantity,
        needed_in_days=(call.needed_by - sent_on).days if call.needed_by else None,
        lot=call.lot,
        smallest_share=laws.smallest_share,
        most_makers=laws.most_makers,
        one_hand=call.is_one_hand,
        price_band=laws.price_band if call.price_rule is PriceRule.SEALED else None,
        history_reach=laws.history_reach,
        median_history=median_history,
        seed=call.seed,
    )


def _candidate(
    call: Call, asked: Asked, offer: Offer | None, before: Sequence[Share], known: Histories, room: int | None
) -> Candidate:
    own = [share for share in before if share.member_id == asked.member_id]
    return Candidate(
        member=asked.member_id,
        weight=known.weight_of(asked.member_id),
        household=known.by_member[asked.member_id].household,
        history=known.of(asked.member_id),
        held=sum(share.quantity for share in own if share.state in GIVEN),
        offered=offer.quantity if offer else 0,
        days=offer.days if offer else None,
        charge=charge_of(call, offer) * call.rate,
        own_lot=offer.own_lot if offer else 1,
        capacity=room,
        is_maker=asked.is_maker,
        absence=_absence(asked, offer, own),
    )


def charge_of(call: Call, offer: Offer | None) -> Decimal:
    """The making charge of one, in the call's currency: as members agreed, or as it was offered under seal."""
    charge = call.agreed_charge if call.price_rule is PriceRule.AGREED or offer is None else offer.charge
    return charge or Decimal(0)


def _absence(asked: Asked, offer: Offer | None, own: Sequence[Share]) -> str | None:
    if not asked.is_called:
        return "left_out"
    if offer is None:
        return "no_answer"
    if offer.answer is Answer.NONE:
        return "declined"
    return "handed_back" if _freed(own) else None


def _proposal(
    call: Call,
    number: int,
    rules: Rules,
    candidates: Sequence[Candidate],
    asked: Sequence[Asked],
    offers: Mapping[int, Offer],
    known: Histories,
    overrides: Mapping[int, int],
) -> Proposal:
    division = allocation.divide(rules, candidates)
    beside = {each.member_id: each for each in asked}
    shares = tuple(
        _proposed(call, rules, division, candidate, portion, beside[candidate.member], offers, overrides)
        for candidate, portion in zip(candidates, division.portions, strict=True)
    )
    charges = {candidate.member: candidate.charge for candidate in candidates}
    held = {candidate.member: candidate.charge * candidate.held for candidate in candidates}
    by_rule = {part.member: held[part.member] + charges[part.member] * part.quantity for part in division.portions}
    after = {each.candidate.member: held[each.candidate.member] + each.value for each in shares}
    return Proposal(
        call=call,
        round=number,
        quantity=rules.quantity,
        rules=rules,
        candidates=tuple(candidates),
        division=division,
        shares=shares,
        histories=known,
        before=_evenness(known, held),
        by_rule=_evenness(known, by_rule),
        after=_evenness(known, after),
    )


def _proposed(
    call: Call,
    rules: Rules,
    division: Division,
    candidate: Candidate,
    portion: Portion,
    asked: Asked,
    offers: Mapping[int, Offer],
    overrides: Mapping[int, int],
) -> Proposed:
    offer = offers.get(asked.id)
    quantity = overrides.get(candidate.member, portion.quantity)
    return Proposed(
        asked=asked,
        offer=offer,
        candidate=candidate,
        portion=portion,
        quantity=quantity,
        charge=charge_of(call, offer),
        value=candidate.charge * quantity,
        counted=counted(rules, division, candidate),
    )


def counted(rules: Rules, division: Division, candidate: Candidate) -> Decimal:
    """A candidate's earlier work by unit of weight, as the rule counts it: not too far from the median."""
    usual, reach = rules.median_history, rules.history_reach * division.equal_share
    if candidate.history is None:
        return usual
    return min(max(candidate.history / candidate.weight, usual - reach), usual + reach)


def _evenness(known: Histories, more: Mapping[int, Decimal]) -> Evenness:
    """Over all active members, with so much on top of what each was given before; a household counts once."""
    values, weights = known.with_more(more)
    return Evenness(evenness.gini(values, weights), evenness.jain(values, weights))
