"""The table of what a manager decided of a text in which a contact was found."""

from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import Person
from catalogue.database import Base, Owned, choice


class Decision(StrEnum):
    """How a text goes on: as it was written, or with its contacts hidden."""

    PASS = "pass"
    MASK = "mask"


class Found(TypedDict):
    """A contact as it is kept: its kind and its place, never its words."""

    kind: str
    start: int
    end: int


class Passing(Owned, Base):
    """A manager's decision on one text of an inquiry.

    `part` names the text ("message:12", "inquiry", "line:5.note"), `found` what stood in it then: places and kinds, so
    that the row holds nothing of the text itself.
    """

    __tablename__ = "passing"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),
        Index("uq_passing_inquiry_id_part", "inquiry_id", "part", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int]
    part: Mapped[str] = mapped_column(String(40))
    decision: Mapped[Decision] = mapped_column(choice(Decision))
    found: Mapped[list[Found]] = mapped_column(JSON, default=list)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by: Mapped[Person] = relationship()
    at: Mapped[datetime]
