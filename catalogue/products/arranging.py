"""What people do with the photographs of a product: frame, turn, describe, order and take anew; nothing is overwritten.

Everything is done to a version that its caller may write into (`versions.version_to_edit`, or for the office
`revising.version_to_revise`), while the product's row is locked (`steps.hold`).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.media.cuts import Cut
from catalogue.media.keeping import keep_cut
from catalogue.media.models import FileState, StoredFile
from catalogue.products.content import MOST_PHOTOS
from catalogue.products.models import ListingStatus, PhotoKind, Product, ProductPhoto, ProductVersion
from catalogue.text import Bilingual


class TooManyPhotos(Exception):
    """A product shows at most `MOST_PHOTOS` photographs."""


class NoSuchPhoto(Exception):
    """The photograph is not, or no longer, in the version that may be edited."""


class PhotoChangedMeanwhile(Exception):
    """Somebody else changed the photograph, or their order, after this person's page was opened; nothing was saved."""


@dataclass(frozen=True)
class Arrangement:
    """All that people decide about one photograph."""

    kind: PhotoKind
    alt: Bilingual
    cut: Cut

    @classmethod
    def of(cls, photo: ProductPhoto) -> "Arrangement":
        """As it stands; a cut that is still being made counts already."""
        return cls(photo.kind, photo.alt, Cut.of(_wanted_file(photo).cut))

    @property
    def mark(self) -> str:
        """A short mark by which a page tells whether somebody changed it meanwhile."""
        said = f"{self.kind}|{self.alt.lo}|{self.alt.en}|{self.cut.numbers}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def photos_of(session: Session, version: ProductVersion) -> Sequence[ProductPhoto]:
    """The photographs of a version in their order, with what they were cut from, in one query."""
    query = (
        select(ProductPhoto)
        .where(ProductPhoto.version_id == version.id)
        .options(joinedload(ProductPhoto.file).joinedload(StoredFile.source), joinedload(ProductPhoto.coming))
        .order_by(ProductPhoto.position, ProductPhoto.id)
    )
    return session.scalars(query).unique().all()


def photo_at(session: Session, version: ProductVersion | None, public_id: str) -> ProductPhoto | None:
    """The photograph that an address names: by the file that is shown, that was sent, or by any cut of it."""
    query = select(StoredFile).where(StoredFile.public_id == public_id)
    named = session.scalar(query) if version else None
    if version is None or named is None or named.consortium_id != version.consortium_id:
        return None
    return next((each for each in photos_of(session, version) if each.file.root_id == named.root_id), None)


def root_of(photo: ProductPhoto) -> StoredFile:
    """The photograph as it was sent, clean and whole."""
    return photo.file.source or photo.file


def is_being_replaced(photo: ProductPhoto) -> bool:
    """Whether another photograph was sent in its place and is not ready yet."""
    coming = photo.coming
    return coming is not None and coming.source_id is None and coming.state is FileState.WAITING


def add(
    session: Session,
    version: ProductVersion,
    file: StoredFile,
    *,
    by: Person | None,
    at: datetime,
    kind: PhotoKind = PhotoKind.BEAUTY,
    alt: Bilingual | None = None,
) -> ProductPhoto:
    """Put one more photograph behind the others. Raises `TooManyPhotos`."""
    if len(version.photos) >= MOST_PHOTOS:
        raise TooManyPhotos
    photo = ProductPhoto(
        consortium_id=version.consortium_id,
        version=version,
        file=file,
        position=max((each.position for each in version.photos), default=0) + 1,
        kind=kind,
        alt=alt or Bilingual(),
    )
    session.add(photo)
    session.flush()
    _log(session, "photo.added", version, by, at, file=file.id)
    return photo


