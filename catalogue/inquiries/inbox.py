"""The inbox: inquiries by whom they wait for and since when, in views that a manager turns to, page by page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Label, Select, and_, case, exists, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from catalogue.accounts.models import Person
from catalogue.consortia.models import Consortium, Member
from catalogue.database import UtcDateTime
from catalogue.inquiries import clock, finding
from catalogue.inquiries.models import (
    Attachment,
    Channel,
    Inquiry,
    InquiryLine,
    InquiryStatus,
    Message,
    MessageChannel,
    MessageKind,
)
from catalogue.products.models import Product, ProductVersion

PAGE = 50

Found = tuple[Inquiry, Message | None, datetime | None]


class WaitingFor(StrEnum):
    """Who has to do the next thing."""

    OFFICE = "office"
    MEMBERS = "members"
    BUYER = "buyer"
    NOBODY = "nobody"


class View(StrEnum):
    """What a manager turns to. All but `closed`, `later` and `any` leave out what is closed or put off."""

    OPEN = "open"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    OFFICE = "office"
    OVERDUE = "overdue"
    MEMBERS = "members"
    BUYER = "buyer"
    HELD = "held"
    BY_MAIL = "mail"
    LATER = "later"
    CLOSED = "closed"
    ANY = "any"


@dataclass(frozen=True)
class Wanted:
    """What a list of inquiries is narrowed to: a view as somebody (`who`) sees it, and words that were said."""

    view: View
    who: Person
    words: str = ""
    channel: Channel | None = None
    country: str = ""
    taken_by: int | None = None


@dataclass(frozen=True)
class Place:
    """Where a page of a list begins: behind the row of this group, time and key."""

    group: int
    at: datetime
    key: int


@dataclass(frozen=True)
class InboxRow:
    """One inquiry in the inbox, the last thing said to or by the buyer, and since when the buyer waits."""

    inquiry: Inquiry
    last: Message | None
    waiting_since: datetime | None
    group: int
    order: datetime

    @property
    def waiting_for(self) -> WaitingFor:
        """Computed from the state and from who spoke last; never stored."""
        return waiting_for(self.inquiry, self.last)

    @property
    def due(self) -> datetime | None:
        """Until when the office has to answer; None where it has, or where nobody knows whether it is honest."""
        return clock.due_at(self.waiting_since) if self.waiting_since and not self.inquiry.is_held else None

    @property
    def place(self) -> Place:
        """Where the page behind this row begins."""
        return Place(self.group, self.order, self.inquiry.id)


def waiting_for(inquiry: Inquiry, last: Message | None) -> WaitingFor:
    """Who has to do the next thing: the office, until it answered last; then members where they are asked."""
    if not inquiry.is_open:
        return WaitingFor.NOBODY
    if last is None or last.kind is not MessageKind.ANSWER:
        return WaitingFor.OFFICE
    return WaitingFor.MEMBERS if inquiry.status is InquiryStatus.CALLED else WaitingFor.BUYER


def open_inquiries_for(session: Session, member: Member) -> Sequence[Inquiry]:
    """Open inquiries that ask for something this firm makes, the oldest first."""
    asked = (
        select(InquiryLine.inquiry_id)
        .join(Product, Product.id == InquiryLine.product_id)
        .where(Product.member_id == member.id, Product.consortium_id == member.consortium_id)
    )
    query = select(Inquiry).where(Inquiry.id.in_(asked), Inquiry.consortium_id == member.consortium_id)
    return [each for each in session.scalars(query.order_by(Inquiry.id)) if each.is_open]


def inbox(
    session: Session, consortium: Consortium, wanted: Wanted, *, at: datetime, after: Place | None = None
) -> Sequence[InboxRow]:
    """A page of inquiries with buyer and lines, who waits longest first; closed ones and found ones the newest first.

    Open ones come by whom they wait for: the office, members, buyers, and last those that are held. At most `PAGE` and
    one more, which says that there are others; the next page begins `after` the last one shown.
    """
    group, order, newest = _group(wanted), _order(wanted), _is_newest_first(wanted)
    query = (
        select(Inquiry.id, group, order)
        .where(Inquiry.consortium_id == consortium.id, *_narrowed(consortium, wanted, at=at))
        .order_by(*((order.desc(), Inquiry.id.desc()) if newest else (group, order, Inquiry.id)))
        .limit(PAGE + 1)
    )
    if after:
        here = tuple_(group.element, order.element, Inquiry.id)
        there = tuple_(literal(after.group), literal(after.at, UtcDateTime), literal(after.key))
        query = query.where(here < there if newest else here > there)
    places = session.execute(query).all()
    whole = _whole(session, [key for key, _group, _order in places], with_messages=bool(wanted.words))
    return [InboxRow(*whole[key], group=group_of, order=place) for key, group_of, place in places]


def _whole(session: Session, ids: Sequence[int], *, with_messages: bool) -> dict[int, Found]:
    """What the rows of a page show, by inquiry: looked up for these alone, after they were sorted out."""
    last = aliased(Message)
    query = (
        select(Inquiry, last, _waiting_since())
        .join(Inquiry.buyer_contact)
        .outerjoin(last, last.id == _last_id())
        .where(Inquiry.id.in_(ids))
        .options(
            contains_eager(Inquiry.buyer_contact),
            joinedload(Inquiry.consortium),
            joinedload(Inquiry.assigned_to),
            joinedload(last.author),
            _lines_with_photos(),
        )
    )
    rows: dict[int, Found] = {row[0].id: (row[0], row[1], row[2]) for row in session.execute(query)}
    if with_messages:
        _put_messages(session, {key: row[0] for key, row in rows.items()})
    return rows


def _put_messages(session: Session, inquiries: Mapping[int, Inquiry]) -> None:
    """Have the threads of these inquiries at hand: in the order of their index, else SQLite reads every message."""
    said: dict[int, list[Message]] = {key: [] for key in inquiries}
    query = select(Message).where(Message.inquiry_id.in_(inquiries)).options(joinedload(Message.author))
    for message in session.scalars(query.order_by(Message.inquiry_id, Message.id)):
        said[message.inquiry_id].append(message)
    for key, inquiry in inquiries.items():
        set_committed_value(inquiry, "messages", said[key])


def counts(session: Session, consortium: Consortium, who: Person, *, at: datetime) -> Counter[View]:
    """How many inquiries each view of this person holds now; nothing is counted of what is closed.

    Read once as plain columns and told apart here: a database would look through all messages for each view again.
    """
    query = select(
        Inquiry.assigned_to_id,
        Inquiry.snoozed_until,
        Inquiry.status,
        _is_held(),
        _has_held_message(),
        or_(Inquiry.channel == Channel.MAIL, _has_mail()),
        _waiting_since(),
    ).where(Inquiry.consortium_id == consortium.id, ~_is_closed())
    late, found = clock.overdue_before(at), Counter[View]()
    for taken_by, until, status, held, held_message, by_mail, since in session.execute(query):
        awake = until is None or until <= at
        found[View.HELD] += held or held_message
        found[View.LATER] += not awake
        found[View.OPEN] += awake
        found[View.MINE] += awake and taken_by == who.id
        found[View.BY_MAIL] += awake and bool(by_mail)
        if awake and not held:
            found[View.UNASSIGNED] += taken_by is None
            answered = View.MEMBERS if status is InquiryStatus.CALLED else View.BUYER
            found[answered if since is None else View.OFFICE] += 1
            found[View.OVERDUE] += since is not None and since < late
    return found


def overdue(session: Session, consortium: Consortium, *, at: datetime) -> Sequence[Inquiry]:
    """Open inquiries whose answer is late, who waits longest first; what is held or put off is none of them."""
    query = (
        select(Inquiry)
        .where(Inquiry.consortium_id == consortium.id, _is_awake(at), ~_is_held(), _is_overdue(at))
        .options(joinedload(Inquiry.buyer_contact), joinedload(Inquiry.assigned_to))
        .order_by(_waiting_since(), Inquiry.id)
    )
    return session.scalars(query).all()


def waiting_since(inquiry: Inquiry) -> datetime | None:
    """Since when the buyer waits for an answer; None when the office answered last."""
    said = [each for each in inquiry.messages if each.withdrawn_at is None and each.kind is not MessageKind.NOTE]
    answered = max((each.id for each in said if each.kind is MessageKind.ANSWER), default=None)
    if answered is None:
        return inquiry.created_at
    return min((each.at for each in said if each.id > answered), default=None)


def attachments_of(session: Session, inquiry: Inquiry) -> Sequence[Attachment]:
    """The files that came with an inquiry and its messages."""
    return session.scalars(select(Attachment).where(Attachment.inquiry_id == inquiry.id).order_by(Attachment.id)).all()


def count_waiting_for_office(session: Session, consortium: Consortium, *, at: datetime) -> int:
    """How many open inquiries wait for the office; what is put off counts again when its day comes."""
    query = select(func.count()).where(
        Inquiry.consortium_id == consortium.id, _is_awake(at), _waiting_since().element.is_not(None)
    )
    return session.scalar(query) or 0


# -- what a view holds --


def _narrowed(consortium: Consortium, wanted: Wanted, *, at: datetime) -> list[ColumnElement[bool]]:
    tests = _in_view(wanted, at=at)
    if wanted.channel:
        tests.append(Inquiry.channel == wanted.channel)
    if wanted.country:
        tests.append(Inquiry.country == wanted.country)
    if wanted.taken_by:
        tests.append(Inquiry.assigned_to_id == wanted.taken_by)
    if wanted.words.strip():
        tests.append(finding.says(consortium.id, wanted.words))
    return tests


def _in_view(wanted: Wanted, *, at: datetime) -> list[ColumnElement[bool]]:
    waits = _waiting_since().element
    tests: dict[View, list[ColumnElement[bool]]] = {
        View.OPEN: [_is_awake(at)],
        View.MINE: [_is_awake(at), Inquiry.assigned_to_id == wanted.who.id],
        View.UNASSIGNED: [_is_awake(at), Inquiry.assigned_to_id.is_(None), ~_is_held()],
        View.OFFICE: [_is_awake(at), ~_is_held(), waits.is_not(None)],
        View.OVERDUE: [_is_awake(at), ~_is_held(), _is_overdue(at)],
        View.MEMBERS: [_is_awake(at), ~_is_held(), waits.is_(None), _is_called()],
        View.BUYER: [_is_awake(at), ~_is_held(), waits.is_(None), ~_is_called()],
        View.HELD: [~_is_closed(), or_(_is_held(), _has_held_message())],
        View.BY_MAIL: [_is_awake(at), or_(Inquiry.channel == Channel.MAIL, _has_mail())],
        View.LATER: [~_is_closed(), Inquiry.snoozed_until > at],
        View.CLOSED: [_is_closed()],
        View.ANY: [],
    }
    return tests[wanted.view]


def _is_newest_first(wanted: Wanted) -> bool:
    return wanted.view in {View.CLOSED, View.ANY}


def _group(wanted: Wanted) -> Label[int]:
    if wanted.view is not View.OPEN:
        return literal(0).label("group_of")
    answered = _waiting_since().element.is_(None)
    places = ((_is_held(), 3), (and_(answered, ~_is_called()), 2), (answered, 1))
    return case(*places, else_=0).label("group_of")


def _order(wanted: Wanted) -> Label[Any]:
    if _is_newest_first(wanted):
        return Inquiry.changed_at.label("place")
    if wanted.view is View.LATER:
        return func.coalesce(Inquiry.snoozed_until, Inquiry.changed_at).label("place")
    return func.coalesce(_waiting_since().element, Inquiry.changed_at).label("place")


def _is_closed() -> ColumnElement[bool]:
    return Inquiry.status.in_([InquiryStatus.CLOSED, InquiryStatus.DECLINED, InquiryStatus.EXPIRED])


def _is_awake(at: datetime) -> ColumnElement[bool]:
    return and_(~_is_closed(), or_(Inquiry.snoozed_until.is_(None), Inquiry.snoozed_until <= at))


def _is_held() -> ColumnElement[bool]:
    return Inquiry.held_reason.is_not(None)


def _is_called() -> ColumnElement[bool]:
    return Inquiry.status == InquiryStatus.CALLED


def _has_held_message() -> ColumnElement[bool]:
    return exists().where(Message.inquiry_id == Inquiry.id, Message.held_reason.is_not(None)).correlate(Inquiry)


def _has_mail() -> ColumnElement[bool]:
    came = (Message.kind == MessageKind.BUYER, Message.channel == MessageChannel.MAIL)
    return exists().where(Message.inquiry_id == Inquiry.id, *came).correlate(Inquiry)


def _is_overdue(at: datetime) -> ColumnElement[bool]:
    return _waiting_since().element < clock.overdue_before(at)


# -- who spoke last --


def _last_id(*kinds: MessageKind) -> Any:
    """The key of the last thing said outside, or of one kind; what was taken back was never said."""
    said = (Message.kind.in_(kinds) if kinds else Message.kind != MessageKind.NOTE, Message.withdrawn_at.is_(None))
    query: Select[Any] = select(func.max(Message.id)).where(Message.inquiry_id == Inquiry.id, *said)
    return query.correlate(Inquiry).scalar_subquery()


def _waiting_since() -> Label[datetime | None]:
    """When the first thing was said that the office has not answered yet: the inquiry itself, or a later message."""
    answered = _last_id(MessageKind.ANSWER)
    later = (
        select(func.min(Message.at))
        .where(Message.inquiry_id == Inquiry.id, Message.kind == MessageKind.BUYER, Message.id > answered)
        .correlate(Inquiry)
        .scalar_subquery()
    )
    return case((answered.is_(None), Inquiry.created_at), else_=later).label("waiting_since")


def _lines_with_photos() -> Any:
    lines = selectinload(Inquiry.lines)
    return lines.selectinload(InquiryLine.product_version).selectinload(ProductVersion.photos)
