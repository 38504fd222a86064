"""Which shares there are: of a call, and of a member."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload

from catalogue.consortia.models import Consortium, Member
from catalogue.routing.division_models import Allocation, Share, ShareState
from catalogue.routing.models import Call


@dataclass(frozen=True)
class Unsettled:
    """What members' answers leave to the office, by the call's key: how many are free again, how many do not agree."""

    free: Mapping[int, int]
    objections: Mapping[int, int]

    @property
    def calls(self) -> frozenset[int]:
        """The calls that wait for the office."""
        return frozenset(self.free) | frozenset(self.objections)


def unsettled(session: Session, consortium: Consortium) -> Unsettled:
    """What of divided calls waits for the office: to be divided again, and to be answered."""
    lapsed = case((Share.state == ShareState.LAPSED, Share.quantity), else_=0)
    freed = (
        select(Allocation.call_id, func.sum(Share.handed_back + lapsed))
        .join(Share.allocation)
        .where(Share.consortium_id == consortium.id)
        .group_by(Allocation.call_id)
    )
    again = (
        select(Allocation.call_id, func.sum(Allocation.quantity))
        .where(Allocation.consortium_id == consortium.id, Allocation.round > 1)
        .group_by(Allocation.call_id)
    )
    objections = (
        select(Allocation.call_id, func.count(Share.id))
        .join(Share.allocation)
        .where(Share.consortium_id == consortium.id)
        .where(Share.objected_at.is_not(None), Share.objection_answered_at.is_(None))
        .group_by(Allocation.call_id)
    )
    divided = {call_id: int(quantity) for call_id, quantity in session.execute(again)}
    rest = {call_id: quantity - divided.get(call_id, 0) for call_id, quantity in session.execute(freed)}
    return Unsettled(
        {call_id: int(quantity) for call_id, quantity in rest.items() if quantity > 0},
        {call_id: int(count) for call_id, count in session.execute(objections)},
    )


def shares_of_call(session: Session, call: Call) -> Sequence[Share]:
    """Every share of every round of a call, the first round first."""
    query = select(Share).join(Share.allocation).where(Allocation.call_id == call.id)
    return session.scalars(query.options(joinedload(Share.member)).order_by(Allocation.round, Share.id)).all()


def share_for(session: Session, call: Call, member_id: int) -> Share | None:
    """A member's share of a call: of the latest round that gave it something, else of the first."""
    query = select(Share).join(Share.allocation).where(Allocation.call_id == call.id, Share.member_id == member_id)
    found = session.scalars(query.options(joinedload(Share.allocation)).order_by(Allocation.round)).all()
    given = [share for share in found if share.quantity or share.handed_back]
    return next(iter(given[-1:] or found[:1]), None)


def shares_of_member(session: Session, member: Member) -> Sequence[Share]:
    """The shares of a firm, the newest first; of later rounds those alone that gave it something."""
    query = (
        select(Share)
        .join(Share.allocation)
        .where(Share.consortium_id == member.consortium_id, Share.member_id == member.id)
        .where((Allocation.round == 1) | (Share.quantity > 0) | (Share.handed_back > 0))
        .options(joinedload(Share.allocation).joinedload(Allocation.call))
        .order_by(Share.id.desc())
    )
    return session.scalars(query).all()


def is_to_answer(share: Share) -> bool:
    """Whether the member is waited for."""
    return share.state is ShareState.TOLD and share.quantity > 0
