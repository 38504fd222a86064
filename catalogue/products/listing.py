"""The life of a listing: draft, submitted, returned, published, withdrawn. Each step is one conditional update.

Where the listing is or was public, the same steps are taken by the proposal for it; the public keeps what it sees.
`opened_version` is the row's version on the page that somebody acts from: what moved on since is never decided over.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.consortia.sector import sector
from catalogue.consortia.showing import bump
from catalogue.leaks import Leak
from catalogue.media.models import FileState
from catalogue.products import clearing, readiness, search
from catalogue.products.models import ListingStatus, MakingRight, Product, ProductVersion
from catalogue.products.steps import SomebodyWasFirst, hold, move, record, stage, step_of_text
from catalogue.products.translation import unread_names

__all__ = ["ContactInText", "NotReady", "Reason", "SomebodyWasFirst"]

OPEN = frozenset({ListingStatus.DRAFT, ListingStatus.RETURNED})
UNSEEN = "unseen.photos"
PUBLISHABLE = OPEN | {ListingStatus.SUBMITTED, ListingStatus.WITHDRAWN}


class NotReady(Exception):
    """The listing lacks what this step needs; `missing` holds field names."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class ContactInText(Exception):
    """The contact detector found something in what the public would read; `leaks` holds it by field."""

    def __init__(self, leaks: dict[str, list[Leak]]) -> None:
        super().__init__(", ".join(leaks))
        self.leaks = leaks


@dataclass(frozen=True)
class Reason:
    """Why a part was sent back, in words for the member (Lao) and for colleagues."""

    field: str
    text: str


# -- what the member does --


def submit(session: Session, product: Product, *, by: Person | None, at: datetime) -> None:
    """Send a draft, or a proposal for what is published, to the office. Raises `NotReady` or `SomebodyWasFirst`."""
    hold(session, product)
    if missing := readiness.missing_for_submission(_working(product), sector(product.consortium.sector_key)):
        raise NotReady(missing)
    step_of_text(session, product, OPEN, ListingStatus.SUBMITTED, submitted_at=at)
    _working(product).frozen_at = at
    record(session, "listing.submitted", product, by=by, at=at)


def take_back(session: Session, product: Product, *, by: Person | None, at: datetime) -> None:
    """Have what was sent as a draft again, while the office has not decided. Raises `SomebodyWasFirst`."""
    hold(session, product)
    step_of_text(session, product, {ListingStatus.SUBMITTED}, ListingStatus.DRAFT, submitted_at=None)
    record(session, "listing.taken_back", product, by=by, at=at)


def discard(
    session: Session, product: Product, *, by: Person | None, at: datetime, opened_version: int | None = None
) -> None:
    """Let go of a proposal that is not with the office: the listing is again what the public sees, or saw last.

    The versions stay in the history. Raises `SomebodyWasFirst`.
    """
    hold(session, product, opened_version)
    if product.working and product.working.frozen_at is None:
        product.working.frozen_at = at
    as_public: dict[str, Any] = {"proposal": None, "working_id": product.published_id, "returned_reasons": []}
    move(session, product, Product.proposal.in_(OPEN), **as_public)
    record(session, "listing.discarded", product, by=by, at=at)


# -- what the office does --


def publish(
    session: Session,
    product: Product,
    *,
    by: Person | None,
    at: datetime,
    opened_version: int | None = None,
    unseen_photos: bool = False,
) -> None:
    """Show the working version to the public. Raises `NotReady`, `ContactInText` or `SomebodyWasFirst`.

    `unseen_photos` for whoever knows the photographs that are still being made ready.
    """
    hold(session, product, opened_version)
    version = _working(product)
    check_for_public(session, product, version, unseen_photos=unseen_photos)
    version.frozen_at = version.frozen_at or at
    decided: dict[str, Any] = {"proposal": None, "returned_reasons": []}
    show(session, product, version, stage().in_(PUBLISHABLE), at=at, **decided)
    record(session, "listing.published", product, by=by, at=at, version=version.number)


