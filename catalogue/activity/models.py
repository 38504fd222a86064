"""The tables of the log: entries, their free text beside them, and the head of each chain."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.database import Base


class Entry(Base):
    """One act. `chain` is the consortium's id, or 0 for the network; `data` holds ids and codes, nothing personal."""

    __tablename__ = "activity"
    __table_args__ = (UniqueConstraint("chain", "seq"), Index(None, "subject", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    chain: Mapped[int]
    seq: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(60))
    data: Mapped[dict] = mapped_column(JSON, default=dict)
    text_hash: Mapped[str | None] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    said: Mapped["EntryText | None"] = relationship(back_populates="entry", uselist=False)


class EntryText(Base):
    """The words that came with an act. Erasing them leaves the chain whole: the entry keeps only their hash."""

    __tablename__ = "activity_text"

    entry_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(16))
    text: Mapped[str]
    entry: Mapped[Entry] = relationship(back_populates="said")


class Head(Base):
    """The last entry of a chain; its row is the lock under which the chain grows."""

    __tablename__ = "activity_head"

    chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64), default="")
