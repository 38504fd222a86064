"""The table of what was erased: enough to know it again in a restored backup, too little to know who it was."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.database import Base, choice
from catalogue.tokens import new_key


class Whose(StrEnum):
    """Whose data were erased: a buyer's, or those of somebody who signs in."""

    BUYER = "buyer"
    PERSON = "person"


class Tombstone(Base):
    """One erasure. `rows` holds public ids of inquiries or people, `address_hash` that of the salted e-mail address.

    A copy lies in the store under `place`, so that it outlives the loss of the database.
    """

    __tablename__ = "tombstone"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True, default=new_key)
    of: Mapped[Whose] = mapped_column(choice(Whose))
    salt: Mapped[str] = mapped_column(String(16))
    address_hash: Mapped[str | None] = mapped_column(String(64))
    rows: Mapped[list[str]] = mapped_column(JSON, default=list)
    erased_at: Mapped[datetime]

    @property
    def place(self) -> str:
        """The key of its copy in the store."""
        return f"erased/{self.key}.json"