def return_to_member(
    session: Session,
    product: Product,
    reasons: Collection[Reason],
    *,
    by: Person | None,
    at: datetime,
    opened_version: int | None = None,
) -> None:
    """Send what was submitted back with a reason a part; the public keeps what it sees. Raises `SomebodyWasFirst`."""
    hold(session, product, opened_version)
    rows = rows_of(reasons)
    step_of_text(session, product, {ListingStatus.SUBMITTED}, ListingStatus.RETURNED, returned_reasons=rows)
    fields = [reason.field for reason in reasons]
    record(session, "listing.returned", product, by=by, at=at, text=words_of(reasons), fields=fields)


def withdraw(
    session: Session, product: Product, *, by: Person | None, at: datetime, opened_version: int | None = None
) -> None:
    """Take a published listing out of the catalogue; a proposal for it stays. Raises `SomebodyWasFirst`."""
    hold(session, product, opened_version)
    move(session, product, Product.status == ListingStatus.PUBLISHED, status=ListingStatus.WITHDRAWN)
    search.forget(session, product)
    bump(session, product.consortium)
    record(session, "listing.withdrawn", product, by=by, at=at)


def show_again(
    session: Session, product: Product, *, by: Person | None, at: datetime, opened_version: int | None = None
) -> None:
    """Show what was withdrawn as the public saw it last; a proposal for it stays.

    Raises `NotReady`, `ContactInText` or `SomebodyWasFirst`.
    """
    hold(session, product, opened_version)
    if product.published is None:
        raise SomebodyWasFirst
    check_for_public(session, product, product.published)
    since = product.published_at or at
    show(session, product, product.published, Product.status == ListingStatus.WITHDRAWN, at=since)
    record(session, "listing.shown_again", product, by=by, at=at)


# -- parts of these steps --


def lacking_for_public(product: Product, version: ProductVersion) -> list[str]:
    """Why a version may not be shown, contacts apart: fields that it lacks, "member" (the firm left), "making_right".

    "unread.name_en" among it: a machine made it, it stands where no mark can, and nobody has read it yet.
    "unseen.photos": a photograph is still being made ready, and nobody has seen it.
    """
    lacking = [] if product.member.is_active else ["member"]
    if product.making_right is MakingRight.BUYER:
        lacking.append("making_right")
    lacking += readiness.missing_for_publication(version, sector(product.consortium.sector_key))
    if any(photo.file.state is FileState.WAITING for photo in version.photos):
        lacking.append(UNSEEN)
    return lacking + unread_names(version)


def check_for_public(
    session: Session, product: Product, version: ProductVersion, *, unseen_photos: bool = False
) -> None:
    """Whether a version may be shown. Raises `NotReady` or `ContactInText`; call it with the row locked."""
    lacking = lacking_for_public(product, version)
    if lacking and not (unseen_photos and lacking == [UNSEEN]):
        raise NotReady(lacking)
    if leaks := clearing.open_leaks(session, product, version):
        raise ContactInText(leaks)


def show(
    session: Session, product: Product, version: ProductVersion, start: Any, *, at: datetime, **columns: Any
) -> None:
    """Point the public to a version, have it found, and have every page that shows it made anew."""
    shown = {"status": ListingStatus.PUBLISHED, "published_id": version.id, "published_at": at}
    move(session, product, start, **shown, **columns)
    search.index(session, product)
    bump(session, product.consortium)


def rows_of(reasons: Collection[Reason]) -> list[dict[str, str]]:
    """Reasons as the product keeps them, for the member to read beside the fields."""
    return [{"field": reason.field, "text": reason.text} for reason in reasons]


def words_of(reasons: Collection[Reason]) -> str:
    """Reasons as the log keeps their words."""
    return "\n".join(f"{reason.field}: {reason.text}" for reason in reasons)


def _working(product: Product) -> ProductVersion:
    if product.working is None:
        raise NotReady(["name"])
    return product.working
