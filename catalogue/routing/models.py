"""Calls, whom they ask, and what members offer."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import Person
from catalogue.consortia.by_law_models import ByLaws, PriceRule
from catalogue.consortia.models import Consortium, Member
from catalogue.database import Base, Exact, Owned, Shown, bilingual, choice
from catalogue.inquiries.models import Inquiry, InquiryLine
from catalogue.inquiries.telling_models import ToldBy
from catalogue.text import Bilingual
from catalogue.tokens import new_key


class CallState(StrEnum):
    """Where a call stands: members may answer; closed, so that offers can be read; divided; given up."""

    OPEN = "open"
    CLOSED = "closed"
    DIVIDED = "divided"
    CANCELLED = "cancelled"


class ClosedBy(StrEnum):
    """What closed a call: its time, the last answer, a manager before its time, or that there was one maker to ask."""

    TIME = "time"
    ALL_ANSWERED = "all answered"
    EARLY = "early"


class Call(Owned, Shown, Base):
    """Members are asked what they can make of one line of an inquiry.

    Everything a member reads of the inquiry stands here, so that no page of a member joins the inquiry. Quantities are
    in `unit` (UN/ECE Rec 20); whole lots of `lot`. `agreed_charge` is the making charge of one, in `currency`, where
    the by-laws have members agree on it (`price_rule`); `rate` turns `currency` into the consortium's own. `seed` is
    the head of the log when the first call for this line was sent: it breaks ties. `by_laws_id` was in force then.
    """

    __tablename__ = "call"
    __table_args__ = (
        UniqueConstraint("consortium_id", "id"),
        UniqueConstraint("consortium_id", "number"),
        ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),
        ForeignKeyConstraint(["consortium_id", "line_id"], ["inquiry_line.consortium_id", "inquiry_line.id"]),
        Index(None, "consortium_id", "state"),
        Index(None, "line_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consortium: Mapped[Consortium] = relationship(overlaps="inquiry,line")
    number: Mapped[str] = mapped_column(String(30))
    inquiry_id: Mapped[int]
    inquiry: Mapped[Inquiry] = relationship(overlaps="consortium,line")
    line_id: Mapped[int]
    line: Mapped[InquiryLine] = relationship(overlaps="consortium,inquiry")
    after_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"))
    state: Mapped[CallState] = mapped_column(choice(CallState), default=CallState.OPEN)

    wanted: Mapped[Bilingual] = bilingual("wanted")
    note: Mapped[Bilingual] = bilingual("note")
    category: Mapped[str] = mapped_column(String(40), default="")
    technique: Mapped[str] = mapped_column(String(40), default="")
    quantity: Mapped[int]
    unit: Mapped[str] = mapped_column(String(3), default="C62")
    lot: Mapped[int] = mapped_column(default=1)
    is_one_hand: Mapped[bool] = mapped_column(default=False)
    needed_by: Mapped[date | None]
    country: Mapped[str] = mapped_column(String(2), default="")

    price_rule: Mapped[PriceRule] = mapped_column(choice(PriceRule), default=PriceRule.AGREED)
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    agreed_charge: Mapped[Decimal | None] = mapped_column(Exact(18, 4))
    rate: Mapped[Decimal] = mapped_column(Exact(24, 10), default=Decimal(1))
    by_laws_id: Mapped[int] = mapped_column(ForeignKey("by_laws.id"))
    by_laws: Mapped[ByLaws] = relationship()
    seed: Mapped[str] = mapped_column(String(64), default="")

    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_by: Mapped[Person | None] = relationship(foreign_keys=[sent_by_id])
    closes_at: Mapped[datetime]
    short_reason: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_how: Mapped[ClosedBy | None] = mapped_column(choice(ClosedBy))
    closed_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    candidates: Mapped[list["Candidate"]] = relationship(order_by="Candidate.id", back_populates="call")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Candidate(Owned, Shown, Base):
    """One member beside a call: asked, or not and for which reasons.

    `reasons` are codes with figures (`eligibility`). `left_out_reason` stands where a manager left out somebody who
    could have been asked: an override that all members see. The link opens the member's own answer page without
    signing in.
    """

    __tablename__ = "candidate"
    __table_args__ = (
        UniqueConstraint("call_id", "member_id"),
        ForeignKeyConstraint(["consortium_id", "call_id"], ["call.consortium_id", "call.id"]),
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
        Index(None, "consortium_id", "member_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int]
    call: Mapped[Call] = relationship(back_populates="candidates", overlaps="member")
    member_id: Mapped[int]
    member: Mapped[Member] = relationship(overlaps="call,candidates")
    is_called: Mapped[bool] = mapped_column(default=False)
    is_maker: Mapped[bool] = mapped_column(default=False)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    left_out_reason: Mapped[str] = mapped_column(default="")
    link_key: Mapped[str] = mapped_column(String(16), unique=True, default=new_key)
    link_generation: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None]
    told_how: Mapped[ToldBy | None] = mapped_column(choice(ToldBy))
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    told_by: Mapped[Person | None] = relationship(foreign_keys=[told_by_id])
    opened_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]


class Answer(StrEnum):
    """The three buttons: can make all that is wanted, can make a part, cannot make it."""

    ALL = "all"
    PART = "part"
    NONE = "none"


class MetalFrom(StrEnum):
    """Who buys the metal: the member itself, the office for it, or the buyer's deposit."""

    MEMBER = "member"
    OFFICE = "office"
    DEPOSIT = "deposit"


class Offer(Owned, Base):
    """What a member answered, as it last said. Read through `offers.opened` alone: sealed while the call is open.

    `charge` is the making charge of one in the call's currency, only where the price rule is `sealed`. `seal` is the
    hash that the log got on receipt: over these figures and `salt`. Where somebody of the office wrote it down after a
    telephone call, `recorded_by_id` says who: it is locked for the office from then on.
    """

    __tablename__ = "offer"
    __table_args__ = (ForeignKeyConstraint(["consortium_id", "call_id"], ["call.consortium_id", "call.id"]),)

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    candidate: Mapped[Candidate] = relationship()
    call_id: Mapped[int] = mapped_column(index=True)
    answer: Mapped[Answer] = mapped_column(choice(Answer))
    quantity: Mapped[int] = mapped_column(default=0)
    days: Mapped[int | None]
    own_lot: Mapped[int] = mapped_column(default=1)
    metal_from: Mapped[MetalFrom | None] = mapped_column(choice(MetalFrom))
    charge: Mapped[Decimal | None] = mapped_column(Exact(18, 4))
    declined_for: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime]
    times: Mapped[int] = mapped_column(default=1)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_by: Mapped[Person | None] = relationship(foreign_keys=[recorded_by_id])
    salt: Mapped[str] = mapped_column(String(16), default=new_key)
    seal: Mapped[str] = mapped_column(String(64))
