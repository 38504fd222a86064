"""The tables of sheets in the browser: imports with their rows, layouts once explained, and exports."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import Person
from catalogue.consortia.models import Consortium, Member
from catalogue.database import Base, Owned, Shown, bilingual, choice
from catalogue.outbox.models import Due
from catalogue.products.models import Product
from catalogue.products.sheets.importing import Verdict
from catalogue.text import Bilingual


class ImportState(StrEnum):
    """`waiting` for the worker to read it; `columns` must be explained; `preview` to be decided on; `storing` its good
    rows; `imported`; `undoing` that; `undone`; or `refused`, with the reason."""

    WAITING = "waiting"
    COLUMNS = "columns"
    PREVIEW = "preview"
    STORING = "storing"
    UNDOING = "undoing"
    IMPORTED = "imported"
    UNDONE = "undone"
    REFUSED = "refused"


class Outcome(StrEnum):
    """What became of a row's product: added; removed again by undoing; or kept then, with the reason."""

    ADDED = "added"
    REMOVED = "removed"
    KEPT = "kept"


class SheetImport(Owned, Shown, Base):
    """One file for one firm, from its coming to its end.

    `mapping` is what its columns mean, as a mapping file says it; without one they are known by their headings.
    `layout` names whose layout it is: "sala", a program ("shopify"), or "chosen" by a person. `counts` and `findings`
    are what the worker found; `refused` is one finding.
    """

    __tablename__ = "sheet_import"
    __table_args__ = (
        UniqueConstraint("consortium_id", "id"),
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
        Index(None, "consortium_id", "created_at"),
        Index(None, "member_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consortium: Mapped[Consortium] = relationship(overlaps="member")
    member_id: Mapped[int]
    member: Mapped[Member] = relationship(overlaps="consortium")
    secret: Mapped[str] = mapped_column(String(40))
    name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[ImportState] = mapped_column(choice(ImportState), default=ImportState.WAITING)
    layout: Mapped[str] = mapped_column(String(30), default="")
    mapping: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    refused: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    due_id: Mapped[int | None] = mapped_column(ForeignKey("due.id"), index=True)
    due: Mapped[Due | None] = relationship()
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    imported_at: Mapped[datetime | None]
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    cleared_at: Mapped[datetime | None]
    creator: Mapped[Person | None] = relationship(foreign_keys=[created_by])
    importer: Mapped[Person | None] = relationship(foreign_keys=[imported_by])
    undoer: Mapped[Person | None] = relationship(foreign_keys=[undone_by])

    @property
    def folder(self) -> str:
        """Where its file, and what was made of it, lie in the store."""
        return f"sheets/{self.consortium_id}/{self.secret}"

    @property
    def has_rest(self) -> bool:
        """Whether rows stayed out that can be downloaded with their reasons."""
        return bool(self.counts.get("bad")) and self.cleared_at is None


class SheetRow(Owned, Base):
    """One row of a file with its verdict; `mark` is a hash of the product as it came in, to tell later touches by."""

    __tablename__ = "sheet_row"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "import_id"], ["sheet_import.consortium_id", "sheet_import.id"]),
        Index(None, "import_id", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int]
    number: Mapped[int]
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict))
    is_warned: Mapped[bool] = mapped_column(default=False)
    reference: Mapped[str] = mapped_column(default="")
    name: Mapped[Bilingual] = bilingual("name")
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    photos: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id", ondelete="SET NULL"), index=True)
    product: Mapped[Product | None] = relationship()
    mark: Mapped[str] = mapped_column(String(64), default="")
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    kept_because: Mapped[str] = mapped_column(String(20), default="")


class SheetLayout(Owned, Base):
    """What the columns of a layout mean, as somebody explained it once; `key` is a hash of its headings."""

    __tablename__ = "sheet_layout"
    __table_args__ = (UniqueConstraint("consortium_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ExportKind(StrEnum):
    """What file an export makes."""

    XLSX = "xlsx"
    CSV = "csv"


class SheetExport(Owned, Shown, Base):
    """A file of products, made by the worker and kept for some days. Without `member_id` it is of all firms.

    `is_template` asks for the empty sheet with its example.
    """

    __tablename__ = "sheet_export"
    __table_args__ = (
        ForeignKeyConstraint(["consortium_id", "member_id"], ["member.consortium_id", "member.id"]),
        Index(None, "consortium_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consortium: Mapped[Consortium] = relationship(overlaps="member")
    member_id: Mapped[int | None] = mapped_column(index=True)
    member: Mapped[Member | None] = relationship(overlaps="consortium")
    secret: Mapped[str] = mapped_column(String(40))
    kind: Mapped[ExportKind] = mapped_column(choice(ExportKind))
    is_template: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(20), default="")
    has_photos: Mapped[bool] = mapped_column(default=False)
    has_office_price: Mapped[bool] = mapped_column(default=False)
    products: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    due_id: Mapped[int | None] = mapped_column(ForeignKey("due.id"), index=True)
    due: Mapped[Due | None] = relationship()
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    creator: Mapped[Person | None] = relationship()
    made_at: Mapped[datetime | None]
    ends_at: Mapped[datetime]

    @property
    def key(self) -> str:
        """Where the file lies in the store."""
        return f"sheets/{self.consortium_id}/{self.secret}.{self.kind.value}"
