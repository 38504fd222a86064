"""By-laws, calls of a line of an inquiry, offers, and what was divided among members."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from catalogue.consortia.by_law_models import ByLaws
from catalogue.consortia.by_laws import found_by_laws
from catalogue.consortia.models import Consortium, Member
from catalogue.products.models import Product
from catalogue.routing.division_models import Allocation, Share
from catalogue.routing.models import Answer, Call, CallState, Candidate, ClosedBy, MetalFrom, Offer
from catalogue.routing.offers import Said, take_offer
from catalogue.text import Bilingual
from tests.factories.inquiries import InquiryFactories


class RoutingFactories(InquiryFactories):
    """Calls and what follows of them."""

    def consortium(self, **given: Any) -> Consortium:
        """A consortium with the by-laws that each begins with."""
        consortium = super().consortium(**given)
        self.by_laws(consortium)
        return consortium

    def by_laws(self, consortium: Consortium, **given: Any) -> ByLaws:
        """The first set of by-laws of a consortium, with other values where they are given."""
        query = select(ByLaws).where(ByLaws.consortium_id == consortium.id, ByLaws.number == 1)
        laws = self.session.scalar(query) or found_by_laws(self.session, consortium, at=self.at)
        for name, value in given.items():
            setattr(laws, name, value)
        return self.keep(laws)

    def call(
        self,
        *,
        consortium: Consortium | None = None,
        members: Sequence[Member] = (),
        product: Product | None = None,
        quantity: int = 60,
        **given: Any,
    ) -> Call:
        """An open call of the first line of an inquiry, to these members (unsaid: two new ones), for two days."""
        consortium = consortium or (members[0].consortium if members else self.consortium())
        asked = members or [self.member(consortium=consortium) for _ in range(2)]
        inquiry = given.pop("inquiry", None) or self.inquiry(
            consortium=consortium, products=[product] if product else ()
        )
        line, laws = inquiry.lines[0], self.by_laws(consortium)
        columns = {
            "consortium_id": consortium.id,
            "number": f"{consortium.code}-2026-C{self.number():04}",
            "inquiry_id": inquiry.id,
            "line_id": line.id,
            "wanted": Bilingual("ຂັນເງິນ", "Silver bowl"),
            "note": Bilingual("", ""),
            "category": product.working.category if product else "bowls",
            "quantity": quantity,
            "price_rule": laws.price_rule,
            "agreed_charge": Decimal("12.5"),
            "by_laws_id": laws.id,
            "seed": "5eed" * 16,
            "sent_at": self.later(),
        }
        columns["closes_at"] = columns["sent_at"] + timedelta(days=2)
        call = self.save(Call(**{**columns, **given}))
        for member in asked:
            self._candidate(call, member)
        self.session.refresh(call)
        return call

    def candidate(self, call: Call, member: Member) -> Candidate:
        """One member's place beside a call."""
        query = select(Candidate).where(Candidate.call_id == call.id, Candidate.member_id == member.id)
        return self.session.scalars(query).one()

    def offer(self, call: Call, member: Member, *, quantity: int | None = None, **given: Any) -> Offer:
        """What a member answered: a part when `quantity` is given, nothing when it is 0, else all; in 30 days.

        The row itself, sealed or not: only tests have it.
        """
        of_taking = {name: given.pop(name) for name in ("by", "recorded_by") if name in given}
        answer = {None: Answer.ALL, 0: Answer.NONE, call.quantity: Answer.ALL}.get(quantity, Answer.PART)
        said: dict[str, Any] = {"answer": answer, "declined_for": "no_time"}
        if answer is not Answer.NONE:
            said = {"answer": answer, "quantity": quantity or call.quantity, "days": 30, "metal_from": MetalFrom.MEMBER}
        candidate = self.candidate(call, member)
        take_offer(self.session, candidate, Said(**{**said, **given}), at=self.later(), **of_taking)
        self.session.commit()
        return self.session.get_one(Offer, candidate.id)

    def close(self, call: Call) -> Call:
        """End a call by its time, so that its offers may be read; one that its last answer closed stays as it is."""
        self.session.refresh(call)
        if call.state is not CallState.OPEN:
            return call
        call.state, call.closed_at, call.closed_how = CallState.CLOSED, self.later(), ClosedBy.TIME
        return self.keep(call)

    def closed_call(self, offers: Mapping[Member, int], **given: Any) -> Call:
        """A call whose members offered so many each, closed."""
        call = self.call(members=list(offers), **given)
        for member, quantity in offers.items():
            self.offer(call, member, quantity=quantity)
        return self.close(call)

    def allocation(self, call: Call, shares: Mapping[Member, int], **given: Any) -> Allocation:
        """A confirmed division of a call, closed before: so many to each. Rows alone; nobody is told."""
        at = self.later()
        day = at.date()
        of_share = {name: given.pop(name) for name in ("reason", "figures", "due_on", "told_at") if name in given}
        charge = call.agreed_charge or Decimal(0)
        columns = {
            "consortium_id": call.consortium_id,
            "call_id": call.id,
            "quantity": call.quantity,
            "unfilled": call.quantity - sum(shares.values()),
            "algorithm": "made in a test",
            "inputs": {},
            "result": {},
            "confirmed_at": at,
            "held_until": day + timedelta(days=30),
        }
        allocation = self.save(Allocation(**{**columns, **given}))
        call.state = CallState.DIVIDED
        said = {"reason": "fair_level", "due_on": day + timedelta(days=60), "told_at": at, **of_share}
        for member, quantity in shares.items():
            figures = {"quantity": quantity, "charge": charge, "value": charge * quantity * call.rate}
            keys = {"consortium_id": call.consortium_id, "allocation_id": allocation.id, "member_id": member.id}
            self.save(Share(**{**keys, **figures, **said}))
        self.session.refresh(allocation)
        return allocation

    def _candidate(self, call: Call, member: Member) -> Candidate:
        keys = {"consortium_id": call.consortium_id, "call_id": call.id, "member_id": member.id}
        return self.save(Candidate(**keys, is_called=True))
