"""Products, their versions and photographs.

Text and trade data live in `product_version` rows; a product points to the published and the working one, so that a
proposal or a restored version is only another pointer (design, rule 9).
"""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.consortia.models import Consortium, Member
from catalogue.database import Base, Exact, Owned, Shown, bilingual, choice
from catalogue.media.models import StoredFile
from catalogue.products.content import Tier
from catalogue.text import Bilingual


class ListingStatus(StrEnum):
    """The public life of a product."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class MakingRight(StrEnum):
    """Who may make it: its maker alone, its maker first, all alike, or nobody else (made for one buyer)."""

    OWN = "own"
    OPEN = "open"
    SHARED = "shared"
    BUYER = "buyer"


class PhotoKind(StrEnum):
    """The kinds of truth in photographs: beauty, a detail, beside a ruler or hand, the mark, the maker at work."""

    BEAUTY = "beauty"
    DETAIL = "detail"
    SCALE = "scale"
    MARK = "mark"
    MAKER = "maker"


class Product(Owned, Shown, Base):
    """A thing that one member makes, and where its listing stands."""

    __tablename__ = "product"
    __table_args__ = (
        UniqueConstraint("consortium_id", "id"),
        UniqueConstraint("consortium_id", "reference"),
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
        ForeignKeyConstraint(
            ["id", "published_id"], ["product_version.product_id", "product_version.id"], use_alter=True
        ),
        ForeignKeyConstraint(
            ["id", "working_id"], ["product_version.product_id", "product_version.id"], use_alter=True
        ),
        Index(None, "consortium_id", "status"),
        Index(None, "member_id"),
        Index(None, "member_id", "draft_key", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    consortium: Mapped[Consortium] = relationship(overlaps="member")
    member_id: Mapped[int]
    member: Mapped[Member] = relationship(overlaps="consortium")
    reference: Mapped[str] = mapped_column(String(30))
    status: Mapped[ListingStatus] = mapped_column(choice(ListingStatus), default=ListingStatus.DRAFT)
    proposal: Mapped[ListingStatus | None] = mapped_column(choice(ListingStatus))
    making_right: Mapped[MakingRight] = mapped_column(choice(MakingRight), default=MakingRight.SHARED)
    right_claimed_at: Mapped[datetime | None]
    published_id: Mapped[int | None]
    working_id: Mapped[int | None]
    published: Mapped["ProductVersion | None"] = relationship(
        primaryjoin="Product.published_id == ProductVersion.id", foreign_keys="Product.published_id", post_update=True
    )
    working: Mapped["ProductVersion | None"] = relationship(
        primaryjoin="Product.working_id == ProductVersion.id", foreign_keys="Product.working_id", post_update=True
    )
    returned_reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    import_key: Mapped[str | None] = mapped_column(String(64), index=True)
    draft_key: Mapped[str | None] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def is_visible(self) -> bool:
        """Whether the public sees it."""
        return self.status is ListingStatus.PUBLISHED

    @property
    def stage(self) -> ListingStatus:
        """Where the working text stands: the proposal's own state (draft, submitted, returned) while there is one, else
        the listing's."""
        return self.proposal or self.status


