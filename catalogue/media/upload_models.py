"""The table of uploads: photographs that come from a phone in pieces."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.database import Base, Owned


class Upload(Owned, Base):
    """One photograph on its way, under a `key` that the phone made, of one person for one firm.

    `received` of `size` bytes are stored, in pieces of `piece` bytes, under names that begin with the secret. It is for
    the product of `product_key` (a public id), or for the draft of `draft_key`, which may not be begun yet. A finished
    one keeps its row, so that a phone that missed the answer gets it again.
    """

    __tablename__ = "upload"
    __table_args__ = (
        UniqueConstraint("person_id", "member_id", "key"),
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
        Index(None, "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    member_id: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    secret: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(default="")
    size: Mapped[int]
    piece: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    product_key: Mapped[str | None] = mapped_column(String(10))
    draft_key: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"), index=True)

    @property
    def is_finished(self) -> bool:
        """Whether it became a photograph of a product."""
        return self.finished_at is not None
