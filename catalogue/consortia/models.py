"""The network, consortia, members (firms), members' contacts kept apart, roles, and series of public numbers."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import Person
from catalogue.database import Base, Owned, Shown, bilingual, choice
from catalogue.text import Bilingual


class Network(Base):
    """All consortia together: one row, made by the migrations. Its version rises with that of any consortium."""

    __tablename__ = "network"

    id: Mapped[int] = mapped_column(primary_key=True)
    catalogue_version: Mapped[int] = mapped_column(default=1)


class Consortium(Shown, Base):
    """A group of firms with one catalogue and one shared contact."""

    __tablename__ = "consortium"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    code: Mapped[str] = mapped_column(String(5), unique=True)
    sector_key: Mapped[str] = mapped_column(String(40))
    name: Mapped[Bilingual] = bilingual("name")
    tagline: Mapped[Bilingual] = bilingual("tagline")
    about: Mapped[Bilingual] = bilingual("about")
    story: Mapped[Bilingual] = bilingual("story")
    place: Mapped[Bilingual] = bilingual("place")
    office_hours: Mapped[Bilingual] = bilingual("office_hours")
    shared_contact_email: Mapped[str]
    shared_contact_phone: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    incoterm: Mapped[str] = mapped_column(String(3), default="FCA")
    named_place: Mapped[str] = mapped_column(default="Vientiane")
    hero_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", use_alter=True))
    hero_alt: Mapped[Bilingual] = bilingual("hero_alt")
    is_demo: Mapped[bool] = mapped_column(default=False)
    catalogue_version: Mapped[int] = mapped_column(default=1)
    rotation_key: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]

    @property
    def sector(self) -> str:
        """The key of its sector, as the style sheets name it."""
        return self.sector_key

    @property
    def public_contacts(self) -> tuple[str, ...]:
        """The one e-mail address and telephone that public text may show."""
        return tuple(filter(None, (self.shared_contact_email, self.shared_contact_phone)))


class MemberStatus(StrEnum):
    """Whether a firm takes part."""

    ACTIVE = "active"
    LEFT = "left"


class Member(Owned, Shown, Base):
    """A firm of a consortium: what the public may know of it. Its contacts are in `member_contact`."""

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("consortium_id", "id"), UniqueConstraint("consortium_id", "slug"))

    id: Mapped[int] = mapped_column(primary_key=True)
    consortium: Mapped[Consortium] = relationship()
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[Bilingual] = bilingual("name")
    village: Mapped[Bilingual] = bilingual("village")
    district: Mapped[Bilingual] = bilingual("district")
    province: Mapped[Bilingual] = bilingual("province")
    story: Mapped[Bilingual] = bilingual("story")
    techniques: Mapped[list[str]] = mapped_column(JSON, default=list)
    people: Mapped[int | None]
    since: Mapped[int | None]
    monthly_capacity: Mapped[int | None]
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    status: Mapped[MemberStatus] = mapped_column(choice(MemberStatus), default=MemberStatus.ACTIVE)
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def is_active(self) -> bool:
        """Whether the firm takes part today."""
        return self.status is MemberStatus.ACTIVE


class MemberContact(Owned, Base):
    """How the office reaches a firm. No public or buyer-facing query joins this table."""

    __tablename__ = "member_contact"
    __table_args__ = (ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),)

    member_id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")


class RoleName(StrEnum):
    """What a person is in a consortium, or (operator) in the network.

    A deputy stands in for managers who have an interest, in the inquiries that were handed over, and nowhere else.
    """

    OPERATOR = "operator"
    MANAGER = "manager"
    DEPUTY = "deputy"
    OBSERVER = "observer"
    MEMBER = "member"


class Role(Base):
    """One person's part in one consortium; an operator's row names none. A member's role names the firm."""

    __tablename__ = "role"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
        Index(None, "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship()
    name: Mapped[RoleName] = mapped_column(choice(RoleName))
    consortium_id: Mapped[int | None] = mapped_column(ForeignKey("consortium.id"), index=True)
    consortium: Mapped[Consortium | None] = relationship()
    member_id: Mapped[int | None]
    member: Mapped[Member | None] = relationship(viewonly=True)
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @property
    def demands_second_factor(self) -> bool:
        """Whether this role must not be used with a password alone (design, rule 11)."""
        return self.name is not RoleName.MEMBER


class NumberSeries(Base):
    """The last number given, for each kind of paper of a consortium and year."""

    __tablename__ = "number_series"

    consortium_id: Mapped[int] = mapped_column(ForeignKey("consortium.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class MetalReference(Owned, Base):
    """The dated price of a metal, per gram of fine metal, that a consortium's prices refer to."""

    __tablename__ = "metal_reference"
    __table_args__ = (UniqueConstraint("consortium_id", "metal", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    metal: Mapped[str] = mapped_column(String(20))
    on: Mapped[date]
    price_per_gram: Mapped[Decimal]
    currency: Mapped[str] = mapped_column(String(3))
    source: Mapped[Bilingual] = bilingual("source")