class ProductVersion(Owned, Base):
    """Everything that is said of a product, as it stood once. Once submitted it is frozen.

    `office_price` is what the member asks of the office for one (the making charge where metal is priced apart); the
    public never reads it. `typed` keeps by field what was typed and is not understood yet. `translated_from` holds by
    text field and language ("name_en") a mark of the words it was translated from.
    """

    __tablename__ = "product_version"
    __table_args__ = (
        UniqueConstraint("product_id", "id"),
        UniqueConstraint("product_id", "number"),
        ForeignKeyConstraint(["consortium_id", "product_id"], ["product.consortium_id", "product.id"]),
        Index(None, "consortium_id", "category"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int]
    product: Mapped[Product] = relationship(
        primaryjoin="ProductVersion.product_id == Product.id", foreign_keys="ProductVersion.product_id"
    )
    number: Mapped[int]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    frozen_at: Mapped[datetime | None]

    name: Mapped[Bilingual] = bilingual("name")
    summary: Mapped[Bilingual] = bilingual("summary")
    description: Mapped[Bilingual] = bilingual("description")
    care: Mapped[Bilingual] = bilingual("care")
    machine_languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    machine_texts: Mapped[list[str]] = mapped_column(JSON, default=list)
    translated_from: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    typed: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    is_on_behalf: Mapped[bool] = mapped_column(default=False)

    category: Mapped[str] = mapped_column(String(40), default="")
    materials: Mapped[list[str]] = mapped_column(JSON, default=list)
    techniques: Mapped[list[str]] = mapped_column(JSON, default=list)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    unit: Mapped[str] = mapped_column(String(3), default="C62")
    net_weight_g: Mapped[Decimal | None] = mapped_column(Exact(12, 3))
    weight_tolerance_percent: Mapped[Decimal | None] = mapped_column(Exact(5, 2))
    fineness: Mapped[int | None]
    length_mm: Mapped[Decimal | None] = mapped_column(Exact(10, 1))
    width_mm: Mapped[Decimal | None] = mapped_column(Exact(10, 1))
    height_mm: Mapped[Decimal | None] = mapped_column(Exact(10, 1))
    depth_mm: Mapped[Decimal | None] = mapped_column(Exact(10, 1))
    diameter_mm: Mapped[Decimal | None] = mapped_column(Exact(10, 1))

    minimum_order: Mapped[int | None]
    lead_time_days: Mapped[int | None]
    lead_time_for: Mapped[int | None]
    monthly_capacity: Mapped[int | None]
    sample_available: Mapped[bool] = mapped_column(default=False)
    sample_price: Mapped[Decimal | None] = mapped_column(Exact(14, 4))
    sample_days: Mapped[int | None]
    office_price: Mapped[Decimal | None] = mapped_column(Exact(18, 4))
    office_currency: Mapped[str] = mapped_column(String(3), default="LAK")
    hs_code: Mapped[str] = mapped_column(String(12), default="")
    origin: Mapped[str] = mapped_column(String(2), default="LA")
    tier_rows: Mapped[list[list[Any]]] = mapped_column("tiers", JSON, default=list)
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    carton_pieces: Mapped[int | None]
    carton_length_mm: Mapped[int | None]
    carton_width_mm: Mapped[int | None]
    carton_height_mm: Mapped[int | None]
    carton_gross_kg: Mapped[Decimal | None] = mapped_column(Exact(8, 2))

    photos: Mapped[list["ProductPhoto"]] = relationship(
        back_populates="version", order_by="ProductPhoto.position", cascade="all, delete-orphan"
    )

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The price steps, the smallest quantity first."""
        return tuple(Tier(int(quantity), Decimal(amount)) for quantity, amount in self.tier_rows)

    @tiers.setter
    def tiers(self, tiers: tuple[Tier, ...]) -> None:
        self.tier_rows = [[tier.quantity, str(tier.amount)] for tier in sorted(tiers, key=lambda tier: tier.quantity)]


class ProductPhoto(Owned, Base):
    """A photograph in a version of a product; the file is shared by all versions that show it.

    `coming` is the same photograph cut in another way, which takes the place of `file` as soon as it is made.
    """

    __tablename__ = "product_photo"
    __table_args__ = (Index(None, "version_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("product_version.id"))
    version: Mapped[ProductVersion] = relationship(back_populates="photos")
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    file: Mapped[StoredFile] = relationship(lazy="joined", foreign_keys="ProductPhoto.file_id")
    coming_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    coming: Mapped[StoredFile | None] = relationship(foreign_keys="ProductPhoto.coming_id")
    position: Mapped[int]
    kind: Mapped[PhotoKind] = mapped_column(choice(PhotoKind), default=PhotoKind.BEAUTY)
    alt: Mapped[Bilingual] = bilingual("alt")


class SearchEntry(Owned, Base):
    """What search finds a published product by, as ASCII tokens (see `search`). Written by code, no triggers."""

    __tablename__ = "search_entry"

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    syllables: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    stems: Mapped[str] = mapped_column(default="")


class SearchWord(Base):
    """A word of what a consortium has published, and how many of its products say it. Written by `vocabulary`."""

    __tablename__ = "search_word"

    consortium_id: Mapped[int] = mapped_column(ForeignKey("consortium.id"), primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
    shown: Mapped[str]
    products: Mapped[int]
