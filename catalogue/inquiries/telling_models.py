"""The table of answers that no letter can bring, and that somebody of the office tells."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import Person
from catalogue.database import Base, Owned, Shown, choice
from catalogue.inquiries.models import Inquiry, Message


class ToldBy(StrEnum):
    """How somebody was told."""

    WHATSAPP = "whatsapp"
    TELEPHONE = "telephone"
    SLIP = "slip"
    VISIT = "visit"
    OTHER = "other"


class Telling(Owned, Shown, Base):
    """One answer to a buyer without an e-mail address: waiting to be told, or told by whom, when and how."""

    __tablename__ = "telling"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),
        Index("uq_telling_message_id", "message_id", unique=True),
        Index(None, "consortium_id", "told_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int]
    inquiry: Mapped[Inquiry] = relationship()
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    message: Mapped[Message] = relationship()
    created_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    told_by: Mapped[Person | None] = relationship()
    how: Mapped[ToldBy | None] = mapped_column(choice(ToldBy))
    note: Mapped[str] = mapped_column(default="")

    @property
    def is_told(self) -> bool:
        """Whether somebody told the buyer."""
        return self.told_at is not None
