"""What the list of inquiries keeps beside them: views with a name, and what conversations are found by."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.database import Base, Owned, Shown


class SavedView(Owned, Shown, Base):
    """A way one person looks at the inquiries of a consortium: the address after the question mark, and its name."""

    __tablename__ = "saved_view"
    __table_args__ = (Index(None, "person_id", "consortium_id", "name", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(400))
    created_at: Mapped[datetime]


class InquiryText(Owned, Base):
    """All that is said in an inquiry as one folded text (`lao.fold`), to be searched. Written by `finding`."""

    __tablename__ = "inquiry_text"
    __table_args__ = (
        ForeignKeyConstraint(
            ["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"], ondelete="CASCADE"
        ),
    )

    inquiry_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[str]
