"""The table of stored files."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.database import Base, Owned, Shown, choice


class FileKind(StrEnum):
    """What a file is for."""

    PHOTO = "photo"
    ATTACHMENT = "attachment"


class FileState(StrEnum):
    """`waiting` for the worker to check it and make its sizes; `ready`; or `refused`, with the reason."""

    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"


class StoredFile(Owned, Shown, Base):
    """One file in the store under `key`. A photograph's sizes lie beside it as `<key>/<width>.<format>`.

    A photograph with a `source` was made from another one's clean original: turned and framed as `cut` says (see
    `cuts.Cut`). `hints` names what may be wrong with it (`pictures.Hint`).
    """

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[FileKind] = mapped_column(choice(FileKind))
    state: Mapped[FileState] = mapped_column(choice(FileState), default=FileState.WAITING)
    refused_reason: Mapped[str | None] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    name: Mapped[str] = mapped_column(default="")
    width: Mapped[int | None]
    height: Mapped[int | None]
    widths: Mapped[list[int]] = mapped_column(JSON, default=list)
    colour: Mapped[str | None] = mapped_column(String(7))
    hints: Mapped[list[str]] = mapped_column(JSON, default=list)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    source: Mapped["StoredFile | None"] = relationship(remote_side="StoredFile.id")
    cut: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime]

    @property
    def is_ready(self) -> bool:
        """Whether it was checked, and a photograph's sizes were made."""
        return self.state is FileState.READY

    @property
    def root_id(self) -> int:
        """The key of the photograph that was sent: its own, or its source's."""
        return self.source_id or self.id
