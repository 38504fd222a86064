"""The table of what looked like a contact in a listing and was found to be none."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import Person
from catalogue.database import Base, Owned


class ClearedContact(Owned, Base):
    """A manager's word that `text`, exactly as it was found in `field` of a product, is no contact."""

    __tablename__ = "cleared_contact"
    __table_args__ = (
        UniqueConstraint("product_id", "text"),
        ForeignKeyConstraint(["consortium_id", "product_id"], ["product.consortium_id", "product.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int]
    field: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(String(400))
    cleared_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by: Mapped[Person] = relationship()
    cleared_at: Mapped[datetime]
