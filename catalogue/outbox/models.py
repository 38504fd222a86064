"""The table of what is due: one row a letter or job, from its cause to its visible end."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.database import Base, choice


class Lane(StrEnum):
    """One worker loop each, so that a heavy document delays no letter."""

    LETTER = "letter"
    QUICK = "quick"
    HEAVY = "heavy"


class DueState(StrEnum):
    """How far a letter or job is; `failed` and `dropped` are final and shown to a manager."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"


class Due(Base):
    """One letter or job. `payload` holds ids only; `about` names what it concerns, such as "inquiry:12".

    A letter that was done may come back later: then `bounced_at`, and what was said with it.
    """

    __tablename__ = "due"
    __table_args__ = (Index(None, "lane", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consortium_id: Mapped[int | None] = mapped_column(ForeignKey("consortium.id"), index=True)
    lane: Mapped[Lane] = mapped_column(choice(Lane))
    kind: Mapped[str] = mapped_column(String(60))
    about: Mapped[str | None] = mapped_column(String(60), index=True)
    payload: Mapped[dict] = mapped_column(JSON, default=dict)
    state: Mapped[DueState] = mapped_column(choice(DueState), default=DueState.WAITING)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    lease: Mapped[str | None] = mapped_column(String(26))
    done_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    message_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    bounced_at: Mapped[datetime | None]
    bounce_said: Mapped[str | None] = mapped_column(String(300))

    @property
    def is_letter(self) -> bool:
        """Whether this row becomes an e-mail."""
        return self.lane is Lane.LETTER

    @property
    def has_failed(self) -> bool:
        """Whether it did not arrive, and a person has to see to it."""
        return self.state is DueState.FAILED or self.bounced_at is not None
