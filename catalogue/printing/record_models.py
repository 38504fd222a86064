"""The table of the papers on which the record of a quarter was set: how the work was shared, for one kind of reader."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.consortia.models import Consortium
from catalogue.database import Base, Owned, Shown
from catalogue.outbox.models import Due


class RecordPaper(Owned, Shown, Base):
    """The record of one quarter on one page, from the wish for it to the PDF in the store.

    `begins_on` is the quarter's first day, `naming` how its reader may see members ("names", "letters", "edges").
    `key` is a hash of these and the language: asked for again, it is the same row. `head_seq` and `head_hash` are the
    last entry of the consortium's log when it was made.
    """

    __tablename__ = "record_paper"
    __table_args__ = (Index(None, "consortium_id", "begins_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consortium: Mapped[Consortium] = relationship()
    key: Mapped[str] = mapped_column(String(64), unique=True)
    begins_on: Mapped[date]
    language: Mapped[str] = mapped_column(String(2))
    naming: Mapped[str] = mapped_column(String(10))
    due_id: Mapped[int | None] = mapped_column(ForeignKey("due.id"), index=True)
    due: Mapped[Due | None] = relationship()
    created_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    head_seq: Mapped[int] = mapped_column(default=0)
    head_hash: Mapped[str] = mapped_column(String(64), default="")
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")

    @property
    def is_ready(self) -> bool:
        """Whether its PDF is in the store."""
        return self.made_at is not None

    @property
    def stored_key(self) -> str:
        """Where its PDF lies in the store."""
        return f"records/{self.consortium_id}/{self.public_id}.pdf"
