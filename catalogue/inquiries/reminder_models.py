"""What reminds managers: digests, one a person and day, and letters about an answer that is late, one a wait."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import Person
from catalogue.database import Base, Owned
from catalogue.inquiries.models import Inquiry
from catalogue.tokens import new_key


class Digest(Base):
    """That a person was written to on one day of Vientiane; its link is the way to no more of them."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("person_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship()
    day: Mapped[date]
    link_key: Mapped[str] = mapped_column(String(16), unique=True, default=new_key)
    created_at: Mapped[datetime]

    @property
    def link_generation(self) -> int:
        """Who unsubscribes by an old letter is right, too: such a link is never replaced."""
        return 0


class Escalation(Owned, Base):
    """That managers were told how long a buyer has waited for an answer; `since` is the start of that wait."""

    __tablename__ = "escalation"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),
        UniqueConstraint("inquiry_id", "since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int]
    inquiry: Mapped[Inquiry] = relationship()
    since: Mapped[datetime]
    created_at: Mapped[datetime]
