"""Inquiry lists, inquiries with their lines and thread, and buyers' contacts kept apart."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import Person
from catalogue.consortia.models import Consortium
from catalogue.database import Base, Exact, Owned, Shown, choice
from catalogue.media.models import StoredFile
from catalogue.products.models import Product, ProductVersion
from catalogue.tokens import new_key


class InquiryList(Base):
    """What one visitor gathers, over all consortia of the network; found by the hash of a signed cookie's key."""

    __tablename__ = "inquiry_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    visitor_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    items: Mapped[list["InquiryListItem"]] = relationship(
        order_by="InquiryListItem.id", cascade="all, delete-orphan", back_populates="inquiry_list"
    )


class ListLink(Base):
    """The link by which a visitor lets others see the list. The list lives on: the link shows it as it is now."""

    __tablename__ = "list_link"

    list_id: Mapped[int] = mapped_column(ForeignKey("inquiry_list.id", ondelete="CASCADE"), primary_key=True)
    inquiry_list: Mapped[InquiryList] = relationship()
    link_key: Mapped[str] = mapped_column(String(16), unique=True, default=new_key)
    link_generation: Mapped[int] = mapped_column(default=0)
    is_open: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class InquiryListItem(Owned, Shown, Base):
    """A product, or in words something like it, with what the buyer wants of it."""

    __tablename__ = "inquiry_list_item"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "product_id"], ["product.consortium_id", "product.id"]),
        UniqueConstraint("list_id", "product_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("inquiry_list.id", ondelete="CASCADE"))
    inquiry_list: Mapped[InquiryList] = relationship(back_populates="items")
    consortium: Mapped[Consortium] = relationship(overlaps="product")
    product_id: Mapped[int | None]
    product: Mapped[Product | None] = relationship(overlaps="consortium")
    description: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int | None]
    unit: Mapped[str] = mapped_column(String(3), default="C62")
    target_price: Mapped[Decimal | None] = mapped_column(Exact(18, 4))
    wants_sample: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")


class InquiryStatus(StrEnum):
    """Where an inquiry stands (design, section 6)."""

    RECEIVED = "received"
    IN_WORK = "in work"
    CALLED = "called"
    QUOTED = "quoted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    CLOSED = "closed"


class Channel(StrEnum):
    """How an inquiry came; every channel but `web` and `mail` is entered by a manager."""

    WEB = "web"
    MAIL = "mail"
    WHATSAPP = "whatsapp"
    TELEPHONE = "telephone"
    VISIT = "visit"
    FAIR = "fair"


class Inquiry(Owned, Shown, Base):
    """One buyer's question to one consortium. Who asks is in `buyer_contact`.

    `translation` is its message in the other language of the two. Since `erased_at` nothing personal is left of it.
    """

    __tablename__ = "inquiry"
    __table_args__ = (
        UniqueConstraint("consortium_id", "id"),
        UniqueConstraint("consortium_id", "number"),
        UniqueConstraint("consortium_id", "submission"),
        Index(None, "consortium_id", "status"),
        Index(None, "consortium_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consortium: Mapped[Consortium] = relationship()
    number: Mapped[str] = mapped_column(String(30))
    status: Mapped[InquiryStatus] = mapped_column(choice(InquiryStatus), default=InquiryStatus.RECEIVED)
    held_reason: Mapped[str | None] = mapped_column(String(40))
    channel: Mapped[Channel] = mapped_column(choice(Channel), default=Channel.WEB)
    language: Mapped[str] = mapped_column(String(2), default="en")
    submission: Mapped[str | None] = mapped_column(String(64))
    link_key: Mapped[str] = mapped_column(String(16), unique=True, default=new_key)
    link_generation: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    buyer_role: Mapped[str] = mapped_column(String(30), default="")
    country: Mapped[str] = mapped_column(String(2))
    city: Mapped[str] = mapped_column(default="")
    message: Mapped[str] = mapped_column(default="")
    needed_by: Mapped[date | None]
    incoterm: Mapped[str] = mapped_column(String(3), default="")
    named_place: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(String(3), default="")
    wants_sample: Mapped[bool] = mapped_column(default=False)
    order_type: Mapped[str] = mapped_column(String(20), default="")

    closed_at: Mapped[datetime | None]
    closed_reason: Mapped[str | None] = mapped_column(String(40))
    closed_words: Mapped[str] = mapped_column(default="")
    erased_at: Mapped[datetime | None]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    assigned_to: Mapped[Person | None] = relationship(foreign_keys=[assigned_to_id])
    snoozed_until: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id"))
    translation: Mapped[str] = mapped_column(default="", server_default="")
    translator_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    translator: Mapped[Person | None] = relationship(foreign_keys=[translator_id])
    version: Mapped[int] = mapped_column(default=1)

    lines: Mapped[list["InquiryLine"]] = relationship(order_by="InquiryLine.position", back_populates="inquiry")
    messages: Mapped[list["Message"]] = relationship(order_by="Message.id", back_populates="inquiry")
    buyer_contact: Mapped["BuyerContact"] = relationship(back_populates="inquiry", uselist=False)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def is_held(self) -> bool:
        """Whether it waits for a manager to say that it is honest."""
        return self.held_reason is not None

    @property
    def is_open(self) -> bool:
        """Whether anybody still has something to do."""
        final = {InquiryStatus.DECLINED, InquiryStatus.EXPIRED, InquiryStatus.CLOSED}
        return self.status not in final


class Sending(Base):
    """What a buyer sent at once to several consortia: one inquiry for each, and one private page that shows them all.

    Consortia never learn of it: like contacts it lives apart, and no page of an office joins it or its parts.
    """

    __tablename__ = "sending"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(2), default="en")
    link_key: Mapped[str] = mapped_column(String(16), unique=True, default=new_key)
    link_generation: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    parts: Mapped[list["SendingPart"]] = relationship(order_by="SendingPart.inquiry_id", back_populates="sending")

    @property
    def inquiries(self) -> list[Inquiry]:
        """Its inquiries, one a consortium."""
        return [part.inquiry for part in self.parts]


class SendingPart(Owned, Base):
    """One inquiry of a sending."""

    __tablename__ = "sending_part"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),
        UniqueConstraint("sending_id", "consortium_id"),
    )

    inquiry_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    inquiry: Mapped[Inquiry] = relationship()
    sending_id: Mapped[int] = mapped_column(ForeignKey("sending.id"))
    sending: Mapped[Sending] = relationship(back_populates="parts")


