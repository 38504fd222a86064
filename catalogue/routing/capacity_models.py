"""What members can make in a month, and the days on which they do not work."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.consortia.models import Member
from catalogue.database import Base, Owned, Shown, choice


class CapacityOf(StrEnum):
    """What a figure is about: a category, a technique, or one product. The narrowest one holds."""

    CATEGORY = "category"
    TECHNIQUE = "technique"
    PRODUCT = "product"


class Capacity(Owned, Shown, Base):
    """So much a month a member can make, in pieces or grams (`unit`, UN/ECE Rec 20).

    `key` is the category's or technique's key in the sector's file, or the product's public id.
    """

    __tablename__ = "capacity"
    __table_args__ = (
        UniqueConstraint("member_id", "of", "key", "unit"),
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int]
    member: Mapped[Member] = relationship()
    of: Mapped[CapacityOf] = mapped_column(choice(CapacityOf))
    key: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(3), default="C62")
    a_month: Mapped[int]
    said_at: Mapped[datetime]
    said_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Rest(Owned, Shown, Base):
    """Days on which a member does not work (holiday, pause), or (`member_id` empty) nobody of the consortium does."""

    __tablename__ = "rest"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
        Index(None, "consortium_id", "ends_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int | None]
    member: Mapped[Member | None] = relationship()
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    words: Mapped[str] = mapped_column(default="")
    said_at: Mapped[datetime]
    said_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class PassedSample(Owned, Base):
    """The office saw a sample of this technique by this member and found it good."""

    __tablename__ = "passed_sample"
    __table_args__ = (
        UniqueConstraint("member_id", "technique"),
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int]
    member: Mapped[Member] = relationship()
    technique: Mapped[str] = mapped_column(String(40))
    passed_on: Mapped[date]
    passed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(default="")
