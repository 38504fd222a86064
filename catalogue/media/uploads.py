"""Photographs that come in pieces, in the spirit of tus: begun under a key of the phone's, gone on with after a cut.

A piece is stored before the row says so; a piece that comes twice lands on itself. No state is in a process: any of
them may get the next piece.
"""

import re
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.orm import Session

from catalogue.database import insert_or_update, writing
from catalogue.media.keeping import INCOMING, ORPHAN_AFTER, clean_name
from catalogue.media.recognise import MEGABYTE
from catalogue.media.stores import Store
from catalogue.media.upload_models import Upload
from catalogue.tokens import new_key

MOST_BYTES = 15 * MEGABYTE
LEAST_PIECE, MOST_PIECE = 16 * 1024, 256 * 1024
MOST_OPEN = 60
MOST_BYTES_A_DAY = 400 * MEGABYTE
# Longer than a phone stays signed in: one that missed the answer asks again under its key, and gets the same.
FINISHED_FOR = timedelta(days=200)
KEY_SHAPE = re.compile(r"[a-z0-9][a-z0-9-]{7,39}")


@dataclass
class UploadRefused(Exception):
    """Not begun: "empty", "too large", "odd piece", "odd key", "another size", "too many open", "too much today"."""

    reason: str


@dataclass(frozen=True)
class Sender:
    """Who sends it, and for which firm."""

    person_id: int
    member_id: int
    consortium_id: int


@dataclass(frozen=True)
class Wanted:
    """What a phone is about to send: `size` bytes in pieces of `piece` bytes, for a product or for a draft."""

    key: str
    size: int
    piece: int
    kind: str
    name: str = ""
    product_key: str | None = None
    draft_key: str | None = None


@dataclass(frozen=True)
class Pieces:
    """Where the pieces of an upload lie, for work outside of any transaction."""

    upload_id: int
    secret: str
    size: int
    piece: int

    def key_at(self, offset: int) -> str:
        """Where the piece that begins at this byte lies."""
        return f"{INCOMING}/{self.secret}.{offset}"

    @property
    def offsets(self) -> range:
        """Where each piece begins."""
        return range(0, self.size, self.piece)

    def length_at(self, offset: int) -> int:
        """How many bytes the piece has that begins there: only the last one is shorter."""
        return min(self.piece, self.size - offset)


def pieces_of(upload: Upload) -> Pieces:
    """The pieces of an upload."""
    return Pieces(upload.id, upload.secret, upload.size, upload.piece)


def begin(session: Session, sender: Sender, wanted: Wanted, *, at: datetime) -> Upload:
    """The upload of this key, begun now or before. Raises `UploadRefused`."""
    earlier = find(session, sender, wanted.key)
    if earlier is None:
        _refuse_odd(wanted)
        _refuse_too_much(session, sender, wanted, at)
        given = {**asdict(sender), **asdict(wanted), "name": clean_name(wanted.name), "created_at": at}
        row = insert_or_update(session)(Upload).values(**given, secret=new_key() + new_key(), received=0)
        session.execute(row.on_conflict_do_nothing())
        earlier = find(session, sender, wanted.key)
    if earlier is None or earlier.size != wanted.size:
        raise UploadRefused("another size")
    return earlier


def find(session: Session, sender: Sender, key: str) -> Upload | None:
    """The upload that this person began for this firm under this key."""
    return session.scalar(select(Upload).filter_by(key=key, **asdict(sender)))


def store_piece(store: Store, pieces: Pieces, offset: int, data: bytes) -> None:
    """Store one piece, outside of any transaction. Raises `ValueError` for another length than it has."""
    if len(data) != pieces.length_at(offset):
        raise ValueError("not the length of this piece")
    store.put(pieces.key_at(offset), data)


def advance(session: Session, pieces: Pieces, offset: int) -> None:
    """Note that the piece at `offset` is stored, unless that is known already."""
    after = offset + pieces.length_at(offset)
    step = update(Upload).where(Upload.id == pieces.upload_id, Upload.received == offset)
    session.execute(step.values(received=after))


def whole(store: Store, pieces: Pieces) -> bytes:
    """The photograph put together, outside of any transaction. Raises `NotStored` where a piece is gone."""
    return b"".join(store.get(pieces.key_at(offset)) for offset in pieces.offsets)


def start_over(session: Session, pieces: Pieces) -> None:
    """Have the phone send it from its first byte: pieces are gone."""
    is_open = (Upload.id == pieces.upload_id, Upload.finished_at.is_(None))
    session.execute(update(Upload).where(*is_open).values(received=0))


def claim(session: Session, pieces: Pieces, *, at: datetime) -> bool:
    """Finish it, in the transaction that makes the photograph; False where another request was first."""
    is_open = (Upload.id == pieces.upload_id, Upload.finished_at.is_(None))
    return session.connection().execute(update(Upload).where(*is_open).values(finished_at=at)).rowcount == 1


def discard_pieces(store: Store, pieces: Pieces) -> None:
    """Delete what came, once the photograph is kept or nobody will finish it."""
    for offset in pieces.offsets:
        store.delete(pieces.key_at(offset))


def sweep_uploads(engine: Engine, store: Store, *, at: datetime) -> int:
    """Forget what was begun more than a day ago and never finished, its pieces too; how many there were.

    The phone that comes back later begins again: it keeps its photograph until it was told that it is here.
    """
    abandoned = (Upload.finished_at.is_(None), Upload.created_at < at - ORPHAN_AFTER)
    with Session(engine) as session:
        old = [pieces_of(upload) for upload in session.scalars(select(Upload).where(*abandoned))]
    with writing(engine) as session:
        session.execute(delete(Upload).where(*abandoned, Upload.id.in_([each.upload_id for each in old])))
        session.execute(delete(Upload).where(Upload.finished_at < at - FINISHED_FOR))
    for pieces in old:
        discard_pieces(store, pieces)
    return len(old)


def _refuse_odd(wanted: Wanted) -> None:
    if not KEY_SHAPE.fullmatch(wanted.key):
        raise UploadRefused("odd key")
    if wanted.draft_key is not None and not KEY_SHAPE.fullmatch(wanted.draft_key):
        raise UploadRefused("odd key")
    if wanted.size <= 0:
        raise UploadRefused("empty")
    if wanted.size > MOST_BYTES:
        raise UploadRefused("too large")
    if not LEAST_PIECE <= wanted.piece <= MOST_PIECE:
        raise UploadRefused("odd piece")


def _refuse_too_much(session: Session, sender: Sender, wanted: Wanted, at: datetime) -> None:
    mine = select(func.count(), func.coalesce(func.sum(Upload.size), 0)).where(Upload.person_id == sender.person_id)
    still_open, _bytes = session.execute(mine.where(Upload.finished_at.is_(None))).one()
    _count, today = session.execute(mine.where(Upload.created_at > at - timedelta(days=1))).one()
    if still_open >= MOST_OPEN:
        raise UploadRefused("too many open")
    if today + wanted.size > MOST_BYTES_A_DAY:
        raise UploadRefused("too much today")
