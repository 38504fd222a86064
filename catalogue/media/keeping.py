"""The way of a file: parked as it came, kept as a row that waits, checked by the worker, then ready or refused."""

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePath

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session, joinedload

from catalogue.database import writing
from catalogue.media.cuts import Cut
from catalogue.media.documents import make_document
from catalogue.media.models import FileKind, FileState, StoredFile
from catalogue.media.pictures import make_picture
from catalogue.media.recognise import PDF, FileRefused, media_type_of
from catalogue.media.stores import NotStored, Store
from catalogue.outbox.models import Lane
from catalogue.outbox.queue import job
from catalogue.tokens import new_key

INCOMING = "incoming"
ORPHAN_AFTER = timedelta(days=1)
LONGEST_NAME = 100
ENDINGS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "pdf": PDF}


@dataclass(frozen=True)
class Parked:
    """A file that was stored as it came, with its raw bytes under `incoming/<secret>`, and is shown to nobody yet."""

    secret: str
    media_type: str
    size: int
    sha256: str
    name: str

    @property
    def key(self) -> str:
        """Where its raw bytes lie."""
        return f"{INCOMING}/{self.secret}"


def park(store: Store, data: bytes, name: str, *, photo_only: bool = False) -> Parked:
    """Store what came, before any transaction. Raises `FileRefused` for what is empty, too large or of no known type.

    `photo_only` refuses a PDF as "not a picture". What is parked and never kept is swept away after a day.
    """
    media_type = media_type_of(data)
    if photo_only and media_type == PDF:
        raise FileRefused("not a picture")
    parked = Parked(new_key() + new_key(), media_type, len(data), hashlib.sha256(data).hexdigest(), clean_name(name))
    store.put(parked.key, data)
    return parked


def park_for(store: Store, parked: Parked, consortium_id: int) -> Parked:
    """A copy of a parked file for one of several consortia: each keeps and checks its own. Twice gives one copy."""
    secret = hashlib.sha256(f"{parked.secret}|{consortium_id}".encode()).hexdigest()[: len(parked.secret)]
    copy = replace(parked, secret=secret)
    store.put(copy.key, store.get(parked.key))
    return copy


def keep(session: Session, parked: Parked, *, consortium_id: int, kind: FileKind, at: datetime) -> StoredFile:
    """A row for the parked file, waiting for the worker to check it. Raises `ValueError` for a PDF as a photograph.

    A file that this consortium keeps already, because its form was sent twice, is the same file.
    """
    is_pdf = parked.media_type == PDF
    if is_pdf and kind is FileKind.PHOTO:
        raise ValueError("a PDF is no photograph: park it with photo_only")
    key = f"{consortium_id}/{parked.secret}"
    if earlier := session.scalar(select(StoredFile).where(StoredFile.key == key)):
        return earlier
    file = StoredFile(
        consortium_id=consortium_id,
        key=key,
        kind=kind,
        sha256=parked.sha256,
        media_type=parked.media_type,
        size=parked.size,
        name=parked.name,
        created_at=at,
    )
    session.add(file)
    session.flush()
    _have_checked(session, file, Lane.HEAVY if is_pdf else Lane.QUICK, at)
    return file


def keep_cut(session: Session, source: StoredFile, cut: Cut, *, at: datetime) -> StoredFile:
    """The same photograph, turned and framed: a file of its own that the worker makes from the clean original.

    The same cut of the same photograph is one file. Raises `ValueError` where the source is no ready photograph that
    was sent, or the cut changes nothing.
    """
    if cut.is_nothing or source.source_id or source.kind is not FileKind.PHOTO or not source.is_ready:
        raise ValueError("not to be cut")
    mark = hashlib.sha256(f"{source.key}|{cut.numbers}".encode()).hexdigest()
    key = f"{source.consortium_id}/{mark[:26]}"
    if earlier := session.scalar(select(StoredFile).where(StoredFile.key == key)):
        return earlier
    file = StoredFile(
        consortium_id=source.consortium_id,
        key=key,
        kind=source.kind,
        sha256=mark,
        media_type=source.media_type,
        size=0,
        name=source.name,
        source=source,
        cut=cut.numbers,
        created_at=at,
    )
    session.add(file)
    session.flush()
    _have_checked(session, file, Lane.QUICK, at)
    return file


def _have_checked(session: Session, file: StoredFile, lane: Lane, at: datetime) -> None:
    about = f"stored_file:{file.id}"
    job(session, "file.check", at=at, lane=lane, consortium_id=file.consortium_id, about=about, file_id=file.id)


