"""Calls as the desk reads them: open, to divide, with shares that are out, and ended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.consortia.models import Consortium
from catalogue.inquiries.models import Inquiry, InquiryLine
from catalogue.outbox.models import Due
from catalogue.products.models import ProductVersion
from catalogue.routing.division_models import Allocation, AllocationState, Share, ShareState
from catalogue.routing.models import Call, CallState, Candidate

MOST_ENDED = 40


@dataclass(frozen=True)
class Calls:
    """The calls of a consortium by what is to be done: wait, divide, award, see that shares are taken, nothing.

    `to_award` and `shares` have an allocation that is confirmed and not awarded yet: answered by all, or not by all.
    `ended` are the newest of `ended_count`.
    """

    waiting: Sequence[Call]
    to_divide: Sequence[Call]
    to_award: Sequence[Call]
    shares: Sequence[Call]
    ended: Sequence[Call]
    ended_count: int


def calls_of(
    session: Session, consortium: Consortium, *, at: datetime, inquiries: Collection[int] | None = None
) -> Calls:
    """All calls, or those of `inquiries`: those that close first on top, ended ones the newest first."""
    mine = [Call.consortium_id == consortium.id]
    if inquiries is not None:
        mine.append(Call.inquiry_id.in_(inquiries))
    query = _whole(select(Call).where(*mine))
    held, to_award = Call.id.in_(_with_open_shares(consortium)), _is_to_award(consortium)
    ended = or_(Call.state == CallState.CANCELLED, and_(Call.state == CallState.DIVIDED, ~held))
    return Calls(
        waiting=session.scalars(query.where(_is_open(at)).order_by(Call.closes_at, Call.id)).all(),
        to_divide=session.scalars(query.where(_is_to_divide(at)).order_by(Call.closes_at, Call.id)).all(),
        to_award=session.scalars(query.where(Call.state == CallState.DIVIDED, to_award).order_by(Call.id)).all(),
        shares=session.scalars(query.where(Call.state == CallState.DIVIDED, held, ~to_award).order_by(Call.id)).all(),
        ended=session.scalars(query.where(ended).order_by(Call.id.desc()).limit(MOST_ENDED)).all(),
        ended_count=session.scalar(select(func.count(Call.id)).where(*mine, ended)) or 0,
    )


def count_for_office(session: Session, consortium: Consortium, *, at: datetime) -> int:
    """How many calls wait for the office: closed and not divided, or divided, answered by all and not awarded."""
    to_award = and_(Call.state == CallState.DIVIDED, _is_to_award(consortium))
    query = select(func.count(Call.id)).where(Call.consortium_id == consortium.id, or_(_is_to_divide(at), to_award))
    return session.scalar(query) or 0


def newest_calls(session: Session, lines: Collection[InquiryLine]) -> dict[int, Call]:
    """The newest call of each of these lines that was not given up, by the line's key, with who is asked."""
    keys = [line.id for line in lines]
    query = select(Call).where(Call.line_id.in_(keys), Call.state != CallState.CANCELLED)
    query = query.options(selectinload(Call.candidates).joinedload(Candidate.member))
    return {call.line_id: call for call in session.scalars(query.order_by(Call.id))}


def call_of(session: Session, consortium: Consortium, number: str) -> Call | None:
    """One call by its number, looked for inside its consortium alone."""
    return session.scalar(_whole(select(Call).where(Call.consortium_id == consortium.id, Call.number == number)))


def subjects_of_calls(session: Session, inquiry: Inquiry) -> list[str]:
    """The calls of an inquiry as the log names them."""
    query = select(Call.id).where(Call.consortium_id == inquiry.consortium_id, Call.inquiry_id == inquiry.id)
    return [f"{Call.__tablename__}:{key}" for key in session.scalars(query)]


def letters_of(session: Session, call: Call, kind: str = "call_sent") -> dict[int, Due]:
    """The letter of a kind to each member that was asked, by the candidate's key."""
    keys = {f"candidate:{each.id}": each.id for each in call.candidates}
    query = select(Due).where(Due.consortium_id == call.consortium_id, Due.kind == kind, Due.about.in_(keys))
    return {keys[str(due.about)]: due for due in session.scalars(query.order_by(Due.id))}


def _is_open(at: datetime) -> ColumnElement[bool]:
    return and_(Call.state == CallState.OPEN, Call.closes_at > at)


def _is_to_divide(at: datetime) -> ColumnElement[bool]:
    """Closed; or its time is past and the worker has not written that down yet."""
    return or_(Call.state == CallState.CLOSED, and_(Call.state == CallState.OPEN, Call.closes_at <= at))


def _is_to_award(consortium: Consortium) -> ColumnElement[bool]:
    taken, unanswered = (Call.id.in_(_with_shares(consortium, each)) for each in (ShareState.TAKEN, ShareState.TOLD))
    return and_(taken, ~unanswered)


def _with_open_shares(consortium: Consortium) -> Select[int]:
    return select(Allocation.call_id).where(
        Allocation.consortium_id == consortium.id, Allocation.state == AllocationState.CONFIRMED
    )


def _with_shares(consortium: Consortium, state: ShareState) -> Select[int]:
    """Calls with a share in this state, of an allocation not awarded yet; a share of nothing waits for no one."""
    query = select(Allocation.call_id).join(Share, Share.allocation_id == Allocation.id)
    return query.where(
        Allocation.consortium_id == consortium.id,
        Allocation.state == AllocationState.CONFIRMED,
        Share.state == state,
        Share.quantity > 0,
    )


def _whole(query: Select[Call]) -> Select[Call]:
    """With who is asked, and the picture of what is wanted."""
    version = joinedload(Call.line).joinedload(InquiryLine.product_version)
    return query.options(
        joinedload(Call.consortium),
        joinedload(Call.inquiry),
        version.selectinload(ProductVersion.photos),
        selectinload(Call.candidates).joinedload(Candidate.member),
    )
