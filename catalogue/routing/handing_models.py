"""Inquiries whose managers have an interest in a candidate, and who took them over."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import Person
from catalogue.database import Base, Owned, Shown
from catalogue.inquiries.models import Inquiry


class HandOver(Owned, Shown, Base):
    """A manager may not call, divide or quote this inquiry: another one may at once, the deputy from `deputy_at`."""

    __tablename__ = "hand_over"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),
        Index("uq_hand_over_inquiry_id", "inquiry_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int]
    inquiry: Mapped[Inquiry] = relationship()
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_by: Mapped[Person | None] = relationship(foreign_keys=[asked_by_id])
    asked_at: Mapped[datetime]
    deputy_at: Mapped[datetime]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_by: Mapped[Person | None] = relationship(foreign_keys=[taken_by_id])
    taken_at: Mapped[datetime | None]
