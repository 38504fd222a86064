"""A buyer's wish to be written to at another e-mail address, until it is confirmed there."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.database import Base, Owned
from catalogue.inquiries.models import Inquiry, Sending
from catalogue.tokens import new_key


class AddressChange(Owned, Base):
    """Another address for one inquiry, or for all of a sending.

    It holds contacts: no page of a member or of the public joins it. The new address confirms it by a link, the old
    one refuses it by another, also for some days after it was confirmed.
    """

    __tablename__ = "address_change"
    __table_args__ = (ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(index=True)
    inquiry: Mapped[Inquiry] = relationship()
    sending_id: Mapped[int | None] = mapped_column(ForeignKey("sending.id"))
    sending: Mapped[Sending | None] = relationship()
    old_email: Mapped[str]
    new_email: Mapped[str]
    link_key: Mapped[str] = mapped_column(String(16), unique=True, default=new_key)
    link_generation: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]

    @property
    def inquiries(self) -> list[Inquiry]:
        """The inquiries that it is for."""
        return self.sending.inquiries if self.sending else [self.inquiry]
