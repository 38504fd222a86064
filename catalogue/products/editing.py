"""Beginning a product and changing what is said of it, while nobody else reviews or sees it."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Member
from catalogue.consortia.numbers import next_in_series
from catalogue.media.models import StoredFile
from catalogue.products import arranging
from catalogue.products.content import Content
from catalogue.products.models import (
    ListingStatus,
    MakingRight,
    PhotoKind,
    Product,
    ProductPhoto,
    ProductVersion,
)
from catalogue.products.steps import hold
from catalogue.products.versions import first_version, version_to_edit
from catalogue.text import Bilingual

TooManyPhotos = arranging.TooManyPhotos


class ChangedMeanwhile(Exception):
    """Somebody else saved the product after this person opened it; nothing was overwritten."""


def create_draft(
    session: Session,
    member: Member,
    content: Content,
    *,
    by: Person | None,
    at: datetime,
    reference: str | None = None,
    making_right: MakingRight = MakingRight.SHARED,
    import_key: str | None = None,
) -> Product:
    """A new product of a firm, as a draft. Without a `reference` it gets the next of the consortium's series."""
    product = Product(
        consortium=member.consortium,
        member=member,
        reference=reference or next_reference(session, member),
        making_right=making_right,
        import_key=import_key,
        created_at=at,
    )
    session.add(product)
    session.flush()
    say(first_version(session, product, by=by, at=at), content)
    session.flush()
    _log(session, "product.created", product, by, at)
    return product


def edit(
    session: Session, product: Product, content: Content, *, opened_version: int, by: Person, at: datetime
) -> None:
    """Save what was typed, into a proposal where the public sees the product or saw it once.

    `opened_version` is the row's version when the page was opened. Raises `ChangedMeanwhile` when it moved on, or when
    the working text waits for review.
    """
    stage = func.coalesce(Product.proposal, Product.status)
    step = (
        update(Product)
        .where(Product.id == product.id, Product.version == opened_version, stage != ListingStatus.SUBMITTED)
        .values(version=Product.version + 1)
    )
    if session.connection().execute(step).rowcount != 1:
        raise ChangedMeanwhile
    session.refresh(product)
    say(version_to_edit(session, product, by=by, at=at), content)
    session.flush()
    _log(session, "product.edited", product, by, at)


def say(version: ProductVersion, content: Content) -> None:
    """Write the content into a version that is not frozen."""
    for each in fields(content):
        setattr(version, each.name, getattr(content, each.name))


def content_of(version: ProductVersion) -> Content:
    """What a version says."""
    return Content(**{each.name: getattr(version, each.name) for each in fields(Content)})


def add_photo(
    session: Session,
    product: Product,
    file: StoredFile,
    *,
    by: Person | None,
    at: datetime,
    kind: PhotoKind = PhotoKind.BEAUTY,
    alt: Bilingual | None = None,
) -> ProductPhoto:
    """Put one more photograph behind the others. Raises `TooManyPhotos`."""
    hold(session, product)
    version = version_to_edit(session, product, by=by, at=at)
    return arranging.add(session, version, file, by=by, at=at, kind=kind, alt=alt)


def remove_photo(session: Session, product: Product, file_public_id: str, *, by: Person, at: datetime) -> None:
    """Take a photograph out of the working version; nothing happens when it is not in it."""
    version = version_to_edit(session, product, by=by, at=at)
    for photo in [each for each in version.photos if each.file.public_id == file_public_id]:
        version.photos.remove(photo)
        _log(session, "photo.removed", product, by, at, file=photo.file_id)
    session.flush()


def next_reference(session: Session, member: Member) -> str:
    """The next free reference of the consortium's own series, such as "MS-0143": it tells nothing of the firm."""
    consortium = member.consortium
    while True:
        reference = f"{consortium.code[:2]}-{next_in_series(session, consortium, 'product', 0):04}"
        taken = select(Product.id).filter_by(consortium_id=consortium.id, reference=reference)
        if session.scalar(taken) is None:
            return reference


def _log(session: Session, action: str, product: Product, by: Person | None, at: datetime, **data: Any) -> None:
    log.record(session, action, product, at=at, chain=product.consortium_id, actor=log.actor_name(by), data=data)
