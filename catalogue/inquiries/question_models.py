"""What the office asks a buyer back: single questions, each with its kind of answer."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.database import Base, Owned, Shown, bilingual, choice
from catalogue.inquiries.models import Inquiry, InquiryLine, Message
from catalogue.text import Bilingual


class QuestionKind(StrEnum):
    """What an answer is: it decides the field that the buyer fills in, and how it is checked."""

    QUANTITY = "quantity"
    DATE = "date"
    SIZE = "size"
    CHOICE = "choice"
    PHOTO = "photo"
    PLACE = "place"
    WORDS = "words"


class Question(Owned, Shown, Base):
    """One question to the buyer, asked in the message `asked_in`, about the whole inquiry or one line of it.

    `topic` names the ready question of `terms/questions.toml` that it was taken from, "" for one in own words. `value`
    is the answer as it is kept, in no language: a number, a day, a code (see `questions`); "" until it is answered.
    """

    __tablename__ = "question"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),
        ForeignKeyConstraint(["consortium_id", "line_id"], ["inquiry_line.consortium_id", "inquiry_line.id"]),
        Index(None, "inquiry_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int]
    inquiry: Mapped[Inquiry] = relationship(viewonly=True)
    line_id: Mapped[int | None]
    line: Mapped[InquiryLine | None] = relationship(viewonly=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    asked_in: Mapped[Message] = relationship(foreign_keys=[message_id])
    kind: Mapped[QuestionKind] = mapped_column(choice(QuestionKind))
    topic: Mapped[str] = mapped_column(String(30), default="")
    text: Mapped[Bilingual] = bilingual("text")
    value: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))

    @property
    def is_answered(self) -> bool:
        """Whether the buyer answered it."""
        return self.answered_at is not None
