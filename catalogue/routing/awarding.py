"""Awarding: a confirmed division becomes a commitment up to its due dates."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia import interests
from catalogue.routing import handing_over
from catalogue.routing.division_models import Allocation, AllocationState, Share, ShareState
from catalogue.routing.models import Call


class NotAllTaken(Exception):
    """Some members have not said yet whether they take their share; `shares` are theirs."""

    def __init__(self, shares: Sequence[Share]) -> None:
        super().__init__(len(shares))
        self.shares = tuple(shares)


class NothingTaken(Exception):
    """Nobody has taken a share of this division: there is nothing to award."""


class AwardedAlready(Exception):
    """Somebody awarded it a moment before, or its time is over."""


def award(session: Session, allocation: Allocation, at: datetime, *, by: Person | None = None) -> None:
    """Make the shares that were taken a commitment: by an act of the desk (`by`), or by the buyer's acceptance (None).

    Raises `NotAllTaken`, `NothingTaken`, `AwardedAlready`, and what `interests.check` and `handing_over.check` raise.
    """
    call = allocation.call
    handing_over.check(session, call.inquiry, by)
    asked = [each.member_id for each in call.candidates if each.is_called or each.left_out_reason]
    interests.check(session, call.consortium, by, asked, unchanged=True, at=at, since=call.sent_at)
    _hold(session, call, allocation)
    if allocation.state is not AllocationState.CONFIRMED:
        raise AwardedAlready
    if waiting := waiting_shares(allocation):
        raise NotAllTaken(waiting)
    taken = [share for share in allocation.shares if share.state is ShareState.TAKEN and share.quantity]
    if not taken:
        raise NothingTaken
    for share in taken:
        share.state = ShareState.AWARDED
    allocation.state, allocation.awarded_at = AllocationState.AWARDED, at
    allocation.awarded_by_id = by.id if by else None
    session.flush()
    _log(session, allocation, taken, by=by, at=at)


def waiting_shares(allocation: Allocation) -> list[Share]:
    """The shares of a division that nobody has answered yet."""
    return [share for share in allocation.shares if share.state is ShareState.TOLD and share.quantity]


def _hold(session: Session, call: Call, allocation: Allocation) -> None:
    """Lock the call, as members' answers do, and read the division and its shares as they stand now."""
    session.flush()
    session.execute(select(Call.id).where(Call.id == call.id).with_for_update())
    session.refresh(allocation)
    session.refresh(allocation, ["shares"])
    for share in session.scalars(select(Share).where(Share.allocation_id == allocation.id)):
        session.refresh(share)


def _log(session: Session, allocation: Allocation, taken: Sequence[Share], *, by: Person | None, at: datetime) -> None:
    data = {"call": allocation.call_id, "round": allocation.round, "shares": [share.id for share in taken]}
    log.record(
        session,
        "allocation.awarded",
        allocation,
        at=at,
        chain=allocation.consortium_id,
        actor=log.actor_name(by),
        data=data,
    )
