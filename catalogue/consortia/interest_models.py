"""Managers' declared ties to members, and who stands in for a manager who has one."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import Person
from catalogue.consortia.models import Member
from catalogue.database import Base, Owned, Shown, choice


class InterestKind(StrEnum):
    """Owning a part of the firm, being paid by it, or kinship with its people."""

    OWNERSHIP = "ownership"
    PAY = "pay"
    KINSHIP = "kinship"


SHUTTING_OUT = (InterestKind.OWNERSHIP, InterestKind.PAY)
"""Kinds with which nobody may call, divide or quote where that member is a candidate (design, section 6)."""


class Interest(Owned, Shown, Base):
    """A manager's (or deputy's) tie to a member, from a day until a day (none: still). All members read it."""

    __tablename__ = "interest"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
        Index(None, "consortium_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    member_id: Mapped[int]
    member: Mapped[Member] = relationship()
    kind: Mapped[InterestKind] = mapped_column(choice(InterestKind))
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]
    declared_at: Mapped[datetime]
    declared_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    def holds_on(self, day: date) -> bool:
        """Whether the tie exists that day."""
        return self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)
