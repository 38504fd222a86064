"""The table of what came by e-mail: each mail kept raw, and what was done with it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.database import Base, Shown, choice


class Source(StrEnum):
    """By which door a mail came."""

    INPUT = "input"
    LMTP = "lmtp"
    IMAP = "imap"


class Action(StrEnum):
    """What was done with a mail; other programs rely on these words."""

    APPEND = "append"
    HELD = "held"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    QUARANTINE = "quarantine"
    UNMATCHED = "unmatched"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


# These reached nobody: somebody has to look at them, until they are settled.
FOR_A_PERSON = (Action.QUARANTINE, Action.UNMATCHED, Action.REJECTED)
OTHER_WORDS = "came before with other words"


class ReceivedMail(Shown, Base):
    """One mail. Its raw bytes lie in the store under `key`; `action` is None until it was handled.

    `identity` makes it handled once: the hash of its Message-ID (or of its bytes), its sender, and where it went to.
    `is_whole` is false where it was too large and only its beginning is kept.
    """

    __tablename__ = "received_mail"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),
        Index(None, "action", "settled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    is_whole: Mapped[bool] = mapped_column(default=True)
    source: Mapped[Source] = mapped_column(choice(Source))
    recipients: Mapped[list[str]] = mapped_column(JSON, default=list)
    received_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)

    handled_at: Mapped[datetime | None]
    action: Mapped[Action | None] = mapped_column(choice(Action))
    reason: Mapped[str | None] = mapped_column(String(80))
    party: Mapped[str | None] = mapped_column(String(20))
    sent: Mapped[int] = mapped_column(default=0)
    identity: Mapped[str | None] = mapped_column(String(64), unique=True)
    message_id: Mapped[str | None] = mapped_column(String(250), index=True)
    consortium_id: Mapped[int | None] = mapped_column(ForeignKey("consortium.id"), index=True)
    inquiry_id: Mapped[int | None] = mapped_column(index=True)
    said_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), index=True)
    sender_name: Mapped[str] = mapped_column(default="")
    sender: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")

    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @property
    def needs_a_person(self) -> bool:
        """Whether it reached nobody, and nobody has seen to it."""
        return (self.action in FOR_A_PERSON or self.reason == OTHER_WORDS) and self.settled_at is None
