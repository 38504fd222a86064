"""Claims to a design and what members said against them (design, section 6: making rights)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import Person
from catalogue.consortia.models import Member
from catalogue.database import Base, Owned, Shown, choice
from catalogue.products.models import Product

IS_OPEN = text("state = 'open'")


class ClaimState(StrEnum):
    """How a claim to a design stands: open to objection, in force (nobody objected, or no objection held), refused
    because one held, or taken back."""

    OPEN = "open"
    STANDS = "stands"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class RightClaim(Owned, Shown, Base):
    """A firm's claim that it alone makes this design. Until it stands, the making right stays as it was."""

    __tablename__ = "right_claim"
    __table_args__ = (
        UniqueConstraint("consortium_id", "id"),
        ForeignKeyConstraint(["consortium_id", "product_id"], ["product.consortium_id", "product.id"]),
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
        Index(None, "product_id"),
        Index(None, "consortium_id", "state"),
        # One claim at a time: the loser of a race meets this.
        Index("ix_right_claim_open", "product_id", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int]
    product: Mapped[Product] = relationship(overlaps="member")
    member_id: Mapped[int]
    member: Mapped[Member] = relationship(overlaps="product")
    state: Mapped[ClaimState] = mapped_column(choice(ClaimState), default=ClaimState.OPEN)
    claimed_at: Mapped[datetime]
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    open_until: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decision: Mapped[str] = mapped_column(default="")
    objections: Mapped[list["RightObjection"]] = relationship(
        back_populates="claim", order_by="RightObjection.id", overlaps="member"
    )

    def is_open_at(self, at: datetime) -> bool:
        """Whether members may still object."""
        return self.state is ClaimState.OPEN and at < self.open_until

    def is_objected_by(self, member_id: int) -> bool:
        """Whether this firm said something against it."""
        return any(each.member_id == member_id for each in self.objections)


class RightObjection(Owned, Base):
    """What a firm says against a claim: once, with a reason."""

    __tablename__ = "right_objection"
    __table_args__ = (
        UniqueConstraint("claim_id", "member_id"),
        ForeignKeyConstraint(["consortium_id", "claim_id"], ["right_claim.consortium_id", "right_claim.id"]),
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int]
    claim: Mapped[RightClaim] = relationship(back_populates="objections", overlaps="member")
    member_id: Mapped[int]
    member: Mapped[Member] = relationship(overlaps="claim,objections")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person | None] = relationship()
    reason: Mapped[str]
    created_at: Mapped[datetime]
