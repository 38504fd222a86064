"""The pictures that links to pages show: which there should be, which are there, and making those that lack."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.database import insert_or_update, writing
from catalogue.media.stores import Store
from catalogue.outbox import queue
from catalogue.outbox.models import Due, DueState, Lane
from catalogue.outbox.worker import CannotBeDone
from catalogue.printing.contents import Picture
from catalogue.printing.models import SharePicture, stored_key
from catalogue.printing.typesetting import NotSet, desk_for
from catalogue.products import shown
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.text import LANGUAGES, Bilingual

KIND = "share_picture.make"
NETWORK = "network"
# Raised whenever the layout changes, so that all are made anew.
LAYOUT = 1
# So few at a time that a line sheet which somebody waits for comes between.
AT_ONCE = 8
READ_AT_ONCE = 400


@dataclass(frozen=True)
class Page:
    """A page that has a picture: `about` is its public id, or "network"; `mark` tells one look of it from another."""

    about: str
    mark: str
    consortium_id: int | None = None
    product_id: int | None = None


Compose = Callable[[Page, str], Picture | None]


# -- which there should be --


def mark_of(*parts: Any) -> str:
    """Twelve characters that change with anything that the picture shows."""
    return hashlib.sha256(json.dumps([LAYOUT, *parts], default=_plain).encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    if isinstance(value, Bilingual):
        return [value.lo, value.en]
    raise TypeError(f"not a part of a mark: {value!r}")


def product_mark(version_id: int, photo_id: str, consortium: Consortium) -> str:
    """The mark of a product's picture: a version never changes once it is public, its photographs become ready."""
    return mark_of(version_id, photo_id, consortium.slug, consortium.name)


def house_page(consortium: Consortium) -> Page:
    """The page of a consortium."""
    mark = mark_of(consortium.slug, consortium.name, consortium.tagline, consortium.place, consortium.hero_id)
    return Page(consortium.public_id, mark, consortium.id)


def network_page() -> Page:
    """The page of the network; its picture shows every emblem that there is."""
    return Page(NETWORK, mark_of(NETWORK))


def product_pages(session: Session, consortium: Consortium, after: int) -> list[Page]:
    """The pages of the next products that the public sees, in order of their keys."""
    query = (
        select(Product.id, Product.public_id, Product.published_id)
        .join(ProductVersion, ProductVersion.id == Product.published_id)
        .where(Product.consortium_id == consortium.id, Product.status == ListingStatus.PUBLISHED, Product.id > after)
        .order_by(Product.id)
        .limit(READ_AT_ONCE)
    )
    rows = session.execute(query).all()
    photos = shown.first_photos(session, [row.published_id for row in rows])
    return [
        Page(
            row.public_id,
            product_mark(row.published_id, photo.public_id if photo else "", consortium),
            consortium.id,
            row.id,
        )
        for row in rows
        for photo in [photos.get(row.published_id)]
    ]


def lacking(session: Session, pages: Sequence[Page]) -> list[Page]:
    """The pages whose picture is not there, or of an older look, in one of the languages."""
    query = select(SharePicture.about, SharePicture.mark).where(SharePicture.about.in_([page.about for page in pages]))
    there = [tuple(row) for row in session.execute(query)]
    return [page for page in pages if there.count((page.about, page.mark)) < len(LANGUAGES)]


# -- asking the worker --


def order_pictures(session: Session, consortium_id: int | None, *, at: datetime, after: int = 0) -> None:
    """Have the pictures looked through from the product `after` on; one such job waits at a time."""
    about = f"share:{consortium_id or NETWORK}:{after}"
    waits = select(Due.id).where(Due.kind == KIND, Due.about == about, Due.state == DueState.WAITING)
    if session.scalar(waits.where(Due.lease.is_(None)).limit(1)) is None:
        what = {"house": consortium_id, "after": after}
        queue.job(session, KIND, at=at, lane=Lane.HEAVY, consortium_id=consortium_id, about=about, **what)


def catalogue_versions(session: Session) -> dict[int | None, int]:
    """The version of each consortium's catalogue; of the network's own page, which never changes, 0."""
    rows = session.execute(select(Consortium.id, Consortium.catalogue_version))
    return {None: 0, **{row.id: row.catalogue_version for row in rows}}


# -- making --


def make_pictures(
    engine: Engine, store: Store, payload: dict[str, Any], compose: Compose, clock: Callable[[], datetime]
) -> None:
    """Make the pictures that lack, a few at a time; the rest is asked for anew. Can simply run again."""
    house_id, after = payload.get("house"), int(payload.get("after", 0))
    with Session(engine) as session:
        found, last = _to_make(session, house_id, after)
        if house_id is not None and not after:
            gone = _of_no_use(session, house_id)
        else:
            gone = []
    _discard(engine, store, gone)
    if found:
        _make(engine, store, found, compose, clock)
    if last is not None:
        with writing(engine) as session:
            order_pictures(session, house_id, at=clock(), after=last)


def _to_make(session: Session, house_id: int | None, after: int) -> tuple[list[Page], int | None]:
    """The next pages that lack a picture, and the product to go on behind; None where there is no other."""
    if house_id is None:
        return lacking(session, [network_page()]), None
    consortium = session.get(Consortium, house_id)
    if consortium is None:
        return [], None
    found = [] if after else lacking(session, [house_page(consortium)])
    while pages := product_pages(session, consortium, after):
        for page in lacking(session, pages):
            if len(found) >= AT_ONCE:
                return found, (found[-1].product_id or after)
            found.append(page)
        after = pages[-1].product_id or after
    return found, None


def _make(engine: Engine, store: Store, pages: list[Page], compose: Compose, clock: Callable[[], datetime]) -> None:
    drawn = [(page, lang, picture) for page in pages for lang in LANGUAGES if (picture := compose(page, lang))]
    contents = [picture for _page, _lang, picture in drawn]
    try:
        with desk_for(contents, store) as desk:
            made = desk.set_pictures(contents) if contents else []
    except NotSet as problem:
        raise CannotBeDone(f"the pictures could not be set: {problem}") from None
    for (page, lang, _picture), data in zip(drawn, made, strict=True):
        store.put(stored_key(page.about, lang), data)
        with writing(engine) as session:
            _note(session, page, lang, clock())


def _note(session: Session, page: Page, language: str, at: datetime) -> None:
    values = {"consortium_id": page.consortium_id, "product_id": page.product_id, "mark": page.mark, "made_at": at}
    new = insert_or_update(session)(SharePicture).values(about=page.about, language=language, **values)
    session.execute(new.on_conflict_do_update(index_elements=["about", "language"], set_=values))


# -- clearing away --


def _of_no_use(session: Session, house_id: int) -> list[tuple[int, str]]:
    """The pictures of products that the public sees no longer."""
    query = (
        select(SharePicture)
        .join(Product, Product.id == SharePicture.product_id)
        .where(SharePicture.consortium_id == house_id, Product.status != ListingStatus.PUBLISHED)
    )
    return [(picture.id, picture.stored_key) for picture in session.scalars(query)]


def _discard(engine: Engine, store: Store, gone: list[tuple[int, str]]) -> None:
    for picture_id, key in gone:
        with writing(engine) as session:
            session.execute(delete(SharePicture).where(SharePicture.id == picture_id))
        store.delete(key)
