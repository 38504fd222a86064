"""Makers' pages with their versions and photographs, and how a firm left."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.consortia.models import Member
from catalogue.database import Base, Owned, Shown, bilingual, choice
from catalogue.media.models import StoredFile
from catalogue.text import Bilingual


class PageState(StrEnum):
    """Where a version of a maker's page stands; `replaced` was public until a later one was."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    REPLACED = "replaced"


OPEN_PAGES = (PageState.DRAFT, PageState.SUBMITTED, PageState.RETURNED)
IS_OPEN = text(f"state IN ({', '.join(repr(state.value) for state in OPEN_PAGES)})")


class MakerPage(Owned, Base):
    """What a firm says of itself, as it stood once: a proposal until the office shows it; `member` repeats the last."""

    __tablename__ = "maker_page"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
        UniqueConstraint("member_id", "number"),
        Index("ix_maker_page_open", "member_id", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int]
    member: Mapped[Member] = relationship()
    number: Mapped[int]
    state: Mapped[PageState] = mapped_column(choice(PageState), default=PageState.DRAFT)
    name: Mapped[Bilingual] = bilingual("name")
    village: Mapped[Bilingual] = bilingual("village")
    district: Mapped[Bilingual] = bilingual("district")
    province: Mapped[Bilingual] = bilingual("province")
    story: Mapped[Bilingual] = bilingual("story")
    techniques: Mapped[list[str]] = mapped_column(JSON, default=list)
    people: Mapped[int | None]
    since: Mapped[int | None]
    monthly_capacity: Mapped[int | None]
    reasons: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    photos: Mapped[list["MakerPhoto"]] = relationship(
        back_populates="page", order_by="MakerPhoto.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class MakerPhoto(Owned, Base):
    """A photograph on a maker's page; the first is the maker's face everywhere."""

    __tablename__ = "maker_photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("maker_page.id"), index=True)
    page: Mapped[MakerPage] = relationship(back_populates="photos")
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    file: Mapped[StoredFile] = relationship(lazy="joined")
    position: Mapped[int]
    alt: Mapped[Bilingual] = bilingual("alt")


class Leaving(Owned, Shown, Base):
    """How a firm left: why, and what went with it, to be taken along by a link until `ends_at`."""

    __tablename__ = "leaving"
    __table_args__ = (ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(unique=True)
    member: Mapped[Member] = relationship()
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(default="")
    link_key: Mapped[str] = mapped_column(String(16), unique=True)
    link_generation: Mapped[int] = mapped_column(default=0)
    ends_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
