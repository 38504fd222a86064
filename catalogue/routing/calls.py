"""Sending a call: members are asked what they can make of one line of an inquiry."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.activity.models import Head
from catalogue.consortia import by_laws, interests, numbers
from catalogue.consortia.by_law_models import ByLaws
from catalogue.inquiries.models import Inquiry, InquiryLine, InquiryStatus
from catalogue.routing import handing_over
from catalogue.routing.call_terms import Terms, closing_time, terms_of
from catalogue.routing.makers import Eligibility, eligible
from catalogue.routing.models import Call, CallState, Candidate
from catalogue.routing.seals import seal_of_call
from catalogue.routing.telling import tell_called

KIND = "call"
BEFORE_CALL = (InquiryStatus.RECEIVED, InquiryStatus.IN_WORK)


class CannotBeCalled(Exception):
    """The inquiry is held, closed, or its quotation was accepted: no call begins any more."""


class CalledBefore(Exception):
    """This line was called before, and that call was not given up."""

    def __init__(self, call: Call) -> None:
        super().__init__(call.number)
        self.call = call


class NobodyAsked(Exception):
    """A call asks at least one member."""


class CannotMakeIt(Exception):
    """Some of those asked cannot be asked, by their keys."""

    def __init__(self, members: Collection[int]) -> None:
        super().__init__(sorted(members))
        self.members = frozenset(members)


class LeftOutUnsaid(Exception):
    """Members who could be asked are left out, and no reason is given, by their keys."""

    def __init__(self, members: Collection[int]) -> None:
        super().__init__(sorted(members))
        self.members = frozenset(members)


class TooShort(Exception):
    """Members would have less than two working days to answer, and no reason is given."""


class Past(Exception):
    """The call would close before it is sent."""


def candidates_for(session: Session, line: InquiryLine, terms: Terms, *, at: datetime) -> list[Eligibility]:
    """Every active member, with whether it can be asked for this line on these terms."""
    return eligible(
        session,
        line.inquiry.consortium,
        product=line.product,
        category=terms.category,
        technique=terms.technique,
        quantity=terms.quantity,
        unit=line.unit,
        needed_by=terms.needed_by,
        at=at,
    )


def calls_of_line(line: InquiryLine) -> Select[Call]:
    """The calls of a line, the first one first."""
    return select(Call).where(Call.consortium_id == line.consortium_id, Call.line_id == line.id).order_by(Call.id)


def send_call(
    session: Session,
    line: InquiryLine,
    terms: Terms,
    *,
    asked: Collection[int],
    left_out: Mapping[int, str],
    by: Person | None,
    at: datetime,
) -> Call:
    """Ask these members (by key) what they can make of a line; each is told by letter where it has an address.

    Whoever could be asked and is not stands in `left_out` with the reason, which all members read. A line that was
    called before and given up keeps its first seed: nobody may draw again until the lots suit them. Raises
    `CannotBeCalled`, `CalledBefore`, `NobodyAsked`, `CannotMakeIt`, `LeftOutUnsaid`, `TooShort`, `Past`.
    """
    earlier = _locked_calls(session, line)
    if standing := [call for call in earlier if call.state is not CallState.CANCELLED]:
        raise CalledBefore(standing[-1])
    return _send(session, line, terms, earlier, asked, left_out, by, at)


def call_again(
    session: Session,
    call: Call,
    quantity: int,
    *,
    asked: Collection[int],
    left_out: Mapping[int, str],
    closes_at: datetime | None = None,
    short_reason: str = "",
    by: Person | None,
    at: datetime,
) -> Call:
    """Ask once more for what a divided call left over, on its terms and under its by-laws. Raises as `send_call`."""
    earlier = _locked_calls(session, call.line)
    last = earlier[-1]
    standing = [each for each in earlier if each.state is not CallState.CANCELLED]
    if not standing or standing[-1].state is not CallState.DIVIDED:
        raise CalledBefore(last)
    terms = terms_of(call, quantity, closes_at=closes_at, short_reason=short_reason)
    return _send(session, call.line, terms, earlier, asked, left_out, by, at)


def _send(
    session: Session,
    line: InquiryLine,
    terms: Terms,
    earlier: Sequence[Call],
    asked: Collection[int],
    left_out: Mapping[int, str],
    by: Person | None,
    at: datetime,
) -> Call:
    inquiry = line.inquiry
    if inquiry.is_held or inquiry.status not in (*BEFORE_CALL, InquiryStatus.CALLED, InquiryStatus.QUOTED):
        raise CannotBeCalled(inquiry.number)
    handing_over.check(session, inquiry, by)
    found = candidates_for(session, line, terms, at=at)
    _check(found, asked, left_out)
    _check_ties(session, inquiry, found, terms, asked, by, at)
    closes_at = _closing(terms, [each for each in found if each.is_eligible], at)
    call = _call(session, line, terms, earlier, closes_at, by, at)
    session.add(call)
    session.flush()
    for each in found:
        session.add(_candidate(call, each, asked, left_out))
    session.flush()
    _begin(session, inquiry)
    tell_called(session, call, at=at)
    _log(session, call, left_out, by, at)
    return call


def _locked_calls(session: Session, line: InquiryLine) -> Sequence[Call]:
    """The calls of a line, read under its lock, so that of two managers at once the second sees the first's call."""
    session.execute(select(InquiryLine.id).where(InquiryLine.id == line.id).with_for_update())
    return session.scalars(calls_of_line(line)).all()