def check_file(
    engine: Engine, store: Store, file_id: int, *, changed: Callable[[Session, StoredFile], None] | None = None
) -> None:
    """Decode a waiting file apart, store what was made of it, and mark it ready or refused.

    `changed` is called inside the short transaction that marks it. Killed at any moment, it can simply run again.
    """
    with Session(engine) as session:
        file = session.get(StoredFile, file_id, options=[joinedload(StoredFile.source)])
        session.expunge_all()
    if file is None:
        return
    if file.state is FileState.WAITING:
        try:
            found = _made_of(store, file)
        except FileRefused as refused:
            found = {"state": FileState.REFUSED, "refused_reason": refused.reason}
        except NotStored:
            if _is_waiting(engine, file_id):
                raise
            return
        _mark(engine, file_id, found, changed)
    store.delete(raw_key(file))


def _made_of(store: Store, file: StoredFile) -> dict[str, object]:
    """Store the clean original and every size; the columns that the row gets. Raises `FileRefused`, `NotStored`."""
    raw = store.get(original_key(file.source) if file.source else raw_key(file))
    if file.media_type == PDF:
        document = make_document(raw)
        store.put(f"{file.key}/original.pdf", document.data)
        return _kept(document.data, PDF, file.name)
    picture = make_picture(raw, cut=Cut.of(file.cut) if file.source else None)
    for name, data in picture.files.items():
        store.put(f"{file.key}/{name}", data)
    size = {"width": picture.width, "height": picture.height, "widths": list(picture.widths)}
    return {
        **_kept(picture.original, ENDINGS["jpg"], file.name),
        **size,
        "colour": picture.colour,
        "hints": list(picture.hints),
    }


def _kept(data: bytes, media_type: str, name: str) -> dict[str, object]:
    ending = ".pdf" if media_type == PDF else ".jpg"
    return {
        "state": FileState.READY,
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "media_type": media_type,
        "name": f"{PurePath(name).stem}{ending}" if name else "",
    }


def _mark(
    engine: Engine, file_id: int, found: dict[str, object], changed: Callable[[Session, StoredFile], None] | None
) -> None:
    step = update(StoredFile).where(StoredFile.id == file_id, StoredFile.state == FileState.WAITING).values(found)
    with writing(engine) as session:
        if session.connection().execute(step).rowcount == 1 and changed:
            changed(session, session.get_one(StoredFile, file_id))


def _is_waiting(engine: Engine, file_id: int) -> bool:
    with Session(engine) as session:
        return session.scalar(select(StoredFile.state).where(StoredFile.id == file_id)) is FileState.WAITING


def raw_key(file: StoredFile) -> str:
    """Where the bytes lie that were sent, until they are checked."""
    return f"{INCOMING}/{file.key.rpartition('/')[2]}"


def original_key(file: StoredFile) -> str:
    """Where the clean original of a ready file lies."""
    return f"{file.key}/original.{'pdf' if file.media_type == PDF else 'jpg'}"


def size_key(file: StoredFile, width: int, ending: str) -> str | None:
    """Where one size of a ready photograph lies ("avif", "webp", "jpg"); None when there is no such size."""
    if width not in file.widths or ending not in ENDINGS or ending == "pdf":
        return None
    return f"{file.key}/{width}.{ending}"


def discard(store: Store, file: StoredFile) -> None:
    """Delete everything that is stored of a file: raw bytes, clean original and sizes."""
    for key in list(store.names(file.key)):
        store.delete(key)
    store.delete(raw_key(file))


def sweep_incoming(engine: Engine, store: Store, *, at: datetime) -> int:
    """Delete raw bytes older than a day that no waiting file needs; how many there were."""
    old = list(store.names(INCOMING, before=at - ORPHAN_AFTER))
    with Session(engine) as session:
        waiting = session.scalars(select(StoredFile).where(StoredFile.state == FileState.WAITING))
        needed = {raw_key(file) for file in waiting}
    orphans = [key for key in old if key not in needed]
    for key in orphans:
        store.delete(key)
    return len(orphans)


def clean_name(name: str) -> str:
    """A file's name for people to read: no folders, no control or direction characters, not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in last)
    words = " ".join(unicodedata.normalize("NFC", visible).split()).strip(". ")
    stem, dot, ending = words.rpartition(".")
    if len(words) <= LONGEST_NAME or not stem:
        return words[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - 10]}{dot}{ending[:9]}"
