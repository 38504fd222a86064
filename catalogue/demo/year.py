"""The demonstration's year of orders: called, offered, divided, taken, awarded and made, by the real operations."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia import by_laws
from catalogue.consortia.models import Member
from catalogue.demo.asking import Asking
from catalogue.demo.beside import beside
from catalogue.demo.content import DemoConsortium
from catalogue.demo.days import Days
from catalogue.demo.drawn import chance_of, drawn_answer, drawn_time, one_lot_moved
from catalogue.demo.firms import maker_of, manager_of
from catalogue.demo.orders import SLUG, Order, Until, Year
from catalogue.demo.stage import Act, Stage
from catalogue.inquiries import clock, conversation, intake
from catalogue.inquiries.conversation import ClosedReason
from catalogue.inquiries.intake import Asked, Buyer, Wanted
from catalogue.inquiries.models import InquiryLine
from catalogue.inquiries.telling_models import ToldBy
from catalogue.routing import calls, closing, dividing, shares, telling
from catalogue.routing.awarding import award
from catalogue.routing.call_terms import Terms
from catalogue.routing.division_models import Allocation, Share, ShareState
from catalogue.routing.models import Call, Candidate
from catalogue.routing.offers import is_taking_offers, take_offer
from catalogue.routing.proposing import to_divide_again

BY_TELEPHONE = "twin-palms"
"""The firm without data on its phone: the office calls it, and writes its answers down."""

SLOW = ("three-lotuses", "morning-bell")
"""Firms with a sign-in of the demonstration: their newest share still waits for them."""

FIRST_MADE = 344
WEEK = timedelta(days=7)
ANSWERED = "Thank you. Several of our workshops make this together: we ask them now, and send you one quotation."
OVER = "Made and sent."


def year(told: Year, content: DemoConsortium, askings: Sequence[Asking], days: Days) -> Iterator[Act]:
    """Everything that happened, order by order, and what goes on beside them."""
    yield from beside(told, days)
    emails = {member.firm.slug: maker_of(SLUG, member).email for member in content.members}
    for order in told.orders:
        asking = askings[order.inquiry - 1] if order.inquiry else None
        yield from Playing(order, told, emails, days, asking).acts()
    checked = days.in_office(days.at(FIRST_MADE, 15))
    while checked < days.end:
        yield Act(checked, partial(_look_at_what_is_made, told.seed))
        checked += WEEK


class Playing:
    """One order from its arrival to where it stands."""

    def __init__(self, order: Order, told: Year, emails: dict[str, str], days: Days, asking: Asking | None) -> None:
        self.order, self.told, self.emails, self.days, self.asking = order, told, emails, days, asking
        self.line: InquiryLine
        self.call: Call

    def acts(self) -> Iterator[Act]:
        """Each step at its time; what a step finds otherwise than planned, it leaves."""
        order, days = self.order, self.days
        came = days.at(order.days_ago, order.time.hour, order.time.minute)
        called_at = days.later(came, timedelta(0), in_office=True)
        if order.buyer:
            yield Act(came, partial(self.arrive, order.buyer))
            yield Act(days.later(came, timedelta(hours=3), in_office=True), self.answer)
            called_at = days.later(came, timedelta(hours=4), in_office=True)
        yield Act(called_at, self.send)
        closes_at = clock.due_at(called_at)
        for slug in self.emails:
            yield Act(self._answers_at(slug, called_at, closes_at), partial(self.offer, slug))
        if order.early:
            yield Act(days.later(called_at, timedelta(hours=24), in_office=True), self.close_early)
        if order.until is Until.OPEN:
            return
        yield Act(min(closes_at, days.end), self.close)
        if order.until is Until.CLOSED:
            return
        yield from self._division(days.later(closes_at, timedelta(minutes=45), in_office=True))

    def _division(self, divided_at: datetime) -> Iterator[Act]:
        order, days = self.order, self.days
        yield Act(divided_at, self.divide)
        for slug in self.emails:
            yield Act(self._later(slug, divided_at, 2, 40), partial(self.take, slug))
        if order.until is Until.TOLD:
            return
        again_at = days.later(divided_at, timedelta(hours=46), in_office=True)
        if order.handed_back:
            yield Act(again_at, self.divide_again)
            for slug in self.emails:
                yield Act(self._later(slug, again_at, 1, 20), partial(self.take, slug))
        if order.until is Until.TAKEN:
            return
        awarded_at = days.later(again_at, timedelta(hours=44), in_office=True)
        yield Act(awarded_at, self.award)
        yield Act(days.later(awarded_at, timedelta(hours=20), in_office=True), self.end)

    # -- the steps --

    def arrive(self, buyer: Buyer, stage: Stage, at: datetime) -> None:
        """The buyer orders, at a fair: the office enters it."""
        order = self.order
        product = stage.products.get((SLUG, order.thing.product))
        is_listed = product is not None and product.published is not None
        wanted = Wanted(
            product=product if is_listed else None,
            description="" if is_listed else order.thing.name.en,
            quantity=order.quantity,
            unit="C62",
        )
        inquiry = intake.send_inquiry(
            stage.session,
            stage.consortia[SLUG],
            Asked(
                buyer=buyer,
                message=f"{order.quantity} {order.thing.name.en.lower()}, please.",
                wanted=[wanted],
                terms=intake.Terms(needed_by=self._needed_by(at), currency="USD", order_type="repeat"),
                language="en",
                channel=self.told.channel,
            ),
            at=at,
            submission=None,
            held_reason=None,
            entered_by=_manager(stage),
        )
        self.line = inquiry.lines[0]

    def answer(self, stage: Stage, at: datetime) -> None:
        """The office says that it asks the workshops."""
        conversation.answer(stage.session, self.line.inquiry, ANSWERED, by=_manager(stage), at=at)

    def send(self, stage: Stage, at: datetime) -> None:
        """The manager asks everybody who can make it, or leaves somebody out and says why."""
        order, session = self.order, stage.session
        if self.asking:
            self.line = self.asking.line(order.line)
        log.seal(session)
        terms = self._terms(at)
        can = {each.member.id for each in calls.candidates_for(session, self.line, terms, at=at) if each.is_eligible}
        out = {stage.members[SLUG, order.left_out].id} & can if order.left_out else set()
        self.call = calls.send_call(
            session,
            self.line,
            terms,
            asked=can - out,
            left_out=dict.fromkeys(out, order.left_out_reason),
            by=_manager(stage),
            at=at,
        )
        if candidate := self._candidate(stage, BY_TELEPHONE):
            telling.told(session, candidate, ToldBy.TELEPHONE, by=_manager(stage), at=at)

    def offer(self, slug: str, stage: Stage, at: datetime) -> None:
        """A firm answers: on its phone, or to the office when that calls."""
        candidate = self._candidate(stage, slug)
        if candidate is None or not is_taking_offers(self.call, at):
            return
        said = None if slug in self.order.silent else drawn_answer(self.told, self.order, self.call, slug)
        if said is None:
            return
        if slug == BY_TELEPHONE:
            take_offer(stage.session, candidate, said, at=at, recorded_by=_manager(stage))
        else:
            take_offer(stage.session, candidate, said, at=at, by=stage.people[self.emails[slug]])

    def close_early(self, stage: Stage, at: datetime) -> None:
        """The manager closes before the time."""
        if is_taking_offers(self.call, at):
            closing.close_early(stage.session, self.call, self.order.early, by=_manager(stage), at=at)

    def close(self, stage: Stage, at: datetime) -> None:
        """The time is over."""
        closing.close_if_due(stage.session, self.call, at=at)

    def divide(self, stage: Stage, at: datetime) -> None:
        """The manager confirms what the rule proposes; with one lot moved where a reason is told."""
        if not closing.is_over(self.call, at):
            return
        changed = {}
        if self.order.override:
            proposal = dividing.propose(stage.session, self.call, at=at)
            changed = {
                member: dividing.Override(quantity, self.order.override)
                for member, quantity in one_lot_moved(proposal).items()
            }
        dividing.confirm(stage.session, self.call, overrides=changed, by=_manager(stage), at=at)

    def take(self, slug: str, stage: Stage, at: datetime) -> None:
        """A firm takes what it was told; the first one gives a part or all back where that is told.

        Firms with a sign-in have not answered the newest yet.
        """
        share = self._share(stage, slug)
        if share is None:
            return
        if self.order.until is Until.TOLD and slug in SLOW:
            return
        by = stage.people[self.emails[slug]]
        if self.order.handed_back and share.allocation.round == 1 and not self._was_handed_back(share.allocation):
            lot = self.order.thing.lot
            half = share.quantity // 2 // lot * lot
            back = half if self.order.handed_back == "part" and half else share.quantity
            shares.hand_back(stage.session, share, back, "ill", at=at, by=by)
        else:
            shares.take(stage.session, share, at=at, by=by)

    def divide_again(self, stage: Stage, at: datetime) -> None:
        """What was handed back goes to others, by the same rule."""
        if to_divide_again(stage.session, self.call) > 0:
            dividing.confirm(stage.session, self.call, by=_manager(stage), at=at)

    def award(self, stage: Stage, at: datetime) -> None:
        """The buyer agreed: what was taken is a promise now."""
        for allocation in self._allocations(stage):
            if any(share.state is ShareState.TAKEN and share.quantity for share in allocation.shares):
                award(stage.session, allocation, at, by=_manager(stage))

    def end(self, stage: Stage, at: datetime) -> None:
        """The inquiry is over."""
        manager = _manager(stage)
        if not self._allocations(stage):
            return
        conversation.close(stage.session, self.line.inquiry, ClosedReason.ANSWERED, OVER, by=manager, at=at)

    # -- what they are made from --

    def _terms(self, at: datetime) -> Terms:
        order = self.order
        return Terms(
            wanted=order.thing.name,
            quantity=order.quantity or self.line.quantity or 0,
            category=order.thing.category,
            lot=order.thing.lot,
            needed_by=self._needed_by(at),
            currency="USD",
            agreed_charge=order.thing.charge,
        )

    def _needed_by(self, at: datetime) -> date:
        return self.days.date_of(at) + timedelta(days=self.order.needed_in_days)

    def _answers_at(self, slug: str, called_at: datetime, closes_at: datetime) -> datetime:
        """When a firm answers; the one by telephone while the office works, where that is in time."""
        moment = min(drawn_time(self.told, self.order, slug, called_at, closes_at), self.days.end)
        worked = self.days.in_office(moment)
        return worked if slug == BY_TELEPHONE and worked < min(closes_at, self.days.end) else moment

    def _later(self, slug: str, moment: datetime, least: int, most: int) -> datetime:
        hours = chance_of(self.told.seed, self.order.number, slug, moment.isoformat()).uniform(least, most)
        return min(moment + timedelta(hours=hours), self.days.end)

    def _candidate(self, stage: Stage, slug: str) -> Candidate | None:
        member = stage.members.get((SLUG, slug))
        if member is None:
            return None
        query = select(Candidate).where(Candidate.call_id == self.call.id, Candidate.member_id == member.id)
        return stage.session.scalar(query.where(Candidate.is_called))

    def _allocations(self, stage: Stage) -> Sequence[Allocation]:
        query = select(Allocation).where(Allocation.call_id == self.call.id).order_by(Allocation.round)
        return stage.session.scalars(query).all()

    def _share(self, stage: Stage, slug: str) -> Share | None:
        """What a firm was told and did not answer yet."""
        query = select(Share).join(Share.allocation).join(Share.member)
        query = query.where(Allocation.call_id == self.call.id, Member.slug == slug)
        return stage.session.scalar(query.where(Share.state == ShareState.TOLD, Share.quantity > 0).limit(1))

    def _was_handed_back(self, allocation: Allocation) -> bool:
        return any(share.handed_back for share in allocation.shares)


def _manager(stage: Stage) -> Person:
    return stage.people[manager_of(SLUG).email]


def _look_at_what_is_made(seed: str, stage: Stage, at: datetime) -> None:
    """Once a week the office notes what came in; about one share in twelve came late."""
    today = at.astimezone(by_laws.VIENTIANE).date()
    query = select(Share).where(Share.consortium_id == stage.consortia[SLUG].id, Share.state == ShareState.AWARDED)
    known = joinedload(Share.allocation).joinedload(Allocation.call)
    for share in stage.session.scalars(query.options(known).order_by(Share.id)).all():
        chance = chance_of(seed, share.allocation.call.number, share.member_id, "made")
        difference = chance.randint(2, 9) if chance.random() < 0.08 else -chance.randint(0, 6)
        made_on = share.due_on + timedelta(days=difference)
        if made_on <= today:
            shares.mark_made(stage.session, share, made_on, by=_manager(stage), at=at)
