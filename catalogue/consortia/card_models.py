"""Joining cards: the paper or link by which a person of a firm signs in on one phone."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import Person, SignIn
from catalogue.consortia.models import Consortium, Member
from catalogue.database import Base, Owned, Shown


class Card(Owned, Shown, Base):
    """One card for one person of one firm: opened once, on one phone. Its token is derived from `key`, never stored.

    Raising `generation` makes the token void. `sign_in` is the phone that opened it, while that is signed in.
    """

    __tablename__ = "card"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
        Index(None, "consortium_id", "member_id"),
        Index(None, "person_id"),
        Index(None, "sign_in_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consortium: Mapped[Consortium] = relationship(overlaps="member")
    member_id: Mapped[int]
    member: Mapped[Member] = relationship(overlaps="consortium")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    key: Mapped[str] = mapped_column(String(16), unique=True)
    generation: Mapped[int] = mapped_column(default=0)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    sign_in_id: Mapped[int | None] = mapped_column(ForeignKey("sign_in.id", ondelete="SET NULL"))
    sign_in: Mapped[SignIn | None] = relationship()

    def is_open(self, at: datetime) -> bool:
        """Whether a phone could still open it, as far as the card itself knows."""
        return self.used_at is None and self.revoked_at is None and self.ends_at > at
