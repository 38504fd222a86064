"""Allocations: how a called quantity was divided, on what grounds, and what became of each share."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import Person
from catalogue.consortia.models import Member
from catalogue.database import Base, Exact, Owned, Shown, choice
from catalogue.routing.models import Call
from catalogue.tokens import new_key


class AllocationState(StrEnum):
    """Confirmed: it holds capacity until a day. Awarded: it is a commitment. Lapsed: its day passed unanswered."""

    CONFIRMED = "confirmed"
    AWARDED = "awarded"
    LAPSED = "lapsed"


class Allocation(Owned, Shown, Base):
    """One division of a call's quantity, or (`round` above 1) of what was handed back of it.

    `inputs` are all figures that `allocation.divide` was given and `result` what it answered, in canonical JSON:
    whoever runs it again gets the same. `overrides` are the shares that a manager changed: member, from, to, reason.
    """

    __tablename__ = "allocation"
    __table_args__ = (
        UniqueConstraint("consortium_id", "id"),
        UniqueConstraint("call_id", "round"),
        ForeignKeyConstraint(["consortium_id", "call_id"], ["call.consortium_id", "call.id"]),
        Index(None, "consortium_id", "confirmed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int]
    call: Mapped[Call] = relationship()
    round: Mapped[int] = mapped_column(default=1)
    state: Mapped[AllocationState] = mapped_column(choice(AllocationState), default=AllocationState.CONFIRMED)
    quantity: Mapped[int]
    unfilled: Mapped[int] = mapped_column(default=0)
    algorithm: Mapped[str] = mapped_column(String(20))
    inputs: Mapped[dict[str, Any]] = mapped_column(JSON)
    result: Mapped[dict[str, Any]] = mapped_column(JSON)
    overrides: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    level: Mapped[Decimal] = mapped_column(Exact(18, 4), default=Decimal(0))
    confirmed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])
    held_until: Mapped[date]
    awarded_at: Mapped[datetime | None]
    awarded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    shares: Mapped[list["Share"]] = relationship(order_by="Share.id", back_populates="allocation")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ShareState(StrEnum):
    """What became of a share: told, taken, handed back (whole), lapsed unanswered, awarded, made."""

    TOLD = "told"
    TAKEN = "taken"
    HANDED_BACK = "handed back"
    LAPSED = "lapsed"
    AWARDED = "awarded"
    MADE = "made"


HOLDING = (ShareState.TOLD, ShareState.TAKEN, ShareState.AWARDED)
"""States in which a share takes up a workshop's days."""


class Share(Owned, Shown, Base):
    """What one member makes of an allocation. `value` is its making charge in the consortium's own currency.

    `quantity` is what is theirs now; `handed_back` what they gave back of it. `reason` and `figures` say which step of
    the division limited it (`allocation`); a share of 0 is kept too, so that every member who was asked reads why.
    """

    __tablename__ = "share"
    __table_args__ = (
        UniqueConstraint("allocation_id", "member_id"),
        ForeignKeyConstraint(["consortium_id", "allocation_id"], ["allocation.consortium_id", "allocation.id"]),
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
        Index(None, "consortium_id", "member_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    allocation_id: Mapped[int]
    allocation: Mapped[Allocation] = relationship(back_populates="shares", overlaps="member")
    member_id: Mapped[int]
    member: Mapped[Member] = relationship(overlaps="allocation,shares")
    quantity: Mapped[int]
    charge: Mapped[Decimal] = mapped_column(Exact(18, 4))
    value: Mapped[Decimal] = mapped_column(Exact(18, 4))
    grams: Mapped[Decimal | None] = mapped_column(Exact(14, 3))
    reason: Mapped[str] = mapped_column(String(20))
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[ShareState] = mapped_column(choice(ShareState), default=ShareState.TOLD)
    due_on: Mapped[date]
    link_key: Mapped[str] = mapped_column(String(16), unique=True, default=new_key)
    link_generation: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    handed_back: Mapped[int] = mapped_column(default=0)
    handed_back_for: Mapped[str] = mapped_column(default="")
    objection: Mapped[str] = mapped_column(default="")
    objected_at: Mapped[datetime | None]
    objection_answer: Mapped[str] = mapped_column(default="", server_default="")
    objection_answered_at: Mapped[datetime | None]
    made_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
