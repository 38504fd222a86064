"""How evenly the work was shared: what each member was asked, answered, was awarded, handed back, and made late.

The figures of a window of days, from the rows that calls and allocations left. Making-charge value counts when it was
confirmed and not handed back, in the consortium's own currency at the rate of its decision (design, section 6).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from catalogue.consortia.by_laws import VIENTIANE, in_force
from catalogue.consortia.models import Consortium, Member, MemberStatus
from catalogue.products.models import ListingStatus, Product
from catalogue.products.shelf import members_turn
from catalogue.routing.division_models import Allocation, Share, ShareState
from catalogue.routing.evenness import gini, jain
from catalogue.routing.models import Call, Candidate

COUNTED = (ShareState.TOLD, ShareState.TAKEN, ShareState.AWARDED, ShareState.MADE)


@dataclass(frozen=True)
class Row:
    """One member's figures. `fair_part` is what its weight would have brought it of all that was awarded.

    `answer_hours` is the median time from a call to its answer, None without an answer; `days_led` on how many days the
    public catalogue began with its products.
    """

    member: Member
    weight: Decimal
    called: int
    answered: int
    answer_hours: float | None
    value: Decimal
    fair_part: Decimal
    handed_back: int
    late: int
    days_led: int

    @property
    def against_fair_part(self) -> Decimal | None:
        """Its value as a part of its fair part (1 is exactly that); None while nothing was awarded."""
        return self.value / self.fair_part if self.fair_part else None


@dataclass(frozen=True)
class Record:
    """The figures of all active members from `since` to `until`, least first; Gini and Jain are over value / weight."""

    since: date
    until: date
    currency: str
    rows: tuple[Row, ...]
    divided: int
    gini: Decimal
    jain: Decimal

    @property
    def total(self) -> Decimal:
        """The making charge that was awarded to all together."""
        return sum((row.value for row in self.rows), Decimal(0))


def record_of(session: Session, consortium: Consortium, *, days: int, at: datetime) -> Record:
    """The record of the last so many days, today in Vientiane included."""
    until = at.astimezone(VIENTIANE).date()
    return record_between(session, consortium, since=until - timedelta(days=days - 1), until=until)


def record_between(session: Session, consortium: Consortium, *, since: date, until: date) -> Record:
    """The record from the first to the last of some days in Vientiane, both whole."""
    begin, end = span_of(since, until)
    members = _members(session, consortium)
    shares = _shares(session, consortium, begin, end)
    asked = _asked(session, consortium, begin, end)
    weights = in_force(session, consortium, until).weights
    weight = {each.id: Decimal(weights.get(str(each.id), {}).get("weight", 1)) for each in members}
    value: dict[int, Decimal] = defaultdict(Decimal)
    for share in shares:
        value[share.member_id] += share.value if share.state in COUNTED else 0
    total, whole = sum((value[each.id] for each in members), Decimal(0)), sum(weight.values()) or Decimal(1)
    led = days_led(session, consortium, since, until)
    rows = [
        _row(each, weight[each.id], value[each.id], total * weight[each.id] / whole, shares, asked, led[each.id], until)
        for each in members
    ]
    levels = [row.value / row.weight for row in rows]
    return Record(
        since=since,
        until=until,
        currency=consortium.currency,
        rows=tuple(sorted(rows, key=lambda row: (row.value / row.weight, row.member.id))),
        divided=len({share.allocation.call_id for share in shares}),
        gini=gini(levels),
        jain=jain(levels),
    )


def span_of(since: date, until: date) -> tuple[datetime, datetime]:
    """From the first moment of one day in Vientiane to before the first moment after another."""
    begin, end = (
        datetime(day.year, day.month, day.day, tzinfo=VIENTIANE) for day in (since, until + timedelta(days=1))
    )
    return begin.astimezone(UTC), end.astimezone(UTC)


def days_led(session: Session, consortium: Consortium, since: date, until: date) -> Counter[int]:
    """On how many days each member led the public catalogue's order, by the recorded key.

    Worked out for those whose listings are public today: who showed something only then is not known any more.
    """
    shown = select(Product.member_id).where(
        Product.consortium_id == consortium.id, Product.status == ListingStatus.PUBLISHED
    )
    members = sorted(set(session.scalars(shown)))
    every = (since + timedelta(days=day) for day in range((until - since).days + 1))
    return Counter(members_turn(members, consortium.rotation_key, day)[0] for day in every if members)


def _row(
    member: Member,
    weight: Decimal,
    value: Decimal,
    fair_part: Decimal,
    shares: Sequence[Share],
    asked: Sequence[tuple[Candidate, datetime]],
    led: int,
    today: date,
) -> Row:
    own = [share for share in shares if share.member_id == member.id]
    calls = [(candidate, sent_at) for candidate, sent_at in asked if candidate.member_id == member.id]
    hours = [
        (candidate.answered_at - sent_at).total_seconds() / 3600
        for candidate, sent_at in calls
        if candidate.answered_at
    ]
    return Row(
        member=member,
        weight=weight,
        called=len(calls),
        answered=len(hours),
        answer_hours=median(hours) if hours else None,
        value=value,
        fair_part=fair_part,
        handed_back=sum(1 for share in own if share.handed_back),
        late=sum(1 for share in own if is_late(share, today)),
        days_led=led,
    )


def is_late(share: Share, today: date) -> bool:
    """Whether it was made after its day, or is awarded, not made yet, and its day is over."""
    if share.made_on is not None:
        return share.made_on > share.due_on
    return share.state is ShareState.AWARDED and share.due_on < today


def count_members(session: Session, consortium: Consortium) -> int:
    """How many members the record has rows for."""
    return len(_members(session, consortium))


def _members(session: Session, consortium: Consortium) -> Sequence[Member]:
    query = select(Member).where(Member.consortium_id == consortium.id, Member.status == MemberStatus.ACTIVE)
    return session.scalars(query.order_by(Member.id)).all()


def _shares(session: Session, consortium: Consortium, begin: datetime, end: datetime) -> Sequence[Share]:
    query = (
        select(Share)
        .join(Share.allocation)
        .where(Share.consortium_id == consortium.id, Allocation.confirmed_at >= begin, Allocation.confirmed_at < end)
        .options(contains_eager(Share.allocation))
    )
    return session.scalars(query.order_by(Share.id)).all()


def _asked(
    session: Session, consortium: Consortium, begin: datetime, end: datetime
) -> Sequence[tuple[Candidate, datetime]]:
    query = (
        select(Candidate, Call.sent_at)
        .join(Candidate.call)
        .where(Candidate.consortium_id == consortium.id, Candidate.is_called, Call.sent_at >= begin, Call.sent_at < end)
    )
    return [(candidate, sent_at) for candidate, sent_at in session.execute(query)]
