"""What the office keeps for itself about inquiries: who has one open, drafts of answers, and ready replies."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import Person
from catalogue.database import Base, Owned, Shown, bilingual
from catalogue.text import Bilingual


class Presence(Owned, Base):
    """One person who has an inquiry open on the desk, or had it open a moment ago. The rows live for minutes."""

    __tablename__ = "presence"
    __table_args__ = (ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),)

    inquiry_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    person: Mapped[Person] = relationship()
    seen_at: Mapped[datetime]
    wrote_at: Mapped[datetime | None]


class Draft(Owned, Base):
    """What one person has written to a buyer and not yet sent, with the same in the other language.

    `files_of_id` is the answer that was taken back: its files go along with the next one.
    """

    __tablename__ = "draft"
    __table_args__ = (ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),)

    inquiry_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(default="")
    translation: Mapped[str] = mapped_column(default="")
    files_of_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    changed_at: Mapped[datetime]


class ReadyReply(Owned, Shown, Base):
    """A reply in both languages, with places such as {buyer} that are filled in. `key` names the one of ours that it
    stands for; `is_gone`: the office does not want that one.
    """

    __tablename__ = "ready_reply"
    __table_args__ = (Index(None, "consortium_id", "key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(String(30))
    name: Mapped[Bilingual] = bilingual("name")
    text: Mapped[Bilingual] = bilingual("text")
    is_gone: Mapped[bool] = mapped_column(default=False, server_default=false())
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
