"""The tables of what was set for readers: line sheets, and the pictures that links to pages show."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.consortia.models import Consortium
from catalogue.database import Base, Owned, Shown
from catalogue.outbox.models import Due


class LineSheet(Owned, Shown, Base):
    """One line sheet, from the wish for it to the PDF in the store.

    `key` is a hash of all that it is made of: asked for the same again, it is the same row. `done` counts the pieces
    laid in so far. Until `made_at` is set, the row of the outbox tells how it goes.
    """

    __tablename__ = "line_sheet"
    __table_args__ = (Index(None, "consortium_id", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consortium: Mapped[Consortium] = relationship()
    key: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(2))
    catalogue_version: Mapped[int]
    product_ids: Mapped[list[int]] = mapped_column(JSON)
    scope: Mapped[str] = mapped_column(default="")
    due_id: Mapped[int | None] = mapped_column(ForeignKey("due.id"), index=True)
    due: Mapped[Due | None] = relationship()
    done: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")

    @property
    def is_ready(self) -> bool:
        """Whether its PDF is in the store."""
        return self.made_at is not None

    @property
    def stored_key(self) -> str:
        """Where its PDF lies in the store."""
        return f"line-sheets/{self.consortium_id}/{self.public_id}.pdf"


class SharePicture(Base):
    """The picture that a link to a page shows in messages and on other sites; one a page and language.

    `about` names the page: "product:12", "consortium:3" or "network". `mark` is a hash of what the picture shows.
    """

    __tablename__ = "share_picture"
    __table_args__ = (UniqueConstraint("about", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    consortium_id: Mapped[int | None] = mapped_column(ForeignKey("consortium.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"), index=True)
    mark: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime]

    @property
    def stored_key(self) -> str:
        """Where it lies in the store."""
        return stored_key(self.about, self.language)


def stored_key(about: str, language: str) -> str:
    """Where the picture of a page lies in the store."""
    return f"share/{about.replace(':', '-')}-{language}.jpg"
