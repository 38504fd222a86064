"""Which shares there are: of a call, and of a member."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.consortia.models import Member
from catalogue.routing.division_models import Allocation, Share, ShareState
from catalogue.routing.models import Call


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