class BuyerContact(Owned, Base):
    """Who asked and how to answer. No page that a member reads joins this table.

    Letters that came back are counted: hard ones for good, soft ones for a time (RFC 3463).
    """

    __tablename__ = "buyer_contact"
    __table_args__ = (ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),)

    inquiry_id: Mapped[int] = mapped_column(primary_key=True)
    inquiry: Mapped[Inquiry] = relationship(back_populates="buyer_contact")
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="", index=True)
    company: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    hard_bounces: Mapped[int] = mapped_column(default=0, server_default="0")
    soft_bounces: Mapped[int] = mapped_column(default=0, server_default="0")
    bounced_at: Mapped[datetime | None]


class InquiryLine(Owned, Base):
    """One thing asked for: a product as it was published then, or something described in words."""

    __tablename__ = "inquiry_line"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),
        ForeignKeyConstraint(["consortium_id", "product_id"], ["product.consortium_id", "product.id"]),
        UniqueConstraint("consortium_id", "id"),
        Index(None, "inquiry_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int]
    inquiry: Mapped[Inquiry] = relationship(back_populates="lines")
    position: Mapped[int]
    product_id: Mapped[int | None]
    product: Mapped[Product | None] = relationship(viewonly=True)
    product_version_id: Mapped[int | None] = mapped_column(ForeignKey("product_version.id"))
    product_version: Mapped[ProductVersion | None] = relationship()
    description: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int | None]
    unit: Mapped[str] = mapped_column(String(3), default="C62")
    target_price: Mapped[Decimal | None] = mapped_column(Exact(18, 4))
    wants_sample: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")


class MessageKind(StrEnum):
    """Who said it: the buyer, the office to the buyer, or the office to itself."""

    BUYER = "buyer"
    ANSWER = "answer"
    NOTE = "note"


class MessageChannel(StrEnum):
    """How a message came into the thread: typed on a page of this site, or by e-mail."""

    WEB = "web"
    MAIL = "mail"


class Message(Owned, Shown, Base):
    """One thing said in an inquiry's thread.

    `translation` is the same text in the other language of the two. Nobody outside reads an answer before `leaves_at`,
    nor ever one that was withdrawn until then. What is held (`held_reason`) goes no further until a manager lets it
    pass; its writer and the office read it still. `is_unverified`: it came from another address than the buyer's.
    """

    __tablename__ = "message"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),
        UniqueConstraint("inquiry_id", "submission"),
        Index(None, "inquiry_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int]
    inquiry: Mapped[Inquiry] = relationship(back_populates="messages")
    kind: Mapped[MessageKind] = mapped_column(choice(MessageKind))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    author: Mapped[Person | None] = relationship(foreign_keys=[author_id])
    submission: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime]
    channel: Mapped[MessageChannel] = mapped_column(
        choice(MessageChannel), default=MessageChannel.WEB, server_default=MessageChannel.WEB.value
    )
    language: Mapped[str] = mapped_column(String(2), default="en")
    text: Mapped[str]
    translation: Mapped[str] = mapped_column(default="", server_default="")
    translator_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    translator: Mapped[Person | None] = relationship(foreign_keys=[translator_id])
    is_unverified: Mapped[bool] = mapped_column(default=False, server_default=false())
    held_reason: Mapped[str | None] = mapped_column(String(40))
    leaves_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    def is_out(self, at: datetime) -> bool:
        """Whether the other side may read it at this time: it was not withdrawn, and its time to leave has come."""
        return self.withdrawn_at is None and (self.leaves_at is None or self.leaves_at <= at)


class Attachment(Owned, Base):
    """A file that came with an inquiry or a message."""

    __tablename__ = "attachment"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"]),
        Index(None, "inquiry_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int]
    inquiry: Mapped[Inquiry] = relationship()
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    file: Mapped[StoredFile] = relationship(lazy="joined")