def _check(found: Sequence[Eligibility], asked: Collection[int], left_out: Mapping[int, str]) -> None:
    can = {each.member.id for each in found if each.is_eligible}
    if not asked:
        raise NobodyAsked
    if others := set(asked) - can:
        raise CannotMakeIt(others)
    if unsaid := {key for key in can - set(asked) if not left_out.get(key, "").strip()}:
        raise LeftOutUnsaid(unsaid)


def _check_ties(
    session: Session,
    inquiry: Inquiry,
    found: Sequence[Eligibility],
    terms: Terms,
    asked: Collection[int],
    by: Person | None,
    at: datetime,
) -> None:
    """Whoever has an interest in one who could be asked asks nobody; who is kin to one asks all, for the usual time."""
    can = {each.member.id for each in found if each.is_eligible}
    unchanged = can == set(asked) and not terms.short_reason.strip()
    interests.check(session, inquiry.consortium, by, can, unchanged=unchanged, at=at)


def _closing(terms: Terms, can: Sequence[Eligibility], at: datetime) -> datetime:
    """The closing time. With one maker to ask there is nobody to be fair to: an earlier time needs no reason."""
    usual = closing_time(at)
    closes_at = terms.closes_at or usual
    if closes_at <= at:
        raise Past
    if closes_at < usual and len(can) > 1 and not terms.short_reason.strip():
        raise TooShort
    return closes_at


def _call(
    session: Session,
    line: InquiryLine,
    terms: Terms,
    earlier: Sequence[Call],
    closes_at: datetime,
    by: Person | None,
    at: datetime,
) -> Call:
    inquiry, consortium = line.inquiry, line.inquiry.consortium
    day = at.astimezone(by_laws.VIENTIANE).date()
    laws = _laws_before(earlier) or by_laws.in_force(session, consortium, day)
    count = numbers.next_in_series(session, consortium, KIND, day.year)
    return Call(
        consortium=consortium,
        number=f"{consortium.code}-{day.year}-C{count:04}",
        inquiry=inquiry,
        line=line,
        after_id=earlier[-1].id if earlier else None,
        wanted=terms.wanted,
        note=terms.note,
        category=terms.category,
        technique=terms.technique,
        quantity=terms.quantity,
        unit=line.unit,
        lot=terms.lot,
        is_one_hand=terms.is_one_hand,
        needed_by=terms.needed_by,
        country=inquiry.country,
        price_rule=laws.price_rule,
        currency=terms.currency or consortium.currency,
        agreed_charge=terms.agreed_charge,
        rate=terms.rate,
        by_laws=laws,
        seed=earlier[0].seed if earlier else _head(session, consortium.id),
        sent_at=at,
        sent_by=by,
        closes_at=closes_at,
        short_reason=terms.short_reason.strip(),
    )


def _laws_before(earlier: Sequence[Call]) -> ByLaws | None:
    """The by-laws under which this line was divided before: one order is divided under one set."""
    return next((call.by_laws for call in earlier if call.state is not CallState.CANCELLED), None)


def _head(session: Session, chain: int) -> str:
    return session.scalar(select(Head.hash).where(Head.chain == chain)) or ""


def _candidate(call: Call, found: Eligibility, asked: Collection[int], left_out: Mapping[int, str]) -> Candidate:
    is_called = found.member.id in asked
    return Candidate(
        consortium_id=call.consortium_id,
        call_id=call.id,
        member_id=found.member.id,
        is_called=is_called,
        is_maker=found.is_maker,
        reasons=[{"code": str(reason.code), "figures": dict(reason.figures)} for reason in found.reasons],
        left_out_reason="" if is_called or not found.is_eligible else left_out[found.member.id].strip(),
    )


def _begin(session: Session, inquiry: Inquiry) -> None:
    """The inquiry is called with its first call."""
    step = update(Inquiry).where(Inquiry.id == inquiry.id, Inquiry.status.in_(BEFORE_CALL))
    session.execute(
        step.values(status=InquiryStatus.CALLED, version=Inquiry.version + 1),
        execution_options={"synchronize_session": False},
    )
    session.refresh(inquiry)


def _log(session: Session, call: Call, left_out: Mapping[int, str], by: Person | None, at: datetime) -> None:
    """What was asked of whom, with every exception and its reason."""
    without = {each.member_id: each.left_out_reason for each in call.candidates if each.left_out_reason}
    data = {
        "inquiry": call.inquiry_id,
        "line": call.line_id,
        "asked": [each.member_id for each in call.candidates if each.is_called],
        "left_out": sorted(without),
        "is_short": bool(call.short_reason),
        "seal": seal_of_call(call),
    }
    words = "\n".join(filter(None, [call.short_reason, *without.values()]))
    actor = log.actor_name(by)
    log.record(session, "call.sent", call, at=at, chain=call.consortium_id, actor=actor, data=data, text=words or None)
