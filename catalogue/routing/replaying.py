"""What there is to replay: the divisions of a consortium's last year, its firms, and what really came of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.consortia.by_law_models import ByLaws
from catalogue.consortia.models import Consortium, Member
from catalogue.inquiries.clock import working_time
from catalogue.routing import ledger
from catalogue.routing.division_models import Allocation, Share, ShareState
from catalogue.routing.histories import GIVEN, entitlement, first_division
from catalogue.routing.models import Call
from catalogue.routing.replay import Firm, Laws, Played, Then

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class LastYear:
    """Divisions in their order, all firms of those days, the day of the first division ever, and what came of it."""

    divisions: tuple[Then, ...]
    firms: tuple[Firm, ...]
    members: Mapping[int, Member]
    first_on: date | None
    really: Played


def last_year(session: Session, consortium: Consortium, *, at: datetime) -> LastYear:
    """What was divided in the last 365 days. A division whose inputs cannot be read any more is left out."""
    begin = at - A_YEAR
    found = _allocations(session, consortium, begin)
    told = {each.id: then for each in found if (then := _then(each))}
    members = session.scalars(select(Member).where(Member.consortium_id == consortium.id).order_by(Member.id)).all()
    before = _before(session, consortium, begin)
    return LastYear(
        divisions=tuple(told.values()),
        firms=tuple(_firm(member, before.get(member.id, ())) for member in members),
        members={member.id: member for member in members},
        first_on=first_division(session, consortium),
        really=_really([each for each in found if each.id in told], members),
    )


def _laws_of(by_laws: ByLaws) -> Laws:
    entitled = {int(key): entitlement(by_laws, int(key)) for key in by_laws.weights}
    return Laws(
        half_life_days=by_laws.half_life_days,
        weights={member: weight for member, (weight, _household) in entitled.items()},
        households={member: household for member, (_weight, household) in entitled.items()},
    )


def _allocations(session: Session, consortium: Consortium, begin: datetime) -> Sequence[Allocation]:
    query = select(Allocation).where(Allocation.consortium_id == consortium.id, Allocation.confirmed_at >= begin)
    loaded = query.options(
        selectinload(Allocation.shares),
        joinedload(Allocation.call).selectinload(Call.candidates),
        joinedload(Allocation.call).joinedload(Call.by_laws),
    )
    return session.scalars(loaded.order_by(Allocation.confirmed_at, Allocation.id)).all()


def _then(allocation: Allocation) -> Then | None:
    try:
        kept = ledger.recorded(allocation)
    except (KeyError, TypeError, ValueError):
        return None
    answered = [each for each in allocation.call.candidates if each.answered_at]
    answered.sort(key=lambda each: (each.answered_at, each.id))
    return Then(
        call=allocation.call_id,
        round=allocation.round,
        on=working_time().day_of(allocation.confirmed_at),
        laws=_laws_of(allocation.call.by_laws),
        rules=kept.rules,
        candidates=kept.candidates,
        back={share.member_id: back for share in allocation.shares if (back := _back(share))},
        in_line=tuple(each.member_id for each in answered),
    )


def _back(share: Share) -> int:
    return share.handed_back + (share.quantity if share.state is ShareState.LAPSED else 0)


def _before(session: Session, consortium: Consortium, begin: datetime) -> dict[int, list[tuple[date, Decimal]]]:
    query = (
        select(Share.member_id, Share.value, Allocation.confirmed_at)
        .join(Allocation, Allocation.id == Share.allocation_id)
        .where(Share.consortium_id == consortium.id, Share.state.in_(GIVEN), Share.quantity > 0)
        .where(Allocation.confirmed_at < begin)
    )
    found: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    for member_id, value, confirmed_at in session.execute(query.order_by(Share.id)):
        found[member_id].append((working_time().day_of(confirmed_at), value))
    return found


def _firm(member: Member, before: Sequence[tuple[date, Decimal]]) -> Firm:
    day_of = working_time().day_of
    return Firm(member.id, day_of(member.created_at), day_of(member.left_at) if member.left_at else None, tuple(before))


def _really(found: Sequence[Allocation], members: Sequence[Member]) -> Played:
    kept = [share for each in found for share in each.shares if share.state in GIVEN]
    values = {member.id: Decimal(0) for member in members}
    for share in kept:
        values[share.member_id] += share.value
    asked = sum(each.quantity for each in found if each.round == 1)
    return Played(values, asked, asked - sum(share.quantity for share in kept))