def arrange(
    session: Session,
    version: ProductVersion,
    public_id: str,
    wanted: Arrangement,
    *,
    opened: str,
    by: Person | None,
    at: datetime,
) -> ProductPhoto:
    """Save what was decided about a photograph. The old picture stays until the worker has made the new cut.

    `opened` is the mark that the page carried. Raises `NoSuchPhoto` or `PhotoChangedMeanwhile`.
    """
    photo = _held(session, version, public_id)
    before = Arrangement.of(photo)
    if before.mark != opened:
        raise PhotoChangedMeanwhile
    photo.kind, photo.alt = wanted.kind, wanted.alt
    if wanted.cut != before.cut and not is_being_replaced(photo):
        _cut(session, photo, wanted.cut, at=at)
        _log(session, "photo.cut", version, by, at, file=photo.file_id)
    if (wanted.kind, wanted.alt) != (before.kind, before.alt):
        _log(session, "photo.described", version, by, at, file=photo.file_id)
    session.flush()
    return photo


def put_in_order(
    session: Session,
    version: ProductVersion,
    public_ids: Sequence[str],
    *,
    opened: Sequence[str],
    by: Person | None,
    at: datetime,
) -> None:
    """Show the photographs in this order, the first on cards. Both lists name what was sent, `opened` as it lay.

    Raises `PhotoChangedMeanwhile` when they lie otherwise now, or `public_ids` names others.
    """
    photos = photos_of(session, version)
    known = {root_of(photo).public_id: photo for photo in photos}
    if list(known) != list(opened) or sorted(public_ids) != sorted(known):
        raise PhotoChangedMeanwhile
    for position, public_id in enumerate(public_ids, start=1):
        known[public_id].position = position
    session.flush()
    _log(session, "photo.ordered", version, by, at)


def take_anew(
    session: Session, version: ProductVersion, public_id: str, file: StoredFile, *, by: Person | None, at: datetime
) -> ProductPhoto:
    """Put another photograph in the place of one, as soon as it is ready. Raises `NoSuchPhoto`."""
    photo = _held(session, version, public_id)
    photo.coming = file
    session.flush()
    _log(session, "photo.taken_anew", version, by, at, file=file.id)
    return photo


def remove(session: Session, version: ProductVersion, public_id: str, *, by: Person | None, at: datetime) -> None:
    """Take a photograph out of a version. Raises `NoSuchPhoto`."""
    photo = _held(session, version, public_id)
    version.photos.remove(photo)
    session.flush()
    _log(session, "photo.removed", version, by, at, file=photo.file_id)


def show_in_place(session: Session, file: StoredFile) -> None:
    """A file is ready: show it wherever a photograph waits for it.

    What the public sees takes a new cut, which only leaves something out, but no photograph that nobody has approved.
    """
    if not file.is_ready:
        return
    waiting = (
        select(ProductPhoto, Product)
        .join(ProductVersion, ProductVersion.id == ProductPhoto.version_id)
        .join(Product, Product.id == ProductVersion.product_id)
        .where(ProductPhoto.coming_id == file.id)
    )
    for photo, product in session.execute(waiting).unique().all():
        is_public = product.published_id == photo.version_id and product.status is ListingStatus.PUBLISHED
        if file.source_id or not is_public:
            photo.file = file
        photo.coming = None
    session.flush()


def _held(session: Session, version: ProductVersion, public_id: str) -> ProductPhoto:
    photo = photo_at(session, version, public_id)
    if photo is None:
        raise NoSuchPhoto
    return photo


def _cut(session: Session, photo: ProductPhoto, cut: Cut, *, at: datetime) -> None:
    """Have the photograph shown in another cut: at once where it was made before."""
    root = root_of(photo)
    file = root if cut.is_nothing else keep_cut(session, root, cut, at=at)
    if file.is_ready:
        photo.file, photo.coming = file, None
    else:
        photo.coming = file


def _wanted_file(photo: ProductPhoto) -> StoredFile:
    """The file that will be shown when all that waits is made; a new photograph counts when it is there."""
    coming = photo.coming
    if coming is not None and coming.source_id and coming.state is FileState.WAITING:
        return coming
    return photo.file


def _log(session: Session, action: str, version: ProductVersion, by: Person | None, at: datetime, **data: Any) -> None:
    chain = version.consortium_id
    log.record(session, action, version.product, at=at, chain=chain, actor=log.actor_name(by), data=data)
